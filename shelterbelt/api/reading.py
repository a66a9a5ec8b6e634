"""The API's description for people: a page of the site, and docs/reference/api.md, both from what programs read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.api.describing import described

JSON = "application/json"
INTRODUCTION = """# The API

Everything under `/api/v1/` is JSON. It is the pages' own work for programs: the same scope, the same rules, the same
refusals, the same trail. How to sign in and send something: [use the API](../how-to/use-the-api.md). The description
that programs read stands at `/api/v1/openapi.json`, and as a page at `/api/v1/`.

A refusal is a problem (RFC 9457, `application/problem+json`) with a sentence in `detail` and, where parts of what was
sent are wrong, sentences in `errors` by their names:

| status | when |
|---|---|
| 400 | what was sent is no JSON |
| 401 | nobody has signed in |
| 403 | the policy's sentence, as a page would say it; or the token against forged requests is missing |
| 404 | not there, or not yours: nobody can tell which |
| 405 | another method; `Allow` names those there are |
| 409 | somebody changed the record after this was written; theirs was kept |
| 413, 415 | too long; not `application/json` |
| 422 | it can be read but can't be so |
| 429 | too often; `Retry-After` says when again |
| 503 | too much at once, or it took too long and was stopped; nothing was changed, `Retry-After` says when again |

Lists come in parts: `limit` (at most 200) and `offset`, with `count` of the whole. `*`: must be given.

This page is printed from the operations, and a test compares it (`SHELTERBELT_WRITE_DOCS=true make test ARGS="-k api"`
prints it anew).
"""


class Field(NamedTuple):
    """Something that is sent or answered."""

    name: str
    kind: str
    is_required: bool
    about: str


@dataclass(frozen=True)
class Shown:
    """An operation as people read it."""

    method: str
    address: str
    told: dict[str, Any]
    sent: list[Field]
    answered: list[Field]

    @property
    def name(self) -> str:
        """The anchor on the page."""
        return str(self.told["operationId"])

    @property
    def room(self) -> str:
        """What it belongs to."""
        return str(self.told["tags"][0])


def rooms() -> list[tuple[str, list[Shown]]]:
    """Every operation, room by room."""
    shown = sorted(_shown(), key=lambda each: (each.room, each.address, each.method))
    return [(room, list(those)) for room, those in groupby(shown, key=lambda each: each.room)]


@require_safe
@audience("public")
def reference(request: PersonRequest) -> HttpResponse:
    """The page."""
    return render(request, "home/api.html", {"rooms": rooms()})


def page() -> str:
    """docs/reference/api.md."""
    lines = [INTRODUCTION]
    for room, those in rooms():
        lines.append(f"## {room}\n")
        lines += [line for each in those for line in _lines(each)]
    return "\n".join(lines).rstrip() + "\n"


def _lines(each: Shown) -> Iterator[str]:
    yield f"### {each.told['summary']}\n\n`{each.method} {each.address}`\n\n{each.told['description']}\n"
    for title, fields in (("sent", each.sent), ("answered", each.answered)):
        if fields:
            yield f"| {title} | | |\n|---|---|---|"
            yield from (_row(field) for field in fields)
            yield ""


def _row(field: Field) -> str:
    kind = field.kind.replace("|", "\\|")
    return f"| `{field.name}`{' *' if field.is_required else ''} | {kind} | {field.about} |"


def _shown() -> Iterator[Shown]:
    for address, methods in described()["paths"].items():
        for method, told in methods.items():
            parameters = [_field(each["name"], each["schema"], each["required"]) for each in told["parameters"]]
            answered = next(answer for status, answer in told["responses"].items() if int(status) < 300)
            yield Shown(
                method=method.upper(),
                address=address,
                told=told,
                sent=[*parameters, *_fields(told.get("requestBody", {}), says_required=True)],
                answered=list(_fields(answered, says_required=False)),
            )


def _fields(told: dict[str, Any], *, says_required: bool) -> Iterator[Field]:
    """The parts of what is sent or answered as JSON."""
    if "content" in told:
        body = _followed(told["content"][JSON]["schema"])
        required = body.get("required", ()) if says_required else ()
        for name, schema in body["properties"].items():
            yield _field(name, schema, name in required)


def _field(name: str, schema: dict[str, Any], is_required: bool) -> Field:  # noqa: FBT001  as the description says it
    return Field(name, _kind(schema), is_required, schema.get("description", ""))


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in few words: its choices, its format, its parts or its type."""
    schema = _followed(schema)
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(repr(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}, …]"
    if "properties" in schema:
        return f"{{{', '.join(schema['properties'])}}}"
    return str(schema.get("format") or schema.get("type", ""))


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference leads to."""
    reference = schema.get("$ref") or (schema["allOf"][0].get("$ref") if "allOf" in schema else None)
    return described()["components"]["schemas"][reference.split("/")[-1]] if reference else schema
