"""Table columns that sort by a link: a second click turns the order round."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.functional import Promise

Spec = tuple[str, str | Promise, bool]
"""Key, heading, and whether it holds numbers."""


class Column(NamedTuple):
    """One heading: where its link leads, and how the table is sorted by it now, in aria-sort's words."""

    label: str | Promise
    number: bool
    next: str
    sorted: str
    anchor: str


def sort_chosen(asked: str, specs: Sequence[Spec], otherwise: str) -> str:
    """The sort asked for, or the usual one where there is no such column."""
    return asked if asked.removeprefix("-") in {key for key, _label, _number in specs} else otherwise


def columns(specs: Sequence[Spec], sort: str, anchor: str) -> list[Column]:
    """The headings of a table sorted by `sort`, whose links lead back to the part of the page named `anchor`."""
    return [
        Column(label, number, f"-{key}" if sort == key else key, _direction(key, sort), f"#{anchor}")
        for key, label, number in specs
    ]


def _direction(key: str, sort: str) -> str:
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")
