"""The file's columns as facts: every cell read, every cell that can't be read named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shelterbelt.orgs.imports.converting import ConversionError, ZerosRestored, converter_for
from shelterbelt.orgs.imports.problems import Findings
from shelterbelt.orgs.imports.profiles import Column, Profile
from shelterbelt.orgs.imports.reading import Sheet


@dataclass
class Facts:
    """What the file says, column by column. `rows[i]` is the row number in front of every `columns[fact][i]`."""

    profile: Profile
    effective_on: date
    rows: list[int]
    columns: dict[str, list[Any]]
    headers: dict[str, str]
    """How the file itself calls each fact: that is what a person looks for."""
    skipped: int = 0
    """Rows of other states."""
    bad: set[int] = field(default_factory=set)
    """Places with an error of their own; checks that build on them keep quiet."""

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, fact: str) -> Sequence[Any]:
        """A fact's values; nothing in every row when the file doesn't have it."""
        return self.columns.get(fact) or [None] * len(self.rows)

    def error(self, findings: Findings, place: int, fact: str, sentence: str) -> None:
        """Note an error at a place, in the file's own words for row and column."""
        self.bad.add(place)
        findings.error(self.rows[place], self.headers.get(fact, fact), sentence)


def read_facts(
    sheet: Sheet, profile: Profile, findings: Findings, *, effective_on: date, only_state: str = ""
) -> Facts:
    """Read every cell of the file as its profile says; of one state only, when one is given."""
    headers = {fact: header for fact in profile.columns if (header := profile.header_for(fact, sheet.headers))}
    _note_missing_columns(profile, headers, findings)
    facts = Facts(profile, effective_on, sheet.rows, {}, headers)
    places = _places_of_state(sheet, profile, headers, only_state)
    facts.skipped = len(sheet) - len(places)
    facts.rows = [sheet.rows[place] for place in places]
    for fact, header in headers.items():
        column = profile.columns[fact]
        numeric = sheet.numeric.get(header, set())
        cells = [sheet.columns[header][place] for place in places]
        marks = [place in numeric for place in places] if numeric else None
        facts.columns[fact] = _read_column(facts, column, cells, marks, findings)
    return facts


def _note_missing_columns(profile: Profile, headers: dict[str, str], findings: Findings) -> None:
    for fact, column in profile.columns.items():
        if column.required and fact not in headers:
            findings.error(1, column.headers[0], _("This column is missing."))


def _places_of_state(sheet: Sheet, profile: Profile, headers: dict[str, str], only_state: str) -> range | list[int]:
    """Which rows are wanted. A row whose state can't be read is wanted too: its error must be seen."""
    if not only_state or "state" not in headers or profile.state:
        return range(len(sheet))
    read = converter_for(profile.columns["state"])
    wanted = {cell for cell in set(sheet.columns[headers["state"]]) if _quietly(read, cell) in {None, only_state}}
    return [place for place, cell in enumerate(sheet.columns[headers["state"]]) if cell in wanted]


def _quietly(read: Callable[[str], Any], cell: str) -> Any:
    try:
        return read(cell)
    except ConversionError:
        return None


def _read_column(
    facts: Facts, column: Column, cells: list[str], numeric: list[bool] | None, findings: Findings
) -> list[Any]:
    """Read every different cell once, and name each row whose cell can't be read."""
    kinds = {False} if numeric is None else set(numeric)
    read = {(cell, kind): _outcome(converter_for(column, numeric=kind), cell) for kind in kinds for cell in set(cells)}
    outcomes = [read[cell, False] for cell in cells] if numeric is None else [
        read[cell, kind] for cell, kind in zip(cells, numeric, strict=True)
    ]  # fmt: skip
    values: list[Any] = []
    for place, outcome in enumerate(outcomes):
        if isinstance(outcome, ConversionError):
            facts.error(findings, place, column.fact, str(outcome))
            values.append(None)
            continue
        if isinstance(outcome, ZerosRestored):
            header = facts.headers[column.fact]
            findings.warn(
                facts.rows[place], header, _("Read as %(value)s: leading zeros were lost.") % {"value": outcome.value}
            )
            values.append(outcome.value)
            continue
        if column.required and outcome is None:
            facts.error(findings, place, column.fact, _("This cell may not be blank."))
        values.append(outcome)
    return values


def _outcome(read: Callable[[str], Any], cell: str) -> Any:
    try:
        return read(cell)
    except (ConversionError, ZerosRestored) as remark:
        return remark
