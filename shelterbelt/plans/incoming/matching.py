"""Which section of the plan a part of a file belongs to, by their titles. No Django, no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from shelterbelt.plans.incoming.reading.parts import Part

ENOUGH = 0.6
"""How alike two titles are at least; below it, people say where a part belongs."""
_WORDS = re.compile(r"[a-z]{2,}")
_NUMBER = re.compile(r"\A(?:[\dIVX]+(?:\.\d+)*|[A-Z])[.):]?\s+", re.IGNORECASE)
_SAY_NOTHING = frozenset({
    "annex", "appendix", "section", "part", "chapter", "plan", "plans", "procedure", "procedures", "protocol",
    "policy", "policies", "functional", "threat", "hazard", "specific", "basic", "emergency", "response", "the",
    "and", "of", "for", "to", "in", "on", "at", "an", "our", "school", "schools", "district", "ii", "iii", "iv",
    "vi", "vii", "viii", "ix", "xi", "xii",
})  # fmt: skip
_STEM = 5
"""Letters that tell a word: evacuate and evacuation are one."""


@dataclass(frozen=True)
class Named:
    """A section, as far as matching needs it."""

    id: int
    title: str


@dataclass
class Offered:
    """A part with what stands below its lower headings, and the section it seems to be."""

    title: str
    level: int
    html: str
    section: int | None = None


def offered(parts: Sequence[Part], sections: Sequence[Named]) -> list[Offered]:
    """The parts as people are asked about them: what has no section of its own stays with the heading above it."""
    found: list[Offered] = []
    for part in parts:
        section = best(part.title, sections)
        above = found[-1] if found else None
        if section is None and above is not None and above.title and part.level > above.level:
            above.html += _below(part, above)
        else:
            found.append(Offered(part.title, part.level, part.html, section))
    return found


def _below(part: Part, above: Offered) -> str:
    tag = "h3" if part.level == above.level + 1 else "h4"
    return f"<{tag}>{escape(part.title)}</{tag}>{part.html}"


def best(title: str, sections: Sequence[Named]) -> int | None:
    """The section whose title is most alike; None if none is alike enough."""
    rated = [(likeness(title, section.title), -number) for number, section in enumerate(sections)]
    if not title or not rated:
        return None
    score, number = max(rated)
    return sections[-number].id if score >= ENOUGH else None


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of words they have in common, or of letters in the same order."""
    ones, others = _told(one), _told(other)
    common = 2 * len(ones & others) / (len(ones) + len(others)) if ones and others else 0.0
    letters = SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio()
    return max(common, letters if letters >= 0.85 else 0.0)


def _told(title: str) -> frozenset[str]:
    words = [word for word in _WORDS.findall(title.lower()) if word not in _SAY_NOTHING]
    return frozenset(word[:_STEM] for word in words)


def _bare(title: str) -> str:
    return _NUMBER.sub("", title).lower().strip()
