"""How far a recommendation is, told by its outputs. No Django, no database."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from shelterbelt.measures.rules import Figure


class Step(StrEnum):
    """The steps of a recommendation, as the page shows them."""

    IN_PLACE = "in_place"
    UNDER_WAY = "under_way"
    NOT_STARTED = "not_started"
    NOT_REPORTED = "not_reported"


Sign = Literal["done", "part", "none", "silent"]


def sign_of_figure(figure: Figure) -> Sign:
    """What a percentage or an office says: all units meet it, some do, none does, or nobody has said anything."""
    if figure.concerned and figure.met == figure.concerned:
        return "done"
    if figure.met:
        return "part"
    return "none" if figure.not_met else "silent"


def sign_of_number(number: float | None) -> Sign:
    """What a count says: it happens, it doesn't, or nobody has said."""
    if number is None:
        return "silent"
    return "done" if number > 0 else "none"


def step_of(signs: Iterable[Sign]) -> Step:
    """In place when every output is reached; under way when one is or begins to be."""
    found = set(signs)
    if found == {"done"}:
        return Step.IN_PLACE
    if found & {"done", "part"}:
        return Step.UNDER_WAY
    return Step.NOT_STARTED if "none" in found else Step.NOT_REPORTED
