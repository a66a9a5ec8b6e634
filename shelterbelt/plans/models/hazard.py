"""What may happen here, and how grave it would be: step two."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class Hazard(models.Model):
    """One threat or hazard as the team rates it: four ratings from 1 to 4. The score is in rules/hazards.py."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="hazards")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    key = models.CharField(
        max_length=40, help_text=_("A key of data/hazards.yaml, or own-… for one of the plan's own.")
    )
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=16, help_text=_("natural, technological, biological or human"))
    probability = models.PositiveSmallIntegerField(null=True, blank=True)
    magnitude = models.PositiveSmallIntegerField(null=True, blank=True)
    warning = models.PositiveSmallIntegerField(null=True, blank=True)
    duration = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True, help_text=_("From 1 to 4."))
    priority = models.CharField(max_length=6, blank=True, help_text=_("high, medium or low"))
    is_planned_for = models.BooleanField(default=False, help_text=_("The plan has an annex for it."))
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "key"], name="a_plan_rates_a_hazard_once"),
            *(
                models.CheckConstraint(condition=Q(**{f"{name}__range": (1, 4)}), name=f"{name}_is_from_1_to_4")
                for name in ("probability", "magnitude", "warning", "duration")
            ),
        ]

    def __str__(self) -> str:
        return self.name
