"""What follows when a key of the tip line is rotated, and what still needs an old one."""

from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.utils import timezone

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, rotating
from shelterbelt.tips.actions.months import prove_again
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules.states import NEEDS_WORK
from shelterbelt.tips.sealing import codes, months


@rotating.follows(months.NAME)
def rewrap() -> str:
    """Put the keys of months under the newest master key."""
    return f"{months.rewrap_all()} keys of months were wrapped by the newest master key."


@rotating.follows(codes.NAME)
def prove() -> str:
    """Vouch for the keys of months with the newest key of the line."""
    with acting_as_system("tip_desk", today=timezone.localdate(clock.now()), reason="rotate the key of the tip line"):
        return f"{prove_again()} keys of months were vouched for anew."


@rotating.holds_back(codes.NAME)
def codes_in_use() -> str:
    """Reporters hold codes that only the old key finds; they may come back while their tips are open."""
    by_key = Substr("receipt", 1, 4, output_field=BinaryField())
    newest = codes.name_of(codes.ring()[0])
    with acting_as_system("tip_desk", today=timezone.localdate(clock.now()), reason="rotate the key of the tip line"):
        waiting = Tip.objects.filter(receipt__isnull=False, state__in=NEEDS_WORK).annotate(line_key=by_key)
        open_tips = waiting.exclude(line_key=newest).count()
    return f"{open_tips} open tips have codes that only the old key finds. Close them first." if open_tips else ""
