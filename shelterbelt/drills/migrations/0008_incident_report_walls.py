"""Both walls around reports to the state: the district's own offices and the state's, until the state publishes them."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

OWN = "(select access_sees_all()) or district_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or district_id = any ((select access_my_district_orgs())::bigint[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("drills", "0007_incidentreport"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        # What was handed in is never changed.
        Scoped("drills.IncidentReport", column="district_id", read=OWN, write=WRITE, grants="select, insert"),
        Audited("drills.IncidentReport", org="district_id"),
    ]
