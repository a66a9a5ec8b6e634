"""Both walls around plans. A plan is closed: its school, the district over it and the state office read it, no others.

What agencies are shown of frozen versions is a matter of sharing, and has walls of its own.
"""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

FUNCTIONS = """
-- The districts to which schools belong where whoever acts holds an office: their plan is part of the school's.
create function plans_inherited() returns bigint[] language sql stable parallel safe as $$
    select coalesce(array_agg(distinct m.group_id), '{}') from orgs_membership m
    where m.axis = 'district' and m.member_id = any ((select access_my_district_orgs())::bigint[])
      and m.from_on <= access_today() and (m.until_on is null or m.until_on > access_today())
$$;

-- With the asker's own eyes; functions, because policies may not look in circles.
create function plans_sees_section(section bigint) returns boolean language plpgsql stable
    as $$ begin return section is null or exists (select from plans_section s where s.id = section); end $$;
create function plans_sees_revision(revision bigint) returns boolean language plpgsql stable
    as $$ begin return revision is null or exists (select from plans_sectionrevision r where r.id = revision); end $$;
create function plans_sees_objective(objective bigint) returns boolean language plpgsql stable
    as $$ begin return objective is null or exists (select from plans_objective o where o.id = objective); end $$;

-- What was reviewed is what is adopted, and what was adopted stays. Only a review that is called off lets go of its text.
create function plans_version_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.sha256 = '' or (old.state = 'in_review' and new.state = 'draft' and new.sha256 = '') then
        return new;
    end if;
    if (new.sha256, new.plan_id, new.org_id, new.number, new.frozen_at, new.frozen_by_id)
            is distinct from (old.sha256, old.plan_id, old.org_id, old.number, old.frozen_at, old.frozen_by_id)
            or new.content is distinct from old.content
            or (old.adopted_on is not null and (new.adopted_on, new.meeting, new.from_on)
                is distinct from (old.adopted_on, old.meeting, old.from_on)) then
        raise exception 'a frozen version of a plan does not change' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
"""
_MADE = (
    "plans_version_stands()",
    "plans_inherited()",
    "plans_sees_section(bigint)",
    "plans_sees_revision(bigint)",
    "plans_sees_objective(bigint)",
)
UNDO = "".join(f"drop function {made} cascade;" for made in _MADE)
FOR_THE_APP = "".join(
    f"revoke execute on function {made} from public; grant execute on function {made} to shelterbelt_app;"
    for made in _MADE[1:]
)
STANDS = """
create trigger stands before update on plans_version for each row execute function plans_version_stands();
"""

OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WITH_THE_DISTRICTS = f"{OWN} or org_id = any ((select plans_inherited())::bigint[])"
# The state office reads plans and writes none.
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
ALL_RIGHTS = "select, insert, update, delete"


def _of(parent: str, table: str, column: str) -> str:
    return f"exists (select from {parent} p where p.id = {table}.{column} and p.org_id = {table}.org_id)"


_PLAN = "plans_plan"
_PARTS_OF_A_PLAN = ("teammember", "teammeeting", "hazard", "section", "goal", "plancontact", "icsrole", "place", "version")
FITTING = {
    **{f"plans_{name}": [_of(_PLAN, f"plans_{name}", "plan_id")] for name in (*_PARTS_OF_A_PLAN, "reviewtask")},
    "plans_sectionrevision": [_of("plans_section", "plans_sectionrevision", "section_id")],
    "plans_objective": [_of("plans_goal", "plans_objective", "goal_id")],
    "plans_course": [_of("plans_goal", "plans_course", "goal_id"), "plans_sees_objective(objective_id)"],
}
FITTING["plans_section"] += [
    "plans_sees_section(source_id)",
    "plans_sees_revision(accepted_id)",
    "plans_sees_revision(sent_id)",
]
FITTING["plans_goal"].append(_of("plans_section", "plans_goal", "section_id"))
FITTING["plans_reviewtask"] += [
    "plans_sees_section(section_id)",
    "plans_sees_revision(offered_id)",
]


def _links() -> str:
    # No record hangs on a foreign one, and a foreign key tells nobody what exists elsewhere.
    return "".join(
        f"""
        create policy {table}_fits_added on {table} as restrictive for insert
            with check ((select access_is_system()) or ({" and ".join(conditions)}));
        create policy {table}_fits_changed on {table} as restrictive for update using (true)
            with check ((select access_is_system()) or ({" and ".join(conditions)}));
        """
        for table, conditions in FITTING.items()
    )


def _unlinks() -> str:
    return "".join(
        f"drop policy {table}_fits_added on {table}; drop policy {table}_fits_changed on {table};" for table in FITTING
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("plans", "0001_initial"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        migrations.RunSQL(FUNCTIONS, UNDO),
        migrations.RunSQL(FOR_THE_APP, migrations.RunSQL.noop),
        Scoped("plans.Plan", read=WITH_THE_DISTRICTS, write=WRITE),
        Scoped("plans.TeamMember", read=OWN, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.TeamMeeting", read=OWN, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Hazard", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Section", read=WITH_THE_DISTRICTS, write=WRITE),
        # A text that was saved stays; only that it was merged can be added.
        Scoped(
            "plans.SectionRevision",
            read=WITH_THE_DISTRICTS,
            write=WRITE,
            grants="select, insert, update (settled_at)",
        ),
        Scoped("plans.Goal", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Objective", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Course", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.PlanContact", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.IcsRole", read=WITH_THE_DISTRICTS, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Place", read=OWN, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Version", read=WITH_THE_DISTRICTS, write=WRITE),
        Scoped("plans.ReviewTask", read=OWN, write=WRITE),
        migrations.RunSQL(STANDS, "drop trigger stands on plans_version;"),
        migrations.RunSQL(_links(), _unlinks()),
        Audited("plans.Plan", hide=["training"]),
        Audited("plans.TeamMember", hide=["email", "phone"]),
        Audited("plans.TeamMeeting", hide=["topics"]),
        Audited("plans.Hazard", hide=["note"]),
        Audited("plans.Section", hide=["body"]),
        Audited("plans.SectionRevision", hide=["body"]),
        Audited("plans.Goal", hide=["text"]),
        Audited("plans.Objective", hide=["text"]),
        Audited("plans.Course", hide=["text"]),
        Audited("plans.PlanContact", hide=["phone", "after_hours", "email"]),
        Audited("plans.IcsRole", hide=["phone"]),
        Audited("plans.Place", hide=["where", "note"]),
        Audited("plans.Version", hide=["content", "what_changed"]),
        Audited("plans.ReviewTask", hide=["note"]),
        Noted("plans.Version", topic="'plans'"),
    ]
