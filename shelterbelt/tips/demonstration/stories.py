"""What happens with an invented tip, from its coming to its end: what is counted and kept of it follows from here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from statistics import NormalDist
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo.entrance import chosen
from shelterbelt.demo.world import School, World, holder, uuids
from shelterbelt.tips.demonstration import volume
from shelterbelt.tips.rules.clocks import desk_hours
from shelterbelt.tips.rules.event_types import EventType, event_types

DRAWS = 40
BLOCK = 512
ANSWER = 0.93
"""The share of those who owe an answer and give one."""
LATELY, SHOWN = timedelta(weeks=8), 0.04
"""The school whose people one can be has had so large a share of the latest tips."""
NO_WORK = frozenset({"spam", "test", "duplicate"})
"""What is set aside without going to anybody."""
TO_POLICE = frozenset({"attack_or_weapons", "sexual_offense_or_trafficking"})
TO_SUPPORT = frozenset({"suicide_or_self_harm"})
VALIDITY = {
    "actionable": 0.56,
    "insufficient": 0.16,
    "unfounded": 0.16,
    "not_safety": 0.06,
    "prank": 0.03,
    "false": 0.03,
}
RESULT = {"support_given": 0.45, "no_concern": 0.22, "harm_prevented": 0.13, "ongoing": 0.13, "unknown": 0.07}
_NORMAL = NormalDist()


@dataclass
class Given:
    """One referral of it."""

    id: UUID
    org_id: int
    to: str
    is_primary: bool
    at: datetime
    sent_at: datetime
    acknowledged_at: datetime | None
    how: str
    answered_at: datetime | None
    validity: str
    result: str
    person_id: int | None


@dataclass
class Story:
    """One tip. Moments that lie ahead are none yet."""

    id: UUID
    at: datetime
    channel: str
    type: EventType
    kind: str
    language: str
    school: School | None
    region_id: int | None
    u: list[float]
    claimed_at: datetime | None = None
    given: list[Given] = field(default_factory=list)
    closed_at: datetime | None = None
    closed_word: str = "outcome"

    @property
    def is_life_safety(self) -> bool:
        """Whether it is about somebody's life."""
        return self.type.is_life_safety

    @property
    def primaries(self) -> list[Given]:
        """Those who owe an answer."""
        return [each for each in self.given if each.is_primary]


def pick(shares: dict[str, float], luck: float) -> str:
    """One of these, as likely as its share says."""
    left = luck * sum(shares.values())
    for name, share in shares.items():
        left -= share
        if left < 0:
            return name
    return next(iter(shares))


