"""The functions behind scope and audit, and both walls around directory and people."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

WHO = """
create function access_actor() returns text language sql stable
    as $$ select coalesce(current_setting('shelterbelt.actor', true), '') $$;

create function access_today() returns date language sql stable
    as $$ select nullif(current_setting('shelterbelt.today', true), '')::date $$;

create function access_person() returns bigint language sql stable
    as $$ select case when access_actor() like 'person:_%' then substr(access_actor(), 8)::bigint end $$;

create function access_is_system() returns boolean language sql stable
    as $$ select access_actor() like 'system:_%' $$;

-- Statewide offices, and the system's own actors.
create function access_sees_all() returns boolean language sql stable security definer set search_path = public as $$
    select access_is_system() or exists (
        select from people_appointment a join orgs_org o on o.id = a.org_id
        where a.person_id = access_person() and a.office = 'state_office' and o.kind = 'state'
          and a.from_on <= access_today() and (a.until_on is null or a.until_on > access_today()))
$$;

-- The organisations a person's offices reach today: their own, and all that belong to them.
create function access_reach(kinds text[]) returns bigint[] language sql stable security definer
    set search_path = public as $$
    with recursive reach (org_id) as (
        select a.org_id from people_appointment a join orgs_org o on o.id = a.org_id
        where a.person_id = access_person() and o.kind = any (kinds)
          and a.from_on <= access_today() and (a.until_on is null or a.until_on > access_today())
        union
        select m.member_id from reach r join orgs_membership m on m.group_id = r.org_id
        where m.from_on <= access_today() and (m.until_on is null or m.until_on > access_today()))
    select coalesce(array_agg(org_id), '{}') from reach
$$;

create function access_my_orgs() returns bigint[] language sql stable
    as $$ select access_reach('{state,region,county,district,school,agency}') $$;

-- For what never leaves a district: a region's or the state's offices don't count.
create function access_my_district_orgs() returns bigint[] language sql stable
    as $$ select access_reach('{district,school}') $$;

-- The organisations above: a principal's district, county, regions and state.
create function access_my_chain() returns bigint[] language sql stable security definer set search_path = public as $$
    with recursive chain (org_id) as (
        select a.org_id from people_appointment a
        where a.person_id = access_person()
          and a.from_on <= access_today() and (a.until_on is null or a.until_on > access_today())
        union
        select m.group_id from chain c join orgs_membership m on m.member_id = c.org_id
        where m.from_on <= access_today() and (m.until_on is null or m.until_on > access_today()))
    select coalesce(array_agg(distinct id), '{}')
    from (select org_id as id from chain
          union select o.state_id from chain c join orgs_org o on o.id = c.org_id where o.state_id is not null) as above
$$;

-- The schools that a person's agencies serve today.
create function access_served() returns bigint[] language sql stable security definer set search_path = public as $$
    with recursive served (org_id) as (
        select j.org_id from people_appointment a join orgs_jurisdiction j on j.agency_id = a.org_id
        where a.person_id = access_person()
          and a.from_on <= access_today() and (a.until_on is null or a.until_on > access_today())
          and j.from_on <= access_today() and (j.until_on is null or j.until_on > access_today())
        union
        select m.member_id from served s join orgs_membership m on m.group_id = s.org_id
        where m.from_on <= access_today() and (m.until_on is null or m.until_on > access_today()))
    select coalesce(array_agg(org_id), '{}') from served
$$;
"""

AUDIT = """
create function access_audit() returns trigger language plpgsql security definer set search_path = public as $$
declare
    key text := TG_ARGV[0];
    org text := TG_ARGV[1];
    hidden text[] := coalesce(TG_ARGV[2:], '{}');
    who text := access_actor();
    why text := coalesce(current_setting('shelterbelt.reason', true), '');
    asked text := coalesce(current_setting('shelterbelt.request', true), '');
