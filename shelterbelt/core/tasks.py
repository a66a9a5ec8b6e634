"""What the clock does for the house itself."""

from django.db import connection

from shelterbelt.core import jobs


@jobs.every("20 3 * * *", "core.forget_allowances")
def forget_allowances(_due: int) -> None:
    """Forget who used what when all of it is free again. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute("select core_forget_allowances()")
