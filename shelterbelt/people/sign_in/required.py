"""Who must have a second factor before anything else, and on which pages one gets it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from shelterbelt.people.sign_in.entering import SECOND_FACTOR
from shelterbelt.people.sign_in_rules import needs_second_factor

View = TypeVar("View", bound=Callable[..., Any])


def before_second_factor(view: View) -> View:
    """Mark a view that answers somebody who still lacks the second factor that their office asks for."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def lacks_second_factor(request: Any) -> bool:
    """Whether their offices of today ask for a second factor and this session was begun without.

    The session says so: no further question to the database. Acting for another frees nobody from what their own
    office asks. In a demonstration nobody is asked for one.
    """
    if settings.DEMONSTRATION or request.person is None or request.session.get(SECOND_FACTOR):
        return False
    return needs_second_factor(request.standing.offices_that_ask)


def has_shown(request: Any, kind: str) -> None:
    """From now on this session counts as begun with a second factor."""
    request.session[SECOND_FACTOR] = kind
