"""What is done on a second person's word is what they agreed to: that person, that office, those days."""

from typing import ClassVar

from django.db import migrations

EXACTLY = """
create policy person_for_approvals on people_person for select to current_user using (true);

-- Whether the person meant is this one: by number, or, where they had none yet, by address or else by name.
create function approvals_means(given jsonb, person bigint) returns boolean language sql stable security definer
    set search_path = public, pg_temp as $$
    select case
        when given ->> 'person' is not null then given ->> 'person' = person::text
        when coalesce(given ->> 'email', '') <> '' then exists (
            select from people_person p where p.id = person and lower(p.email) = lower(btrim(given ->> 'email')))
        else exists (select from people_person p where p.id = person and lower(p.name) = lower(btrim(given ->> 'name')))
    end
$$;

-- For the triggers below alone: anybody else could try out whose address is whose.
revoke execute on function approvals_means(jsonb, bigint) from public, shelterbelt_app;

create or replace function approvals_two_to_appoint() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if exists (
        select from approvals_approval a
        where a.decided_in = pg_current_xact_id()::text::bigint and a.decision = 'agreed'
          and a.verb = 'people.appoint' and a.offices::text[] <@ access_givers(new.office)
          and a.given @> jsonb_build_object('office', new.office, 'org', new.org_id, 'from_on', new.from_on)
          and a.given ->> 'until_on' is not distinct from new.until_on::text
          and approvals_means(a.given, new.person_id)) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to give this office.';
end $$;

create or replace function approvals_two_to_end() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if approvals_agreed('people.end', jsonb_build_object('appointment', new.id, 'until_on', new.until_on),
                        new.office) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to end somebody else''s office here.';
end $$;

create or replace function approvals_two_to_lend() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if exists (
        select from approvals_approval a join people_appointment held on held.id = new.appointment_id
        where a.decided_in = pg_current_xact_id()::text::bigint and a.decision = 'agreed'
          and a.verb = 'people.name_stand_in' and a.offices::text[] <@ access_givers(held.office)
          and a.given @> jsonb_build_object('appointment', new.appointment_id, 'from_on', new.from_on,
                                            'until_on', new.until_on)
          and approvals_means(a.given, new.person_id)) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to lend this office.';
end $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0003_stand_ins_know"), ("access", "0010_functions_for_the_app_only")]
    operations: ClassVar = [migrations.RunSQL(EXACTLY, migrations.RunSQL.noop)]
