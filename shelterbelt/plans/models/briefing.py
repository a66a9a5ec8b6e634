"""A session in which staff hear what is new in the plan (D-O3)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan
from shelterbelt.plans.models.version import Version


class Briefing(models.Model):
    """One session on a version of the plan: when, on what, how many of the staff were there.

    A session for those who missed the first counts only whom no other reached, so that sessions can be added up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="briefings")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    version = models.ForeignKey(Version, models.PROTECT, related_name="briefings")
    held_on = models.DateField()
    topics = models.CharField(max_length=300, help_text=_("What was gone through; not what the plan says."))
    led_by = models.CharField(max_length=150)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    attended = models.PositiveIntegerField(help_text=_("Of the staff, each counted in one session only."))
    staff = models.PositiveIntegerField(help_text=_("How many work there, substitutes and contractors left out."))
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(staff__gt=0, attended__lte=F("staff")), name="no_more_came_than_work"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["held_on"],
                include=["org", "version", "attended", "staff"],
                condition=Q(withdrawn_because=""),
                name="briefing_counted",
            ),
            models.Index(fields=["plan", "held_on"], name="briefing_by_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"


class BriefingAttendance(models.Model):
    """That somebody who signs in here was there; others are counted in `attended`."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="attendances")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["briefing", "person"], name="somebody_attends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.briefing_id}"
