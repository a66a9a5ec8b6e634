"""The API's description for programs, as OpenAPI."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from shelterbelt.access.answering import Problem
from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.api.operations import PREFIX, WRITING, Described, api, operations
from shelterbelt.core.problems import MEDIA_TYPE


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
