"""People hold few offices: told so, PostgreSQL finds what these reach by index instead of reading the whole directory."""

from typing import ClassVar

from django.db import migrations

FEW = "alter function access_holdings() rows 2;"
USUAL = "alter function access_holdings() rows 1000;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0011_who_protects_a_school_is_closed_inside_too")]
    operations: ClassVar = [migrations.RunSQL(FEW, USUAL)]
