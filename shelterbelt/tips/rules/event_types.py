"""What a tip can be about, and which of it is about life safety (data/event_types.yaml, data/key_phrases.yaml)."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from shelterbelt.tips.rules.reading import read_rules


@dataclass(frozen=True)
class EventType:
    """One thing a tip can be about."""

    code: str
    group: str
    is_life_safety: bool
    is_sexual: bool
    titles: tuple[tuple[str, str], ...]
    rank: int
    """Place in the list: those before are graver."""

    def title(self, language: str) -> str:
        """Its name in a language; in English where there is none."""
        names = dict(self.titles)
        return names.get(language[:2], names["en"])


@cache
def event_types() -> dict[str, EventType]:
    """All of them by code, in the order of the file."""
    rows = read_rules("event_types.yaml")["types"]
    return {row["code"]: _type(row, rank) for rank, row in enumerate(rows)}


@cache
def groups() -> dict[str, dict[str, str]]:
    """The classes in which tips are counted, each with its name by language."""
    return dict(read_rules("event_types.yaml")["groups"])


def gravest(codes: Collection[str]) -> EventType:
    """The one that a tip is sorted under: life safety first, then the order of the list; `other` when none is said."""
    known = event_types()
    chosen = [known[code] for code in codes if code in known] or [known["other"]]
    return min(chosen, key=lambda each: (not each.is_life_safety, each.rank))


def telling_phrase(text: str) -> str | None:
    """The first key phrase that a text holds, in whatever language; None if it holds none."""
    plain = f" {_plain(text)} "
    return next((phrase for phrase, pattern in _patterns() if pattern.search(plain)), None)


def _type(row: dict[str, Any], rank: int) -> EventType:
    titles = tuple((language, row[language]) for language in ("en", "es"))
    return EventType(row["code"], row["group"], row["life_safety"], row.get("sexual", False), titles, rank)


_NO_WORD, _NO_WORD_OR_STAR = re.compile(r"[\W_]+"), re.compile(r"(?:[^\w*]|_)+")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    phrases = read_rules("key_phrases.yaml")
    return tuple((phrase, _pattern(phrase)) for language in ("en", "es") for phrase in phrases[language])


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in _plain(phrase, keep=True).split()]
    return re.compile(" " + " ".join(words) + " ")


def _plain(text: str, *, keep: bool = False) -> str:
    """Small letters and figures, one blank between words."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = spread if spread.isascii() else "".join(each for each in spread if not unicodedata.combining(each))
    return " ".join((_NO_WORD_OR_STAR if keep else _NO_WORD).sub(" ", kept).split())
