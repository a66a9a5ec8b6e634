"""Both walls around drills. Agencies see the drills of schools they serve, not what was learned there."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

DRILL_READ = """
    (select access_sees_all()) or school_id = any ((select access_my_orgs())::bigint[])
    or (nature = 'drill' and school_id = any ((select access_served())::bigint[]))
"""
INVITATION_READ = """
    (select access_sees_all()) or school_id = any ((select access_my_orgs())::bigint[])
    or agency_id = any ((select access_my_orgs())::bigint[])
"""
OWN_SCHOOL = "(select access_sees_all()) or school_id = any ((select access_my_orgs())::bigint[])"
YEAR_HELD = """
    (extract(year from coalesce(held_on, planned_on))::int
     - (extract(month from coalesce(held_on, planned_on)) < 7)::int)::smallint
"""
ALL_RIGHTS = "select, insert, update, delete"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("drills", "0001_initial"), ("access", "0002_two_walls")]
    operations: ClassVar = [
        Scoped("drills.Drill", read=DRILL_READ, write=OWN_SCHOOL, column="school_id"),
        Scoped("drills.Invitation", read=INVITATION_READ, write=OWN_SCHOOL, grants=ALL_RIGHTS),
        Scoped("drills.CorrectiveAction", column="school_id", grants=ALL_RIGHTS),
        Scoped("drills.Attachment", column="school_id", grants=ALL_RIGHTS),
        Audited("drills.Drill", org="school_id"),
        Audited("drills.Invitation", org="school_id"),
        Audited("drills.CorrectiveAction", org="school_id"),
        Audited("drills.Attachment", org="school_id"),
        Noted("drills.Drill", topic="'drills'", year=YEAR_HELD),
    ]
