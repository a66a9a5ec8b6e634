"""Organisations, their identifiers, and what belonged to what on which day.

Every interval is half-open: it holds from `from_on` up to, not including, `until_on`; no end means still.
"""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

BEGINNING = date(1900, 1, 1)
"""Stands for a start that nobody recorded."""


class DateRange(Func):
    """PostgreSQL's daterange of two date columns."""

    function = "daterange"


class OrgQuerySet(models.QuerySet["Org"]):
    """The words for picking organisations."""

    def schools(self) -> Self:
        """Buildings that teach."""
        return self.filter(kind=Org.Kind.SCHOOL)

    def districts(self) -> Self:
        """Bodies that run schools: public districts, charter LEAs, non-public operators."""
        return self.filter(kind=Org.Kind.DISTRICT)

    def open_on(self, day: date) -> Self:
        """Those that exist on a day, also those that were open then, closed, and opened again since."""
        now = Q(opened_on__lte=day) & (Q(closed_on=None) | Q(closed_on__gt=day))
        before = FormerOpening.objects.filter(opened_on__lte=day, closed_on__gt=day)
        return self.filter(now | Q(pk__in=before.values("org")))

    def in_group(self, group: "Org | int", day: date) -> Self:
        """Direct members of a district, county or region on a day."""
        return self.filter(
            Q(memberships__until_on=None) | Q(memberships__until_on__gt=day),
            memberships__group=group,
            memberships__from_on__lte=day,
        )


