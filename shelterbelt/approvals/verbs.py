"""The verbs that two people are needed for: `@needs_second` puts an action under this rule.

    def _two_for_statewide(*, org: Org, office: str, **_: Any) -> Asked | None:
        return Asked(org, _("Appoint ...")) if office in TWO_PERSON_OFFICES else None

    @needs_second("people.appoint", decided_by=("state_office",), when=_two_for_statewide)
    @transaction.atomic
    def appoint(*, org: Org, office: str, by: Standing) -> Appointment: ...

Called, the action gives what it gave before where one person is enough, and an Approval where it waits for a second.
See docs/explanation/appointments.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from inspect import signature
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.db import models

from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org

NOW = {"on": date, "at": datetime}
"""What an action calls the day and the moment it is done: given anew when the second person agrees."""

Plain = str | int | bool | list[str] | None


@dataclass(frozen=True)
class Asked:
    """What is asked for: at which organisation, in words that both people read."""

    org: Org
    thing: str


class GoneError(Exception):
    """A row that was meant is no longer there, or not for whoever looks."""


@dataclass(frozen=True)
class Verb:
    """An action that may need a second person."""

    name: str
    decided_by: tuple[str, ...]
    when: Callable[..., Asked | None]
    act: Callable[..., Any]

    @cached_property
    def takes(self) -> dict[str, Any]:
        """What the action takes, by name, with its types."""
        hints = get_type_hints(self.act)
        return {name: hint for name, hint in hints.items() if name not in {"by", "return", *NOW}}

    def plain(self, given: dict[str, Any]) -> dict[str, Plain]:
        """What the action was given, or takes if it isn't, as it can be kept: numbers of rows, ISO days, words."""
        whole = signature(self.act).bind(**given)
        whole.apply_defaults()
        return {name: _plain(value) for name, value in whole.arguments.items() if name in self.takes}

    def run(self, plain: dict[str, Any], *, by: Standing, at: datetime) -> Any:
        """Act on what was kept, with the eyes of whoever's scope is open. GoneError if a row isn't there for them."""
        given = {name: _revived(value, self.takes[name]) for name, value in plain.items()}
        moments = {"on": by.today, "at": at}
        given |= {name: moments[name] for name in get_type_hints(self.act) if name in moments}
        return self.act(**given, by=by)


VERBS: dict[str, Verb] = {}
"""Every verb that may need a second person."""


def register(verb: Verb) -> Verb:
    """Make a verb known, once."""
    if verb.name in VERBS:
        raise ValueError(f"{verb.name} asks for a second person in two ways")
    VERBS[verb.name] = verb
    return verb


def deciding_offices() -> frozenset[str]:
    """The offices whose holders may be a second person for anything."""
    return frozenset(office for verb in VERBS.values() for office in verb.decided_by)


def _plain(value: Any) -> Plain:
    if isinstance(value, models.Model):
        return _plain(value.pk)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, (str, int, bool)):
        return value
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return list(value)
    raise TypeError(f"{type(value).__name__} can't wait for a second person: give rows, days and words only")


def _revived(value: Plain, hint: Any) -> Any:
    kind = next((one for one in get_args(hint) or (hint,) if one is not NoneType), hint)
    if value is None or not isinstance(kind, type):
        return value
    if issubclass(kind, models.Model):
        return _row(kind, value)
    if issubclass(kind, (date, datetime)):
        return kind.fromisoformat(str(value))
    return UUID(str(value)) if issubclass(kind, UUID) else value


def _row(model: type[models.Model], key: Plain) -> models.Model:
    found = model._default_manager.filter(pk=key).first()
    if found is None:
        raise GoneError
    return found
