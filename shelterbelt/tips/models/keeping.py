"""How long a tip is kept, what holds it back, and what is left once it is gone."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Hold(models.Model):
    """That a tip must be kept, whatever its schedule says: a lawsuit, an investigation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tip = models.ForeignKey("tips.Tip", models.PROTECT, related_name="holds")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    reference = models.CharField(max_length=120, help_text=_("Case number; no name."))
    set_by = models.ForeignKey("people.Person", models.PROTECT, related_name="holds_set")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="holds_lifted")
    lifted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reference


class DisposalBatch(models.Model):
    """Tips whose time is over, put before two different people before their keys are destroyed."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed to")
        DONE = "done", _("Disposed of")
        CALLED_OFF = "called_off", _("Called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    schedule = models.CharField(max_length=40, help_text=_("The class of data/retention.yaml."))
    up_to = models.DateField(help_text=_("Tips that expired up to this day."))
    tips = models.ManyToManyField("tips.Tip", related_name="disposal_batches")
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="disposals_proposed")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="disposals_agreed"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")), name="two_people_dispose"
            )
        ]

    def __str__(self) -> str:
        return self.schedule


class Disposed(models.Model):
    """What is left of a tip that was disposed of: its number and which batch took it."""

    id = models.UUIDField(primary_key=True, editable=False, help_text=_("The tip's."))
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The state."))
    batch = models.ForeignKey(DisposalBatch, models.PROTECT, related_name="disposed")
    kind = models.CharField(max_length=12)
    month = models.CharField(max_length=12)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
