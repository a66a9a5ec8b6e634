"""What the law keeps closed stays closed in the audit trail, and offices are given by those who may give them."""

from typing import ClassVar

from django.db import migrations

REACH = "(select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])"
ABOUT = "coalesce(after ->> 'about_id', before ->> 'about_id')"
TRAIL = f"""
alter policy audit_read on access_auditentry using (
    (select access_is_system())
    or case
        when thing = 'people_person'
            then thing_id = (select access_person())::text
                 or thing_id in (select person_id::text from people_appointment)
        when thing = 'people_appointment'
             and 'school_protection_officer' in (before ->> 'office', after ->> 'office')
            then org_id = any ((select access_my_district_orgs())::bigint[])
        when thing = 'attestations_attestation' and {ABOUT} is not null
            then ({REACH}) and {ABOUT} in (select person_id::text from people_appointment)
        else {REACH}
    end);
"""
TRAIL_BEFORE = f"alter policy audit_read on access_auditentry using ({REACH});"

# Row security can't tell verbs apart, but it can tell who never appoints anybody.
APPOINTS = """
create function access_appoints() returns boolean language sql stable security definer set search_path = public as $$
    select exists (
        select from people_appointment a
        where a.person_id = access_person()
          and a.office in ('state_office', 'superintendent', 'district_coordinator', 'principal', 'agency_lead')
          and a.from_on <= access_today() and (a.until_on is null or a.until_on > access_today()))
$$;
create policy appointers_add on people_appointment as restrictive for insert
    with check ((select access_is_system()) or (select access_appoints()));
create policy appointers_change on people_appointment as restrictive for update
    using ((select access_is_system()) or (select access_appoints()));
"""
APPOINTS_UNDO = """
drop policy appointers_add on people_appointment;
drop policy appointers_change on people_appointment;
drop function access_appoints();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0003_readings"), ("people", "0003_agencies_see_coordinators")]
    operations: ClassVar = [
        migrations.RunSQL(TRAIL, TRAIL_BEFORE),
        migrations.RunSQL(APPOINTS, APPOINTS_UNDO),
    ]
