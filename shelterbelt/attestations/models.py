"""Attestations to outputs, designations of offices and bodies, and progress on recommendations.

A row is never changed into another answer: a new one replaces it, and both keep their dates, so that any past day
can be asked. `replaced_on` is the first day on which it no longer counts.
"""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, SmallIntegerField, When
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.models import DateRange


class Level(models.IntegerChoices):
    """How far a statement has been verified (MEASURES: level 0 never meets an output)."""

    NONE = 0, _("Not verified")
    SELF_ATTESTED = 1, _("Self-attested")
    DOCUMENTED = 2, _("Documented")
    REVIEWED = 3, _("Reviewed by district or agency")
    STATE_VERIFIED = 4, _("Verified by the state")


class AttestationQuerySet(models.QuerySet["Attestation"]):
    """The words for picking attestations."""

    def in_force(self, day: date) -> Self:
        """Those that count on a day."""
        return self.filter(Q(replaced_on=None) | Q(replaced_on__gt=day), made_on__lte=day)

    def to(self, output: str, year: int) -> Self:
        """Those about one output in one school year."""
        return self.filter(output=output, year=year)

    def with_level(self, day: date) -> Self:
        """Adds `level_on`: how far each was verified on a day."""
        return self.annotate(
            level_on=Case(
                When(reviewed_on__lte=day, then=F("reviewed_level")),
                default=F("level"),
                output_field=SmallIntegerField(),
            )
        )

    def counting(self, day: date) -> Self:
        """Those that count for an output on a day: in force and verified at level 1 or better."""
        rows = self.in_force(day).with_level(day)
        return rows.filter(Q(reviewed_on__lte=day, reviewed_level__gt=0) | ~Q(reviewed_on__lte=day) & Q(level__gt=0))


class Attestation(models.Model):
    """What an organisation reports about one output for one school year: who said what, when, on what ground."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="attestations")
    output = models.CharField(max_length=8, help_text=_("The output's number in the plan, e.g. D-O4."))
    output_version = models.SmallIntegerField(default=1)
    year = models.SmallIntegerField(help_text=_("Calendar year in which the school year starts."))
    about = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="attestations_about",
        help_text=_("The person it is about, where the output counts people."),
    )  # fmt: skip
    answers = models.JSONField(default=dict, help_text=_("The output's questions and their answers."))
    statement = models.TextField(blank=True)
    level = models.SmallIntegerField(choices=Level.choices, default=Level.SELF_ATTESTED)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="attestations_made")
    made_on = models.DateField()
    replaced_on = models.DateField(null=True, blank=True)
    reviewed_level = models.SmallIntegerField(choices=Level.choices, null=True, blank=True)
    reviewed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="attestations_reviewed")
    reviewed_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "output", "year", "about"],
                condition=Q(replaced_on=None),
                nulls_distinct=False,
                name="one_attestation_in_force",
            ),
            models.CheckConstraint(
                condition=Q(replaced_on=None) | Q(replaced_on__gte=F("made_on")), name="replaced_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, reviewed_level=None)
                | Q(reviewed_on__gte=F("made_on"), reviewed_level__isnull=False),
                name="a_review_has_a_day_and_a_level",
            ),
        ]
        # By year first: a look at all outputs reads a year's rows once, and they lie together.
        indexes: ClassVar = [models.Index(fields=["year", "output"], name="attestation_by_year")]

    def __str__(self) -> str:
        return f"{self.output} {self.year}"


class Designation(models.Model):
    """That somebody (a person, an agency, a body) was designated for a duty from one day to another."""

    class Duty(models.TextChoices):
        """What they were designated for."""

        STATE_COORDINATOR = "state_safety_coordinator", _("State school safety coordinator")
        ADVISORY_COUNCIL = "advisory_council", _("School safety advisory council")
        BEHAVIORAL_HEALTH_LEAD = "behavioral_health_lead", _("Lead agency for mental and behavioral health programs")
        CYBERSECURITY_COORDINATOR = "cybersecurity_coordinator", _("Cybersecurity coordinator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="designations")
    duty = models.CharField(max_length=28, choices=Duty.choices)
    holder = models.CharField(max_length=160, help_text=_("Who: a person, an agency or a body, by name."))
    order = models.CharField(max_length=160, blank=True, help_text=_("The order, statute or minutes that says so."))
    level = models.SmallIntegerField(choices=Level.choices, default=Level.SELF_ATTESTED)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="designations_made")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_designation_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="one_holder_of_a_duty_at_a_time",
                expressions=[
                    ("org", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.holder


class Progress(models.Model):
    """How far an organisation is with one recommendation that no output measures, with its evidence."""

    class Status(models.TextChoices):
        """The steps of a recommendation."""

        NOT_STARTED = "not_started", _("Not started")
        UNDER_WAY = "under_way", _("Under way")
        IN_PLACE = "in_place", _("In place")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="progress")
    recommendation = models.CharField(max_length=8, help_text=_("Its number in the plan, e.g. G-L1."))
    status = models.CharField(max_length=12, choices=Status.choices)
    evidence = models.TextField(blank=True)
    next_action = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="progress_made")
    made_on = models.DateField()
    replaced_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["org", "recommendation"], condition=Q(replaced_on=None), name="one_progress_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.status}"


class Reminder(models.Model):
    """That somebody reminded an organisation of an output it lacks; the worker mails it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="reminders")
    output = models.CharField(max_length=8)
    year = models.SmallIntegerField()
    sent_by = models.ForeignKey("people.Person", models.PROTECT, related_name="reminders_sent")
    asked_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    mailed_to = models.PositiveSmallIntegerField(default=0, help_text=_("How many people it was mailed to."))

    def __str__(self) -> str:
        return f"{self.output} to {self.org_id}"
