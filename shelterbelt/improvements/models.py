"""What was found wanting, and what is done about it: for plans, assessments, drills and what people notice."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.improvements.rating import rating
from shelterbelt.improvements.states import OPEN, TO_WATCH

LEAST, MOST = 1, 4
"""The ends of both scales, as of the ratings of hazards in a plan."""


class FindingQuerySet(models.QuerySet["Finding"]):
    """The words for picking findings."""

    def without_actions(self) -> Self:
        """Those about which nothing is planned yet."""
        return self.filter(actions=None, withdrawn_on=None)

    def of_source(self, kind: str, source_id: uuid.UUID) -> Self:
        """Those of one evaluation, assessment or other source."""
        return self.filter(source_kind=kind, source_id=source_id)


class Finding(models.Model):
    """Something that an evaluation, an assessment, an incident or a watchful person found wanting.

    The room that found it says where it comes from: `source_kind`, `source_id` and, where one source has many
    questions, `source_part`. One part of a source makes one finding, however often it is recorded.
    """

    class Source(models.TextChoices):
        """What found it."""

        EVALUATION = "evaluation", _("Evaluation of the plan")
        ASSESSMENT = "assessment", _("Site assessment")
        INCIDENT = "incident", _("Incident")
        NOTICED = "noticed", _("Noticed in everyday work")

    class Likelihood(models.IntegerChoices):
        """How likely it leads to harm."""

        UNLIKELY = 1, _("Unlikely")
        POSSIBLE = 2, _("Possible")
        LIKELY = 3, _("Likely")
        HIGHLY_LIKELY = 4, _("Highly likely")

    class Impact(models.IntegerChoices):
        """How bad that harm would be."""

        NEGLIGIBLE = 1, _("Negligible")
        LIMITED = 2, _("Limited")
        CRITICAL = 3, _("Critical")
        CATASTROPHIC = 4, _("Catastrophic")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="findings")
    source_kind = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.UUIDField(null=True, blank=True)
    source_part = models.CharField(max_length=80, blank=True, help_text="Which question of its source.")
    what = models.CharField(max_length=500)
    place = models.CharField(max_length=200, blank=True, help_text=_("Where: a building, a door, a section."))
    likelihood = models.PositiveSmallIntegerField(
        choices=Likelihood.choices, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )
    impact = models.PositiveSmallIntegerField(
        choices=Impact.choices, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )
    found_on = models.DateField()
    found_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(LEAST, MOST), impact__range=(LEAST, MOST)), name="a_rating_of_1_to_4"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                name="a_finding_is_withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "source_part", "org"],
                condition=~Q(source_part=""),
                name="a_part_of_a_source_makes_one_finding",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "found_on"], name="finding_by_org"),
            models.Index(fields=["source_id"], name="finding_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_kind_display()} {self.found_on}"

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 16."""
        return self.likelihood * self.impact

    @property
    def rating(self) -> str:
        """The score in a word: low, medium, high or very_high."""
        return rating(self.score)


class CorrectiveActionQuerySet(models.QuerySet["CorrectiveAction"]):
    """The words for picking corrective actions."""

    def open(self) -> Self:
        """Those that still have to be done."""
        return self.filter(status__in=OPEN)

    def overdue(self, on: date) -> Self:
        """Those whose day has passed, and risks that were accepted up to a day that has passed."""
        return self.filter(
            Q(status__in=OPEN, due_on__lt=on) | Q(status=CorrectiveAction.Status.RISK_ACCEPTED, accepted_until__lt=on)
        )

    def to_watch(self) -> Self:
        """Those that somebody may have to be reminded of."""
        return self.filter(status__in=TO_WATCH)


class CorrectiveAction(models.Model):
    """What is done about a finding: by whom, until when, what it costs, who pays, and where it stands."""

    class Status(models.TextChoices):
        """Where it stands; the moves are in states.NEXT."""

        OPEN = "open", _("Open")
        ASSIGNED = "assigned", _("Assigned")
        IN_PROGRESS = "in_progress", _("In progress")
        AWAITING_FUNDS = "awaiting_funds", _("Awaiting funds")
        DONE = "done", _("Done")
        VERIFIED = "verified", _("Done and checked")
        RISK_ACCEPTED = "risk_accepted", _("Risk accepted")

    class Funding(models.TextChoices):
        """Who pays."""

        NONE_NEEDED = "none_needed", _("No money needed")
        SCHOOL = "school", _("The school's budget")
        DISTRICT = "district", _("The district's budget")
        BOND = "bond", _("Bond or capital levy")
        STATE_GRANT = "state_grant", _("State grant")
        FEDERAL_GRANT = "federal_grant", _("Federal grant")
        DONATION = "donation", _("Donation")
        NOT_FOUND = "not_found", _("Not found yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="actions")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=120, blank=True, help_text=_("Who sees to it, where they don't sign in."))
    due_on = models.DateField()
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    funding = models.CharField(max_length=13, choices=Funding.choices, blank=True)
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.OPEN)
    done_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_by = models.CharField(max_length=150, blank=True, help_text=_("Who answers for leaving the risk."))
    accepted_because = models.TextField(blank=True)
    accepted_until = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    reminded_on = models.DateField(null=True, blank=True)

    objects = CorrectiveActionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status__in=["assigned", "in_progress"]) | Q(owner__isnull=False) | ~Q(owner_name=""),
                name="what_is_assigned_has_an_owner",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=["done", "verified"]) & Q(done_on__isnull=False))
                | (~Q(status__in=["done", "verified"]) & Q(done_on=None)),
                name="what_is_done_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(status="verified") & Q(verified_on__isnull=False))
                | (~Q(status="verified") & Q(verified_on=None, verified_by=None)),
                name="what_is_verified_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="risk_accepted")
                | (Q(accepted_until__isnull=False) & ~Q(accepted_by="") & ~Q(accepted_because="")),
                name="a_risk_is_accepted_by_somebody_until_a_day",
            ),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="costs_are_not_negative"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "due_on"], name="corrective_by_org"),
            models.Index(fields=["due_on"], condition=Q(status__in=TO_WATCH), name="corrective_to_watch"),
            models.Index(fields=["owner"], name="corrective_by_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.due_on}"

    @property
    def is_open(self) -> bool:
        """Whether something still has to be done."""
        return self.status in OPEN

    @property
    def who(self) -> str:
        """Who sees to it, in words; empty where nobody does yet."""
        return self.owner.name if self.owner else self.owner_name

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed, or that up to which its risk was accepted."""
        if self.status == self.Status.RISK_ACCEPTED:
            return self.accepted_until is not None and self.accepted_until < on
        return self.is_open and self.due_on < on
