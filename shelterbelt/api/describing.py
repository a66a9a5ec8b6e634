"""The API's description: for programs as OpenAPI, for people as a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shelterbelt.access.answering import Problem
from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.api.operations import PREFIX, WRITING, Described, api, operations
from shelterbelt.core.problems import MEDIA_TYPE

JSON = "application/json"


@cache
def described() -> dict[str, Any]:
    """The OpenAPI description, with the problems that each operation may answer with."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    schema["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRFToken"},
    }
    problems = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for each in operations():
        told = schema["paths"][_as_described(each.address)][each.method.lower()]
        told["responses"] |= {str(status): {"description": words} | problems for status, words in _problems(each)}
        if each.audience != "public":
            told["security"] = [{"session": [], "csrf": []} if each.method in WRITING else {"session": []}]
    return schema


def _as_described(address: str) -> str:
    """Without converters: {int:org_id} is {org_id}."""
    return "/".join(
        "{" + step.split(":")[-1] if step.startswith("{") and ":" in step else step for step in address.split("/")
    )


def _problems(each: Described) -> Iterator[tuple[int, str]]:
    yield from ((400, "Not understood"), (422, "Can't be so"), (429, "Too many requests"), (503, "Took too long"))
    if each.audience != "public":
        yield from ((401, "Not signed in"), (403, "Refused, with the reason"))
    if "{" in each.address or each.method == "GET":
        yield 404, "Not there, or not yours"
    if each.method in WRITING:
        yield from ((409, "Changed in the meantime"), (413, "Too large"), (415, "Not JSON"))


@require_safe
@audience("public")
def description(_request: PersonRequest) -> HttpResponse:
    """The description as programs read it; it says nothing about anybody."""
    return JsonResponse(described())


@dataclass(frozen=True)
class Shown:
    """An operation as the page shows it."""

    method: str
    address: str
    told: dict[str, Any]
    fields: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """The anchor on the page."""
        return str(self.told["operationId"])


@require_safe
@audience("public")
def reference(request: PersonRequest) -> HttpResponse:
    """The description as people read it."""
    shown = sorted(_shown(), key=lambda each: (each.told["tags"][0], each.address, each.method))
    rooms = [(tag, list(those)) for tag, those in groupby(shown, key=lambda each: each.told["tags"][0])]
    return render(request, "home/api.html", {"rooms": rooms})


def _shown() -> Iterator[Shown]:
    for address, methods in described()["paths"].items():
        for method, told in methods.items():
            parameters = [_field(each["name"], each["schema"], each["required"]) for each in told["parameters"]]
            yield Shown(method.upper(), address, told, [*parameters, *_sent(told)])


def _sent(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is sent as JSON, field by field."""
    if "requestBody" in told:
        body = _followed(told["requestBody"]["content"][JSON]["schema"])
        for name, schema in body["properties"].items():
            yield _field(name, schema, name in body.get("required", ()))


def _field(name: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:  # noqa: FBT001  as the schema says it
    return {"name": name, "kind": _kind(schema), "required": required, "about": schema.get("description", "")}


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in few words: its choices, its format or its type."""
    schema = _followed(schema)
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(repr(each) for each in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}, …]"
    return str(schema.get("format") or schema.get("type", ""))


def _followed(schema: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref") or (schema["allOf"][0].get("$ref") if "allOf" in schema else None)
    return described()["components"]["schemas"][reference.split("/")[-1]] if reference else schema
