"""A sentence that a rule says: English words with places for values, translated where it is shown."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

Value = str | int | date
NOTHING: Mapping[str, Value] = MappingProxyType({})


def _(text: str) -> str:
    """Marks a text for the catalogue of translations; rules themselves speak English."""
    return text


class Sentence(NamedTuple):
    """`text` with `%(name)s` places, and what goes there."""

    text: str
    values: Mapping[str, Value] = NOTHING

    def __str__(self) -> str:
        return self.text % self.values


class Problem(NamedTuple):
    """Why something isn't accepted, and at which field."""

    field: str
    sentence: Sentence
