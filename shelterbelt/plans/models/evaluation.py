"""How good a version of a plan is, by a published method: answers, evidence, score. What was submitted stays."""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan
from shelterbelt.plans.models.version import Version


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """The words for picking evaluations."""

    def submitted(self) -> Self:
        """Those that are finished and frozen."""
        return self.filter(state=Evaluation.State.SUBMITTED)

    def latest_first(self) -> Self:
        """The youngest first."""
        return self.order_by("-evaluated_on", "-begun_at", "pk")


class Evaluation(models.Model):
    """One evaluation of one frozen version: worked through here, or elsewhere with its report kept here.

    Its method and the method's version stay with it, so that answers keep the words they were given to.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Being answered")
        SUBMITTED = "submitted", _("Submitted")

    class Evaluator(models.TextChoices):
        """Who evaluates."""

        SELF = "self", _("The school or district itself")
        PEER = "peer", _("Somebody from another school or district")
        STATE = "state", _("The state office")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="evaluations")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    version = models.ForeignKey(Version, models.PROTECT, related_name="evaluations")
    method = models.CharField(max_length=40)
    method_version = models.PositiveSmallIntegerField()
    is_recognized = models.BooleanField(help_text=_("By a method that counts for D-O2; as its file said then."))
    evaluator = models.CharField(max_length=5, choices=Evaluator.choices)
    evaluator_name = models.CharField(max_length=150)
    evaluator_org = models.CharField(max_length=160, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    evaluated_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True, help_text=_("Percent."))
    failed = ArrayField(models.CharField(max_length=60), default=list, help_text=_("Critical questions not met."))
    missing = ArrayField(models.CharField(max_length=60), default=list, help_text=_("Needed sections it lacks."))
    passes = models.BooleanField(null=True, blank=True, help_text=_("No critical point failed."))
    report_name = models.CharField(max_length=160, blank=True)
    report_type = models.CharField(max_length=100, blank=True)
    report_sha256 = models.CharField(max_length=64, blank=True, help_text=_("A report from elsewhere, in the store."))

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None)
                | Q(state="submitted", submitted_at__isnull=False, evaluated_on__isnull=False),
                name="what_is_submitted_has_its_day",
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(0, 100)), name="a_score_is_percent"),
        ]
        indexes: ClassVar = [
            # All that figures ask of evaluations.
            models.Index(
                fields=["version", "evaluated_on"],
                include=["org", "score", "passes", "is_recognized", "evaluator"],
                condition=Q(state="submitted"),
                name="evaluation_counted",
            ),
            models.Index(fields=["org", "state"], name="evaluation_by_org"),
        ]

    def __str__(self) -> str:
        return f"{self.method} of version {self.version_id}"

    @property
    def is_submitted(self) -> bool:
        """Whether it is frozen."""
        return self.state == self.State.SUBMITTED


class EvaluationAnswer(models.Model):
    """The answer to one question, with what shows it and what is lacking."""

    class Answer(models.TextChoices):
        """How far the plan has it; points are in rules/evaluation.py."""

        MET = "met", _("Met")
        PARTLY = "partly", _("Partly")
        ABSENT = "absent", _("Absent")
        NOT_APPLICABLE = "not_applicable", _("Does not apply")

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    question = models.CharField(max_length=40)
    answer = models.CharField(max_length=14, choices=Answer.choices, blank=True)
    evidence = models.CharField(max_length=500, blank=True, help_text=_("Where it stands: a section, a page, a day."))
    gap = models.CharField(max_length=500, blank=True, help_text=_("What is lacking."))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "question"], name="a_question_is_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
