"""Both walls around what agencies hold: the frozen parts shared with them, of places they serve today, and no more."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

FUNCTIONS = """
create policy plans_share_for_scope on plans_share for select to current_user using (true);

-- The shares that agencies of whoever acts hold today: not taken back, not over, and of places that the agency serves
-- today, unless two people agreed to share outside of those. The day a jurisdiction ends, its shares are gone.
create function plans_shared_with_me() returns uuid[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare day date := access_today();
begin
    return (
        with recursive mine (agency_id) as (
            select distinct h.org_id from access_holdings() h join orgs_org o on o.id = h.org_id where o.kind = 'agency'),
        served (agency_id, org_id) as (
            select j.agency_id, j.org_id from mine join orgs_jurisdiction j on j.agency_id = mine.agency_id
            where j.from_on <= day and (j.until_on is null or j.until_on > day)
            union
            select s.agency_id, m.member_id from served s join orgs_membership m on m.group_id = s.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(s.id), '{}')
        from plans_share s join mine on mine.agency_id = s.agency_id join orgs_org o on o.id = s.org_id
        where s.revoked_at is null and s.from_on <= day and (s.until_on is null or s.until_on > day)
          and (s.is_outside or (s.agency_id, s.org_id) in (select agency_id, org_id from served)
               or (s.agency_id, o.state_id) in (select agency_id, org_id from served)));
end $$;

-- Outside of the agencies that serve a place, two people share: this plan, this agency, these parts.
create function plans_two_to_share() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if exists (
        select from approvals_approval a
        where a.decided_in = pg_current_xact_id()::text::bigint and a.decision = 'agreed' and a.verb = 'plans.share'
          and a.given ->> 'plan' = new.plan_id::text and a.given ->> 'agency' = new.agency_id::text
          and a.given -> 'parts' = to_jsonb(new.parts)) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to share a plan outside of those who serve the place.';
end $$;
"""
UNDO = """
drop function plans_two_to_share() cascade;
drop function plans_shared_with_me() cascade;
drop policy plans_share_for_scope on plans_share;
"""
FOR_THE_APP = """
revoke execute on function plans_shared_with_me() from public;
grant execute on function plans_shared_with_me() to shelterbelt_app;
revoke execute on function plans_two_to_share() from public, shelterbelt_app;
"""
TWO = """
create constraint trigger two_to_share after insert on plans_share deferrable initially deferred
    for each row when (new.is_outside and access_actor() <> '' and not access_is_system())
    execute function plans_two_to_share();
"""
HELD = "any ((select plans_shared_with_me())::uuid[])"
# The views read as the tables' owner, whose policies they need; their own condition says what exists for whom.
SEEN = f"""
create policy plans_version_seen on plans_version for select to current_user using (true);
create view plans_seen with (security_barrier) as
    select s.id as share_id, s.plan_id, s.org_id, s.agency_id, s.parts, s.purpose, s.until_on, v.id as version_id,
           v.number, v.adopted_on, v.from_on, v.sha256, v.what_changed
    from plans_share s join plans_version v on v.plan_id = s.plan_id and v.state = 'in_force'
    where s.id = {HELD};
create view plans_seen_part with (security_barrier) as
    select s.id || ':' || (part.value ->> 'key') as name, s.id as share_id, part.position, part.value ->> 'key' as key,
           part.value ->> 'kind' as kind, part.value ->> 'title' as title, part.value ->> 'html' as html,
           part.value -> 'facts' as facts
    from plans_share s join plans_version v on v.plan_id = s.plan_id and v.state = 'in_force'
         cross join lateral jsonb_array_elements(v.content) with ordinality as part (value, position)
    where s.id = {HELD} and part.value ->> 'key' = any (s.parts);
grant select on plans_seen, plans_seen_part to shelterbelt_app;
"""
UNSEEN = "drop view plans_seen_part; drop view plans_seen; drop policy plans_version_seen on plans_version;"

OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
# Other parts are another share: of one, only its end and what was told can be added.
ENDED = "update (revoked_at, revoked_by_id, revoked_because, told_version_id)"


def _by_holder(table: str, who: str) -> str:
    """Added by whoever holds the share, for themselves, of the version in force."""
    return f"""(select access_is_system()) or ({who} = (select access_person()) and exists (
        select from plans_seen p where p.share_id = {table}.share_id and p.version_id = {table}.version_id
          and p.org_id = {table}.org_id and p.agency_id = {table}.agency_id))"""


FITS = """
create policy plans_share_fits_added on plans_share as restrictive for insert
    with check ((select access_is_system()) or (
        exists (select from plans_plan p where p.id = plan_id and p.org_id = plans_share.org_id)
        and exists (select from orgs_org o where o.id = agency_id and o.kind = 'agency')));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("plans", "0004_sharing"), ("approvals", "0006_the_states_provider")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        migrations.RunSQL(FOR_THE_APP, migrations.RunSQL.noop),
        migrations.RunSQL(SEEN, UNSEEN),
        Scoped("plans.Share", read=f"{OWN} or id = {HELD}", write=WRITE, grants=f"select, insert, {ENDED}"),
        Scoped(
            "plans.Receipt",
            read=f"{OWN} or share_id = {HELD}",
            write=_by_holder("plans_receipt", "acknowledged_by_id"),
            grants="select, insert",
        ),
        Scoped(
            "plans.Opening",
            read=f"{OWN} or share_id = {HELD}",
            write=_by_holder("plans_opening", "person_id"),
            grants="select, insert",
        ),
        migrations.RunSQL(FITS, "drop policy plans_share_fits_added on plans_share;"),
        migrations.RunSQL(TWO, "drop trigger two_to_share on plans_share;"),
        Audited("plans.Share", hide=["purpose"]),
        Audited("plans.Receipt"),
        Audited("plans.Opening"),
        Noted("plans.Share", topic="'plans'"),
        Noted("plans.Receipt", topic="'plans'"),
    ]
