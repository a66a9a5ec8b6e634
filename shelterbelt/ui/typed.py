"""What somebody had typed into a form that could not be taken: given back to them, so that it isn't lost."""

import re
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

SECRET = re.compile(r"password|code|credential|token|secret")
"""In the names of fields that are never shown again."""
LONGEST = 20_000
"""Letters. More is a file's worth, and no form of ours."""


def typed(request: Any) -> list[tuple[str, str]]:
    """Names and answers of the form that somebody signed in has sent, without secrets and hidden help; else nothing."""
    if request.method != "POST" or getattr(request, "person", None) is None:
        return []
    try:
        answers = [(name, value) for name, values in request.POST.lists() for value in values]
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return []  # what can't be read can't be given back
    shown = [(name.replace("_", " "), value) for name, value in answers if value.strip() and not SECRET.search(name)]
    return shown if sum(len(value) for _, value in shown) <= LONGEST else []
