"""What somebody had typed when they were asked to prove who they are: it waits for them, sealed, and is sent then."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict

from shelterbelt.core import clock
from shelterbelt.people.models import Person

_KEPT = "kept_form"
LONGEST = 200_000
"""Letters. More is a file's worth, and no form of ours."""
FOR = timedelta(minutes=30)
_SECRET = re.compile(r"password|code|credential|csrfmiddlewaretoken")
_KINDS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def keep(request: HttpRequest, session: Any, person: Person) -> bool:
    """Keep the form that this request brings, for this person alone. Passwords and codes are left out."""
    if request.method != "POST" or request.content_type not in _KINDS:
        return False
    typed = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if not _SECRET.search(name):
            typed.setlist(name, values)
    form = typed.urlencode()
    if len(form) > LONGEST:
        return False
    session[_KEPT] = {
        "person": person.pk, "path": request.get_full_path(), "form": form, "at": clock.now().isoformat()
    }  # fmt: skip
    return True


def send_kept(request: Any) -> None:
    """Let a request for the page of a kept form be the sending of it: once, by the same person, not much later.

    It was checked against forgery when it first came.
    """
    kept = request.session.get(_KEPT)
    if kept is None or request.method != "GET" or kept["path"] != request.get_full_path():
        return
    del request.session[_KEPT]
    age = clock.now() - datetime.fromisoformat(kept["at"])
    if kept["person"] == request.person.pk and timedelta() <= age <= FOR:
        request.method = "POST"
        request.POST = QueryDict(kept["form"])
