"""Agencies see when, what and who of the drills of schools they serve, in a view; not the rows that tell more."""

from typing import ClassVar

from django.db import migrations

OWN = "(select access_sees_all()) or school_id = any ((select access_my_orgs())::bigint[])"
SERVED = "school_id = any ((select access_served())::bigint[])"
BEFORE = f"{OWN} or (nature = 'drill' and {SERVED})"
COLUMNS = """
    id, school_id, nature, kind, status, planned_on, held_on, started_at, minutes, is_announced, plan_part,
    plan_part_other, place, students, staff, visitors, law_enforcement_present, fire_present, ems_present,
    emergency_management_present
"""
# The view reads as the tables' owner, whose policy it needs; its own condition says which drills exist for whom.
SEEN = f"""
create policy drills_drill_seen on drills_drill for select to current_user using (true);
create view drills_seen with (security_barrier) as
    select {COLUMNS} from drills_drill where nature = 'drill' and ({OWN} or {SERVED});
grant select on drills_seen to shelterbelt_app;
"""
READ = "alter policy drills_drill_read on drills_drill using ({read});"
CHANGE = f"alter policy drills_drill_change on drills_drill using ({OWN}) with check ({OWN});"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("drills", "0003_agencies_by_invitation"), ("access", "0002_two_walls")]
    operations: ClassVar = [
        migrations.RunSQL(SEEN, "drop view drills_seen; drop policy drills_drill_seen on drills_drill;"),
        migrations.RunSQL(READ.format(read=OWN), READ.format(read=BEFORE)),
        migrations.RunSQL(CHANGE, migrations.RunSQL.noop),
    ]
