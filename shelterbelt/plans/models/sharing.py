"""Which parts of a plan an agency holds, that it has each version, and every time somebody there opened it."""

import uuid
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shelterbelt.plans.models.plan import Plan
from shelterbelt.plans.models.version import Version


class ShareQuerySet(models.QuerySet["Share"]):
    """The words for picking shares."""

    def live(self, on: date) -> Self:
        """Those that hold on a day. Whether the agency still serves the school is asked beside it."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=on), revoked_at=None, from_on__lte=on)

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(revoked_at=None)


class Share(models.Model):
    """That an agency holds chosen parts of a plan, for a purpose, from one day up to another.

    Its people read these parts of the version in force, whichever that is, and nothing else of the plan. What is
    shared is never changed: other parts are another share, which takes the place of this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="shares")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    agency = models.ForeignKey("orgs.Org", models.PROTECT, related_name="plan_shares")
    parts = ArrayField(models.CharField(max_length=60), help_text=_("Keys of the version's parts."))
    purpose = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    is_outside = models.BooleanField(
        default=False, help_text=_("The agency did not serve the place, and a second person agreed.")
    )
    shared_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField()
    told_version = models.ForeignKey(
        Version, models.PROTECT, null=True, related_name="+", help_text=_("The last version the agency was told of.")
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    revoked_because = models.CharField(max_length=200, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "agency"], condition=Q(revoked_at=None), name="a_plan_is_shared_once_with_an_agency"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_share_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_because=""), name="what_is_taken_back_says_why"
            ),
            models.CheckConstraint(condition=~Q(parts=[]), name="something_is_shared"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency"], condition=Q(revoked_at=None), name="share_by_agency"),
            models.Index(fields=["org"], condition=Q(revoked_at=None), name="share_by_org"),
        ]

    def __str__(self) -> str:
        return f"plan {self.plan_id} to {self.agency_id}"

    def is_live(self, on: date) -> bool:
        """Whether it holds on a day, as far as it says itself."""
        return self.revoked_at is None and self.from_on <= on and (self.until_on is None or self.until_on > on)


class Receipt(models.Model):
    """That an agency has a version: who there said so, and when. A new version asks again."""

    share = models.ForeignKey(Share, models.PROTECT, related_name="receipts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="receipts")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    agency = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(
        max_length=120, help_text=_("Who it was, for the school, which doesn't see an agency's people.")
    )
    acknowledged_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["share", "version"], name="a_version_is_acknowledged_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["version"], include=["share", "acknowledged_at"], name="receipt_by_version")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} has {self.version_id}"


class Opening(models.Model):
    """That somebody of an agency opened a shared plan, or took a copy with them."""

    class How(models.TextChoices):
        """What they did."""

        READ = "read", _("Read on the page")
        COPY = "copy", _("Took a copy to keep offline")

    share = models.ForeignKey(Share, models.PROTECT, related_name="openings")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    org = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+", help_text=_("The plan's."))
    agency = models.ForeignKey("orgs.Org", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    name = models.CharField(
        max_length=120, help_text=_("Who it was, for the school, which doesn't see an agency's people.")
    )
    how = models.CharField(max_length=4, choices=How.choices)
    opened_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["org", "-opened_at"], name="opening_by_org")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.how} {self.version_id}"


class SeenPlan(models.Model):
    """A plan as an agency holds it now: the share, and the version in force. A view of the database, for agencies."""

    share = models.OneToOneField(Share, models.DO_NOTHING, primary_key=True, related_name="+")
    plan_id = models.BigIntegerField()
    org = models.ForeignKey("orgs.Org", models.DO_NOTHING, related_name="+")
    agency = models.ForeignKey("orgs.Org", models.DO_NOTHING, related_name="+")
    parts = ArrayField(models.CharField(max_length=60))
    purpose = models.CharField(max_length=300)
    until_on = models.DateField(null=True)
    version_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField()
    adopted_on = models.DateField()
    from_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    what_changed = models.TextField()

    class Meta:
        managed = False
        db_table = "plans_seen"

    def __str__(self) -> str:
        return f"{self.org_id} version {self.number}"


class SeenPart(models.Model):
    """A shared part of the version in force, frozen as it was adopted. A view of the database, for agencies."""

    name = models.TextField(primary_key=True)
    share = models.ForeignKey(Share, models.DO_NOTHING, related_name="+")
    position = models.BigIntegerField()
    key = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    html = models.TextField()
    facts: "models.JSONField[list[dict[str, Any]]]" = models.JSONField()

    class Meta:
        managed = False
        db_table = "plans_seen_part"

    def __str__(self) -> str:
        return self.title
