"""The office of the tip desk's supervisor takes two people, as the analysts' does."""

from typing import ClassVar

from django.db import migrations

NOW = """
create or replace function approvals_takes_two(office text) returns boolean language sql immutable parallel safe
    as $$ select office in ('state_office', 'tip_analyst', 'tip_supervisor') $$;
"""
BEFORE = """
create or replace function approvals_takes_two(office text) returns boolean language sql immutable parallel safe
    as $$ select office in ('state_office', 'tip_analyst') $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0004_exactly_what_was_agreed"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [migrations.RunSQL(NOW, BEFORE)]
