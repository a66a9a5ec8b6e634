"""A version's text in the one form over which its hash is taken."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]
"""One frozen part: key, kind, title, html, facts (rows of a list, or empty)."""


def part(key: str, kind: str, title: str, html: str = "", facts: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """A part as it is frozen. Facts hold text, whole numbers, yes and no, and nothing else, so that it has one form."""
    return {"key": key, "kind": kind, "title": title, "html": html, "facts": [dict(row) for row in facts]}


def canonical(parts: Sequence[Part]) -> bytes:
    """The parts as JSON that is the same wherever it is made: keys sorted, no spaces, UTF-8 (after RFC 8785)."""
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def digest(parts: Sequence[Part]) -> str:
    """SHA-256 over the canonical form."""
    return hashlib.sha256(canonical(parts)).hexdigest()


def is_whole(parts: Sequence[Part] | None, sha256: str) -> bool:
    """Whether a frozen text is the one whose hash was kept."""
    return parts is not None and digest(parts) == sha256
