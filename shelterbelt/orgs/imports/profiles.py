"""Mapping profiles: what the columns of a known file mean, as data in profiles/*.yaml.

docs/reference/import-profiles.md explains the format and is checked against the files.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "profiles"


@dataclass(frozen=True)
class Column:
    """Where one fact stands in the file and how its text is read."""

    fact: str
    headers: tuple[str, ...]
    required: bool = False
    """The column must be there and no cell may be blank."""
    length: int | None = None
    """How long a code is, when its scheme says so."""
    take: str = ""
    """The part of the cell that is the code, as a regular expression: its first group that matches."""
    values: dict[str, str] = field(default_factory=dict)
    """What the file's words mean, in small letters; `*` for any other word."""


@dataclass(frozen=True)
class Profile:
    """What a file of one kind is: which organisations it lists, and what each column means."""

    name: str
    title: str
    kind: str
    columns: dict[str, Column]
    state: str = ""
    """Postal code, when every row lies in one state and no column says which."""
    sector: str = ""
    """The sector of a row whose columns don't say."""
    keys: tuple[str, ...] = ()
    """Schemes of identifiers by which a row is recognised, the surest first."""
    within: dict[str, str] = field(default_factory=dict)
    """Inside what a scheme's code is unique: `district` or `state`; without an entry, everywhere."""
    district_keys: tuple[str, ...] = ()
    complete_for: tuple[str, ...] = ()
    """Sectors of which the file lists every one in its states. Only those may be closed for missing."""
    effective_on: str = ""
    year: int | None = None
    """First calendar year of the school year that the numbers of students belong to."""
    basis: str = ""
    precision: str = ""
    """How near the file's positions are to the places themselves, when no column says."""
    signs: tuple[str, ...] = ()
    """Headers by which the file is recognised; all must be there."""
    note: str = ""

    def header_for(self, fact: str, headers: Iterable[str]) -> str | None:
        """The file's own header for a fact: the first of its names that is there, capital letters apart."""
        column = self.columns.get(fact)
        there = {header.lower(): header for header in headers}
        if column is None:
            return None
        return next((there[name.lower()] for name in column.headers if name.lower() in there), None)


def _column(fact: str, written: Any) -> Column:
    if isinstance(written, str | list):
        written = {"from": written}
    headers = written.pop("from")
    values = {str(word).lower(): str(meaning) for word, meaning in written.pop("values", {}).items()}
    return Column(fact, tuple([headers] if isinstance(headers, str) else headers), values=values, **written)


def _profile(path: Path) -> Profile:
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    columns = {fact: _column(fact, how) for fact, how in written.pop("columns").items()}
    lists: dict[str, Any] = {
        key: tuple(written.pop(key, ())) for key in ("keys", "district_keys", "complete_for", "signs")
    }
    return Profile(name=path.stem, columns=columns, **lists, **written)


@cache
def profiles() -> dict[str, Profile]:
    """Every profile, by name."""
    return {path.stem: _profile(path) for path in sorted(FOLDER.glob("*.yaml"))}


def guess(headers: Iterable[str]) -> Profile | None:
    """The profile whose signs are all among the headers; of several, the one with the most signs."""
    there = {header.lower() for header in headers}
    fitting = [found for found in profiles().values() if found.signs and {s.lower() for s in found.signs} <= there]
    return max(fitting, key=lambda found: len(found.signs), default=None)
