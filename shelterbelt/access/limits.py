"""Limits around views: how often a person may do something costly, and how many may be at it at once."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpResponseBase

from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import gates, metrics, refusals
from shelterbelt.core.limits import Limit, Period

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponseBase]
COMES_BACK_AFTER = 10

GATES: dict[str, gates.Gate] = {}
"""The gate of each kind of work, shared by all views that do it."""


def at_most(most: int, *, per: Period, of: str, on: Collection[str] = ("GET", "POST")) -> Callable[[View[P]], View[P]]:
    """Let a person do this so often in a period, over all views with the same `of`. Stands below @audience.

    Counted by person, whatever network they come from: five hundred people of one school are five hundred.
    """
    limit = Limit(of, most, per)

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            wait = limit.taken(f"person:{request.person.pk}") if request.method in on else 0
            return refusals.too_many(request, wait=wait) if wait else view(request, *args, **kwargs)

        guarded.limit = limit  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return declare


def few_at_once(most: int, *, of: str, on: Collection[str] = ("GET", "POST")) -> Callable[[View[P]], View[P]]:
    """Let so many at a time be at this in each process, over all views with the same `of`; others wait or come back."""
    gate = GATES.setdefault(of, gates.Gate(most))

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in on:
                return view(request, *args, **kwargs)
            with gate.turn() as got:
                if got:
                    return view(request, *args, **kwargs)
            metrics.REFUSED_AS_TOO_MANY.labels(of).inc()
            return refusals.busy(request, wait=COMES_BACK_AFTER)

        guarded.gate = of  # type: ignore[attr-defined]
        return cast("View[P]", guarded)

    return declare


def an_export(view: View[P]) -> View[P]:
    """Around a view that gives out a table: enough for anybody's work, not enough to copy a state unseen."""
    return at_most(120, per="hour", of="exports")(few_at_once(3, of="exports")(view))
