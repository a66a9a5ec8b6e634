"""The second person's word: agreed to, a thing is done at once, by them, with both on record."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as, acting_as_system, because
from shelterbelt.access.standing import Standing, stand_in_of, standing_of
from shelterbelt.approvals.actions.asking import trial
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.policy import may_decide, may_withdraw
from shelterbelt.approvals.queries import is_waiting
from shelterbelt.approvals.verbs import VERBS, GoneError
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time

Decision = Approval.Decision
DECIDED = ("decision", "decided_at", "decided_by", "decided_for", "answer", "outcome")


class NotPossibleError(Exception):
    """What was asked for can't be done any more. The message is a sentence for both people."""


@transaction.atomic
def agree(*, approval: Approval, by: Standing, at: datetime, answer: str = "") -> Approval:
    """Agree, and do it. If it can't be done any more, that is the decision, and nothing else happens."""
    approval = _alone(approval.pk)
    require(may_decide(by, approval, at))
    try:
        with transaction.atomic():
            _decide(approval, Decision.AGREED, by=by, at=at, answer=answer)
            _try_as_asker(approval, on=by.today, at=at)
            _do(approval, by=by, at=at)
    except NotPossibleError as why:
        _decide(approval, Decision.FAILED, by=by, at=at, answer=answer, outcome=str(why))
    return approval


@transaction.atomic
def decline(*, approval: Approval, by: Standing, at: datetime, answer: str) -> Approval:
    """Say no, and why."""
    approval = _alone(approval.pk)
    require(may_decide(by, approval, at))
    if not answer.strip():
        raise ValidationError({"answer": _("Say why, for the one who asked.")})
    _decide(approval, Decision.DECLINED, by=by, at=at, answer=answer)
    return approval


@transaction.atomic
def withdraw(*, approval: Approval, by: Standing, at: datetime) -> Approval:
    """Take back what one asked for."""
    approval = _alone(approval.pk)
    require(may_withdraw(by, approval, at))
    _decide(approval, Decision.WITHDRAWN, by=by, at=at)
    return approval


def confirm(*, number: int, on: date, at: datetime) -> Approval:
    """The operator's word, where no second person is to be had: whoever can command the machine is the second one."""
    reason = f"approval {number} confirmed on the command line"
    with acting_as_system("install", today=on, reason=reason):
        approval = _alone(number)
        if not is_waiting(approval, at):
            raise ValidationError(_("This is no longer open."))
        try:
            with transaction.atomic():
                _decide(approval, Decision.AGREED, by=None, at=at)
                _try_as_asker(approval, on=on, at=at)
                VERBS[approval.verb].run(approval.given, by=_standing_of_asker(approval, on), at=at)
        except NotPossibleError as why:
            _decide(approval, Decision.FAILED, by=None, at=at, outcome=str(why))
        return approval


def _alone(number: int) -> Approval:
    """The approval as it is now, with nobody else deciding it until the transaction ends."""
    one_at_a_time([f"approval {number}"])
    people = ("org", "asked_by", "asked_for", "decided_by", "stand_in")
    return Approval.objects.select_related(*people).get(pk=number)


def _decide(
    approval: Approval, decision: str, *, by: Standing | None, at: datetime, answer: str = "", outcome: str = ""
) -> None:
    lent = by.acting_for if by else None
    approval.decision, approval.decided_at = decision, at
    approval.decided_by = by.person if by else None
    approval.decided_for = lent.appointment.person if lent else None
    approval.answer, approval.outcome = answer.strip(), outcome
    noted = {name: getattr(approval, name) for name in DECIDED}
    # The database looks at its own clock: one that differs from ours may have closed it already.
    if not Approval.objects.filter(pk=approval.pk, decision="").update(**noted):
        raise PermissionDenied(_("This is no longer open."))
    if decision != Decision.WITHDRAWN:
        enqueue("approvals.mail_decided", approval=approval.pk)


def _try_as_asker(approval: Approval, *, on: date, at: datetime) -> None:
    """Whether who asked could still do it, with their own eyes and today's offices."""
    why = f"approval {approval.pk}: may who asked still do it"
    with acting_as(approval.asked_by_id, today=on, reason=why, stand_in=approval.stand_in_id):
        standing = _standing_of_asker(approval, on)
        try:
            trial(lambda: VERBS[approval.verb].run(approval.given, by=standing, at=at))
        except GoneError as gone:
            raise NotPossibleError(_("What it is about is no longer there.")) from gone
        except (PermissionDenied, ValidationError) as no:
            raise NotPossibleError(_sentence(no)) from no


def _standing_of_asker(approval: Approval, on: date) -> Standing:
    """What who asked holds now: their own offices, or the one they stood in for if they still do."""
    asker, number = approval.asked_by, approval.stand_in_id
    if not asker.is_active:
        return Standing(asker, on, ())
    if number is None:
        return standing_of(asker, today=on)
    lent = stand_in_of(asker, number, today=on)
    return standing_of(asker, today=on, acting_for=lent) if lent else Standing(asker, on, ())


def _do(approval: Approval, *, by: Standing, at: datetime) -> None:
    """For good, with the second person's eyes and offices."""
    try:
        with because(f"approval {approval.pk}, asked for by person:{approval.asked_by_id}"):
            VERBS[approval.verb].run(approval.given, by=by, at=at)
    except (GoneError, PermissionDenied, ValidationError) as no:
        # Somebody else may have been quicker between the trial and this; then it is no longer possible at all.
        _try_as_asker(approval, on=by.today, at=at)
        if isinstance(no, GoneError):
            raise PermissionDenied(_("You can't see what this is about, so you can't agree to it.")) from no
        raise


def _sentence(no: PermissionDenied | ValidationError) -> str:
    return " ".join(no.messages) if isinstance(no, ValidationError) else str(no)
