"""Both walls around findings and corrective actions: weak points of a school are for those who mend them."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

FUNCTIONS = """
-- The schools and districts whose register one's own offices keep; policy.KEEPERS names the same.
create function improvements_kept() returns bigint[] language plpgsql stable parallel safe security definer
    set search_path = public, pg_temp as $$
declare day date := access_today();
begin
    return (
        with recursive reach (org_id) as (
            select h.org_id from access_holdings() h
            where h.office in ('principal', 'school_coordinator', 'school_resource_officer', 'district_coordinator',
                               'superintendent')
            union
            select m.member_id from reach r join orgs_membership m on m.group_id = r.org_id
            where m.from_on <= day and (m.until_on is null or m.until_on > day))
        select coalesce(array_agg(r.org_id), '{}') from reach r);
end $$;

-- The findings about which somebody within reach was asked to do something themselves.
create function improvements_given_me() returns uuid[] language sql stable parallel safe security definer
    set search_path = public, pg_temp
    as $$ select coalesce(array_agg(distinct a.finding_id), '{}') from improvements_correctiveaction a
          where a.owner_id = access_person() and a.org_id = any (access_my_orgs()) $$;

-- Whether a finding is this organisation's.
create function improvements_finding_fits(finding uuid, org bigint) returns boolean language sql stable
    security definer set search_path = public, pg_temp
    as $$ select exists (select from improvements_finding f where f.id = finding and f.org_id = org) $$;

-- The functions above read as the tables' owner.
create policy improvements_for_scope on improvements_correctiveaction for select to current_user using (true);
create policy improvements_for_scope on improvements_finding for select to current_user using (true);
revoke execute on function improvements_kept(), improvements_given_me(), improvements_finding_fits(uuid, bigint)
    from public;
grant execute on function improvements_kept(), improvements_given_me(), improvements_finding_fits(uuid, bigint)
    to shelterbelt_app;
"""
UNDO = """
drop policy improvements_for_scope on improvements_correctiveaction;
drop policy improvements_for_scope on improvements_finding;
drop function improvements_kept(), improvements_given_me(), improvements_finding_fits(uuid, bigint) cascade;
"""
KEPT = "(select access_sees_all()) or org_id = any ((select improvements_kept())::bigint[])"
FINDING_READ = f"{KEPT} or id = any ((select improvements_given_me())::uuid[])"
GIVEN_ME = "(owner_id = (select access_person()) and org_id = any ((select access_my_orgs())::bigint[]))"
FITS = "((select access_is_system()) or improvements_finding_fits(finding_id, org_id))"
HIDDEN_OF_ACTION = ("what", "outcome", "accepted_because")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("improvements", "0001_initial"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        Scoped("improvements.Finding", read=FINDING_READ, write=KEPT),
        Scoped(
            "improvements.CorrectiveAction",
            read=f"{KEPT} or {GIVEN_ME}",
            write=f"({KEPT} or {GIVEN_ME}) and {FITS}",
        ),
        # The words name weak points of a school; that they changed is enough for the trail.
        Audited("improvements.Finding", hide=("what", "place")),
        Audited("improvements.CorrectiveAction", hide=HIDDEN_OF_ACTION),
    ]
