"""Reads numbers out of an attestation's answers inside the database."""

from collections.abc import Callable, Collection
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, FloatField, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, In, LessThanOrEqual

_WHOLE = IntegerField()
_TEXTS: dict[str, Callable[..., Any]] = {"in": In, "gte": GreaterThanOrEqual, "lte": LessThanOrEqual}


def given(**answers: Any) -> Q:
    """That these answers were given; a key may carry a lookup (`score__gte`, `method__in`).

    A nation's year is a million and a half attestations, so it matters how each is asked. Plain answers are looked up
    in one go. Words and days are compared as text, which is several times as fast as comparing JSON; numbers are not,
    for as text 9 is more than 10.
    """
    plain = {key: value for key, value in answers.items() if "__" not in key}
    wanted = Q(answers__contains=plain) if plain else Q()
    for key, value in answers.items():
        name, _, lookup = key.partition("__")
        if lookup:
            wanted &= (
                Q(_TEXTS[lookup](KT(f"answers__{name}"), value)) if _is_text(value) else Q(**{f"answers__{key}": value})
            )
    return wanted


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, Collection) and all(isinstance(each, str) for each in value))


def number(key: str) -> Combinable:
    """A numeric answer; null where it wasn't given."""
    return Cast(KT(f"answers__{key}"), FloatField())


def sum_of(*keys: str) -> Combinable:
    """Several numeric answers added up; one that wasn't given counts nothing."""
    return reduce(add, (Coalesce(number(key), Value(0.0)) for key in keys))


def number_answering(answer: str, *keys: str) -> Combinable:
    """How many of several questions got this answer."""
    return reduce(
        add,
        (Case(When(Exact(KT(f"answers__{key}"), answer), then=1), default=0, output_field=_WHOLE) for key in keys),
    )


def at_least(number: Combinable, least: float) -> Q:
    """That a number is so large or larger."""
    return Q(GreaterThanOrEqual(number, least))