class Org(models.Model):
    """One organisation of any kind. Public directory facts only: nothing here is secret."""

    class Kind(models.TextChoices):
        """What it is."""

        STATE = "state", _("State")
        REGION = "region", _("Region")
        COUNTY = "county", _("County")
        DISTRICT = "district", _("District")
        SCHOOL = "school", _("School")
        AGENCY = "agency", _("Agency")

    class Sector(models.TextChoices):
        """Who runs a school or district."""

        PUBLIC = "public", _("Public")
        CHARTER = "charter", _("Charter")
        PRIVATE = "private", _("Private")
        PAROCHIAL = "parochial", _("Parochial")
        NON_PUBLIC = "non_public", _("Non-public operator")

    class Service(models.TextChoices):
        """What an agency does."""

        LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
        FIRE = "fire", _("Fire")
        EMS = "ems", _("Emergency medical services")
        DISPATCH = "dispatch", _("911 dispatch")
        EMERGENCY_MANAGEMENT = "emergency_management", _("Emergency management")
        MENTAL_HEALTH = "mental_health", _("Mental health")
        CHILD_WELFARE = "child_welfare", _("Child welfare")

    class Precision(models.TextChoices):
        """How near the position is to the place itself."""

        SCHOOL = "school", _("The school itself")
        ADDRESS = "address", _("Street address")
        DISTRICT_OFFICE = "district_office", _("District office")
        CITY = "city_centroid", _("Middle of the city")
        COUNTY = "county_point", _("Middle of the county")
        UNKNOWN = "", _("Unknown")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=160)
    state = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="orgs_of_state")
    sector = models.CharField(max_length=12, choices=Sector.choices, blank=True)
    service = models.CharField(max_length=24, choices=Service.choices, blank=True)
    region_system = models.CharField(max_length=24, blank=True, help_text=_("Which set of regions it belongs to."))
    low_grade = models.CharField(max_length=2, blank=True)
    high_grade = models.CharField(max_length=2, blank=True)
    address = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    website = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=16, choices=Precision.choices, blank=True)
    opened_on = models.DateField(default=BEGINNING)
    closed_on = models.DateField(null=True, blank=True, help_text=_("First day on which it no longer exists."))

    objects = OrgQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="state") | Q(state__isnull=False), name="every_org_lies_in_a_state"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")), name="an_org_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=~Q(kind="agency") | ~Q(service=""), name="an_agency_has_a_service"),
            models.CheckConstraint(
                condition=~Q(kind="region") | ~Q(region_system=""), name="a_region_belongs_to_a_system"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind"], name="org_by_state_and_kind"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="org_by_part_of_name"),
            models.Index("state", OpClass(Upper("city"), name="text_pattern_ops"), name="org_by_start_of_city"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        """Whether it exists on a day; asks for former openings only about a day before the present one."""
        if day >= self.opened_on:
            return self.closed_on is None or day < self.closed_on
        return self.former_openings.filter(opened_on__lte=day, closed_on__gt=day).exists()


class FormerOpening(models.Model):
    """That an organisation was open from one day to another, closed, and opened again later.

    `Org.opened_on` and `Org.closed_on` are its latest opening; what was before stays true of its own days.
    """

    org = models.ForeignKey(Org, models.CASCADE, related_name="former_openings")
    opened_on = models.DateField(default=BEGINNING)
    closed_on = models.DateField(help_text=_("First day on which it no longer existed."))

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="open_once_at_a_time",
                expressions=[
                    ("org", RangeOperators.EQUAL),
                    (DateRange("opened_on", "closed_on"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(closed_on__gt=F("opened_on")), name="a_former_opening_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.org_id} open {self.opened_on} to {self.closed_on}"

    @property
    def known_opening(self) -> date | None:
        """The day it opened, where that is known."""
        return None if self.opened_on == BEGINNING else self.opened_on


class FormerName(models.Model):
    """A name an organisation bore until a day, so that it is still found under it."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=160)
    until_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["org", "name", "until_on"], name="a_former_name_ends_once")
        ]
        indexes: ClassVar = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="org_by_part_of_former_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """What somebody else calls an organisation. Always text: leading zeros are part of it."""

    class Scheme(models.TextChoices):
        """Whose numbering it is."""

        FIPS = "fips", _("FIPS code")
        NCES_DISTRICT = "nces_district", _("NCES district (LEAID)")
        NCES_SCHOOL = "nces_school", _("NCES school (NCESSCH)")
        NCES_PRIVATE = "nces_private", _("NCES private school (PPIN)")
        STATE_DISTRICT = "state_district", _("State county-district code")
        STATE_BUILDING = "state_building", _("State building code")
        STATE_COUNTY = "state_county", _("State county code")
        REGION = "region", _("Region code")
        OWN = "own", _("Own key")

    org = models.ForeignKey(Org, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=16, choices=Scheme.choices)
    value = models.CharField(max_length=40)
    within = models.ForeignKey(
        Org,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="identifiers_within",
        help_text=_("The district or state inside which the code is unique; empty: unique everywhere."),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "value", "within"], name="an_identifier_names_one_org", nulls_distinct=False
            ),
        ]
        indexes: ClassVar = [
            models.Index(OpClass("value", name="varchar_pattern_ops"), name="org_by_start_of_code"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Membership(models.Model):
    """That a school belonged to a district, or anything to a county or region, from one day to another.

    A school or district in a county belongs to the county's regions; a row of its own for a region system overrides.
    """

    DISTRICT: ClassVar = "district"
    COUNTY: ClassVar = "county"

    member = models.ForeignKey(Org, models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Org, models.PROTECT, related_name="members")
    axis = models.CharField(max_length=24, help_text=_("district, county, or the name of a region system"))
    from_on = models.DateField(default=BEGINNING)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_group_of_a_kind_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("axis", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_membership_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class Enrolment(models.Model):
    """How many students a school had in a school year, and how that is known."""

    org = models.ForeignKey(Org, models.CASCADE, related_name="enrolments")
    year = models.SmallIntegerField(help_text=_("Calendar year in which the school year starts."))
    students = models.PositiveIntegerField()
    basis = models.CharField(max_length=40, help_text=_("Where the number comes from, e.g. ccd_2017_18 or estimated."))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["org", "year"], name="one_enrolment_a_year")]

    def __str__(self) -> str:
        return f"{self.students} in {self.year}"


class Jurisdiction(models.Model):
    """That an agency serves a school, or every school of a district or county, from one day to another."""

    agency = models.ForeignKey(Org, models.CASCADE, related_name="jurisdictions")
    org = models.ForeignKey(Org, models.CASCADE, related_name="served_by", verbose_name=_("serves"))
    from_on = models.DateField(default=BEGINNING)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "org", "from_on"], name="a_jurisdiction_starts_once"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_jurisdiction_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} serves {self.org_id}"


class DirectoryImport(models.Model):
    """One file of the directory that somebody brought in, tried or for real, and what came of it."""

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading")
        CHECKED = "checked", _("Checked, nothing loaded yet")
        LOADING = "loading", _("Loading")
        LOADED = "loaded", _("Loaded")
        REFUSED = "refused", _("Refused, nothing loaded")

    state = models.ForeignKey(Org, models.CASCADE, related_name="imports")
    profile = models.CharField(max_length=40)
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField(help_text=_("The day from which the file's facts hold."))
    closes_missing = models.BooleanField(
        default=False, help_text=_("Schools of the file's scope that are missing from it are closed.")
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, help_text=_("Counts of what changed, and every problem by row and column."))
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.file_name
