"""Moves a tip along the lines drawn in rules/states.py, and no other way."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules import states


def locked(tip: Tip) -> Tip:
    """The tip as it is now, held for this transaction: two people at once act one after the other."""
    return Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)


def move(tip: Tip, then: str) -> list[str]:
    """Let it stand elsewhere; the fields to save. Raises ValidationError where no line leads there."""
    if tip.state == then:
        return []
    if not states.may_move(states.TIP, tip.state, then):
        now, wanted = tip.get_state_display(), Tip.State(then).label
        raise ValidationError(_("From “%(now)s” a tip can't become “%(then)s”.") % {"now": now, "then": wanted})
    tip.state = then
    return ["state"]
