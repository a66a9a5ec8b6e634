"""What was adopted: the whole plan as it stood, which nobody can change any more."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan


class VersionQuerySet(models.QuerySet["Version"]):
    """The words for picking versions."""

    def in_force(self) -> Self:
        """Those that hold now."""
        return self.filter(state=Version.State.IN_FORCE)

    def latest_first(self) -> Self:
        """The youngest first."""
        return self.order_by("-number")

    def with_content(self) -> Self:
        """With their text, which is else read only where it is asked for."""
        return self.defer(None)


_Versions = models.Manager.from_queryset(VersionQuerySet)


class VersionManager(_Versions["Version"]):
    """Reads versions without their text."""

    def get_queryset(self) -> VersionQuerySet:
        """A plan's text may fill 150 pages: lists of versions don't need it."""
        return VersionQuerySet(self.model, using=self._db).defer("content")


class Version(models.Model):
    """One version of a plan. Its text is frozen when it goes to review, so that the board adopts what was reviewed.

    `content` is a list of parts, in order: {key, kind, title, html, facts}, all of them text; kinds are those of
    sections, and "record" for what the plan lists (team, hazards, contacts, roles, places), where `facts` holds rows.
    `sha256` is over its canonical JSON (rules/freezing.py). The database refuses to change a frozen one.
    """

    class State(models.TextChoices):
        """Where it stands; moves are in rules/states.py."""

        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        ADOPTED = "adopted", _("Adopted by the board")
        IN_FORCE = "in_force", _("In force")
        SUPERSEDED = "superseded", _("Superseded")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="plan_versions", help_text=_("The plan's."))
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    begun_on = models.DateField()
    content: "models.JSONField[list[dict[str, Any]] | None]" = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text=_("Empty: not frozen."))
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    adopted_on = models.DateField(null=True, blank=True, help_text=_("Day of the board's decision."))
    meeting = models.CharField(max_length=200, blank=True, help_text=_("The board's meeting, as its minutes name it."))
    adopted_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="+", help_text=_("Who recorded the decision.")
    )
    from_on = models.DateField(null=True, blank=True, help_text=_("First day in force."))
    until_on = models.DateField(null=True, blank=True, help_text=_("First day on which another was in force."))
    what_changed = models.TextField(blank=True, help_text=_("In a few words, for those who get it."))

    objects = VersionManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_plans_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["draft", "in_review"]), name="one_version_is_written_at_a_time"
            ),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="in_force"), name="one_version_is_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft", sha256="", content=None)
                | (~Q(state="draft") & ~Q(sha256="") & Q(content__isnull=False, frozen_at__isnull=False)),
                name="what_is_reviewed_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review"], adopted_on=None)
                | (Q(state__in=["adopted", "in_force", "superseded"], adopted_on__isnull=False, from_on__isnull=False)),
                name="what_is_in_force_was_adopted",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(state="superseded", until_on__gte=F("from_on")),
                name="what_is_superseded_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["org", "state"], include=["adopted_on", "from_on", "until_on"], name="version_by_org"),
            models.Index(fields=["from_on"], condition=Q(state="adopted"), name="version_to_come"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Its frozen parts, in order; none while it is a draft."""
        return self.content or []
