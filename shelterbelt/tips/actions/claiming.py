"""Who has a tip: taken on, handed over, put back."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import counting, history
from shelterbelt.tips.actions.alarms import call_off_alarms
from shelterbelt.tips.actions.clocks import end_clocks, start_clock
from shelterbelt.tips.actions.moving import locked, move
from shelterbelt.tips.models import Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.queries.people import desk_people


@transaction.atomic
def claim(tip: Tip, *, by: Standing, at: datetime) -> Tip:
    """Take a tip on. Its first claim is counted, with the seconds since it came."""
    tip = locked(tip)
    require(desk.may_claim(by, tip))
    before = tip.owner_id
    _own(tip, by.person, at)
    told: dict[str, Any] = {"from": before} if before else {}
    history.write(tip, "claim", at=at, by=by.person, **told)
    return tip


@transaction.atomic
def assign(tip: Tip, *, to: Person, by: Standing, at: datetime) -> Tip:
    """Give a tip to a colleague at the same desk."""
    tip = locked(tip)
    require(desk.may_assign(by, tip))
    if not desk_people(tip.org_id, at).filter(pk=to.pk).exists():
        raise ValidationError({"to": [_("Choose somebody who works at this desk.")]})
    if to.pk == tip.owner_id:
        raise ValidationError({"to": [_("They have this tip already.")]})
    _own(tip, to, at)
    history.write(tip, "assign", at=at, by=by.person, to=to.pk)
    return tip


@transaction.atomic
def give_back(tip: Tip, *, by: Standing, at: datetime) -> Tip:
    """Put a tip back for whoever is free. Its first claim stays what it was: nobody may win time by giving back."""
    tip = locked(tip)
    require(desk.may_give_back(by, tip))
    tip.owner, tip.changed_at = None, at
    fields = ["owner", "changed_at"]
    if tip.state == Tip.State.IN_TRIAGE:
        fields += move(tip, Tip.State.RECEIVED)
    tip.save(update_fields=fields)
    start_clock(tip, "claim", at=at)
    history.write(tip, "give_back", at=at, by=by.person)
    return tip


def _own(tip: Tip, person: Person, at: datetime) -> None:
    is_first = tip.claimed_at is None
    tip.owner, tip.claimed_at, tip.changed_at = person, tip.claimed_at or at, at
    fields = ["owner", "claimed_at", "changed_at"]
    if tip.state in {Tip.State.RECEIVED, Tip.State.REOPENED}:
        fields += move(tip, Tip.State.IN_TRIAGE)
    tip.save(update_fields=fields)
    end_clocks(tip, "claim", at=at)
    call_off_alarms(tip, at=at)
    if is_first:
        counting.count("claimed", [tip], at=at, seconds=max(0, int((at - tip.received_at).total_seconds())))
