"""Police, fire and EMS see who coordinates safety at the schools and districts they serve, and nobody else there."""

from typing import ClassVar

from django.db import migrations

BEFORE = """
    (select access_is_system()) or person_id = (select access_person())
    or case when office = 'school_protection_officer'
        then org_id = any ((select access_my_district_orgs())::bigint[])
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or org_id = any ((select access_my_chain())::bigint[])
    end
"""
COORDINATORS = """
    or (office in ('school_coordinator', 'district_coordinator')
        and org_id = any ((select access_served())::bigint[]))
"""
ALTER = "alter policy people_appointment_read on people_appointment using ({using});"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0002_narrower_doors"), ("access", "0002_two_walls")]
    operations: ClassVar = [
        migrations.RunSQL(ALTER.format(using=BEFORE + COORDINATORS), ALTER.format(using=BEFORE)),
    ]
