"""Which lines are headings where a file doesn't say so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from shelterbelt.plans.incoming.reading.parts import Block

LONGEST = 110
"""Letters of a heading."""
_NUMBERED = re.compile(
    r"\A(?:(?P<dots>\d{1,2}(?:\.\d{1,2})*)[.)]?|(?P<roman>[IVX]{1,5})[.)]|(?P<letter>[A-Z])[.)])\s+(?=\S)"
)
_NAMED = re.compile(
    r"\A(?:functional |hazard[- ]specific |threat[- ]specific )?(?:annex|appendix|section|part|chapter)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;,:?!]\Z")


def may_be(text: str) -> bool:
    """Whether a line is short enough, and no sentence."""
    letters = sum(letter.isalpha() for letter in text)
    return letters > 0 and len(text) <= LONGEST and (not _SENTENCE.search(text) or bool(_NAMED.match(text)))


def level_of(text: str) -> int:
    """How high its number or name says a heading is; 0 if it has neither."""
    if _NAMED.match(text):
        return 1
    found = _NUMBERED.match(text)
    if not found:
        return 0
    return 1 + found["dots"].count(".") if found["dots"] else 1 if found["roman"] else 2


def found_by_look(blocks: Sequence[Block]) -> list[Block]:
    """Bold lines of their own are headings where a file has no others: many plans are written so."""
    if any(block.level for block in blocks):
        return list(blocks)
    return [
        replace(block, level=level_of(block.text) or 2) if block.is_bold and may_be(block.text) else block
        for block in blocks
    ]
