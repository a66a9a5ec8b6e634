"""Puts an action under the rule of two people, and keeps what was asked until the second one speaks."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from shelterbelt.access.scope import current_scope
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.models import LONGEST_THING, Approval
from shelterbelt.approvals.rules import OPEN_FOR
from shelterbelt.approvals.verbs import Asked, Verb, register
from shelterbelt.core import clock
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time

P = ParamSpec("P")
T = TypeVar("T")


def needs_second(
    name: str, *, decided_by: tuple[str, ...], when: Callable[..., Asked | None]
) -> Callable[[Callable[P, T]], Callable[P, T | Approval]]:
    """Let an action wait for a second person whenever `when`, given the same as the action, says what is asked for.

    `name` is the verb's policy, `decided_by` the offices that may be the second person. The action is run once on trial
    when it is asked for and once more when it is agreed to, as the asker, and undone both times; then as the second
    person, for good. So it leaves nothing outside the database but jobs, as every action should.
    """

    def declare(act: Callable[P, T]) -> Callable[P, T | Approval]:
        verb = register(Verb(name, decided_by, when, act))

        @wraps(act)
        def act_or_ask(*args: P.args, **given: P.kwargs) -> T | Approval:
            asked = when(*args, **given)
            return act(*args, **given) if asked is None else _ask(verb, asked, given)

        return act_or_ask

    return declare


@transaction.atomic
def _ask(verb: Verb, asked: Asked, given: dict[str, Any]) -> Approval:
    """Try it, so that what can't be done is refused now; then keep it. Asked twice, it is kept once."""
    by: Standing = given["by"]
    plain = verb.plain(given)
    trial(lambda: verb.act(**given))
    one_at_a_time([f"ask {verb.name} {asked.org.pk}"])
    at = clock.now()  # the action itself may not have been told the moment
    same = Approval.objects.open(at).filter(verb=verb.name, given=plain).first()
    if same is not None:
        return same
    lent = by.acting_for
    approval = Approval.objects.create(
        verb=verb.name,
        org=asked.org,
        thing=asked.thing[:LONGEST_THING],
        given=plain,
        offices=list(verb.decided_by),
        asked_by=by.person,
        asked_for=lent.appointment.person if lent else None,
        stand_in=lent,
        reason=current_scope().reason,
        asked_at=at,
        expires_at=at + OPEN_FOR,
    )
    enqueue("approvals.mail_asked", approval=approval.pk)
    return approval


def trial(act: Callable[[], object]) -> None:
    """Act and undo it: what would refuse it has refused."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
