"""What the operations of every room's api.py share: whom they are for, pages of lists, and what is typed in.

An operation is a thin view: it finds, asks the policy, acts, answers. It runs in the same scope as a page.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.decorators import decorate_view
from pydantic import AfterValidator, StringConstraints, WithJsonSchema

from shelterbelt.access.limits import few_at_once
from shelterbelt.core.problems import problem
from shelterbelt.core.school_year import SchoolYear

ProgramAudience = Literal["public", "signed_in", "state"]
Operation = TypeVar("Operation", bound=Callable[..., Any])

MOST_AT_ONCE = 200
FURTHEST = 100_000
TOGETHER = 3
"""So many operations at once in a process, and as many that wait: the rest of its threads are for people."""
METHODS = ("GET", "POST", "PUT")

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The key of an organisation."""
Year = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}$")]
"""A school year as it is written: 2026-27."""


def _without_nothing(text: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    if "\x00" in text:
        raise ValueError(_("There is a character in it that no text can hold."))
    return text


Words = Annotated[str, AfterValidator(_without_nothing)]
"""A text that can be kept."""


def written_out(choices: type[TextChoices]) -> WithJsonSchema:
    """The choices where they are described: by name, those of one room would be taken for another's."""
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


def school_year(named: str | None, today: date) -> SchoolYear:
    """The year that somebody named; the present one if they named none."""
    try:
        return SchoolYear.named(named) if named else SchoolYear.of(today)
    except ValueError as error:
        raise ValidationError({"year": _("Write a school year as 2026-27.")}) from error


class Part(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=MOST_AT_ONCE, description="How many at once.")
    offset: int = Field(0, ge=0, le=FURTHEST, description="How many to pass over.")

    def of(self, rows: Any) -> Any:
        """The wanted part of a list or query."""
        return rows[self.offset : self.offset + self.limit]


class Problem(Schema):
    """Why something isn't answered (RFC 9457)."""

    type: str = "about:blank"
    title: str = Field(description="What the status is called.")
    status: int
    detail: str = Field(description="A sentence for the person whose program this is.")
    errors: dict[str, list[str]] | None = Field(None, description="Sentences by the name of what was sent.")


def for_whom(who: ProgramAudience) -> Callable[[Operation], Operation]:
    """Declare who an operation is for; asked before anything that was sent is looked at."""

    def guarded(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        in_turn = few_at_once(TOGETHER, of="programs", on=METHODS)(run)

        def checked(request: Any, **address: Any) -> HttpResponseBase:
            return _refusal(request, who) or in_turn(request, **address)

        return checked

    def declare(operation: Operation) -> Operation:
        operation.audience = who  # type: ignore[attr-defined]
        return decorate_view(guarded)(operation)

    return declare


def _refusal(request: Any, who: ProgramAudience) -> HttpResponseBase | None:
    if who != "public" and request.person is None:
        return problem(401, WWW_Authenticate='Session realm="Shelterbelt"')
    if who == "state" and not request.standing.is_state_office:
        return problem(403, _("This is for the state school safety office."))
    return None


def sentences(error: ValidationError) -> dict[str, list[str]]:
    """What a form or an action found wrong, by field; what belongs to none stands under an empty name."""
    if hasattr(error, "error_dict"):
        return {"" if name == "__all__" else name: list(found.messages) for name, found in _by_field(error)}
    return {"": list(error.messages)}


def _by_field(error: ValidationError) -> list[tuple[str, ValidationError]]:
    return [(name, ValidationError(found)) for name, found in error.error_dict.items()]


def undo(request: HttpRequest) -> None:
    """Have what the request has written so far taken back (see ActAsPerson)."""
    request.failed = True  # type: ignore[attr-defined]
