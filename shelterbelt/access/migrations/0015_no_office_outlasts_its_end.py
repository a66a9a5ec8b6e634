"""An appointment ends sooner, never later; and an entry of the trail is never wider than the row it tells of."""

from typing import ClassVar

from django.db import migrations

SOONER = """
create function access_appointment_ends_sooner() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if not access_is_system() and coalesce(new.until_on, 'infinity') > coalesce(old.until_on, 'infinity') then
        raise insufficient_privilege using message = 'An appointment may end sooner, not later.';
    end if;
    return new;
end $$;
create trigger ends_sooner before update on people_appointment
    for each row execute function access_appointment_ends_sooner();
"""
SOONER_UNDO = """
drop trigger ends_sooner on people_appointment;
drop function access_appointment_ends_sooner();
"""
# How somebody signs in is theirs alone to read, in the trail as in the tables.
TRAIL = """
alter policy audit_read on access_auditentry using (
    (select access_is_system())
    or case
        when thing in ('people_signin', 'mfa_authenticator', 'account_emailaddress', 'socialaccount_socialaccount')
            then about = (select access_person())
        when closed then org_id = any ((select access_my_closed_orgs())::bigint[])
        when about is not null then
            about = (select access_person())
            or (((select access_sees_all()) or org_id is null or org_id = any ((select access_my_orgs())::bigint[]))
                and exists (select from people_appointment a where a.person_id = about))
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or (org_id is null and actor = 'person:' || (select access_person()))
    end);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0014_people_found_one_by_one")]
    operations: ClassVar = [
        migrations.RunSQL(SOONER, SOONER_UNDO),
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
    ]
