"""The beginning of what was said, for whoever chose to see it in the list."""

import uuid
from collections.abc import Iterable

from shelterbelt.tips.models import Tip
from shelterbelt.tips.sealing import opening

LETTERS = 110


def first_lines(tips: Iterable[Tip]) -> dict[uuid.UUID, str]:
    """Of each tip, as much as fits into a line."""
    return {tip.pk: _line(opening.body_of(tip).get("narrative", "")) for tip in tips}


def _line(narrative: str) -> str:
    line = " ".join(narrative.split())
    return line if len(line) <= LETTERS else line[:LETTERS].rsplit(" ", 1)[0] + "…"