class Teller:
    """Makes stories up, one after another, as of one moment."""

    def __init__(self, world: World, rng: np.random.Generator, zone: ZoneInfo) -> None:
        self.world, self.rng, self.zone = world, rng, zone
        self.now = datetime.combine(world.today, time(0), zone).astimezone(UTC)
        self.schools = [school for school in world.schools if school.closed_on is None and school.district is not None]
        self._heights = np.cumsum(self._weights()) if self.schools else np.array([])
        self.ids = self._new_ids()
        self._types = event_types()
        self.shown = chosen(world)[1] if world.is_first and world.districts else None

    def stories(self, years: tuple[SchoolYear, ...], size: float) -> Iterator[Story]:
        """Those of some years, in the order in which they came."""
        for day, many, surges in volume.days(years, size, self.world.today, self.rng):
            drawn = self.rng.random((many, DRAWS)).tolist() if many else []
            yield from sorted((self._story(day, u, surges=surges) for u in drawn), key=lambda each: each.at)

    def _weights(self) -> np.ndarray:
        """Large schools send more; counties differ, and some schools know the line better."""
        lean = {county.id: exp(0.5 * float(self.rng.normal())) for county in self.world.ground.counties}
        return np.array([
            (school.students + 30) * lean.get(school.county.id, 1.0) * exp(0.35 * school.strength)
            for school in self.schools
        ])  # fmt: skip

    def _new_ids(self) -> Iterator[UUID]:
        while True:
            yield from uuids(self.rng, BLOCK)

    def _story(self, day: date, u: list[float], *, surges: bool) -> Story:
        hour = int(pick({str(hour): weight for hour, weight in enumerate(volume.HOURS)}, u[0]))
        at = datetime.combine(day, time(hour, int(u[1] * 60), int(u[2] * 60)), self.zone).astimezone(UTC)
        school = self._school(u[4]) if u[3] > 0.07 else None
        if self.shown and u[39] < SHOWN and self.now - at < LATELY:
            school = self.shown
        code = "shooting_threat" if surges and u[5] < 0.4 else pick(volume.TYPES, u[6])
        region = school.county.regions[0][1] if school and school.county.regions else None
        story = Story(
            next(self.ids), at, pick(volume.CHANNELS, u[7]), self._types[code], pick(volume.APART, u[8]),
            "es" if u[9] < 0.06 else "en", school, region, u,
        )  # fmt: skip
        self._work(story, u)
        return story

    def _school(self, luck: float) -> School | None:
        if not self.schools:
            return None
        return self.schools[int(np.searchsorted(self._heights, luck * self._heights[-1], side="right"))]

    def _work(self, story: Story, u: list[float]) -> None:
        grave = story.is_life_safety
        story.claimed_at = self._by_now(story.at + _span(34 if grave else 230, 0.55 if grave else 1.0, u[10]))
        if story.claimed_at is None:
            story.kind = "real"  # nobody has judged it yet
            return
        if story.kind in NO_WORK or (story.kind == "out_of_scope" and u[11] < 0.7):
            self._set_aside(story, u)
            return
        at = story.claimed_at + _span(75 if grave else 1100, 0.55 if grave else 0.8, u[12])
        if at >= self.now:
            return
        story.given = [
            self._given(org, to, story, at, u[16 + 6 * place : 22 + 6 * place], is_primary=primary)
            for place, (org, to, primary) in enumerate(self._whom(story, u))
        ]
        self._close(story, u)

    def _set_aside(self, story: Story, u: list[float]) -> None:
        if story.kind != "duplicate" and story.claimed_at is not None:
            story.closed_at = self._by_now(story.claimed_at + _span(700, 0.9, u[12]))
            story.closed_word = "reason"

    def _whom(self, story: Story, u: list[float]) -> list[tuple[int, str, bool]]:
        """Whom it goes to: organisation, class of recipient, whether it owes an answer."""
        school, found = story.school, list[tuple[int, str, bool]]()
        county = school.county if school else self.world.ground.counties[int(u[13] * len(self.world.ground.counties))]
        police = self._police(school, county.id)
        support = self.world.by_county.get(("mental_health", county.id))
        if school:
            found.append((school.id, "school", True))
        if police and (not school or story.is_life_safety or story.type.group in TO_POLICE or u[14] < 0.3):
            found.append((police, "law_enforcement", not school or story.is_life_safety))
        if support and story.type.group in TO_SUPPORT and u[15] < 0.8:
            found.append((support, "community_support", u[15] < 0.4))
        return found

    def _police(self, school: School | None, county_id: int) -> int | None:
        own = school.district.police_id if school and school.district else None
        return own or self.world.by_county.get(("law_enforcement", county_id))

    def _given(self, org: int, to: str, story: Story, at: datetime, u: list[float], *, is_primary: bool) -> Given:
        grave = story.is_life_safety
        sent = min(at + _span(14, 0.7, u[0]), self.now - timedelta(seconds=1))
        acknowledged = self._by_now(sent + _span(150 if grave else 9500, 0.75 if grave else 1.1, u[1]))
        answers = acknowledged is not None and is_primary and u[2] < ANSWER
        answered = self._by_now(acknowledged + _span(3 * 86400, 0.7, u[3])) if answers and acknowledged else None
        person = holder(story.school.principal, self.world.today) if to == "school" and story.school else None
        person = person or holder(self.world.leads.get(org, ()), self.world.today)
        how = "" if acknowledged is None else "portal" if person and u[4] < 0.7 else "link" if u[4] < 0.9 else "call"
        result = pick(RESULT, u[2] / ANSWER)
        return Given(
            next(self.ids), org, to, is_primary, at, sent, acknowledged, how, answered, pick(VALIDITY, u[5]),
            result, person,
        )  # fmt: skip

    def _close(self, story: Story, u: list[float]) -> None:
        """With all outcomes, or by a supervisor's reason once nobody answers any more."""
        owed = story.primaries
        if not owed:
            return
        answers = [each.answered_at for each in owed if each.answered_at is not None]
        if len(answers) == len(owed):
            story.closed_at = self._by_now(max(answers) + _span(20 * 3600, 0.9, u[11]))
        else:
            story.closed_word = "reason"
            story.closed_at = self._by_now(story.at + timedelta(days=14) + _span(2 * 86400, 0.6, u[11]))

    def _by_now(self, at: datetime) -> datetime | None:
        at = at.replace(microsecond=0)
        return at if at < self.now else None


def halt(story: Story, *, claimed: bool) -> None:
    """Leave a tip where nobody has done more than take it on, or not even that."""
    story.given, story.closed_at = [], None
    if not claimed:
        story.claimed_at = None


def in_time(story: Story, at: datetime, zone: ZoneInfo) -> bool:
    """Whether it was sent out in time: an hour of those in which the desk sends what isn't about life safety."""
    window, local = desk_hours(), story.at.astimezone(zone).time()
    limit = 180 if story.is_life_safety else 3600
    return (at - story.at).total_seconds() <= limit or (
        not story.is_life_safety and not window.from_ <= local < window.until
    )


def _span(median: float, spread: float, luck: float) -> timedelta:
    """A time that varies as such times do: mostly near its middle, now and then many times as long."""
    return timedelta(seconds=int(median * exp(spread * _NORMAL.inv_cdf(min(max(luck, 0.001), 0.999)))))
