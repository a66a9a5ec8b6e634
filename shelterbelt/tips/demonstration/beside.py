"""What stands beside tips: notices of agencies, services that hand tips in, holds, and what two people decide on."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from shelterbelt.approvals.rules import OPEN_FOR
from shelterbelt.core import sealing
from shelterbelt.demo.entrance import chosen
from shelterbelt.demo.world import Row, World, holder
from shelterbelt.tips.demonstration import phrases
from shelterbelt.tips.demonstration.book import Book, receipt_of
from shelterbelt.tips.demonstration.facts import Counter
from shelterbelt.tips.demonstration.stories import Story
from shelterbelt.tips.sealing import codes, words

SOURCES = (("Text-message gateway", "text"), ("Students' app", "app"))
OLD_SPAM, OLD_SPAM_AGE = 6, timedelta(days=140)
HOLDS = ("Circuit court 26-0147", "Prosecutor's request 2026-31", "Records hold 12")


def write(world: World, book: Book, stories: Sequence[Story]) -> None:
    """All of it, once in a state."""
    _notices(world, book, stories)
    _sources(book)
    _holds(book, stories)
    _unmask(book, stories)
    _disposal(book)


def _notices(world: World, book: Book, stories: Sequence[Story]) -> None:
    """Ten in the last fortnights; the latest wait for their bell."""
    schools = [each.school for each in stories if each.school and each.school.district][-len(phrases.CHILDREN) * 3 :: 3]
    shown = chosen(world)[1]
    schools = [shown, *schools[1:]] if shown else schools
    for place, (school, child) in enumerate(zip(schools, phrases.CHILDREN, strict=False)):
        district = school.district
        police = (district.police_id if district else None) or world.by_county["law_enforcement", school.county.id]
        given_by, at = holder(world.leads.get(police, ()), world.today), book.now - timedelta(days=2 * place, hours=3)
        month, key, number = book.month(at), words.new_key(), next(book.ids)
        seen = at + timedelta(hours=2, minutes=7 * place) if place > 1 else None
        book.rows["tips_agencynotice"].append((
            number, book.state, police, school.id, month.name, month.wrap(key),
            words.seal_answers(key, {"name": child, "grade": str(1 + place % 8)}, kind="child", of=number),
            f"HWC-{31 + place}", given_by, at, book.now + timedelta(hours=7, minutes=30) if place == 0 else
            at + timedelta(hours=10, minutes=30), at + timedelta(minutes=2),
            holder(school.principal, world.today) if seen else None, seen,
        ))  # fmt: skip
        book.notices.append((at, school.county.regions[0][1] if school.county.regions else None, seen))


def notice_facts(counter: Counter, book: Book) -> Iterator[Row]:
    """What is counted of them."""
    for at, region, seen in book.notices:
        yield from counter.of_notice(at, region, seen)


def _sources(book: Book) -> None:
    for name, channel in SOURCES:
        number = next(book.ids)
        secret = sealing.seal(number.bytes + number.bytes, f"tips.inbound:{number}")
        made_at = book.now - timedelta(days=200)
        book.rows["tips_inboundsource"].append((
            number, book.state, name, channel, secret, book.supervisor, made_at, (book.now - timedelta(days=1)).date(),
        ))  # fmt: skip


def _holds(book: Book, stories: Sequence[Story]) -> None:
    closed = [each for each in stories if each.closed_at and each.kind == "real"]
    for story, reference in zip(closed[:: max(1, len(closed) // 3)], HOLDS, strict=False):
        at = (story.closed_at or story.at) + timedelta(minutes=30)
        book.rows["tips_hold"].append((next(book.ids), story.id, book.state, reference, book.supervisor, at))
        book.done(story, "hold", at, by=book.supervisor)


def _unmask(book: Book, stories: Sequence[Story]) -> None:
    """An analyst asks to read who a reporter is; the supervisor has not spoken yet."""
    left = {row[0] for row in book.rows["tips_tip"] if row[18]}
    story = next((each for each in reversed(stories) if each.id in left and each.claimed_at and each.given), None)
    if story is None:
        return
    number, asked_by, at = next(book.ids), book.analysts[0], book.now - timedelta(hours=5)
    book.rows["tips_unmaskrequest"].append(
        (number, story.id, book.state, "imminent_harm", "CAD 26-11873", asked_by, at)
    )
    book.done(story, "ask_to_unmask", at, by=asked_by, basis="imminent_harm")
    thing = f"Read who reported tip {_number(story.id)}. Basis: To prevent imminent harm to somebody, CAD 26-11873"
    _approval(book, "tips.unmask", thing, {"request": str(number)}, asked_by, at)


def _disposal(book: Book) -> None:
    """Spam whose time is over, put before a second person."""
    at, number = book.now - timedelta(hours=20), next(book.ids)
    tips = [_old_spam(book, place) for place in range(OLD_SPAM)]
    up_to = at.astimezone(book.zone).date()
    book.rows["tips_disposalbatch"].append((
        number, book.state, "not_a_tip", up_to, len(tips), "proposed", book.analysts[1], at,
    ))  # fmt: skip
    book.rows["tips_disposalbatch_tips"] += [(number, tip) for tip in tips]
    thing = f"Dispose of {len(tips)} tips: Spam and tests, expired up to {up_to.isoformat()}"
    _approval(book, "tips.dispose", thing, {"batch": str(number)}, book.analysts[1], at)


def _old_spam(book: Book, place: int) -> UUID:
    """One from before the last weeks; what is counted of those stands among the counts already."""
    number, key = next(book.ids), words.new_key()
    at = (book.now - OLD_SPAM_AGE + timedelta(hours=9 * place)).replace(minute=0, second=0)
    month, closed = book.month(at), at + timedelta(minutes=40)
    keys = receipt_of(codes.code_of(number.bytes, "en"))
    body = words.seal_answers(key, {"narrative": phrases.APART["spam"]}, kind="body", of=number)
    book.rows["tips_tip"].append((
        number, book.state, "text", "en", at, "other", "{other}", "spam", "closed", False, "", "", "", "unknown", None,
        False, body, b"", False, month.name, b"", month.wrap(key), codes.wrap(key, keys), keys.receipt, False, None,
        None, at, book.analysts[0], at + timedelta(minutes=30), None, closed, b"",
        (closed + timedelta(days=90)).date(), closed,
    ))  # fmt: skip
    book.rows["tips_done"] += [
        (next(book.ids), number, book.state, verb, json.dumps(told), by, whom, moment)
        for verb, told, by, whom, moment in (
            ("file", {}, None, "reporter", at),
            ("claim", {}, book.analysts[0], "desk", at + timedelta(minutes=30)),
            ("close", {"word": "reason"}, book.supervisor, "desk", closed),
        )
    ]
    return number


def _approval(book: Book, verb: str, thing: str, given: dict[str, str], asked_by: int, at: datetime) -> None:
    book.rows["approvals_approval"].append((
        verb, book.state, thing, json.dumps(given), "{tip_supervisor}", asked_by, "", at, at + OPEN_FOR, "", None,
        None, "", "",
    ))  # fmt: skip


def _number(tip: UUID) -> str:
    from shelterbelt.tips.models import Tip

    return Tip(id=tip).number
