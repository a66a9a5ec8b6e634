"""What changed between two published versions of the same thing, in words: works for any template that is data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

ABOUT_ITSELF = frozenset({
    "version", "effective_from", "changed", "basis", "source", "key", "id", "from_", "from_on", "until", "until_on",
})  # fmt: skip
"""What every version says of itself differs by nature."""


@dataclass(frozen=True)
class Difference:
    """One place that isn't the same in both versions."""

    kind: Literal["added", "removed", "changed"]
    where: str
    before: str = ""
    after: str = ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every text or number that was added, removed or changed, in the order of the newer version, then of the older."""
    old, new = dict(_flat(before)), dict(_flat(after))
    found = []
    for where, text in new.items():
        if where not in old:
            found.append(Difference("added", where, after=text))
        elif old[where] != text:
            found.append(Difference("changed", where, old[where], text))
    return found + [Difference("removed", where, before=text) for where, text in old.items() if where not in new]


def _flat(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each text under the names that lead to it. Parts of a list go by their own key, not by their place."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if where or name not in ABOUT_ITSELF:
                yield from _flat(part, _joined(where, str(name))) if name != "key" else iter(())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, part in enumerate(value, 1):
            yield from _flat(part, _joined(where, _name_of(part, place)))
    elif value not in ("", None):
        yield where, " ".join(str(value).split())


def _name_of(part: Any, place: int) -> str:
    return (
        str(part.get("name") or part.get("title") or part.get("key") or place)
        if isinstance(part, Mapping)
        else str(place)
    )


def _joined(where: str, name: str) -> str:
    word = name.replace("_", " ")
    return f"{where} › {word}" if where else word
