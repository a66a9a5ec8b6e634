"""Which parts of two versions differ, and how a part reads as plain lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Differing:
    """A part that was added, removed or changed; before and after as HTML to compare in words."""

    key: str
    title: str
    what: str
    before: str
    after: str


def differing(before: Sequence[Part], after: Sequence[Part]) -> list[Differing]:
    """The parts that differ, in the order of the newer version, then those that are gone."""
    old = {part["key"]: part for part in before}
    new = {part["key"]: part for part in after}
    both = [_compared(old.get(key), part) for key, part in new.items()]
    gone = [_compared(part, None) for key, part in old.items() if key not in new]
    return [each for each in (*both, *gone) if each is not None]


def _compared(before: Part | None, after: Part | None) -> Differing | None:
    there = after or before or {}
    was, now = _html(before), _html(after)
    if was == now:
        return None
    what = "added" if before is None else "removed" if after is None else "changed"
    return Differing(there["key"], there["title"], what, was, now)


def _html(part: Part | None) -> str:
    if part is None:
        return ""
    rows = "".join(f"<p>{escape(line)}</p>" for row in part["facts"] for line in lines_of(row))
    return f"{part['html']}{rows}"


def lines_of(row: Mapping[str, Any]) -> list[str]:
    """A row of a list in plain lines: its values one after another, and lists inside it below."""
    flat = [str(value) for value in row.values() if value not in ("", None, False) and not isinstance(value, list)]
    nested = [line for value in row.values() if isinstance(value, list) for line in _inside(value)]
    return [" · ".join(flat), *nested]


def _inside(values: Sequence[Any]) -> list[str]:
    return [line for value in values for line in (lines_of(value) if isinstance(value, dict) else [str(value)])]
