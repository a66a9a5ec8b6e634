"""Both walls around contacts: their addresses are known to the chain itself, its keepers, the tip desk and the state."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

FUNCTIONS = """
-- The organisations whose chain whoever acts keeps: by an office there, or at the district above.
create function contacts_kept() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare day date := access_today();
begin
    return (
        with recursive reach (org_id) as (
            select h.org_id from access_holdings() h
            where h.office in ('principal', 'school_coordinator', 'district_coordinator', 'superintendent', 'agency_lead')
            union
            select m.member_id from reach r join orgs_membership m on m.group_id = r.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(r.org_id), '{}') from reach r);
end $$;

-- The organisations in whose chain whoever acts stands, and where (or above which) they still hold an office.
create function contacts_called_for() returns bigint[] language sql stable parallel safe security definer
    set search_path = public, pg_temp
    as $$ select coalesce(array_agg(distinct c.org_id), '{}') from contacts_contact c
          where c.person_id = access_person() and c.status <> 'retired'
            and exists (select from access_holdings() h
                        where h.org_id = any (access_above(c.org_id, access_today()))) $$;

-- Whether whoever acts works at a tip desk.
create function contacts_at_desk() returns boolean language sql stable parallel safe security definer
    set search_path = public, pg_temp
    as $$ select exists (
              select from access_holdings() h join orgs_org o on o.id = h.org_id
              where h.office in ('tip_analyst', 'tip_supervisor') and o.kind = 'state') $$;

-- The functions above read chains as the tables' owner.
create policy contacts_for_scope on contacts_contact for select to current_user using (true);
"""
UNDO = """
drop policy contacts_for_scope on contacts_contact;
drop function contacts_kept(), contacts_called_for(), contacts_at_desk() cascade;
"""
FOR_THE_APP = """
revoke execute on function contacts_kept(), contacts_called_for(), contacts_at_desk() from public;
grant execute on function contacts_kept(), contacts_called_for(), contacts_at_desk() to shelterbelt_app;
"""

KEEPS = """(select access_sees_all()) or (select contacts_at_desk())
    or org_id = any ((select contacts_kept())::bigint[])"""
READS = f"{KEEPS} or org_id = any ((select contacts_called_for())::bigint[])"
# Whoever is in a chain says yes for themselves, and can't move to another.
WRITES = f"""{KEEPS} or (person_id = (select access_person())
    and org_id = any ((select contacts_called_for())::bigint[]))"""
ENDED = "update (answer, answered_at, token_hash)"
ASKED_BY_THE_SYSTEM = """
create policy asked_by_the_system on contacts_asking as restrictive for insert
    with check ((select access_is_system()));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("contacts", "0001_initial"), ("access", "0016_acts_found_by_person")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        migrations.RunSQL(FOR_THE_APP, migrations.RunSQL.noop),
        Scoped("contacts.Contact", read=READS, write=WRITES),
        # The system asks, so that no asking hangs on a foreign contact; with a new address, or a yes by another way, it
        # is over.
        Scoped("contacts.Asking", read=READS, grants=f"select, insert, {ENDED}", write=READS),
        migrations.RunSQL(ASKED_BY_THE_SYSTEM, "drop policy asked_by_the_system on contacts_asking;"),
        Scoped("contacts.SchoolHours", read="true", write=KEEPS, grants="select, insert, update, delete"),
        Scoped("contacts.Break", read="true", write=KEEPS, grants="select, insert, update, delete"),
        Audited("contacts.Contact", hide=["voice", "sms", "email"]),
        Audited("contacts.Asking", hide=["token_hash"]),
        Audited("contacts.SchoolHours"),
        Audited("contacts.Break"),
    ]
