"""Who works at the tip desk, and what they may do with a tip there."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.tips.models import SavedFilter, Tip
from shelterbelt.tips.queries.people import DESK_OFFICES
from shelterbelt.tips.rules import states


def desks(standing: Standing) -> frozenset[int]:
    """States at whose tip desk they work."""
    return frozenset(holding.org.pk for holding in standing.holdings if holding.office in DESK_OFFICES)


@policy("tips.see_desk")
def may_see_desk(standing: Standing) -> Refusal | None:
    """Open the desk's queue, search it, be called by its alarms."""
    if desks(standing):
        return None
    return Refusal(_("The tip desk is for its analysts and supervisors. What was referred to you is on your own page."))


@policy("tips.work")
def may_work(standing: Standing, tip: Tip) -> Refusal | None:
    """Do anything with this tip at the desk."""
    return None if tip.org_id in desks(standing) else may_see_desk(standing) or _elsewhere()


@policy("tips.keep_filter")
def may_keep_filter(standing: Standing, kept: SavedFilter) -> Refusal | None:
    """Rename or remove a view of the queue: each has their own."""
    if kept.person_id != standing.person.pk:
        return Refusal(_("This view is somebody else's."))
    return may_see_desk(standing)


@policy("tips.claim")
def may_claim(standing: Standing, tip: Tip) -> Refusal | None:
    """Take a tip on. One that a colleague works on can be taken over: they may be gone."""
    if tip.owner_id == standing.person.pk:
        return Refusal(_("You have this tip already."))
    return may_assign(standing, tip)


@policy("tips.assign")
def may_assign(standing: Standing, tip: Tip) -> Refusal | None:
    """Give a tip to a colleague."""
    if tip.state not in states.NEEDS_WORK:
        return Refusal(_("Nothing is left to do with this tip. Reopen it first."))
    return may_work(standing, tip)


@policy("tips.give_back")
def may_give_back(standing: Standing, tip: Tip) -> Refusal | None:
    """Put a tip back, so that somebody else takes it on."""
    if tip.owner_id is None:
        return Refusal(_("Nobody has this tip."))
    if tip.owner_id != standing.person.pk and not standing.holds("tip_supervisor", at=tip.org_id):
        return Refusal(_("Only whoever has this tip, or a supervisor, can put it back. You can take it over."))
    return may_assign(standing, tip)


@policy("tips.say")
def may_say(standing: Standing, tip: Tip) -> Refusal | None:
    """Say something to the reporter. Also about a duplicate or a closed tip: whoever told us is answered."""
    return may_work(standing, tip)


@policy("tips.write_note")
def may_write_note(standing: Standing, tip: Tip) -> Refusal | None:
    """Note something that only the desk reads."""
    return may_work(standing, tip)


@policy("tips.judge")
def may_judge(standing: Standing, tip: Tip) -> Refusal | None:
    """Say that a tip is about life safety or not, and what it turned out to be."""
    return may_work(standing, tip)


@policy("tips.link")
def may_link(standing: Standing, tip: Tip) -> Refusal | None:
    """Say that a tip belongs to another, or no longer does."""
    return may_work(standing, tip)


def _elsewhere() -> Refusal:
    return Refusal(_("This tip is another state's."))
