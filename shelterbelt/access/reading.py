"""Notes in the audit trail that somebody read something: the trail itself takes rows from its own functions only."""

from collections.abc import Iterable

from django.db import connection

_NOTE = "select access_note_reading(%s, %s, %s, %s)"
_CLOSED_NOTE = "select access_note_closed_reading(%s, %s, %s::bigint[], %s)"


def note_reading(thing: str, thing_id: str, *, org: int | None, reason: str) -> None:
    """Note that whoever acts now reads a thing of an organisation, and what for.

    `thing` is the kind of list or record (63 characters at most), `thing_id` which one (40 at most).
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [thing, thing_id, org, reason])


def note_closed_reading(thing: str, thing_id: str, *, orgs: Iterable[int], reason: str) -> None:
    """Note that whoever acts now reads what the law keeps closed at these organisations: a line for each.

    The lines are closed like what was read, so that the trail doesn't tell what the page keeps (RSMo 160.665).
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED_NOTE, [thing, thing_id, sorted(set(orgs)), reason])
