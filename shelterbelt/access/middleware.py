"""Puts every request into the scope of the person who makes it, in one transaction."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from shelterbelt.access.scope import acting_as
from shelterbelt.access.standing import Standing, stand_in_of, standing_of
from shelterbelt.core import clock
from shelterbelt.people.models import Person

ACTING_FOR = "acting_for"
"""Where a session keeps the number of the stand-in under which its person acts for another."""


class ActAsPerson:
    """Sets request.person, request.standing and request.today, and opens the person's scope around the view.

    A view that raises leaves nothing half-written: its transaction is rolled back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer the request with the person's eyes; nobody's if they haven't signed in."""
        request.today = clock.today()
        request.request_id = getattr(request, "request_id", None) or uuid.uuid4().hex
        request.person = None
        person_id = request.session.get(SESSION_KEY)
        if person_id is None:
            return self.get_response(request)
        stand_in = request.session.get(ACTING_FOR)
        with acting_as(int(person_id), today=request.today, request=request.request_id, stand_in=stand_in):
            person = Person.objects.filter(pk=person_id, is_active=True).first()
            if person is not None and is_still_theirs(request.session, person):
                request.person = request.user = person
                request.standing = _standing(request, person, stand_in)
            response = self.get_response(request)
            if getattr(request, "failed", False):
                transaction.set_rollback(True)
            # Nothing that somebody saw stays behind on a shared computer once they have signed out.
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    def process_exception(self, request: Any, _exception: Exception) -> None:
        """Remember that the view raised, so that its transaction is undone."""
        request.failed = True


def _standing(request: Any, person: Person, stand_in: int | None) -> Standing:
    """What they may do now: by their own offices, or by the one they act in for another.

    Once that has ended they hold nothing in this request; the next one is theirs again.
    """
    if stand_in is None:
        return standing_of(person, today=request.today)
    acting_for = stand_in_of(person, stand_in, today=request.today)
    if acting_for is None:
        del request.session[ACTING_FOR]
        return Standing(person, request.today, ())
    return standing_of(person, today=request.today, acting_for=acting_for)


def is_still_theirs(session: Any, person: Person) -> bool:
    """A session begun with an old password, or with none at all, is nobody's. One of the key before goes on."""
    begun_with = session.get(HASH_SESSION_KEY, "")
    now = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return bool(begun_with) and any(constant_time_compare(begun_with, each) for each in now)
