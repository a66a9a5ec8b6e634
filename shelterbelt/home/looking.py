"""Which school year an overview shows, and as of which day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.measured import Measured
from shelterbelt.orgs.models import Org

YEARS_OF_TREND = 6


@dataclass(frozen=True)
class Look:
    """A school year; a past one as of its end, this one as of today, or either as of a day in it."""

    year: SchoolYear
    today: date
    as_of: date | None = None

    @property
    def day(self) -> date:
        """The day on which the year is judged."""
        return self.as_of or self.year.last_day_by(self.today)

    @property
    def known_on(self) -> date:
        """The day of the knowledge: today, or the day asked for."""
        return self.as_of or self.today

    @property
    def trend(self) -> tuple[SchoolYear, ...]:
        """The years a trend shows, the chosen one last."""
        return tuple(self.year - ago for ago in reversed(range(YEARS_OF_TREND)))

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        chosen = {"year": self.year.slug}
        if self.as_of:
            chosen["as_of"] = self.as_of.isoformat()
        return urlencode(chosen)

    def measured(self, state: Org, *, closed: bool = True) -> Measured:
        """A state's figures under this look, with the change notes of the trend's years read at once."""
        measured = Measured(state, self.today, as_of=self.as_of, closed=closed)
        measured.prepare(self.trend)
        return measured
