"""Who acts is sealed: the settings of a transaction count only with a seal that SQL alone can't make.

The functions that say whose eyes a query sees with check the seal, so that words smuggled into a query, or somebody
with the app's login and without the key, can't pretend to be another. What they find, they find from the offices held
now: one's own, or that of the person stood in for (access_holdings).
"""

from typing import ClassVar

from django.db import migrations, models

from shelterbelt.access.operations import Audited

WHO = """
-- When this transaction began, to the microsecond. The seal holds it, so that a seal read elsewhere opens nothing.
create function access_moment() returns text language sql stable parallel safe
    as $$ select extract(epoch from transaction_timestamp())::text $$;

create or replace function access_actor() returns text language plpgsql stable parallel safe security definer
    set search_path = public as $$
declare
    actor text := coalesce(current_setting('shelterbelt.actor', true), '');
    said bytea;
begin
    if actor = '' then return ''; end if;
    said := convert_to(concat_ws(chr(31), access_moment(), actor,
        coalesce(current_setting('shelterbelt.today', true), ''),
        coalesce(current_setting('shelterbelt.stand_in', true), ''),
        coalesce(current_setting('shelterbelt.request', true), ''),
        coalesce(current_setting('shelterbelt.reason', true), '')), 'UTF8');
    if exists (select from access_scopekey k
               where encode(sha256(k.outside || sha256(k.inside || said)), 'hex')
                     = current_setting('shelterbelt.seal', true)) then
        return actor;
    end if;
    raise insufficient_privilege using message = 'The scope of this transaction bears no seal that is known here.';
end $$;

create or replace function access_today() returns date language sql stable parallel safe
    as $$ select case when access_actor() <> '' then nullif(current_setting('shelterbelt.today', true), '')::date end $$;

create or replace function access_person() returns bigint language plpgsql stable parallel safe as $$
declare actor text := access_actor();
begin
    return case when actor like 'person:_%' then substr(actor, 8)::bigint end;
end $$;

create or replace function access_is_system() returns boolean language sql stable parallel safe
    as $$ select access_actor() like 'system:_%' $$;

-- The row of people_standin under which somebody acts for another; null for who acts for themselves.
create function access_stand_in() returns bigint language sql stable parallel safe
    as $$ select case when access_actor() <> ''
                 then nullif(current_setting('shelterbelt.stand_in', true), '')::bigint end $$;

-- The person acted for, for the trail.
create function access_acting_for() returns bigint language sql stable parallel safe security definer
    set search_path = public as $$
    select a.person_id from people_standin s join people_appointment a on a.id = s.appointment_id
    where s.id = access_stand_in()
$$;

-- The offices that whoever acts holds today: their own, or, standing in for somebody, that person's one.
create function access_holdings() returns table (office text, org_id bigint)
    language plpgsql stable parallel safe security definer set search_path = public as $$
declare
    who bigint := access_person();
    day date := access_today();
    stand_in bigint := access_stand_in();
begin
    if who is null then return; end if;
    if stand_in is null then
        return query select a.office::text, a.org_id from people_appointment a
            where a.person_id = who and a.from_on <= day and (a.until_on is null or a.until_on > day);
    else
        return query select a.office::text, a.org_id
            from people_standin s join people_appointment a on a.id = s.appointment_id
            where s.id = stand_in and s.person_id = who and a.office <> 'school_protection_officer'
              and s.from_on <= day and s.until_on > day
              and a.from_on <= day and (a.until_on is null or a.until_on > day);
    end if;
end $$;

-- The offices that whoever acts may step into today, for another.
create function access_stood_in() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public as $$
declare
    who bigint := access_person();
    day date := access_today();
begin
    return (select coalesce(array_agg(s.appointment_id), '{}') from people_standin s
            where s.person_id = who and s.from_on <= day and s.until_on > day);
end $$;

create or replace function access_sees_all() returns boolean language sql stable parallel safe security definer
    set search_path = public as $$
    select access_is_system() or exists (
        select from access_holdings() h join orgs_org o on o.id = h.org_id
        where h.office = 'state_office' and o.kind = 'state')
$$;

create or replace function access_reach(kinds text[]) returns bigint[] language plpgsql stable parallel safe
    security definer set search_path = public as $$
declare day date := access_today();
begin
    return (
        with recursive reach (org_id) as (
            select h.org_id from access_holdings() h join orgs_org o on o.id = h.org_id where o.kind = any (kinds)
            union
            select m.member_id from reach r join orgs_membership m on m.group_id = r.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(r.org_id), '{}') from reach r);
end $$;

create or replace function access_my_orgs() returns bigint[] language sql stable parallel safe
    as $$ select access_reach('{state,region,county,district,school,agency}') $$;

create or replace function access_my_district_orgs() returns bigint[] language sql stable parallel safe
    as $$ select access_reach('{district,school}') $$;

-- An organisation and those it belongs to on a day: its district, county, regions and state.
create function access_above(org bigint, day date) returns bigint[] language sql stable parallel safe security definer
    set search_path = public as $$
    with recursive chain (org_id) as (
        select org
        union
        select m.group_id from chain c join orgs_membership m on m.member_id = c.org_id
        where m.from_on <= day and (m.until_on is null or m.until_on > day))
    select coalesce(array_agg(distinct id), '{}')
    from (select org_id as id from chain
          union select o.state_id from chain c join orgs_org o on o.id = c.org_id where o.state_id is not null) as above
$$;

create or replace function access_my_chain() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public as $$
declare day date := access_today();
begin
    return (select coalesce(array_agg(distinct above), '{}')
            from access_holdings() h, unnest(access_above(h.org_id, day)) as above);
end $$;

create or replace function access_served() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public as $$
declare day date := access_today();
begin
    return (
        with recursive served (org_id) as (
            select j.org_id from access_holdings() h join orgs_jurisdiction j on j.agency_id = h.org_id
            where j.from_on <= day and (j.until_on is null or j.until_on > day)
            union
            select m.member_id from served s join orgs_membership m on m.group_id = s.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(s.org_id), '{}') from served s);
end $$;
"""

