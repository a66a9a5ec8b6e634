"""Whom one may see is more than whom one may change: the second wall narrows what can be written."""

from typing import ClassVar

from django.db import migrations

# The chain above (a principal's district, region and state) may be read, never written.
APPOINTS = """
    (select access_is_system())
    or case when office = 'school_protection_officer'
        then org_id = any ((select access_my_district_orgs())::bigint[])
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
    end
"""
# A person's own record is theirs; the sign-in adds people and sets passwords.
ONESELF = "(select access_is_system()) or id = (select access_person())"

NARROWER = f"""
alter policy people_person_add on people_person with check ((select access_is_system()));
alter policy people_person_change on people_person using ({ONESELF}) with check ({ONESELF});
alter policy people_person_remove on people_person using ((select access_is_system()));
alter policy people_appointment_add on people_appointment with check ({APPOINTS});
alter policy people_appointment_change on people_appointment using ({APPOINTS}) with check ({APPOINTS});
alter policy people_appointment_remove on people_appointment using ((select access_is_system()));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0001_initial"), ("access", "0002_two_walls")]
    operations: ClassVar = [migrations.RunSQL(NARROWER, migrations.RunSQL.noop)]
