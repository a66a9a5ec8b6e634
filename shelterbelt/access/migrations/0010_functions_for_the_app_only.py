"""Functions are called by the app's login alone: PostgreSQL would let every login call them, the public one too."""

from typing import ClassVar

from django.db import migrations

ONLY_APP = """
revoke execute on all functions in schema public from public;
grant execute on all functions in schema public to shelterbelt_app;
alter default privileges revoke execute on functions from public;
alter default privileges in schema public grant execute on functions to shelterbelt_app;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0009_no_temporary_table_stands_in_front")]
    operations: ClassVar = [migrations.RunSQL(ONLY_APP, migrations.RunSQL.noop)]
