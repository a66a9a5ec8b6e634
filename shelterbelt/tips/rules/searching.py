"""What it means that a text holds what was searched for: every word and every “phrase”, capitals and accents apart."""

import re
import unicodedata

_PART = re.compile(r'["“”„]([^"“”„]*)["“”„]|(\S+)')
_MARKS = re.compile(r"[\u0300-\u036f]+")
MOST_PARTS = 12


def plain(text: str) -> str:
    """Without capitals and accents, one blank between words."""
    small = text.casefold()
    if not small.isascii():
        small = _MARKS.sub("", unicodedata.normalize("NFKD", small))
    return " ".join(small.split())


def parts_of(typed: str) -> tuple[str, ...]:
    """The words and phrases of a search; longer ones first, for they are found to be missing sooner."""
    found = {plain(phrase or word) for phrase, word in _PART.findall(typed)} - {""}
    return tuple(sorted(found, key=lambda part: (-len(part), part))[:MOST_PARTS])


def holds(text: str, parts: tuple[str, ...]) -> bool:
    """Whether a plain text holds them all."""
    return all(part in text for part in parts)
