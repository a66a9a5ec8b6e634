"""What the walls cost follows from what PostgreSQL expects of them."""

from django.db import connection


def test_the_database_expects_few_offices_of_whoever_acts(db: None) -> None:
    """Expecting a thousand, it reads the whole directory for a principal's one school: 5 ms in every query."""
    with connection.cursor() as cursor:
        cursor.execute("select prorows from pg_proc where proname = 'access_holdings'")
        assert [rows for (rows,) in cursor.fetchall()] == [2]
