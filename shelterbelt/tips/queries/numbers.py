"""Finds a tip by the number people call it."""

from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries.queue import at_desks
from shelterbelt.tips.rules.numbers import meant


def tip_called(typed: str, desks: frozenset[int]) -> Tip | None:
    """The tip of a number at these desks. Two with one number are not met: forty bits tell a million tips apart."""
    span = meant(typed)
    return at_desks(desks).filter(pk__range=span).first() if span else None
