"""The tip line's part of the invented state: counts of some years; the last eight weeks tip by tip, in every state."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from shelterbelt.demo.world import Row, Rows, World
from shelterbelt.tips.demonstration import beside, tables
from shelterbelt.tips.demonstration.book import Book
from shelterbelt.tips.demonstration.facts import FACT, Counter
from shelterbelt.tips.demonstration.pages import write
from shelterbelt.tips.demonstration.stories import Story, Teller, halt
from shelterbelt.tips.demonstration.volume import NOTICES, desk_years

KEPT = timedelta(weeks=8)
CLOCKS_KEPT = timedelta(days=400)
"""Whether clocks were kept is counted for so long: pages look no farther back."""
LEAST_SIZE = 0.05
"""Smaller states have counts alone, and so has one that is made in parts: it is for measuring figures."""
WAITING, IN_TRIAGE, NEEDS_INFO = 2, 2, 3
"""How many of the latest are at the desk still."""
ROWS = {
    "tips_monthkey": tables.MONTH_KEY, "tips_tip": tables.TIP, "tips_referral": tables.REFERRAL,
    "tips_message": tables.MESSAGE, "tips_disposition": tables.DISPOSITION, "tips_done": tables.DONE,
    "tips_clock": tables.CLOCK, "tips_alarm": tables.ALARM, "tips_link": tables.LINK,
    "tips_unmaskrequest": tables.UNMASK, "tips_hold": tables.HOLD, "tips_disposalbatch": tables.BATCH,
    "tips_disposalbatch_tips": tables.BATCH_TIP, "tips_agencynotice": tables.NOTICE,
    "tips_inboundsource": tables.SOURCE, "approvals_approval": tables.APPROVAL,
}  # fmt: skip
"""In the order in which they refer to each other."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """What the desk has before it, then what is counted."""
    zone = ZoneInfo(settings.TIME_ZONE)
    teller = Teller(world, rng, zone)
    stories = list(teller.stories(desk_years(world.years), world.size))
    kept, book = _kept(world, teller, stories), None
    if kept:
        gone = {story.id for story in kept if story.kind == "duplicate" and not _before(story, kept)}
        kept, stories = [[each for each in some if each.id not in gone] for some in (kept, stories)]
        book = Book(world, teller.ids, zone, teller.now)
        write(book, kept, NEEDS_INFO)
        beside.write(world, book, kept)
        yield from (Rows(table, columns, book.rows[table]) for table, columns in ROWS.items())
    yield Rows("tips_statfact", FACT, _facts(world, teller, stories, rng, book))


def _kept(world: World, teller: Teller, stories: list[Story]) -> list[Story]:
    """Those of the last weeks, of which the latest are left at the desk."""
    if world.parts > 1 or world.size < LEAST_SIZE or not world.desk:
        return []
    kept = [story for story in stories if story.at >= teller.now - KEPT]
    calm = [story for story in kept if story.kind == "real" and not story.is_life_safety]
    for place, story in enumerate(reversed(calm[-WAITING - IN_TRIAGE - NEEDS_INFO :])):
        halt(story, claimed=place >= WAITING)
    return kept


def _before(story: Story, kept: list[Story]) -> bool:
    return any(each.kind == "real" and each.claimed_at and each.at < story.at for each in kept)


def _facts(
    world: World, teller: Teller, stories: list[Story], rng: np.random.Generator, book: Book | None
) -> Iterator[Row]:
    counter = Counter(world.ground.state_id, teller.ids, teller.zone, teller.now - CLOCKS_KEPT)
    for story in stories:
        yield from counter.of(story)
        luck = float(rng.random())
        if luck < NOTICES and story.at < teller.now - KEPT:
            seen = story.at + timedelta(minutes=20 + int(luck / NOTICES * 900))
            yield from counter.of_notice(story.at, story.region_id, seen if luck < 0.9 * NOTICES else None)
    if book is not None:
        yield from beside.notice_facts(counter, book)
