"""Who protects a school is known to those who appoint and lead them, not to everybody who works there (RSMo 160.665)."""

from typing import ClassVar

from django.db import migrations

KNOWN = """
-- Where one's own office may know the school protection officers: one appoints them, or leads their school.
create function access_my_closed_orgs() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare day date := access_today();
begin
    return (
        with recursive reach (org_id) as (
            select h.org_id from access_holdings() h join orgs_org o on o.id = h.org_id
            where o.kind in ('district', 'school') and h.office in ('superintendent', 'district_coordinator', 'principal')
            union
            select m.member_id from reach r join orgs_membership m on m.group_id = r.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(r.org_id), '{}') from reach r);
end $$;

alter policy people_appointment_read on people_appointment using (
    (select access_is_system()) or person_id = (select access_person())
    or case when office = 'school_protection_officer'
        then org_id = any ((select access_my_closed_orgs())::bigint[])
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or org_id = any ((select access_my_chain())::bigint[])
             or id = any ((select access_stood_in())::bigint[])
    end
    or (office in ('school_coordinator', 'district_coordinator')
        and org_id = any ((select access_served())::bigint[])));
"""

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
            then org_id = any ((select access_my_closed_orgs())::bigint[])
        when thing = 'attestations_attestation' and {ABOUT} is not null
            then ({REACH}) and {ABOUT} in (select person_id::text from people_appointment)
        else {REACH}
    end);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0010_functions_for_the_app_only")]
    operations: ClassVar = [
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
    ]
