"""Puts every request into the scope of the person who makes it, in one transaction."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from shelterbelt.access.scope import acting_as
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.people.models import Person


class ActAsPerson:
    """Sets request.person, request.standing and request.today, and opens the person's scope around the view.

    A view that raises leaves nothing half-written: its transaction is rolled back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer the request with the person's eyes; nobody's if they haven't signed in."""
        request.today = clock.today()
        request.request_id = uuid.uuid4().hex
        request.person = None
        person_id = request.session.get(SESSION_KEY)
        if person_id is None:
            return self.get_response(request)
        with acting_as(int(person_id), today=request.today, request=request.request_id):
            person = Person.objects.filter(pk=person_id, is_active=True).first()
            if person is not None and _is_still_theirs(request.session, person):
                request.person = request.user = person
                request.standing = standing_of(person, today=request.today)
            response = self.get_response(request)
            if getattr(request, "failed", False):
                transaction.set_rollback(True)
            # Nothing that somebody saw stays behind on a shared computer once they have signed out.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    def process_exception(self, request: Any, _exception: Exception) -> None:
        """Remember that the view raised, so that its transaction is undone."""
        request.failed = True


def _is_still_theirs(session: Any, person: Person) -> bool:
    """A session begun with an old password ends when a new one is chosen."""
    begun_with = session.get(HASH_SESSION_KEY)
    return begun_with is None or constant_time_compare(begun_with, person.get_session_auth_hash())
