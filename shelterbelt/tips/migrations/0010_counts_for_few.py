"""Counts of tips by type are for the desk, the state office and regional coordinators."""

from typing import ClassVar

from django.db import migrations

FEW = """
drop policy tips_statfact_read on tips_statfact;
create policy tips_statfact_read on tips_statfact for select to shelterbelt_app, current_user using (
    (select access_is_system()) or (select access_sees_all()) or org_id = any ((select tips_desk())::bigint[])
    or (select exists (select from access_holdings() h where h.office = 'region_coordinator')));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0009_files_for_police_alone")]
    operations: ClassVar = [migrations.RunSQL(FEW, migrations.RunSQL.noop)]