# The same as people.rules.OFFICES, which a house test compares.
GIVES = """
create function access_givers(office text) returns text[] language sql immutable parallel safe as $$
    select case office
        when 'state_office' then array['state_office']
        when 'tip_analyst' then array['state_office']
        when 'region_coordinator' then array['state_office']
        when 'superintendent' then array['state_office']
        when 'district_coordinator' then array['state_office', 'superintendent']
        when 'cybersecurity_coordinator' then array['superintendent', 'district_coordinator']
        when 'principal' then array['superintendent', 'district_coordinator']
        when 'school_coordinator' then array['superintendent', 'district_coordinator', 'principal']
        when 'school_resource_officer' then array['superintendent', 'district_coordinator', 'principal']
        when 'school_protection_officer' then array['superintendent', 'district_coordinator']
        when 'staff' then array['superintendent', 'district_coordinator', 'principal']
        when 'agency_lead' then array['state_office', 'agency_lead']
        when 'responder' then array['agency_lead', 'state_office']
        else array[]::text[]
    end
$$;

-- Whether whoever acts may give an office at an organisation: nobody gives what theirs does not give.
create function access_may_give(office text, org bigint) returns boolean language plpgsql stable parallel safe
    security definer set search_path = public as $$
declare
    givers text[] := access_givers(office);
    above bigint[] := access_above(org, access_today());
begin
    return exists (select from access_holdings() h where h.office = any (givers) and h.org_id = any (above));
end $$;

drop policy appointers_add on people_appointment;
drop policy appointers_change on people_appointment;
create policy appointers_add on people_appointment as restrictive for insert
    with check ((select access_is_system()) or access_may_give(office, org_id));
create policy appointers_change on people_appointment as restrictive for update
    using ((select access_is_system()) or access_may_give(office, org_id))
    with check ((select access_is_system()) or access_may_give(office, org_id));
drop function access_appoints();
"""

STANDING_IN = """
alter table people_standin enable row level security;
alter table people_standin force row level security;
create policy standin_for_scope on people_standin for select to current_user using (true);
create policy people_standin_read on people_standin for select using (
    (select access_sees_all()) or person_id = (select access_person())
    or org_id = any ((select access_my_orgs())::bigint[]));
-- One hands on one's own office, or one that one gives; nobody hands on what they hold in another's stead.
create policy people_standin_add on people_standin for insert with check (
    (select access_is_system())
    or ((select access_stand_in()) is null and given_by_id = (select access_person())
        and exists (select from people_appointment a
                    where a.id = appointment_id and a.org_id = people_standin.org_id
                      and a.office <> 'school_protection_officer'
                      and (a.person_id = (select access_person()) or access_may_give(a.office, a.org_id)))));
create policy people_standin_change on people_standin for update using (
    (select access_is_system())
    or ((select access_stand_in()) is null
        and exists (select from people_appointment a
                    where a.id = appointment_id
                      and (a.person_id = (select access_person()) or access_may_give(a.office, a.org_id)))));
grant select, insert, update (until_on) on people_standin to shelterbelt_app;
-- A stand-in knows whose office it is.
alter policy people_appointment_read on people_appointment using (
    (select access_is_system()) or person_id = (select access_person())
    or case when office = 'school_protection_officer'
        then org_id = any ((select access_my_district_orgs())::bigint[])
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or org_id = any ((select access_my_chain())::bigint[])
             or id = any ((select access_stood_in())::bigint[])
    end
    or (office in ('school_coordinator', 'district_coordinator')
        and org_id = any ((select access_served())::bigint[])));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0005_former_openings"),
        ("people", "0004_stand_ins"),
        ("attestations", "0003_people_kept_closed"),
        ("drills", "0005_seendrill"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ScopeKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inside", models.BinaryField()),
                ("outside", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(WHO, migrations.RunSQL.noop),
        migrations.RunSQL(GIVES, migrations.RunSQL.noop),
        migrations.RunSQL(STANDING_IN, migrations.RunSQL.noop),
        Audited("people.StandIn"),
    ]
