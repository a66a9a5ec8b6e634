"""A connection of one's own to the same database: for what must be known at once, or stay if the rest is undone."""

from typing import Any

import psycopg
from django.db import connection

_DJANGOS = {"context", "cursor_factory"}


def apart(*, within: int = 3) -> "psycopg.Connection[tuple[Any, ...]]":
    """Connect beside Django, as the login that Django uses; each statement stands for itself."""
    address = {key: value for key, value in connection.get_connection_params().items() if key not in _DJANGOS}
    return psycopg.connect(**address, connect_timeout=within, autocommit=True)
