"""When an approval is open, and who is too near to the one who asked to be the second person."""

from collections.abc import Iterable
from datetime import datetime, timedelta

OPEN_FOR = timedelta(days=14)
"""How long a second person may take. After that somebody has to ask again."""

SHOWN_FOR = timedelta(days=60)
"""How long what was decided stays on the page of approvals. The record itself stays."""


def is_open(decision: str, *, expires_at: datetime, at: datetime) -> bool:
    """Whether a second person can still speak."""
    return not decision and at < expires_at


def are_two(asking: Iterable[int | None], deciding: Iterable[int | None]) -> bool:
    """Whether these are two people: nobody on either side, or acted for there, is on the other.

    Two accounts of one human are two people here; that, only those who appoint can know.
    """
    return not ({one for one in asking if one is not None} & {one for one in deciding if one is not None})
