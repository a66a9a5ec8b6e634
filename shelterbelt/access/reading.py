"""Notes in the audit trail that somebody read something: the trail itself takes rows from its own functions only."""

from django.db import connection

_NOTE = "select access_note_reading(%s, %s, %s, %s)"


def note_reading(thing: str, thing_id: str, *, org: int | None, reason: str) -> None:
    """Note that whoever acts now reads a thing of an organisation, and what for.

    `thing` is the kind of list or record (63 characters at most), `thing_id` which one (40 at most).
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [thing, thing_id, org, reason])
