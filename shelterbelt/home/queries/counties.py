"""An output by county, as the map and the table beside it show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.home.queries.groups import Group, codes_of, groups_along, in_order
from shelterbelt.measures.measured import Measured
from shelterbelt.orgs.models import Org
from shelterbelt.strategy.model import Output
from shelterbelt.ui import figures

LOWEST = 10


@dataclass(frozen=True)
class CountyMap:
    """What {% county_map %} is given, and the same counties as rows. `page` is each county's address with {} in it."""

    output: Output
    groups: tuple[Group, ...]
    codes: tuple[str, ...]
    page: str

    @property
    def title(self) -> str:
        """What the map shows, in a line."""
        return f"{self.output.id} {self.output.title}"

    @property
    def values(self) -> dict[str, float | None]:
        """Each county's percent, by its FIPS number."""
        return {code: group.figure.value for code, group in self._known}

    @property
    def texts(self) -> dict[str, str]:
        """What a reader is told about each county."""
        return {code: _told(group) for code, group in self._known}

    @property
    def links(self) -> dict[str, str]:
        """Where each county leads."""
        return {code: self.page.format(group.org) for code, group in self._known}

    @property
    def lowest(self) -> list[Group]:
        """The counties that are furthest from it, of those that have a value."""
        known = [group for group in self.groups if group.figure.concerned and group.org]
        return in_order(known, "value")[:LOWEST]

    @property
    def _known(self) -> list[tuple[str, Group]]:
        return [(code, group) for code, group in zip(self.codes, self.groups, strict=True) if code]


def is_mapped(output: Output) -> bool:
    """Whether an output may be shown by county."""
    return output.kind == "percentage" and output.visibility != "state"


def county_map(measured: Measured, output: Output, year: SchoolYear, state: Org, page: str) -> CountyMap:
    """An output's counties, by name."""
    groups = in_order(groups_along(measured, output, year, "county", state), "name")
    codes = codes_of("county", state)
    return CountyMap(output, tuple(groups), tuple(codes.get(group.org or 0, "") for group in groups), page)


def _told(group: Group) -> str:
    figure = group.figure
    if figure.value is None:
        return _("applies to none")
    return _("%(share)s, %(met)s of %(concerned)s") % {
        "share": figures.percent(figure.value),
        "met": figure.met,
        "concerned": figure.concerned,
    }
