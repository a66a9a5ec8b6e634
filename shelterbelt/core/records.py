"""Which classes of records a view gives out as a table. The house compares them with what the law keeps closed."""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def holds_records(*classes: str) -> Callable[[View], View]:
    """Say which classes of records are in it, as disclosure/data calls them. Stands below @audience."""

    def declare(view: View) -> View:
        view.records = classes  # type: ignore[attr-defined]
        return view

    return declare
