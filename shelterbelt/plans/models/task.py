"""What somebody has to look at again, and why."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan
from shelterbelt.plans.models.section import Section, SectionRevision


class ReviewTaskQuerySet(models.QuerySet["ReviewTask"]):
    """The words for picking tasks."""

    def open(self) -> Self:
        """Those that wait."""
        return self.filter(done_at=None)

    def first_due_first(self) -> Self:
        """By the day they are due."""
        return self.order_by("due_on", "pk")


class ReviewTask(models.Model):
    """Something about a plan that is to be looked at: a district's change, a new school year, what a drill showed.

    `source_kind` and `source_id` name the record it came from, where another room opened it.
    """

    class Kind(models.TextChoices):
        """Why."""

        DISTRICT_CHANGE = "district_change", _("The district changed its part")
        ATTEST = "attest", _("A new school year: confirm or change the plan")
        CONTACTS = "contacts", _("A new school year: make sure of every contact")
        LESSON = "lesson", _("A drill or incident showed something")
        FINDING = "finding", _("An evaluation found something")

    class Outcome(models.TextChoices):
        """What was done. Empty while it waits."""

        ACCEPTED = "accepted", _("The district's text was taken")
        KEPT = "kept", _("The text stays as it was, with a reason")
        MERGED = "merged", _("Both were put together")
        DONE = "done", _("Done")
        PASSED = "passed", _("A later change took its place")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="plan_tasks", help_text=_("The plan's."))
    kind = models.CharField(max_length=16, choices=Kind.choices)
    section = models.ForeignKey(Section, models.CASCADE, null=True, blank=True, related_name="tasks")
    offered = models.ForeignKey(
        SectionRevision, models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The district's new text."),
    )  # fmt: skip
    what = models.CharField(max_length=300, help_text=_("One sentence, without what the plan says."))
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = ReviewTaskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", done_at=None) | (~Q(outcome="") & Q(done_at__isnull=False)),
                name="a_finished_task_says_what_was_done",
            ),
            models.CheckConstraint(
                condition=~Q(kind="district_change") | Q(section__isnull=False, offered__isnull=False),
                name="a_districts_change_names_its_text",
            ),
            models.UniqueConstraint(
                fields=["section"],
                condition=Q(kind="district_change", done_at=None),
                name="one_change_of_the_district_waits",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["plan", "due_on"], condition=Q(done_at=None), name="task_open_by_plan")
        ]

    def __str__(self) -> str:
        return self.what
