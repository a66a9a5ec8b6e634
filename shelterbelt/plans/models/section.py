"""The plan's text while it is written: sections, every text they ever had, and what a district changed."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class SectionQuerySet(models.QuerySet["Section"]):
    """The words for picking sections."""

    def in_order(self) -> Self:
        """As they stand in the plan: basic plan, functional annexes, threat- and hazard-specific annexes."""
        return self.order_by("position", "pk")

    def in_use(self) -> Self:
        """Those that are part of the plan."""
        return self.exclude(state=Section.State.LEFT_OUT)

    def to_read(self) -> Self:
        """With what they inherit and who keeps them, in one query."""
        return self.in_order().select_related("accepted", "owner")


class Section(models.Model):
    """One section or annex as it is being written.

    At a school it may inherit the district's: then `accepted` is the text of the district it stands by, and `body` what
    the school completes. What the district writes later comes as a ReviewTask, never into `accepted` by itself.
    """

    class Kind(models.TextChoices):
        """Which part of the plan it belongs to."""

        BASIC = "basic", _("Basic plan")
        FUNCTIONAL = "functional", _("Functional annex")
        HAZARD = "hazard", _("Threat- or hazard-specific annex")

    class State(models.TextChoices):
        """How far it is; moves are in rules/states.py."""

        EMPTY = "empty", _("Not begun")
        WRITING = "writing", _("Being written")
        READY = "ready", _("Ready")
        LEFT_OUT = "left_out", _("Left out, with a reason")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    key = models.CharField(
        max_length=60, help_text=_("A key of data/sections.yaml, or own-… for one of the plan's own.")
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=160)
    position = models.PositiveSmallIntegerField()
    body = models.TextField(blank=True, help_text=_("Clean HTML, as core/rich_text.py leaves it."))
    owner = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan_sections",
        help_text=_("Who writes it."),
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.EMPTY)
    left_out_because = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0, help_text=_("Number of the text that stands."))
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="heirs", help_text=_("The district's section.")
    )
    accepted = models.ForeignKey(
        "SectionRevision", models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("The district's text that the school stands by."),
    )  # fmt: skip
    sent = models.ForeignKey(
        "SectionRevision", models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("At a district: the text last sent to its schools."),
    )  # fmt: skip

    objects = SectionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "key"], name="a_plan_has_a_section_once"),
            models.CheckConstraint(
                condition=~Q(state="left_out") | ~Q(left_out_because=""), name="a_section_is_left_out_for_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["plan", "position"], name="section_in_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def inherited(self) -> str:
        """The district's text that is part of it."""
        return self.accepted.body if self.accepted else ""

    @property
    def html(self) -> str:
        """All of its text: the district's, then what is completed here."""
        return f"{self.inherited}{self.body}"


class SectionRevision(models.Model):
    """A text that somebody saved. None is ever lost: what met another's change is kept aside until it is merged."""

    class Origin(models.TextChoices):
        """How it came."""

        TYPED = "typed", _("Typed")
        ASIDE = "aside", _("Met another's change and waits to be merged")
        MERGED = "merged", _("Merged from two")
        IMPORTED = "imported", _("From an uploaded plan")
        RESTORED = "restored", _("An earlier text, taken again")

    section = models.ForeignKey(Section, models.CASCADE, related_name="revisions")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    number = models.PositiveIntegerField(help_text=_("Of the text; 0 while it is aside."))
    based_on = models.PositiveIntegerField(default=0, help_text=_("Number of the text it was written over."))
    body = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.TYPED)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a text that was aside was merged or put away.")
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["section", "number"], condition=~Q(origin="aside"), name="a_sections_texts_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(origin="aside", number=0) | (~Q(origin="aside") & Q(number__gt=F("based_on"))),
                name="a_text_follows_what_it_was_written_over",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["section", "saved_at"], name="revision_by_section"),
            models.Index(fields=["section"], condition=Q(origin="aside", settled_at=None), name="revision_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} {self.number}"