begin
    if TG_OP = 'INSERT' then
        insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id, org_id, before, after)
        select clock_timestamp(), who, why, asked, 'insert', TG_TABLE_NAME,
               row ->> key, (row ->> org)::bigint, null, row - hidden
        from (select to_jsonb(added) as row from added) as n;
    elsif TG_OP = 'DELETE' then
        insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id, org_id, before, after)
        select clock_timestamp(), who, why, asked, 'delete', TG_TABLE_NAME,
               row ->> key, (row ->> org)::bigint, row - hidden, null
        from (select to_jsonb(removed) as row from removed) as o;
    else
        insert into access_auditentry (at, actor, reason, request, verb, thing, thing_id, org_id, before, after)
        select clock_timestamp(), who, why, asked, 'update', TG_TABLE_NAME,
               n.row ->> key, (n.row ->> org)::bigint, o.row - hidden, n.row - hidden
        from (select to_jsonb(removed) as row from removed) as o
        join (select to_jsonb(added) as row from added) as n on n.row ->> key = o.row ->> key
        where o.row <> n.row;
    end if;
    return null;
end $$;

alter table access_auditentry enable row level security;
alter table access_auditentry force row level security;
create policy audit_read on access_auditentry for select
    using ((select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[]));
create policy audit_write on access_auditentry for insert to current_user with check (true);
grant select on access_auditentry to shelterbelt_app;
"""

AUDIT_UNDO = "drop function access_audit() cascade;"

CHANGES = """
grant select on core_change to shelterbelt_app;
create function core_fold_changes() returns void language sql security definer set search_path = public as $$
    with folded as (delete from core_change returning topic, year)
    insert into core_change (topic, year) select distinct topic, year from folded
$$;
"""

SYSTEM_TABLES = """
grant select, insert, update, delete on django_session to shelterbelt_app;
grant select on django_content_type, django_migrations to shelterbelt_app;
grant select, insert, update, delete on procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers to shelterbelt_app;
grant usage on all sequences in schema public to shelterbelt_app;
alter default privileges in schema public grant usage on sequences to shelterbelt_app;
"""

# The functions above read appointments as the tables' owner; they, and nobody else, see all of them.
OWNER_READS = "create policy appointment_for_scope on people_appointment for select to current_user using (true);"

APPOINTMENT_READ = """
    (select access_is_system()) or person_id = (select access_person())
    or case when office = 'school_protection_officer'
        then org_id = any ((select access_my_district_orgs())::bigint[])
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or org_id = any ((select access_my_chain())::bigint[])
    end
"""
PERSON_READ = """
    (select access_is_system()) or id = (select access_person())
    or id in (select person_id from people_appointment)
"""
STATE_WRITES = "(select access_sees_all())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0001_initial"),
        ("core", "0001_initial"),
        ("orgs", "0001_initial"),
        ("people", "0001_initial"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(WHO, migrations.RunSQL.noop),
        migrations.RunSQL(AUDIT, AUDIT_UNDO),
        migrations.RunSQL(CHANGES, "drop function core_fold_changes();"),
        migrations.RunSQL(SYSTEM_TABLES, migrations.RunSQL.noop),
        # The directory is public; only the state (and an import it started) changes it.
        Scoped("orgs.Org", read="true", write=STATE_WRITES),
        Scoped("orgs.FormerName", read="true", write=STATE_WRITES),
        Scoped("orgs.Identifier", read="true", write=STATE_WRITES),
        Scoped("orgs.Membership", read="true", write=STATE_WRITES),
        Scoped("orgs.Enrolment", read="true", write=STATE_WRITES),
        Scoped("orgs.Jurisdiction", read="true", write=STATE_WRITES),
        Scoped("orgs.DirectoryImport", column="state_id"),
        Audited("orgs.Org", org="id"),
        Audited("orgs.FormerName"),
        Audited("orgs.Identifier"),
        Audited("orgs.Membership", org="member_id"),
        Audited("orgs.Enrolment"),
        Audited("orgs.Jurisdiction", org="agency_id"),
        Audited("orgs.DirectoryImport", org="state_id", hide=["report"]),
        Noted("orgs.Org", topic="'orgs'"),
        Noted("orgs.Membership", topic="'orgs'"),
        Noted("orgs.Enrolment", topic="'orgs'"),
        Scoped("people.Person", read=PERSON_READ, write=PERSON_READ),
        Scoped("people.Appointment", read=APPOINTMENT_READ, write=APPOINTMENT_READ),
        migrations.RunSQL(OWNER_READS, "drop policy appointment_for_scope on people_appointment;"),
        Audited("people.Person", org="", hide=["password"]),
        Audited("people.Appointment"),
        Noted("people.Appointment", topic="'appointments'"),
    ]
