"""Reads numbers out of an attestation's answers inside the database."""

from functools import reduce
from operator import add

from django.db.models import Case, FloatField, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce


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
        (Case(When(**{f"answers__{key}": answer}, then=1), default=0, output_field=IntegerField()) for key in keys),
    )
