"""What there is to attack: every address, with keys of everybody's records, and every form that a page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

from django.apps import apps
from django.db import ProgrammingError, models, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from tests.attack.fuzzing import hostile
from tests.attack.fuzzing.raw import quoted

WORDS = {
    "output": tuple(output.id for output in current().outputs),
    "recommendation": tuple(each.id for each in current().recommendations),
    "year": ("2026-27", "2026-27", "2025-26"),
    "form": ("csv", "xlsx"),
    "role": ("principal", "state"),
}
"""What stands where a route asks for a word; whatever isn't named here gets any of them."""
ANY_WORD = tuple(sorted({word for words in WORDS.values() for word in words}))


@dataclass(frozen=True)
class Address:
    """One route: its name and its parts, words as they are and (converter, name) where something is filled in."""

    name: str
    parts: tuple[str | tuple[str, str], ...]

    @property
    def asks(self) -> tuple[tuple[str, str], ...]:
        """What has to be filled in."""
        return tuple(part for part in self.parts if isinstance(part, tuple))

    def filled(self, values: dict[str, str]) -> str:
        """The path, with these values quoted into it."""
        return "/" + "".join(part if isinstance(part, str) else quoted(values[part[1]]) for part in self.parts)


def addresses() -> list[Address]:
    """Every route there is, whoever made it."""
    return list(_routes(get_resolver(), "", ()))


def _routes(resolver: URLResolver, room: str, before: tuple[str | tuple[str, str], ...]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        parts = (*before, *_parts(each.pattern))
        if isinstance(each, URLResolver):
            yield from _routes(each, f"{room}{each.namespace}:" if each.namespace else room, parts)
        elif isinstance(each, URLPattern):
            yield Address(f"{room}{each.name}", parts)


def _parts(pattern: object) -> tuple[str | tuple[str, str], ...]:
    text = str(pattern)
    if not isinstance(pattern, RoutePattern):  # a regular expression, such as allauth's: named groups are filled in
        return _expression(text)
    found: list[str | tuple[str, str]] = []
    while "<" in text:
        word, _, rest = text.partition("<")
        inside, _, text = rest.partition(">")
        kind, _, name = inside.rpartition(":")
        found += [word, (kind or "str", name)]
    return tuple(part for part in (*found, text) if part)


def _expression(text: str) -> tuple[str | tuple[str, str], ...]:
    text = text.replace("^", "").replace("$", "").replace("\\Z", "")
    found: list[str | tuple[str, str]] = []
    while "(?P<" in text:
        word, _, rest = text.partition("(?P<")
        name, _, rest = rest.partition(">")
        depth, end = 1, 0
        for end, letter in enumerate(rest):  # noqa: B007  where it ends is wanted
            depth += (letter == "(") - (letter == ")")
            if not depth:
                break
        found += [word, ("str", name)]
        text = rest[end + 1 :]
    return tuple(part for part in (*found, text) if part)


class Keys:
    """Keys of rows, ours and foreign, to be put into addresses and fields. Read by somebody who sees them all."""

    def __init__(self) -> None:
        self.by_model: dict[str, list[str]] = {}
        for model in apps.get_models():
            if model._meta.managed and model._meta.pk is not None:
                self.by_model[model._meta.model_name or ""] = self._some(model)
        self.by_kind = {
            kind: [str(key) for key in Org.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True)[:60]]
            for kind in Org.Kind.values
        }
        self.whole_numbers = sorted({key for keys in self.by_model.values() for key in keys if key.isdecimal()})
        self.uuids = sorted({key for keys in self.by_model.values() for key in keys if len(key) == 36})

    @staticmethod
    def _some(model: type[models.Model]) -> list[str]:
        try:
            with transaction.atomic():
                return [str(key) for key in model._default_manager.order_by("pk").values_list("pk", flat=True)[:60]]
        except ProgrammingError:  # a table that this login may not read has no keys to try
            return []

    def fitting(self, name: str) -> list[str]:
        """The keys of what a parameter or field seems to name: `drill_id`, `school`, `action`..."""
        stem = name.removesuffix("_id").replace("_", "")
        if stem in self.by_kind:
            return self.by_kind[stem]
        stem = "org" if stem in {"organisation", "within", "inside", "agencies"} else stem.rstrip("s")
        return [key for model, keys in self.by_model.items() if stem and model.endswith(stem) for key in keys]

    def like(self, dice: Random, kind: str, name: str) -> str:
        """Something that belongs there, or might."""
        fitting = self.fitting(name) if name.removesuffix("_id") not in WORDS else []
        if fitting and dice.random() < 0.9:
            return dice.choice(fitting)
        if kind == "int":
            return dice.choice(self.whole_numbers)
        if kind == "uuid":
            return dice.choice(self.uuids)
        return dice.choice(WORDS.get(name.removesuffix("_id"), ANY_WORD))


@dataclass
class Field:
    """One field of a form, with what a browser would send for it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form on a page."""

    page: str
    action: str
    method: str = "get"
    enctype: str = "application/x-www-form-urlencoded"
    fields: list[Field] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        """What makes it another form than the rest."""
        return self.method, tuple(sorted({each.name for each in self.fields}))


class Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self._inside: Form | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or a field of it."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            method, kind = given.get("method", "get").lower(), given.get("enctype", Form.enctype)
            self._inside = Form(self.page, given.get("action", ""), method, kind)
            self.found.append(self._inside)
        elif self._inside is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._inside is not None
        name = given.get("name", "")
        if tag == "option" and self._select is not None:
            self._select.values.append(given.get("value", ""))
        elif name and tag in {"input", "select", "textarea", "button"}:
            kind = given.get("type", "text") if tag == "input" else tag
            known = next((each for each in self._inside.fields if each.name == name), None)
            if known is None:
                known = Field(name, kind)
                self._inside.fields.append(known)
            if "value" in given:
                known.values.append(given["value"])
            self._select = known if tag == "select" else None

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = None
        elif tag == "select":
            self._select = None


def hostile_or_foreign(dice: Random, keys: Keys, name: str, kind: str = "str") -> str:
    """What is put where something of the reader's own belongs."""
    roll = dice.random()
    if roll < 0.35:
        return keys.like(dice, kind, name)
    return hostile.a_text(dice)
