"""A tip's rows are removed by the system alone, when two people have disposed of it; nobody at the desk removes any."""

from typing import ClassVar

from django.db import migrations

TABLES = (
    "tip",
    "message",
    "attachment",
    "referral",
    "disposition",
    "done",
    "clock",
    "alarm",
    "link",
    "unmaskrequest",
    "hold",
)
SQL = "".join(
    f"grant delete on tips_{table} to shelterbelt_app;"
    f"create policy system_removes on tips_{table} as restrictive for delete to shelterbelt_app, current_user"
    f" using ((select access_is_system()));"
    for table in TABLES
)
UNDO = "".join(f"drop policy system_removes on tips_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0002_walls")]
    operations: ClassVar = [migrations.RunSQL(SQL, UNDO)]
