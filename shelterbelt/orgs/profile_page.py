"""Everything an organisation's page says."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.orgs.models import (
    BEGINNING,
    Enrolment,
    FormerName,
    FormerOpening,
    Identifier,
    Jurisdiction,
    Membership,
    Org,
)
from shelterbelt.orgs.queries import agencies_serving, groups_of, schools_of

MOST_SCHOOLS = 50


@dataclass(frozen=True)
class OrgPage:
    """One organisation on a day."""

    org: Org
    on: date

    @cached_property
    def codes(self) -> list[Identifier]:
        """What others call it."""
        return list(self.org.identifiers.select_related("within").order_by("scheme", "value"))

    @cached_property
    def belongs(self) -> dict[str, Org]:
        """Its groups today, also those it has through its district or county."""
        return groups_of(self.org, self.on)

    @cached_property
    def history(self) -> list[Membership]:
        """Memberships of its own, past ones too, the latest first."""
        rows = self.org.memberships.select_related("group")
        return list(rows.order_by("axis", F("until_on").desc(nulls_first=True), "-from_on"))

    @cached_property
    def schools(self) -> list[Org]:
        """The first of its schools, for a district, county or region."""
        return list(schools_of(self.org, self.on)[: MOST_SCHOOLS + 1]) if self.org.kind != Org.Kind.SCHOOL else []

    @property
    def first_schools(self) -> list[Org]:
        """As many as the page shows."""
        return self.schools[:MOST_SCHOOLS]

    @property
    def past(self) -> list[Membership]:
        """Memberships that ended."""
        return [held for held in self.history if held.until_on is not None and held.until_on <= self.on]

    @property
    def opened_on(self) -> date | None:
        """The day it opened, where that is known."""
        return None if self.org.opened_on == BEGINNING else self.org.opened_on

    @property
    def website(self) -> str:
        """Its site, only if it is an address a browser opens as a page."""
        return self.org.website if self.org.website.startswith(("http://", "https://")) else ""

    @property
    def more_schools(self) -> bool:
        """Whether it has more schools than the page shows."""
        return len(self.schools) > MOST_SCHOOLS

    @cached_property
    def agencies(self) -> list[Org]:
        """Who serves it."""
        if self.org.kind not in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
            return []
        return list(agencies_serving(self.org, self.on)[:MOST_SCHOOLS])

    @cached_property
    def serves(self) -> list[Jurisdiction]:
        """Whom an agency serves today."""
        held = Q(until_on=None) | Q(until_on__gt=self.on)
        rows = self.org.jurisdictions.filter(held, from_on__lte=self.on).select_related("org").order_by("org__name")
        return list(rows[:MOST_SCHOOLS])

    @cached_property
    def former_names(self) -> list[FormerName]:
        """Names it bore before."""
        return list(self.org.former_names.order_by("-until_on"))

    @cached_property
    def former_openings(self) -> list[FormerOpening]:
        """When it was open before it closed and opened again, the latest first."""
        return list(self.org.former_openings.order_by("-opened_on"))

    @cached_property
    def enrolment(self) -> Enrolment | None:
        """The latest number of students."""
        return self.org.enrolments.order_by("-year").first()

    @property
    def enrolment_year(self) -> str:
        """The school year of that number, as it is written."""
        return SchoolYear(self.enrolment.year).slug if self.enrolment else ""

    @property
    def basis(self) -> str:
        """Where that number comes from; a published file goes by its own name."""
        basis = self.enrolment.basis if self.enrolment else ""
        return _("an estimate from the number of teachers") if basis.startswith("estimated") else basis

    @property
    def is_open(self) -> bool:
        """Whether it exists on the day."""
        return self.org.is_open(self.on)
