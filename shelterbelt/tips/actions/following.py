"""A tip goes where its referrals have gone."""

from datetime import datetime

from shelterbelt.tips.actions.clocks import end_clocks
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules import progress


def follow(tip: Tip, at: datetime) -> None:
    """Let a tip, which the caller holds, stand where its primary referrals say; the queue shows it anew."""
    primaries = list(tip.referrals.filter(is_primary=True).values_list("state", flat=True))
    before, tip.state = tip.state, progress.follows(tip.state, primaries)
    tip.changed_at = at
    tip.save(update_fields=["state", "changed_at"])
    if tip.state in progress.LADDER and before not in progress.LADDER:
        end_clocks(tip, "dispatch", at=at)
