"""What a missed clock of a referral does: the next contact, the district, law enforcement once more, the outcome.

Named in data/clocks.yaml. Done by the system itself, in the clock's transaction, which holds the tip.
"""

from datetime import datetime

from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.delivery.actions.moving import open_step
from shelterbelt.delivery.models import Message as Letters, Recipient
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import outcomes
from shelterbelt.tips.actions.alarms import raise_alarms
from shelterbelt.tips.actions.escalating import deed
from shelterbelt.tips.actions.referral_letters import PURPOSE
from shelterbelt.tips.actions.referring import refer_by_rule, tell_anew
from shelterbelt.tips.models import Alarm, Clock
from shelterbelt.tips.policy.referrals import ENDED
from shelterbelt.tips.queries.recipients import orgs_for


@deed("next_contact")
def next_contact(clock: Clock, *, at: datetime) -> None:
    """Nobody has acknowledged: whoever stands next in the chain is told."""
    with acting_as_system("delivery", today=timezone.localdate(at), reason="tell the next contact"):
        letter = Letters.objects.filter(about=clock.referral_id, purpose=PURPOSE).order_by("-made_at", "-pk").first()
        if letter is not None:
            _hold(letter)
            open_step(letter, at)


def _hold(letter: Letters) -> None:
    """Take delivery's rows without waiting for them.

    Whoever else holds them wants the tip next, which this clock holds: delivery tells what came of a notice, or
    somebody acknowledges at this very moment. Both would wait for each other. So the clock gives way: all it did is
    undone (OperationalError), and it is acted on again within a second, if it still runs then.
    """
    list(Recipient.objects.filter(message=letter).select_for_update(of=("self",), nowait=True).order_by("pk"))
    Letters.objects.select_for_update(of=("self",), nowait=True).get(pk=letter.pk)


@deed("district")
def district(clock: Clock, *, at: datetime) -> None:
    """The chain is at its end: the district answers, where there is one."""
    _bring_in(clock, "district", at)


@deed("law_enforcement_again")
def law_enforcement_again(clock: Clock, *, at: datetime) -> None:
    """Law enforcement is told once more, for nobody at the school has answered."""
    _bring_in(clock, "law_enforcement", at)


@deed("ask_outcome")
def ask_outcome(clock: Clock, *, at: datetime) -> None:
    """HB 1341: after 15 days, then every 30."""
    if clock.referral is not None:
        outcomes.ask_outcome(clock.referral, at=at)


def _bring_in(clock: Clock, recipient: str, at: datetime) -> None:
    """Tell those of a class who have the tip already anew, and refer it to those who haven't."""
    orgs = [org for org in orgs_for(clock.tip, recipient, timezone.localdate(at)) if org != _org(clock)]
    for org in orgs:
        known = clock.tip.referrals.exclude(state__in=ENDED).filter(org=org).first()
        if known is None:
            refer_by_rule(clock.tip, org, rule="chain_exhausted", at=at)
        else:
            tell_anew(known, at=at)
    if not orgs:
        raise_alarms(clock.tip, Alarm.Because.LATE_CHAIN, at=at, whom="supervisors")


def _org(clock: Clock) -> Org | None:
    return clock.referral.org if clock.referral else None
