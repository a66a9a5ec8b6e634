"""A table of contacts as somebody sends it: read line by line, with a sentence for whatever can't be right."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from shelterbelt.contacts.rules.entry import NotANumber, _, dialed

COLUMNS = ("school", "code", "name", "title", "kind", "hours", "language", "voice", "sms", "email")
NEEDED = ("name",)
KINDS = ("school_team", "district_duty", "law_enforcement", "dispatch", "mental_health", "supervisor", "other")
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"kind": KINDS, "hours": ("always", "school_hours", "after_hours"), "language": ("en", "es")}
)
USUAL: Mapping[str, str] = MappingProxyType({"hours": "always", "language": "en"})
LONGEST: Mapping[str, int] = MappingProxyType({"name": 120, "title": 120, "email": 254})
MOST_LINES = 2_000
MOST_LETTERS = 1_000_000


class Problem(NamedTuple):
    """What is wrong with the table, or with one of its lines (0: with the whole)."""

    line: int
    text: str
    values: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Line:
    """One contact of the table: what was written, made ready to be kept."""

    number: int
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Table:
    """The lines that can be read, and the problems of those that can't."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read(text: str, *, usual_kind: str) -> Table:
    """Read a table with a heading line, separated by commas, semicolons or tabs."""
    if len(text) > MOST_LETTERS:
        return Table((), (Problem(0, _("The table is too large. Send it in parts.")),))
    rows = _rows(text.lstrip("\ufeff"))
    try:
        heading = [_plain(cell) for cell in next(rows, (0, []))[1]]
        if problem := _problem_of_heading(heading):
            return Table((), (problem,))
        return _read_lines(rows, heading, usual_kind)
    except csv.Error:
        return Table((), (Problem(0, _("This can't be read as a table. Save it as CSV and send it again.")),))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=separator, strict=False)
    return ((reader.line_num, row) for row in reader)


def _plain(cell: str) -> str:
    return cell.strip().casefold().replace(" ", "_").replace("-", "_")


def _problem_of_heading(heading: list[str]) -> Problem | None:
    known = ", ".join(COLUMNS)
    for name in NEEDED:
        if name not in heading:
            text = _("The first line must name the columns; “%(name)s” is missing. Known columns: %(known)s.")
            return Problem(1, text, {"name": name, "known": known})
    for name in heading:
        if name and name not in COLUMNS:
            return Problem(
                1, _("There is no column “%(name)s”. Known columns: %(known)s."), {"name": name[:40], "known": known}
            )
        if name and heading.count(name) > 1:
            return Problem(1, _("The column “%(name)s” is there twice."), {"name": name})
    return None


def _read_lines(rows: Iterator[tuple[int, list[str]]], heading: list[str], usual_kind: str) -> Table:
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(lines) + len(problems) >= MOST_LINES:
            problems.append(
                Problem(number, _("Lines from here on were not read: a table may have 2,000. Send the rest apart."))
            )
            break
        found = list(_problems_and_cells(number, dict(zip(heading, row, strict=False)), usual_kind))
        wrong = [each for each in found if isinstance(each, Problem)]
        problems += wrong
        if not wrong:
            lines += [Line(number, each) for each in found if not isinstance(each, Problem)]
    return Table(tuple(lines), tuple(problems))


def _problems_and_cells(number: int, row: dict[str, str], usual_kind: str) -> Iterator[Problem | dict[str, str]]:
    cells = {name: " ".join(row.get(name, "").split()) for name in COLUMNS}
    yield from _texts(number, cells)
    yield from _choices(number, cells, {**USUAL, "kind": usual_kind})
    for name in ("voice", "sms"):
        try:
            cells[name] = dialed(cells[name], may_have_extension=name == "voice")
        except NotANumber as error:
            yield Problem(number, str(error))
    if not any(cells[name] for name in ("voice", "sms", "email")):
        yield Problem(number, _("There is no way to reach them: fill voice, sms or email."))
    yield cells


def _texts(number: int, cells: dict[str, str]) -> Iterator[Problem]:
    if not cells["name"]:
        yield Problem(number, _("The name is missing. For a desk without a person, write what it is called."))
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            yield Problem(number, _("“%(name)s” is longer than %(most)s letters."), {"name": name, "most": str(most)})
    email = cells["email"]
    if email and (email.count("@") != 1 or "." not in email.rpartition("@")[2] or " " in email):
        yield Problem(number, _("“%(email)s” is no e-mail address."), {"email": email[:80]})


def _choices(number: int, cells: dict[str, str], usual: Mapping[str, str]) -> Iterator[Problem]:
    for name, known in CHOICES.items():
        cells[name] = _plain(cells[name]) or usual[name]
        if cells[name] not in known:
            yield Problem(
                number,
                _("“%(word)s” is none of the words for %(name)s: %(known)s."),
                {"word": cells[name][:40], "name": name, "known": ", ".join(known)},
            )
