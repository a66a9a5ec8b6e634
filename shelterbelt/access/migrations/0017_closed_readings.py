"""That somebody read who protects a school is on record, for those alone who may know it (RSMo 160.665)."""

from typing import ClassVar

from django.db import migrations

READING = """
create or replace function access_note_closed_reading(thing text, thing_id text, orgs bigint[], why text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if access_actor() = '' then
        raise exception 'Reading is noted for somebody who acts; nobody does.';
    end if;
    if not (access_is_system() or orgs <@ access_my_closed_orgs()) then
        raise exception 'Nobody reads what is closed at an organisation out of their reach.';
    end if;
    insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, closed, tx)
    select clock_timestamp(), access_actor(), access_acting_for(),
           coalesce(nullif(why, ''), current_setting('shelterbelt.reason', true), ''),
           coalesce(current_setting('shelterbelt.request', true), ''), 'read', thing, thing_id, org, true,
           pg_current_xact_id()::text::bigint
    from unnest(orgs) as org;
end $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0016_acts_found_by_person")]
    operations: ClassVar = [
        migrations.RunSQL(READING, "drop function access_note_closed_reading(text, text, bigint[], text);"),
    ]
