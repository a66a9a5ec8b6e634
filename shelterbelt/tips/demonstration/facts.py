"""What is counted of invented tips: one row for each step, as actions/counting.py writes them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from shelterbelt.demo.world import Row
from shelterbelt.tips.demonstration.stories import Given, Story, in_time

FACT = (
    "id", "org_id", "step", "amount", "on", "hour", "received_on", "channel", "event_type", "kind", "is_life_safety",
    "region_id", "recipient_class", "is_primary", "word", "seconds",
)  # fmt: skip


class Counter:
    """Writes the facts of one state's tips."""

    def __init__(self, state_id: int, ids: Iterator[UUID], zone: ZoneInfo, clocks_from: datetime) -> None:
        self.state_id, self.ids, self.zone, self.clocks_from = state_id, ids, zone, clocks_from

    def of(self, story: Story) -> Iterator[Row]:
        """Each step it has taken."""
        row = partial(self._row, story)
        yield row("received", story.at)
        if story.claimed_at is None:
            return
        claimed = _seconds(story.at, story.claimed_at)
        yield row("claimed", story.claimed_at, seconds=claimed)
        has_clocks = story.at >= self.clocks_from
        if has_clocks:
            yield self._clock(story, "claim", story.claimed_at, claimed, 60 if story.is_life_safety else 900)
        if story.given and has_clocks:
            at = story.given[0].at
            step = "met" if in_time(story, at, self.zone) else "missed"
            yield row(step, at, word="dispatch", seconds=_seconds(story.at, at))
        for given in story.given:
            yield from self._of_referral(story, given)
        if story.closed_at:
            yield row("closed", story.closed_at, word=story.closed_word, seconds=_seconds(story.at, story.closed_at))

    def _of_referral(self, story: Story, given: Given) -> Iterator[Row]:
        row = partial(self._row, story, to=given.to, is_primary=given.is_primary)
        yield row("referred", given.at, seconds=_seconds(story.at, given.at))
        yield row("sent", given.sent_at, seconds=_seconds(given.at, given.sent_at))
        if given.acknowledged_at is None:
            return
        taken = _seconds(given.at, given.acknowledged_at)
        yield row("acknowledged", given.acknowledged_at, word=given.how, seconds=taken)
        if given.is_primary and story.at >= self.clocks_from:
            step = "met" if taken <= (300 if story.is_life_safety else 7 * 3600) else "missed"
            yield row(step, given.acknowledged_at, word="acknowledge", seconds=taken)
        if given.answered_at is not None:
            taken = _seconds(given.at, given.answered_at)
            yield row("answered", given.answered_at, word=given.validity, seconds=taken)
            yield row("result", given.answered_at, word=given.result, seconds=taken)

    def _clock(self, story: Story, kind: str, at: datetime, taken: int, limit: int) -> Row:
        return self._row(story, "met" if taken <= limit else "missed", at, word=kind, seconds=taken)

    def _row(
        self, story: Story, step: str, at: datetime, *, word: str = "", seconds: int | None = None, to: str = "",
        is_primary: bool | None = None,
    ) -> Row:  # fmt: skip
        local = at.astimezone(self.zone)
        return (
            next(self.ids), self.state_id, step, 1, local.date(), local.hour, story.at.astimezone(self.zone).date(),
            story.channel, story.type.code, story.kind, story.is_life_safety, story.region_id, to, is_primary, word,
            seconds,
        )  # fmt: skip

    def of_notice(self, at: datetime, region_id: int | None, acknowledged_at: datetime | None) -> Iterable[Row]:
        """Those of an agency's notice, counted apart."""
        steps: list[tuple[str, datetime, int | None]] = [("noticed", at, None)]
        if acknowledged_at:
            steps.append(("notice_acknowledged", acknowledged_at, _seconds(at, acknowledged_at)))
        given_on = at.astimezone(self.zone).date()
        for step, moment, seconds in steps:
            local = moment.astimezone(self.zone)
            yield (
                next(self.ids), self.state_id, step, 1, local.date(), local.hour, given_on, "agency",
                "handle_with_care", "notice", False, region_id, "", None, "", seconds,
            )  # fmt: skip


def _seconds(first: datetime, then: datetime) -> int:
    return max(0, int((then - first).total_seconds()))
