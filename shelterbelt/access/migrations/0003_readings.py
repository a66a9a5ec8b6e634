"""Reading can leave an audit entry too: of lists that name who lacks something, and of records that call for it."""

from typing import ClassVar

from django.db import migrations

READING = """
create function access_note_reading(thing text, thing_id text, org bigint, why text) returns void
    language plpgsql security definer set search_path = public as $$
begin
    if access_actor() = '' then
        raise exception 'Reading is noted for somebody who acts; nobody does.';
    end if;
    if org is not null and not (access_sees_all() or org = any (access_my_orgs()) or org = any (access_served())) then
        raise exception 'Nobody reads about an organisation out of their reach.';
    end if;
    insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id, org_id, before, after)
    values (clock_timestamp(), access_actor(),
            coalesce(nullif(why, ''), current_setting('shelterbelt.reason', true), ''),
            coalesce(current_setting('shelterbelt.request', true), ''), 'read', thing, thing_id, org, null, null);
end $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0002_two_walls")]

    operations: ClassVar = [
        migrations.RunSQL(READING, "drop function access_note_reading(text, text, bigint, text);"),
    ]
