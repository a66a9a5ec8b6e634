"""How the desk's queue is sorted out: which filters there are, and how they stand in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

OPEN, ALL = "open", "all"
"""Tips that need work, or every tip, instead of one state."""
ME, NOBODY = "me", "nobody"
NO_SCHOOL = "none"
OUTCOME, LATE = "outcome", "late"


@dataclass(frozen=True)
class Filter:
    """What somebody looks at in the queue. Every word of it is a code or a number, never words of a tip."""

    state: str = OPEN
    place: str = ""
    """The number of a school, district or region; `none` for tips without a school."""
    type: str = ""
    life_safety: str = ""
    channel: str = ""
    owner: str = ""
    kind: str = ""
    due: str = ""
    """`outcome`: an outcome is owed by somebody; `late`: something is overdue."""

    @property
    def query(self) -> str:
        """As it stands in an address: only what differs from the plain queue."""
        plain = Filter()
        return urlencode({name: value for name, value in self.words() if value != getattr(plain, name)})

    @property
    def is_plain(self) -> bool:
        """Whether it leaves out nothing but what is done."""
        return self == Filter()

    def words(self) -> list[tuple[str, str]]:
        """Each part by its name."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


def filter_of(words: Mapping[str, str]) -> Filter:
    """A filter from checked words of an address; what isn't said is as in the plain queue."""
    return Filter(**{each.name: str(words.get(each.name) or each.default) for each in fields(Filter)})
