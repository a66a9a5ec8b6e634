"""One assessment of one school: who went through it by which method, what they saw, and what became of it."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.core.school_year import SchoolYear


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """The words for picking assessments."""

    def finished(self) -> Self:
        """Handed in, whatever came of it afterwards."""
        return self.filter(submitted_on__isnull=False)

    def assessed_in(self, year: SchoolYear, by: date) -> Self:
        """Whose walk-through ended in a school year, up to and including a day."""
        return self.filter(assessed_on__gte=year.starts_on, assessed_on__lte=min(by, year.ends_on))


class Assessment(models.Model):
    """A site assessment of a school, by one of our templates or by a method recorded from outside.

    The fact behind E-O2. `roles` is counted when it is handed in: how many roles the people had who took part.
    """

    class Method(models.TextChoices):
        """By what it was made. The first is done here; of the others the report is kept."""

        TEMPLATE = "template", _("Walk-through on this site")
        CISA_SSAT = "cisa_ssat", _("CISA School Security Assessment Tool (SSAT)")
        SITE_ASSESS = "site_assess", _("SITE ASSESS (REMS TA Center)")
        PASS_GUIDELINES = "pass_guidelines", _("PASS guidelines")
        STATE_TOOL = "state_tool", _("The state's own assessment tool")
        OTHER_RECOGNISED = "other_recognised", _("Another nationally recognized method")
        OWN = "own", _("Our own list")

    class Status(models.TextChoices):
        """Where it stands; moves are in rules.states.NEXT."""

        PLANNED = "planned", _("Planned")
        IN_FIELD = "in_field", _("Walk-through under way")
        SUBMITTED = "submitted", _("Submitted")
        ACCEPTED = "accepted", _("Accepted")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="assessments")
    method = models.CharField(max_length=16, choices=Method.choices, default=Method.TEMPLATE)
    method_name = models.CharField(max_length=120, blank=True, help_text=_("What another method is called."))
    template = models.CharField(max_length=40, blank=True)
    template_version = models.CharField(max_length=20, blank=True)
    is_recognised = models.BooleanField(default=False, help_text=_("Whether E-O2 counts what it is made by."))
    team = models.ForeignKey("Team", models.PROTECT, related_name="assessments")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    planned_on = models.DateField()
    assessed_on = models.DateField(null=True, blank=True, help_text=_("Last day of the walk-through."))
    every_facility = models.BooleanField(null=True, blank=True)
    facilities = models.TextField(blank=True, help_text=_("The buildings and grounds it covered."))
    roles = models.PositiveSmallIntegerField(default=0)
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    summary = models.TextField(blank=True)
    report = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    planned_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    submitted_on = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status__in=("submitted", "accepted", "closed"))
                | Q(submitted_on__isnull=False, assessed_on__isnull=False),
                name="a_submitted_assessment_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on=None) | Q(submitted_on__gte=F("assessed_on")),
                name="an_assessment_is_submitted_after_the_walk",
            ),
            models.CheckConstraint(
                condition=~Q(method="template") | (~Q(template="") & ~Q(template_version="")),
                name="a_template_is_named_with_its_version",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "-assessed_on"], name="assessment_by_school"),
            models.Index(
                fields=["assessed_on"],
                include=["org", "roles", "is_recognised", "every_facility", "submitted_on", "status"],
                condition=Q(submitted_on__isnull=False),
                name="assessment_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.assessed_on or self.planned_on}"


class Participation(models.Model):
    """That a member of the team took part in an assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="participations")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    member = models.ForeignKey("TeamMember", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "member"], name="a_member_takes_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.assessment_id}"


class Answer(models.Model):
    """One answer as somebody gave it. Rows are only added: the one written last holds, the earlier ones stay.

    Its id is made where it is written down, so that an answer sent twice from a phone is one answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("None: it doesn't apply here."))
    is_answered = models.BooleanField(default=True, help_text=_("False: only a note so far."))
    note = models.TextField(blank=True)
    written_at = models.DateTimeField()
    received_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["assessment", "question", "-written_at", "-received_at"], name="answer_by_question")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level}"


class Photograph(models.Model):
    """A picture taken on the walk: a clean copy, without place, time and device. Its id is made on the phone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="photographs")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    sent_sha256 = models.CharField(max_length=64, help_text=_("Of what was sent, to know the same picture again."))
    received_at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["assessment", "question"], name="photograph_by_question")]

    def __str__(self) -> str:
        return f"{self.question} {self.pk}"
