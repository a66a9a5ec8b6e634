"""What the clock does for the figures."""

from django.db import connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, jobs


@jobs.every("40 2 * * *", "measures.fold_changes")
def fold_changes(_timestamp: int) -> None:
    """Fold the day's change notes into one for each topic and year. Safe to run twice.

    The folded note is a new one, so figures are computed once more in the morning; nothing else notices.
    """
    with (
        acting_as_system("clock", today=clock.today(), reason="change notes are folded at night"),
        connection.cursor() as cursor,
    ):
        cursor.execute("select core_fold_changes()")
