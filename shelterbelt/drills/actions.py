"""Plan, record, learn, follow up: the only place that writes drills.

Recording is idempotent. The form's id is made where it is filled in, so a form that arrives twice is one drill. When
the same form arrives with other answers, the later writing wins: an older one than what stands here changes nothing.
"""

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from psycopg.errors import UniqueViolation

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.documents.actions import keep
from shelterbelt.drills import hooks, policy, rules
from shelterbelt.drills.models import Attachment, CorrectiveAction, Drill, Invitation
from shelterbelt.drills.words import refuse
from shelterbelt.orgs.models import Org

KEEP_YEARS = 5
"""The plan's F-L3: records of training and drills are kept five years or longer. Drills are never deleted."""


USED_ALREADY = gettext_lazy("This form was used for another record already. Open a new form.")
Row = TypeVar("Row", Drill, CorrectiveAction)
LONGEST_FOLLOW_UP = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Recorded:
    """A drill, and what came of sending its form: kept, the same as before, or older than what stands here."""

    drill: Drill
    outcome: Literal["kept", "same", "older"]


@transaction.atomic
def schedule_drill(
    *,
    school: Org,
    kind: str,
    planned_on: date,
    by: Standing,
    at: datetime,
    plan_part: str = "",
    plan_part_other: str = "",
    requirement: str = "",
    drill_id: uuid.UUID | None = None,
) -> Drill:
    """Plan a drill for a day. A form that arrives twice plans one drill."""
    require(policy.may_schedule(by, school))
    _check_plan(school, planned_on, kind, plan_part, at)
    answers = {
        "kind": kind,
        "planned_on": planned_on,
        "plan_part": plan_part,
        "plan_part_other": plan_part_other,
        "requirement": requirement,
    }
    stamps = {"school": school, "status": Drill.Status.SCHEDULED, "recorded_by": by.person, "recorded_at": at}
    return _once(Drill.objects.filter(school=school), drill_id, answers, stamps)


@transaction.atomic
def reschedule_drill(drill: Drill, *, planned_on: date, by: Standing, at: datetime) -> None:
    """Move a planned drill to another day."""
    drill = _locked(drill)
    require(policy.may_reschedule(by, drill))
    _check_plan(drill.school, planned_on, drill.kind, drill.plan_part, at)
    drill.planned_on = planned_on
    drill.save(update_fields=["planned_on"])


@transaction.atomic
def cancel_drill(drill: Drill, *, because: str, by: Standing) -> None:
    """Call off a planned drill, or take back a record that was a mistake; the trail keeps what it said."""
    drill = _locked(drill)
    require(policy.may_cancel(by, drill))
    if not because.strip():
        raise ValidationError({"because": [_("Say why, in a few words.")]})
    drill.planned_on = drill.planned_on or drill.held_on
    drill.status, drill.held_on, drill.completed_on = Drill.Status.CANCELLED, None, None
    drill.cancelled_because = because.strip()
    drill.save()


@transaction.atomic
def record_drill(
    *,
    school: Org,
    drill_id: uuid.UUID,
    facts: rules.Facts,
    by: Standing,
    at: datetime,
    written_at: datetime | None = None,
) -> Recorded:
    """Write down a drill that was held: a new one, one that was planned, or a correction.

    `written_at` is when the person wrote it, if it waited on a phone; never later than `at`.
    """
    require(policy.may_record(by, school))
    return _record(school, drill_id, replace(facts, nature="drill", incident_class=""), by, at, written_at)


@transaction.atomic
def report_incident(
    *,
    school: Org,
    drill_id: uuid.UUID,
    facts: rules.Facts,
    summary: str,
    by: Standing,
    at: datetime,
    written_at: datetime | None = None,
) -> Recorded:
    """Report a real incident or a credible threat on the same form, with its class by RSMo 160.664."""
    require(policy.may_report_incident(by, school))
    if facts.nature == Drill.Nature.DRILL:
        raise ValueError("A drill is recorded with record_drill.")
    return _record(school, drill_id, facts, by, at, written_at, summary=summary.strip())


@transaction.atomic
def write_after_action(drill: Drill, *, learned: rules.Learned, by: Standing, at: datetime) -> Drill:
    """Write what was learned; the record is complete once nothing of the standard form is missing."""
    drill = _locked(drill)
    require(policy.may_write_after_action(by, drill))
    on = timezone.localdate(at)
    refuse(rules.problems_of_learned(learned, held_on=drill.held_on or on, today=on))
    for name, value in asdict(learned).items():
        setattr(drill, name, value.strip() if isinstance(value, str) else value)
    is_new = _judge(drill, on)
    drill.save()
    _tell(drill, at, is_new=is_new)
    return drill


