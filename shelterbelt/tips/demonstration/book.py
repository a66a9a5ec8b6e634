"""Writes invented tips down as the desk's tables hold them: sealed words, referrals, history, clocks and alarms."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shelterbelt.demo.world import Row, World, holder
from shelterbelt.tips.actions.months import proof_of
from shelterbelt.tips.demonstration import phrases
from shelterbelt.tips.demonstration.stories import Given, Story
from shelterbelt.tips.models import MonthKey
from shelterbelt.tips.rules import progress
from shelterbelt.tips.rules.retention import expires_on
from shelterbelt.tips.sealing import codes, months, words

CODE = "maple river garden lamp window story"
"""The one code that somebody has: docs/explanation/demonstration.md tells it, so that a visitor can look in again."""
VERSION = 0
"""Of the months' keys: the line's own begin with 1, and may be there already."""
DUE = {True: {"claim": 60, "dispatch": 180, "acknowledge": 300, "chain": 900},
       False: {"claim": 900, "dispatch": 3600, "acknowledge": 7 * 3600, "chain": 21 * 3600}}  # fmt: skip
"""Seconds by data/clocks.yaml, by whether it is about life safety; a school day as seven hours."""
OUTCOME = (timedelta(days=15), timedelta(days=30))


class Book:
    """Rows by table."""

    def __init__(self, world: World, ids: Iterator[UUID], zone: ZoneInfo, now: datetime) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.state, self.ids, self.zone, self.now = world.ground.state_id, ids, zone, now
        held = [term.person_id for term in world.desk]
        self.analysts, self.supervisor = held[:-1], held[-1]
        self.office = holder(world.state_people, world.today)
        self.keys: dict[UUID, bytes] = {}
        self.notices: list[tuple[datetime, int | None, datetime | None]] = []
        self._months: dict[str, months.MonthSecret] = {}

    def month(self, at: datetime) -> months.MonthSecret:
        """The key of a moment's month; made, with its row, when it is first asked for."""
        name = f"{at.astimezone(self.zone):%Y-%m}"
        if name not in self._months:
            secret = self._months[name] = months.make(f"{name}.{VERSION}")
            made_at = at.astimezone(self.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
            row = MonthKey(name=secret.name, month=name, door=secret.public, contact=secret.public_for_contact)
            proof = _proof(row)
            self.rows["tips_monthkey"].append((row.name, name, bytes(row.door), bytes(row.contact), proof, made_at))
        return self._months[name]

    def seal(self, story: Story, text: str, kind: str, number: UUID) -> bytes:
        """Words under the tip's key."""
        return words.seal_text(self.keys[story.id], text, kind=kind, of=number)

    def done(
        self, story: Story, verb: str, at: datetime, *, by: int | None = None, whom: str = "desk", **told: Any
    ) -> None:
        """A line of history."""
        self.rows["tips_done"].append((next(self.ids), story.id, self.state, verb, json.dumps(told), by, whom, at))

    def say(
        self, story: Story, way: str, text: str, at: datetime, *, by: int | None = None, canned: str = "",
        seen: datetime | None = None, referral: UUID | None = None,
    ) -> UUID:  # fmt: skip
        """A message or note."""
        number = next(self.ids)
        taken = at if way == "from_reporter" else None
        self.rows["tips_message"].append((
            number, story.id, self.state, referral, way, self.seal(story, text, "message", number), canned, by, at,
            taken, seen.date() if seen else None,
        ))  # fmt: skip
        return number

    def clock(
        self, story: Story, kind: str, start: datetime, end: datetime | None, *, referral: UUID | None = None
    ) -> None:
        """A clock that was met, missed, or runs."""
        due = start + timedelta(seconds=DUE[story.is_life_safety][kind])
        missed = due if (end or self.now) > due and end is not None else None
        outcome = "" if end is None else "breached" if missed else "met"
        self.rows["tips_clock"].append((
            next(self.ids), story.id, self.state, referral, kind, 1, start, due, missed, end, outcome,
        ))  # fmt: skip

    def outcome_clock(self, story: Story, given: Given, start: datetime) -> None:
        """The clock of an outcome: after 15 days it is asked for, and then every 30."""
        end, first = given.answered_at or story.closed_at, OUTCOME[0]
        due, step = start + first, 1
        while True:
            late = due < (end or self.now)
            outcome = "breached" if late else "" if end is None else "met" if given.answered_at else "void"
            self.rows["tips_clock"].append((
                next(self.ids), story.id, self.state, given.id, "outcome", step, start, due, due if late else None,
                end, outcome,
            ))  # fmt: skip
            if not late:
                return
            start, step = due, step + 1
            due = start + OUTCOME[1]


def _proof(row: MonthKey) -> bytes:
    return proof_of(row, codes.ring()[0])


def receipt_of(code: str) -> codes.Keys:
    """What the tip line keeps of a code."""
    return codes.keys_of(code)


def state_of(story: Story, states: dict[UUID, str]) -> str:
    """Where a tip stands by what happened with it."""
    if story.closed_at:
        return "closed"
    if story.kind == "duplicate":
        return "linked"
    if story.claimed_at is None:
        return "received"
    return progress.stands([states[each.id] for each in story.primaries]) or "in_triage"


def referral_state(story: Story, given: Given, luck: float) -> str:
    """Where a referral stands."""
    if given.answered_at:
        return "accepted" if story.closed_at else "answered"
    if given.acknowledged_at is None:
        return "sent"
    return "working" if given.is_primary and luck < 0.4 else "acknowledged"


def expires(story: Story, zone: ZoneInfo) -> Any:
    """The day on which a closed tip may be disposed of."""
    if story.closed_at is None:
        return None
    closed_on = story.closed_at.astimezone(zone).date()
    return expires_on(story.kind, is_life_safety=story.is_life_safety, closed_on=closed_on)


def narrative(story: Story, pick: Callable[[tuple[str, ...]], str]) -> str:
    """What its reporter wrote."""
    if story.kind in phrases.APART:
        return phrases.APART[story.kind]
    if story.language == "es":
        return phrases.SPANISH.get(story.type.code, phrases.SPANISH["other"])
    return pick(phrases.NARRATIVES.get(story.type.code, phrases.NARRATIVES["other"]))
