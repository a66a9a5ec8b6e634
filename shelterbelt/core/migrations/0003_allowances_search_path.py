"""Temporary tables come last for the functions that count allowances: a session's own can't stand in front of ours."""

from typing import ClassVar

from django.db import migrations

NARROW = """
alter function core_take(text, text, integer, integer) set search_path = public, pg_temp;
alter function core_forget_allowances() set search_path = public, pg_temp;
revoke execute on function core_take(text, text, integer, integer), core_forget_allowances() from public;
grant execute on function core_take(text, text, integer, integer), core_forget_allowances() to shelterbelt_app;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0002_allowances")]

    operations: ClassVar = [migrations.RunSQL(NARROW, migrations.RunSQL.noop)]