@transaction.atomic
def add_corrective_action(
    drill: Drill, *, what: str, owner: str, due_on: date, by: Standing, action_id: uuid.UUID | None = None
) -> CorrectiveAction:
    """Say what must be mended, by whom, until when. A form that arrives twice is one step."""
    require(policy.may_follow_up(by, drill))
    _check_action(what, owner, due_on, drill)
    answers = {"what": what.strip(), "owner": owner.strip(), "due_on": due_on}
    stamps = {"drill": drill, "school": drill.school}
    return _once(CorrectiveAction.objects.filter(drill=drill), action_id, answers, stamps)


@transaction.atomic
def change_corrective_action(action: CorrectiveAction, *, what: str, owner: str, due_on: date, by: Standing) -> None:
    """Change what is to be done, by whom or until when."""
    require(policy.may_follow_up(by, action.drill))
    _check_action(what, owner, due_on, action.drill)
    action.what, action.owner, action.due_on = what.strip(), owner.strip(), due_on
    action.save(update_fields=["what", "owner", "due_on"])


@transaction.atomic
def close_corrective_action(
    action: CorrectiveAction, *, done_on: date, outcome: str, by: Standing, at: datetime
) -> None:
    """Say that it is done and what came of it."""
    require(policy.may_follow_up(by, action.drill))
    problems = {}
    if done_on > timezone.localdate(at):
        problems["done_on"] = [_("That day hasn't come yet.")]
    elif action.drill.held_on and done_on < action.drill.held_on:
        problems["done_on"] = [_("That is before the drill that showed the need. Check the day.")]
    if not outcome.strip():
        problems["outcome"] = [_("Say in a few words what was done.")]
    if problems:
        raise ValidationError(problems)
    action.done_on, action.outcome = done_on, outcome.strip()
    action.save(update_fields=["done_on", "outcome"])


@transaction.atomic
def invite_agencies(drill: Drill, *, agencies: Collection[Org], by: Standing) -> None:
    """Invite these agencies and no others; who came stays noted."""
    drill = _locked(drill)
    require(policy.may_invite(by, drill))
    known = {invitation.agency_id: invitation for invitation in drill.invitations.all()}
    wanted = {agency.pk for agency in agencies}
    drill.invitations.filter(came=None).exclude(agency__in=wanted).delete()
    Invitation.objects.bulk_create(
        Invitation(drill=drill, school_id=drill.school_id, agency_id=agency) for agency in wanted - known.keys()
    )


@transaction.atomic
def mark_who_came(drill: Drill, *, came: Collection[Org], by: Standing, at: datetime) -> None:
    """Note which of the invited agencies came; the record's own answers follow.

    A service of which an agency came was there. Where a tick is taken back and no other agency of that service came,
    it wasn't. What the form says about services whose agencies were never ticked stays: others may have come.
    """
    drill = _locked(drill)
    require(policy.may_invite(by, drill))
    if drill.status != Drill.Status.HELD:
        raise ValidationError(_("Record the drill first; then say who came."))
    present = {agency.pk for agency in came}
    invitations = list(drill.invitations.select_related("agency"))
    said_before = {invitation.agency.service for invitation in invitations if invitation.came}
    for invitation in invitations:
        invitation.came = invitation.agency_id in present
    came_now = {invitation.agency.service for invitation in invitations if invitation.came}
    for service in (said_before | came_now) & rules.RESPONDERS.keys():
        setattr(drill, rules.RESPONDERS[service], service in came_now)
    Invitation.objects.bulk_update(invitations, ["came"])
    is_new = _judge(drill, timezone.localdate(at))
    drill.save()
    _tell(drill, at, is_new=is_new)


@transaction.atomic
def attach_document(drill: Drill, *, upload: "UploadedFile[Any]", by: Standing, at: datetime) -> Attachment:
    """Keep a file with the record, for five years or longer."""
    require(policy.may_attach(by, drill))
    document = keep(org=drill.school, upload=upload, by=by, at=at, keep_years=KEEP_YEARS)
    return Attachment.objects.create(drill=drill, school_id=drill.school_id, document=document)


def _once(mine: "QuerySet[Row]", key: uuid.UUID | None, answers: dict[str, Any], stamps: dict[str, Any]) -> Row:
    """A new row under the id that its form brought; or the one that the same form made before."""
    key = key or uuid.uuid4()
    try:
        with transaction.atomic():
            return mine.create(id=key, **answers, **stamps)
    except IntegrityError as error:
        _require_used(error, mine.model)
        known = mine.filter(pk=key, **answers).first()
        if known is None:
            raise ValidationError(USED_ALREADY) from error
        return known


