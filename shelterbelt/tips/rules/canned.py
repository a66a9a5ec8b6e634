"""Texts that the desk says to reporters again and again (data/canned.yaml), in each language of the line."""

from dataclasses import dataclass
from functools import cache

from shelterbelt.tips.rules.reading import read_rules


@dataclass(frozen=True)
class Canned:
    """One text, with the name under which the desk finds it."""

    code: str
    titles: dict[str, str]
    words: dict[str, str]
    asks: bool
    """Whether an answer is waited for."""

    def title(self, language: str) -> str:
        """Its name, for the desk."""
        return self.titles.get(language[:2], self.titles["en"])

    def text(self, language: str) -> str:
        """What the reporter reads, in their language; in English where there is none."""
        return self.words.get(language[:2], self.words["en"])


@cache
def canned() -> dict[str, Canned]:
    """All of them by code, in the order of the file."""
    rows = read_rules("canned.yaml")["texts"]
    return {
        row["code"]: Canned(row["code"], row["title"], {each: row[each] for each in ("en", "es")}, row["asks"])
        for row in rows
    }
