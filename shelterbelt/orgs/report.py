"""What came of an import, in words."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from shelterbelt.orgs.imports.profiles import profiles
from shelterbelt.orgs.models import DirectoryImport

WORDS: dict[str, str | Promise] = {
    "opened": _("opened"),
    "reopened": _("reopened"),
    "closed": _("closed"),
    "renamed": _("renamed"),
    "moved": _("moved to another district or county"),
    "changed": _("changed in other facts"),
    "members_placed": _("members placed in regions"),
    "codes_added": _("codes added"),
    "enrolments": _("numbers of students"),
    "services_added": _("services of agencies started"),
    "services_ended": _("services of agencies ended"),
    "unchanged": _("unchanged"),
    "gone_before": _("closed already or not yet open, left out"),
}
NO_CHANGE = frozenset({"unchanged", "gone_before", "closed_as_missing"})


class Line(NamedTuple):
    """One problem as the page and the download show it."""

    kind: str
    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class ImportReport:
    """The report kept with an import."""

    found: DirectoryImport

    @property
    def is_under_way(self) -> bool:
        """The worker isn't done with it."""
        return self.found.status in {"waiting", "reading", "loading"}

    @property
    def is_checked(self) -> bool:
        """It can be loaded."""
        return self.found.status == "checked"

    @property
    def is_loaded(self) -> bool:
        """It is in the directory."""
        return self.found.status == "loaded"

    @property
    def is_refused(self) -> bool:
        """It has errors."""
        return self.found.status == "refused"

    @property
    def percent(self) -> int:
        """How far the worker is."""
        return min(99, 100 * self.found.rows_done // self.found.rows_total) if self.found.rows_total else 0

    @property
    def title(self) -> str:
        """What the file is."""
        profile = profiles().get(self.found.profile)
        return profile.title if profile else self.found.profile

    @cached_property
    def counts(self) -> list[tuple[str | Promise, int]]:
        """What changes, in words; what is nought is left out, but for the unchanged."""
        counts = self.found.report.get("counts", {})
        return [(words, counts[name]) for name, words in WORDS.items() if counts.get(name) or name == "unchanged"]

    @property
    def changes(self) -> int:
        """How many changes loading makes (or made)."""
        counts = self.found.report.get("counts", {})
        return sum(count for name, count in counts.items() if name not in NO_CHANGE)

    @property
    def skipped(self) -> int:
        """Rows of other states."""
        return int(self.found.report.get("skipped", 0))

    @cached_property
    def problems(self) -> list[Line]:
        """Errors first, then warnings."""
        said = self.found.report
        return [
            Line(kind, *problem)
            for kind, key in (("error", "errors"), ("warning", "warnings"))
            for problem in said.get(key, [])
        ]

    @property
    def errors_total(self) -> int:
        """All errors, also those beyond the listed ones."""
        return int(self.found.report.get("errors_total", 0))

    @property
    def warnings_total(self) -> int:
        """All warnings."""
        return int(self.found.report.get("warnings_total", 0))