def _require_used(error: IntegrityError, model: type[Model]) -> None:
    """Go on if it is the id of a form that was used before; any other fault is ours to hear of, not the writer's."""
    told = error.__cause__
    if not isinstance(told, UniqueViolation) or told.diag.constraint_name != f"{model._meta.db_table}_pkey":
        raise error


def _locked(drill: Drill) -> Drill:
    """The drill as it stands now, for us alone until the transaction ends."""
    return Drill.objects.select_for_update(of=("self",)).select_related("school").get(pk=drill.pk)


def _check_plan(school: Org, planned_on: date, kind: str, plan_part: str, at: datetime) -> None:
    refuse(
        rules.problems_of_plan(
            planned_on,
            kind,
            plan_part,
            today=timezone.localdate(at),
            opened_on=school.opened_on,
            closed_on=school.closed_on,
        )
    )


def _check_action(what: str, owner: str, due_on: date, drill: Drill) -> None:
    problems = {}
    if not what.strip():
        problems["what"] = [_("Say what is to be done.")]
    if not owner.strip():
        problems["owner"] = [_("Say who sees to it: an office or a role.")]
    if drill.held_on and not drill.held_on <= due_on <= drill.held_on + LONGEST_FOLLOW_UP:
        problems["due_on"] = [_("Choose a day after the drill and within five years.")]
    if problems:
        raise ValidationError(problems)


def _record(
    school: Org,
    drill_id: uuid.UUID,
    facts: rules.Facts,
    by: Standing,
    at: datetime,
    written_at: datetime | None,
    **more: str,
) -> Recorded:
    refuse(
        rules.problems_of_facts(
            facts,
            now=timezone.localtime(at).replace(tzinfo=None),
            opened_on=school.opened_on,
            closed_on=school.closed_on,
        )
    )
    answers = {**asdict(facts), **more}
    drill = _known(school, drill_id) or _added(school, drill_id, answers, by, at)
    if isinstance(drill, Recorded):
        return drill
    require(policy.may_correct(by, drill))
    if (drill.nature == Drill.Nature.DRILL) != (facts.nature == Drill.Nature.DRILL):
        raise ValidationError(_("This form belongs to a drill or to an incident, not to both. Open a new form."))
    if drill.status == Drill.Status.HELD:
        if all(getattr(drill, name) == value for name, value in answers.items()):
            return Recorded(drill, "same")
        if written_at is not None and written_at < drill.recorded_at:
            return Recorded(drill, "older")
    return Recorded(_written(drill, answers, by, at), "kept")


def _known(school: Org, drill_id: uuid.UUID) -> Drill | None:
    """The drill with this id at this school, locked; none if it is new."""
    return (
        Drill.objects.select_for_update(of=("self",))
        .select_related("school")
        .filter(pk=drill_id, school=school)
        .first()
    )


def _added(school: Org, drill_id: uuid.UUID, answers: dict[str, Any], by: Standing, at: datetime) -> "Recorded | Drill":
    """A new drill; or the one that arrived in the same moment."""
    try:
        with transaction.atomic():
            drill = Drill(id=drill_id, school=school)
            return Recorded(_written(drill, answers, by, at), "kept")
    except IntegrityError as error:
        _require_used(error, Drill)
        known = _known(school, drill_id)
        if known is None:
            raise ValidationError(USED_ALREADY) from error
        return known


def _written(drill: Drill, answers: dict[str, Any], by: Standing, at: datetime) -> Drill:
    """Put the answers into the record and judge it."""
    for name, value in answers.items():
        setattr(drill, name, value)
    drill.status = Drill.Status.HELD
    drill.recorded_by, drill.recorded_at = by.person, at
    is_new = _judge(drill, timezone.localdate(at))
    drill.save(force_insert=drill._state.adding)
    _tell(drill, at, is_new=is_new)
    return drill


def _judge(drill: Drill, on: date) -> bool:
    """Note the day on which nothing is missing any more; forget it when something is. Whether it became complete."""
    before = drill.completed_on
    if drill.status != Drill.Status.HELD or rules.missing_from(drill):
        drill.completed_on = None
    elif drill.completed_on is None or (drill.held_on and drill.completed_on < drill.held_on):
        drill.completed_on = on
    return before is None and drill.completed_on is not None


def _tell(drill: Drill, at: datetime, *, is_new: bool) -> None:
    """Tell the rooms above that the record became complete."""
    if is_new:
        hooks.tell(drill, at)
