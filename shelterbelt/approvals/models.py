"""What somebody asked a second person to agree to, and what came of it."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST_THING = 300


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """The words for picking approvals."""

    def open(self, at: datetime) -> Self:
        """Those a second person can still speak to."""
        return self.filter(decision="", expires_at__gt=at)

    def of_others(self, *people: int | None) -> Self:
        """Those that none of these people asked for, or was acted for in."""
        known = [one for one in people if one is not None]
        return self.exclude(asked_by__in=known).exclude(Q(asked_for__isnull=False) & Q(asked_for__in=known))


class Approval(models.Model):
    """That somebody asked for something that two people are needed for, and what the second person said.

    What was asked can't be changed any more, also not by SQL; only who decided how can be added, once.
    """

    class Decision(models.TextChoices):
        """What came of it. Empty while nobody has spoken."""

        AGREED = "agreed", _("Agreed, and done")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FAILED = "failed", _("Agreed, but it could not be done")

    verb = models.CharField(max_length=60, help_text="As its policy is called, e.g. people.appoint")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    thing = models.CharField(max_length=LONGEST_THING, help_text="What was asked for, in words.")
    given = models.JSONField(help_text="What the verb is given: numbers of rows, days and words.")
    offices = ArrayField(models.CharField(max_length=28), help_text="Offices whose holders may decide.")
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", help_text="For whom who asked stood in."
    )
    stand_in = models.ForeignKey("people.StandIn", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decision = models.CharField(max_length=9, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty after a decision: whoever runs the installation.",
    )
    decided_for = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_in = models.BigIntegerField(null=True, editable=False, help_text="The transaction, noted by a trigger.")
    answer = models.TextField(blank=True, help_text="The second person's reason.")
    outcome = models.TextField(blank=True, help_text="Why it could not be done.")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")) | Q(decided_by=None) | Q(decision="withdrawn"),
                name="nobody_approves_what_they_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decision_has_its_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=Q(decision=""), name="approval_open"),
            models.Index(fields=["asked_by", "asked_at"], name="approval_by_asker"),
        ]

    def __str__(self) -> str:
        return self.thing

    @property
    def asking(self) -> tuple[int, int | None]:
        """Who asked, and for whom."""
        return self.asked_by_id, self.asked_for_id
