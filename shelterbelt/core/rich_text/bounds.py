"""Refuses HTML that is built to be slow to read: a parser's time grows with the square of depth and of attributes."""

import re
from collections import Counter

DEEPEST = 400
"""Tags that may be open at once. Word and Google Docs stay below forty."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{40000}")
_END_BY_THEMSELVES = frozenset({
    "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
})  # fmt: skip
"""Tags that need no end: however many there are, they don't stand in each other by themselves."""


def is_reasonable(html: str) -> bool:
    """Whether a parser is done with it in a moment."""
    return not _LONG_TAG.search(html) and not _is_deep(html)


def _is_deep(html: str) -> bool:
    open_now: Counter[str] = Counter()
    depth = 0
    for end, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _END_BY_THEMSELVES:
            continue
        if not end:
            open_now[tag] += 1
            depth += 1
        elif open_now[tag]:
            open_now[tag] -= 1
            depth -= 1
        if depth > DEEPEST:
            return True
    return False
