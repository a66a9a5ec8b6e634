"""Where a version, a section and a task stand, and where each can go from there."""

VERSION_NEXT: dict[str, frozenset[str]] = {
    "draft": frozenset({"in_review"}),
    "in_review": frozenset({"draft", "adopted"}),
    "adopted": frozenset({"in_force", "superseded"}),
    "in_force": frozenset({"superseded"}),
    "superseded": frozenset(),
}
"""Allowed moves. What was adopted is never written again: the next version is."""

SECTION_NEXT: dict[str, frozenset[str]] = {
    "empty": frozenset({"writing", "ready", "left_out"}),
    "writing": frozenset({"ready", "left_out", "empty"}),
    "ready": frozenset({"writing", "left_out", "empty"}),
    "left_out": frozenset({"writing", "ready", "empty"}),
}

FROZEN = frozenset({"in_review", "adopted", "in_force", "superseded"})
"""States of a version whose text nobody changes."""

STANDS = frozenset({"in_force", "adopted"})
"""States of a version that people go by, or will."""


def may_become(state: str, wanted: str) -> bool:
    """Whether a version may move so; staying is no move."""
    return wanted in VERSION_NEXT[state]


def section_may_become(state: str, wanted: str) -> bool:
    """Whether a section may move so; staying is allowed."""
    return wanted == state or wanted in SECTION_NEXT[state]


def state_when_written(state: str, *, has_text: bool) -> str:
    """The state of a section after somebody saved a text in it: ready stays ready until somebody says otherwise."""
    if not has_text:
        return "empty"
    return "writing" if state in {"empty", "left_out"} else state
