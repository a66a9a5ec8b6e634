"""Both walls around evaluations and sessions. What an evaluation found is for those who keep the register."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Noted, Scoped

KEPT = "(select access_sees_all()) or org_id = any ((select improvements_kept())::bigint[])"
OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
FROZEN = """
-- What was submitted stays as it was; and so do its answers.
create function plans_evaluation_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.state = 'submitted' then
        raise exception 'a submitted evaluation does not change' using errcode = 'integrity_constraint_violation';
    end if;
    if (new.plan_id, new.org_id, new.version_id, new.method, new.method_version)
            is distinct from (old.plan_id, old.org_id, old.version_id, old.method, old.method_version) then
        raise exception 'an evaluation stays with its version' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger stands before update on plans_evaluation for each row execute function plans_evaluation_stands();

create function plans_answer_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if exists (select from plans_evaluation e where e.id = new.evaluation_id and e.state = 'submitted') then
        raise exception 'a submitted evaluation does not change' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger stands before insert or update on plans_evaluationanswer
    for each row execute function plans_answer_stands();
revoke execute on function plans_evaluation_stands(), plans_answer_stands() from public, shelterbelt_app;
"""
UNDO = "drop function plans_evaluation_stands() cascade; drop function plans_answer_stands() cascade;"


def _of(parent: str, table: str, column: str) -> str:
    return f"exists (select from {parent} p where p.id = {table}.{column} and p.org_id = {table}.org_id)"


FITTING = {
    "plans_evaluation": [
        _of("plans_plan", "plans_evaluation", "plan_id"),
        _of("plans_version", "plans_evaluation", "version_id"),
    ],
    "plans_evaluationanswer": [_of("plans_evaluation", "plans_evaluationanswer", "evaluation_id")],
    "plans_briefing": [
        _of("plans_plan", "plans_briefing", "plan_id"),
        _of("plans_version", "plans_briefing", "version_id"),
    ],
    "plans_briefingattendance": [_of("plans_briefing", "plans_briefingattendance", "briefing_id")],
}


def _links() -> str:
    # No record hangs on a foreign one.
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
    dependencies: ClassVar = [("plans", "0007_evaluation"), ("improvements", "0002_walls")]
    operations: ClassVar = [
        Scoped("plans.Evaluation", read=KEPT, write=KEPT),
        Scoped("plans.EvaluationAnswer", read=KEPT, write=KEPT),
        Scoped("plans.Briefing", read=OWN, write=WRITE),
        Scoped("plans.BriefingAttendance", read=OWN, write=WRITE),
        migrations.RunSQL(FROZEN, UNDO),
        migrations.RunSQL(_links(), _unlinks()),
        Audited("plans.Evaluation"),
        Audited("plans.EvaluationAnswer", hide=["evidence", "gap"]),
        Audited("plans.Briefing", hide=["topics"]),
        Audited("plans.BriefingAttendance"),
        Noted("plans.Evaluation", topic="'evaluations'"),
        Noted("plans.Briefing", topic="'briefings'"),
        # That a plan was confirmed anew counts for the year (D-O1, D-O3).
        Noted("plans.Plan", topic="'plans'"),
    ]
