"""How a tip stands, as its reporter is told: plainly, and never who works on it."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shelterbelt.tips.models import Tip

STANDINGS: dict[str, tuple[str | Promise, str | Promise]] = {
    Tip.State.RECEIVED: (
        _("Your tip has arrived"),
        _("Somebody at the desk will read it. The desk is staffed day and night."),
    ),
    Tip.State.IN_TRIAGE: (_("Somebody at the desk works on it"), _("They decide who has to know.")),
    Tip.State.NEEDS_INFO: (
        _("The desk has a question for you"),
        _("Your answer helps to find the right people. Read what they ask below."),
    ),
    Tip.State.DISPATCHED: (
        _("People who can act were told"),
        _("The desk makes sure that they have read it."),
    ),
    Tip.State.ACKNOWLEDGED: (_("People who can act have read it"), _("They said so to the desk.")),
    Tip.State.IN_PROGRESS: (_("People are acting on it"), _("You will not be told what they find out about others.")),
    Tip.State.OUTCOME_REPORTED: (
        _("People acted on it"),
        _("The desk looks at what they did, and whether more is needed."),
    ),
    Tip.State.LINKED: (
        _("Others told us about this too"),
        _("The desk works on all of it together. You can still write here."),
    ),
    Tip.State.CLOSED: (
        _("The work on your tip is done"),
        _("If something happens again, write it below: the desk opens your tip again."),
    ),
    Tip.State.REOPENED: (_("The desk works on it again"), _("Thank you for writing.")),
}
WAITING: tuple[str | Promise, str | Promise] = (
    _("Your tip is in line"),
    _("Very many tips came at once. Yours is kept and will be read. If it can't wait, call."),
)


def standing(tip: Tip, at: datetime) -> tuple[str | Promise, str | Promise]:
    """What became of it, in two sentences."""
    if tip.release_at and tip.release_at > at:
        return WAITING
    return STANDINGS[tip.state]
