"""The beginning of what was said, for whoever chose to see it in the list."""

import uuid
from collections.abc import Iterable

from shelterbelt.tips.models import Tip
from shelterbelt.tips.sealing import opening
from shelterbelt.tips.sealing.months import MonthGone

LETTERS = 110


def first_lines(tips: Iterable[Tip]) -> dict[uuid.UUID, str]:
    """Of each tip, as much as fits into a line."""
    return {tip.pk: _line(_narrative(tip)) for tip in tips}


def _narrative(tip: Tip) -> str:
    try:
        return opening.body_of(tip).get("narrative", "")
    except MonthGone:
        return ""  # its own page says that it can't be read


def _line(narrative: str) -> str:
    line = " ".join(narrative.split())
    return line if len(line) <= LETTERS else line[:LETTERS].rsplit(" ", 1)[0] + "…"
