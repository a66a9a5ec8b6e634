"""Find, plan, do, check: the only place that writes findings and corrective actions.

Rooms that find something call `record_finding` with where it comes from; recorded twice, it is one finding. What a
form sends twice is written once, for its id was made with the form.
"""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.improvements import policy, rules
from shelterbelt.improvements.models import LEAST, MOST, CorrectiveAction, Finding
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

LONGEST_PLAN = timedelta(days=10 * 366)
LONGEST_ACCEPTANCE = timedelta(days=366)
"""A risk is accepted for a year at most; then somebody looks at it again."""
Status = CorrectiveAction.Status


@transaction.atomic
def record_finding(
    *,
    org: Org,
    source_kind: str,
    what: str,
    likelihood: int,
    impact: int,
    found_on: date,
    by: Standing,
    at: datetime,
    source_id: uuid.UUID | None = None,
    source_part: str = "",
    place: str = "",
    finding_id: uuid.UUID | None = None,
) -> Finding:
    """Write down what was found wanting. The same part of the same source, recorded again, is the finding there is."""
    require(policy.may_record_finding(by, org))
    known = _known_finding(org, source_kind, source_id, source_part, finding_id)
    if known is not None:
        return known
    _check_finding(what, likelihood, impact, found_on, timezone.localdate(at))
    return Finding.objects.create(
        id=finding_id or uuid.uuid4(), org=org, source_kind=source_kind, source_id=source_id, source_part=source_part,
        what=what.strip(), place=place.strip(), likelihood=likelihood, impact=impact, found_on=found_on,
        found_by=by.person, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def rate_finding(
    finding: Finding, *, what: str, place: str, likelihood: int, impact: int, by: Standing, at: datetime
) -> None:
    """Say better what was found, or how grave it is."""
    finding = _locked_finding(finding)
    require(policy.may_rate_finding(by, finding))
    _check_finding(what, likelihood, impact, finding.found_on, timezone.localdate(at))
    finding.what, finding.place = what.strip(), place.strip()
    finding.likelihood, finding.impact = likelihood, impact
    finding.save(update_fields=["what", "place", "likelihood", "impact"])


@transaction.atomic
def withdraw_finding(finding: Finding, *, because: str, by: Standing, at: datetime) -> None:
    """Take back a finding that was a mistake; it stays on record with the reason."""
    finding = _locked_finding(finding)
    require(policy.may_rate_finding(by, finding))
    problems = {}
    if not because.strip():
        problems["because"] = [_("Say why, in a few words.")]
    elif finding.actions.open().exists():
        problems["because"] = [_("Something is still being done about it. Finish that first.")]
    _refuse(problems)
    finding.withdrawn_on, finding.withdrawn_because = timezone.localdate(at), because.strip()
    finding.save(update_fields=["withdrawn_on", "withdrawn_because"])


@transaction.atomic
def plan_action(
    finding: Finding,
    *,
    what: str,
    due_on: date,
    by: Standing,
    at: datetime,
    owner: Person | None = None,
    owner_name: str = "",
    cost: Decimal | None = None,
    funding: str = "",
    action_id: uuid.UUID | None = None,
) -> CorrectiveAction:
    """Say what is done about a finding. With an owner it is assigned, without it is open."""
    require(policy.may_plan_action(by, finding))
    answers = _answers(what, owner, owner_name, due_on, cost, funding)
    _check_action(answers, finding, timezone.localdate(at))
    status = Status.ASSIGNED if owner or answers["owner_name"] else Status.OPEN
    stamps = {"finding": finding, "org_id": finding.org_id, "planned_by": by.person, "planned_at": at}
    return _once(finding, action_id or uuid.uuid4(), answers, {**stamps, "status": status})


@transaction.atomic
def change_action(
    action: CorrectiveAction,
    *,
    what: str,
    due_on: date,
    by: Standing,
    at: datetime,
    owner: Person | None = None,
    owner_name: str = "",
    cost: Decimal | None = None,
    funding: str = "",
) -> None:
    """Change what is to be done, by whom, until when or from what money."""
    action = _locked(action)
    require(policy.may_change_action(by, action))
    answers = _answers(what, owner, owner_name, due_on, cost, funding)
    _check_action(answers, action.finding, timezone.localdate(at))
    has_owner = bool(owner or answers["owner_name"])
    if not has_owner and action.status in {Status.ASSIGNED, Status.IN_PROGRESS}:
        action.status = Status.OPEN
    elif has_owner and action.status == Status.OPEN:
        action.status = Status.ASSIGNED
    for name, value in answers.items():
        setattr(action, name, value)
    action.save(update_fields=[*answers, "status"])


@transaction.atomic
def move_action(action: CorrectiveAction, *, to: str, by: Standing) -> None:
    """Say where it stands now: assigned, in progress or awaiting funds. The other moves have verbs of their own."""
    action = _locked(action)
    require(policy.may_move_action(by, action))
    if to not in {Status.OPEN, Status.ASSIGNED, Status.IN_PROGRESS, Status.AWAITING_FUNDS}:
        raise ValueError(f"{to} has a verb of its own.")
    _require_move(action, to)
    if to in {Status.ASSIGNED, Status.IN_PROGRESS} and not action.who:
        raise ValidationError({"to": [_("Say first who sees to it.")]})
    action.status, action.done_on = to, None
    action.save(update_fields=["status", "done_on"])


@transaction.atomic
def finish_action(action: CorrectiveAction, *, done_on: date, outcome: str, by: Standing, at: datetime) -> None:
    """Say that it is done and what came of it."""
    action = _locked(action)
    require(policy.may_move_action(by, action))
    _require_move(action, Status.DONE)
    problems = {}
    if done_on > timezone.localdate(at):
        problems["done_on"] = [_("That day hasn't come yet.")]
    elif done_on < action.finding.found_on:
        problems["done_on"] = [_("That is before it was found. Check the day.")]
    if not outcome.strip():
        problems["outcome"] = [_("Say in a few words what was done.")]
    _refuse(problems)
    action.status, action.done_on, action.outcome = Status.DONE, done_on, outcome.strip()
    action.save(update_fields=["status", "done_on", "outcome"])


@transaction.atomic
def verify_action(action: CorrectiveAction, *, by: Standing, at: datetime) -> None:
    """Say that one has looked, and that it is done. After that it stays as it is."""
    action = _locked(action)
    require(policy.may_verify_action(by, action))
    _require_move(action, Status.VERIFIED)
    action.status, action.verified_by, action.verified_on = Status.VERIFIED, by.person, timezone.localdate(at)
    action.save(update_fields=["status", "verified_by", "verified_on"])


@transaction.atomic
def accept_risk(action: CorrectiveAction, *, because: str, until: date, by: Standing, at: datetime) -> None:
    """Decide to leave the risk as it is up to a day, in one's own name."""
    action = _locked(action)
    require(policy.may_accept_risk(by, action))
    _require_move(action, Status.RISK_ACCEPTED)
    today = timezone.localdate(at)
    problems = {}
    if not because.strip():
        problems["because"] = [_("Say why the risk can be left as it is.")]
    if not today < until <= today + LONGEST_ACCEPTANCE:
        problems["until"] = [_("Choose a day within a year. Then somebody looks at it again.")]
    _refuse(problems)
    action.status, action.accepted_because, action.accepted_until = Status.RISK_ACCEPTED, because.strip(), until
    action.accepted_by = by.person.name
    action.save(update_fields=["status", "accepted_by", "accepted_because", "accepted_until"])


def _answers(
    what: str, owner: Person | None, owner_name: str, due_on: date, cost: Decimal | None, funding: str
) -> dict[str, Any]:
    name = "" if owner else owner_name.strip()
    return {
        "what": what.strip(), "owner": owner, "owner_name": name, "due_on": due_on, "cost": cost, "funding": funding
    }  # fmt: skip


def _known_finding(
    org: Org, kind: str, source_id: uuid.UUID | None, part: str, finding_id: uuid.UUID | None
) -> Finding | None:
    if finding_id is not None:
        known = Finding.objects.filter(pk=finding_id, org=org).first()
        if known is not None:
            return known
    if source_id is None or not part:
        return None
    return Finding.objects.of_source(kind, source_id).filter(org=org, source_part=part).first()


def _check_finding(what: str, likelihood: int, impact: int, found_on: date, today: date) -> None:
    problems = {}
    if not what.strip():
        problems["what"] = [_("Say what was found.")]
    for name, value in (("likelihood", likelihood), ("impact", impact)):
        if not LEAST <= value <= MOST:
            problems[name] = [_("Choose one of the four.")]
    if found_on > today:
        problems["found_on"] = [_("That day hasn't come yet.")]
    _refuse(problems)


def _check_action(answers: dict[str, Any], finding: Finding, today: date) -> None:
    problems = {}
    if not answers["what"]:
        problems["what"] = [_("Say what is to be done.")]
    if not finding.found_on <= answers["due_on"] <= today + LONGEST_PLAN:
        problems["due_on"] = [_("Choose a day after it was found and within ten years.")]
    if answers["cost"] is not None and answers["cost"] < 0:
        problems["cost"] = [_("Costs are zero or more.")]
    _refuse(problems)


def _require_move(action: CorrectiveAction, to: str) -> None:
    if not rules.may_become(action.status, to):
        raise ValidationError(
            _("This stands at “%(now)s” and can't become “%(then)s” from there.")
            % {"now": action.get_status_display(), "then": Status(to).label}
        )


def _refuse(problems: dict[str, list[str]]) -> None:
    if problems:
        raise ValidationError(problems)


def _once(finding: Finding, key: uuid.UUID, answers: dict[str, Any], stamps: dict[str, Any]) -> CorrectiveAction:
    """A new row under the id that its form brought; or the one that the same form made before."""
    try:
        with transaction.atomic():
            return CorrectiveAction.objects.create(id=key, **answers, **stamps)
    except IntegrityError as error:
        known = CorrectiveAction.objects.filter(pk=key, finding=finding, **answers).first()
        if known is None:
            if CorrectiveAction.objects.filter(pk=key).exists():
                raise ValidationError(_("This form was used already. Open a new form.")) from error
            raise
        return known


def _locked(action: CorrectiveAction) -> CorrectiveAction:
    """The corrective action as it stands now, for us alone until the transaction ends."""
    rows = CorrectiveAction.objects.select_for_update(of=("self",)).select_related("finding", "org", "owner")
    return rows.get(pk=action.pk)


def _locked_finding(finding: Finding) -> Finding:
    return Finding.objects.select_for_update(of=("self",)).select_related("org").get(pk=finding.pk)
