"""A published template as readers see it: groups, in each its parts by name, of each the facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAMES = ("name", "title", "label", "asks", "text", "key")
"""What a part is called, the best first."""
ABOUT_THE_WHOLE = frozenset({
    "key", "version", "effective_from", "from", "from_", "until", "title", "what", "about", "source", "sources",
    "basis", "changed", "recognised",
    "id", "name", "is_recognized", "from_on", "until_on",
})  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One criterion, clause, method or question, with what is said of it: each fact in one line or several."""

    name: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Group:
    """What a list in the template holds."""

    name: str
    parts: tuple[Part, ...]


def outline(content: Mapping[str, Any]) -> list[Group]:
    """The template in groups, in its own order."""
    return [
        Group(_words(name), tuple(_parts(value)))
        for name, value in content.items()
        if name not in ABOUT_THE_WHOLE and isinstance(value, Sequence | Mapping) and not isinstance(value, str)
    ]


def _parts(value: Any) -> Iterator[Part]:
    pairs = value.items() if isinstance(value, Mapping) else ((str(place), each) for place, each in enumerate(value, 1))
    for key, each in pairs:
        if isinstance(each, Mapping):
            yield Part(name_of(each, str(key)), tuple(_facts(each)))
        else:
            yield Part(_plain(each), ())


def name_of(part: Mapping[str, Any], otherwise: str) -> str:
    """What a part is called."""
    return next((str(part[name]) for name in NAMES if part.get(name)), otherwise)


def _facts(part: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    named = next((name for name in NAMES if part.get(name)), "")
    for name, value in part.items():
        if name in {named, "key"} or value in ("", None, [], ()):
            continue
        label = f"{before}{_words(name)}"
        if isinstance(value, Mapping):
            yield from _facts(value, f"{label}: ")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield label, _listed(value)
        else:
            yield label, (_plain(value),)


def _listed(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple(name_of(each, "") if isinstance(each, Mapping) else _plain(each) for each in values)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(str(value).split())


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
