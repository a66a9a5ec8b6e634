"""Reads a YAML file and remembers on which line everything stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the file, said so that its author can put it right."""

    line: int
    sentence: str


class _Plain(yaml.SafeLoader):
    """YAML as people read it: only true and false are yes and no, so `no` may be a word."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass
class Document:
    """What the file says, where it says it, and what could not be read."""

    said: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def complain(self, place: Place, sentence: str) -> None:
        """Write down a problem."""
        self.problems.append(Problem(self.line(place), sentence))

    def at(self, place: Place) -> Any:  # whatever stands there
        """What stands at a place; None when there is nothing."""
        found = self.said
        for step in place:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found

    def each(self, *place: str | int) -> Iterator[Place]:
        """The places of the rows in a list; nothing when it is no list."""
        rows = self.at(place)
        for index, _ in enumerate(rows if isinstance(rows, list) else []):
            yield (*place, index)

    def word(self, *place: str | int) -> str | None:
        """The word at a place, or None."""
        found = self.at(place)
        return found if isinstance(found, str) else None


def read(path: Path) -> Document:
    """Read the file as far as it can be read."""
    document = Document()
    loader = _Plain(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        document.said = _build(document, loader, node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        document.problems.append(Problem(mark.line + 1 if mark else 1, f"This is not YAML: {error.problem}."))
    except yaml.YAMLError as error:
        document.problems.append(Problem(1, f"This is not YAML: {error}"))
    finally:
        loader.dispose()
    return document


def _build(document: Document, loader: _Plain, node: yaml.Node, place: Place) -> Any:
    document.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(document, loader, node, place)
    if isinstance(node, yaml.SequenceNode):
        return [_build(document, loader, row, (*place, index)) for index, row in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError:  # such as 2026-13-45: leave it as it is written, the model says what is wrong
        return node.value


def _mapping(document: Document, loader: _Plain, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in built:
            document.problems.append(Problem(line, f"`{key}` stands here twice."))
            continue
        document.lines[(*place, key)] = line
        built[key] = _build(document, loader, value_node, (*place, key))
    return built
