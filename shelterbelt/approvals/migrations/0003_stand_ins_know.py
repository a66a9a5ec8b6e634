"""Who will stand in for somebody knows it before the first day, and may always decline."""

from typing import ClassVar

from django.db import migrations

STOOD_IN = """
create or replace function access_stood_in() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare
    who bigint := access_person();
    day date := access_today();
begin
    return (select coalesce(array_agg(s.appointment_id), '{{}}') from people_standin s
            where s.person_id = who{begun} and s.until_on > day);
end $$;
"""
# As access.0009 has it for the functions before: temporary tables of a session don't stand in front of ours.
LAST = """
alter function approvals_may_decide(text[], bigint) set search_path = public, pg_temp;
alter function approvals_note_transaction() set search_path = public, pg_temp;
alter function approvals_agreed(text, jsonb, text) set search_path = public, pg_temp;
alter function approvals_two_to_appoint() set search_path = public, pg_temp;
alter function approvals_two_to_end() set search_path = public, pg_temp;
alter function approvals_lent_takes_two(bigint) set search_path = public, pg_temp;
alter function approvals_two_to_lend() set search_path = public, pg_temp;
alter function people_somebody_stays() set search_path = public, pg_temp;
alter function people_stand_in_ends_sooner() set search_path = public, pg_temp;
"""
# Until when is all that anybody may change, and only to an earlier day (people.0005).
MAY_END = """
    (select access_is_system()) {or_oneself}
    or ((select access_stand_in()) is null
        and exists (select from people_appointment a
                    where a.id = appointment_id
                      and (a.person_id = (select access_person()) or access_may_give(a.office, a.org_id))))
"""
ALTER = "alter policy people_standin_change on people_standin using ({using});"
ONESELF = "or person_id = (select access_person())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0002_walls"), ("access", "0009_no_temporary_table_stands_in_front")]
    operations: ClassVar = [
        migrations.RunSQL(LAST, migrations.RunSQL.noop),
        migrations.RunSQL(STOOD_IN.format(begun=""), STOOD_IN.format(begun=" and s.from_on <= day")),
        migrations.RunSQL(
            ALTER.format(using=MAY_END.format(or_oneself=ONESELF)), ALTER.format(using=MAY_END.format(or_oneself=""))
        ),
    ]
