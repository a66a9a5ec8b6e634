"""Who sees an approval, who may decide it, and that what two people are needed for is not done by one."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

DECIDES = """
create function approvals_may_decide(offices text[], org bigint) returns boolean language plpgsql stable
    security definer set search_path = public as $$
declare above bigint[] := access_above(org, access_today());
begin
    return exists (select from access_holdings() h where h.office = any (offices) and h.org_id = any (above));
end $$;
"""
DECIDES_UNDO = "drop function approvals_may_decide(text[], bigint);"

SYSTEM = "(select access_is_system())"
ME = "(select access_person())"
SEEN = f"{SYSTEM} or asked_by_id = {ME} or asked_for_id = {ME} or approvals_may_decide(offices, org_id)"
ASKS = f"""
    {SYSTEM}
    or (decision = '' and asked_by_id = {ME}
        and stand_in_id is not distinct from (select access_stand_in())
        and asked_for_id is not distinct from (select access_acting_for())
        and org_id = any ((select access_my_orgs())::bigint[]))
"""
OPEN = f"""
    {SYSTEM}
    or (decision = '' and expires_at > now() and (asked_by_id = {ME} or approvals_may_decide(offices, org_id)))
"""
# A second person: neither who asked, nor for whom they acted, nor who acts for either.
SPEAKS = f"""
    {SYSTEM}
    or (decision = 'withdrawn' and asked_by_id = {ME} and decided_by_id = {ME})
    or (decision in ('agreed', 'declined', 'failed') and decided_by_id = {ME}
        and decided_for_id is not distinct from (select access_acting_for())
        and asked_by_id not in ({ME}, coalesce((select access_acting_for()), 0))
        and coalesce(asked_for_id, 0) not in ({ME}, coalesce((select access_acting_for()), -1))
        and approvals_may_decide(offices, org_id))
"""
ONCE = f"""
alter policy approvals_approval_add on approvals_approval with check ({ASKS});
alter policy approvals_approval_change on approvals_approval using ({OPEN}) with check ({SPEAKS});
create policy approval_for_walls on approvals_approval for select to current_user using (true);

create function approvals_note_transaction() returns trigger language plpgsql set search_path = public as $$
begin
    new.decided_in := case when new.decision = 'agreed' then pg_current_xact_id()::text::bigint end;
    return new;
end $$;
create trigger decided_in before insert or update on approvals_approval
    for each row execute function approvals_note_transaction();
"""
ONCE_UNDO = """
drop trigger decided_in on approvals_approval;
drop function approvals_note_transaction();
drop policy approval_for_walls on approvals_approval;
"""

# Asked at the statement, by whoever acts then; answered when the transaction ends, so that a trial may be undone.
BY_ONE = "access_actor() <> '' and not access_is_system()"
TWO_PERSON = """
-- The same as people.rules.TWO_PERSON_OFFICES, which a test compares.
create function approvals_takes_two(office text) returns boolean language sql immutable parallel safe
    as $$ select office in ('state_office', 'tip_analyst') $$;

create function approvals_agreed(asked text, about jsonb, office text) returns boolean language sql stable
    security definer set search_path = public as $$
    select exists (
        select from approvals_approval
        where decided_in = pg_current_xact_id()::text::bigint and decision = 'agreed'
          and verb = asked and given @> about and offices::text[] <@ access_givers(office))
$$;

create function approvals_two_to_appoint() returns trigger language plpgsql security definer
    set search_path = public as $$
begin
    if approvals_agreed('people.appoint', jsonb_build_object('office', new.office, 'org', new.org_id,
                                                             'person', new.person_id), new.office)
       or approvals_agreed('people.appoint', jsonb_build_object('office', new.office, 'org', new.org_id,
                                                                'person', null), new.office) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to give this office.';
end $$;

create function approvals_two_to_end() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if approvals_agreed('people.end', jsonb_build_object('appointment', new.id), new.office) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to end somebody else''s office here.';
end $$;

create function approvals_lent_takes_two(appointment bigint) returns boolean language sql stable security definer
    set search_path = public as $$ select approvals_takes_two(office) from people_appointment where id = appointment $$;

create function approvals_two_to_lend() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if approvals_agreed('people.name_stand_in', jsonb_build_object('appointment', new.appointment_id),
                        (select office from people_appointment where id = new.appointment_id)) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to lend this office.';
end $$;

-- Two who end each other's office come one after the other, and the second finds nobody left.
create function people_somebody_stays() returns trigger language plpgsql security definer
    set search_path = public as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('somebody stays at ' || old.org_id, 0));
    if not exists (select from people_appointment
                   where office = old.office and org_id = old.org_id and until_on is null
                     and from_on <= coalesce(new.until_on, access_today())) then
        raise check_violation using message = 'Somebody always stays at the state school safety office.';
    end if;
    return null;
end $$;
"""
TRIGGERS = f"""
create constraint trigger two_to_appoint after insert on people_appointment deferrable initially deferred
    for each row when (approvals_takes_two(new.office) and {BY_ONE})
    execute function approvals_two_to_appoint();
create constraint trigger two_to_end after update on people_appointment deferrable initially deferred
    for each row when ((approvals_takes_two(new.office) or approvals_takes_two(old.office)) and {BY_ONE}
        and old.* is distinct from new.*
        and not (old.person_id = access_person() and new.person_id = old.person_id
                 and new.office = old.office and new.org_id = old.org_id and new.from_on = old.from_on
                 and new.until_on <= coalesce(old.until_on, 'infinity')))
    execute function approvals_two_to_end();
create constraint trigger two_to_lend after insert on people_standin deferrable initially deferred
    for each row when ({BY_ONE} and approvals_lent_takes_two(new.appointment_id))
    execute function approvals_two_to_lend();
create constraint trigger somebody_stays after update on people_appointment deferrable initially deferred
    for each row when (old.office = 'state_office' and old.until_on is null and {BY_ONE}
        and (new.until_on is not null or new.office <> old.office or new.org_id <> old.org_id))
    execute function people_somebody_stays();
"""
TRIGGERS_UNDO = """
drop trigger somebody_stays on people_appointment;
drop trigger two_to_lend on people_standin;
drop trigger two_to_end on people_appointment;
drop trigger two_to_appoint on people_appointment;
drop function people_somebody_stays();
drop function approvals_two_to_lend();
drop function approvals_lent_takes_two(bigint);
drop function approvals_two_to_end();
drop function approvals_two_to_appoint();
drop function approvals_agreed(text, jsonb, text);
drop function approvals_takes_two(text);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0001_initial"), ("access", "0007_walls_around_sign_in")]
    operations: ClassVar = [
        migrations.RunSQL(DECIDES, DECIDES_UNDO),
        Scoped(
            "approvals.Approval",
            read=SEEN,
            write=SEEN,
            grants="select, insert, update (decision, decided_by_id, decided_for_id, decided_at, answer, outcome)",
        ),
        Audited("approvals.Approval", hide=["given"]),
        migrations.RunSQL(ONCE, ONCE_UNDO),
        migrations.RunSQL(TWO_PERSON, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, TRIGGERS_UNDO),
    ]
