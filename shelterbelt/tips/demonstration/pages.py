"""One tip after another, as its page at the desk shows it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from shelterbelt.tips.demonstration import phrases
from shelterbelt.tips.demonstration.book import (
    CODE,
    Book,
    expires,
    narrative,
    receipt_of,
    referral_state,
    state_of,
)
from shelterbelt.tips.demonstration.stories import Given, Story
from shelterbelt.tips.sealing import codes, months, words

BANDS = {"student": 0.55, "parent": 0.22, "staff": 0.08, "community": 0.05, "": 0.1}
LEFT_CONTACT = 0.12


def write(book: Book, stories: Sequence[Story], needing_info: int) -> None:
    """Each of them."""
    triage = [each for each in stories if each.claimed_at and not each.given and not each.closed_at]
    asked = {each.id for each in [each for each in triage if each.kind == "real"][:needing_info]}
    shown = visitors_tip(stories)
    before: list[Story] = []
    for number, story in enumerate(stories):
        owner = book.analysts[number % len(book.analysts)] if story.claimed_at else None
        _Page(book, story, owner, asks=story.id in asked, is_shown=story is shown).write(before)
        if story.kind == "real" and story.claimed_at:
            before.append(story)


def visitors_tip(stories: Sequence[Story]) -> Story | None:
    """The tip whose code a visitor knows: one that is being worked on, of somebody who writes English."""
    fits = [each for each in stories if each.primaries and not each.closed_at and each.language == "en"]
    calm = [each for each in fits if each.kind == "real" and each.type.group == "bullying"]
    return (calm or fits or [None])[-1]  # type: ignore[list-item]


class _Page:
    """What is kept of one tip."""

    def __init__(self, book: Book, story: Story, owner: int | None, *, asks: bool, is_shown: bool) -> None:
        self.book, self.story, self.owner, self.asks, self.is_shown = book, story, owner, asks, is_shown
        self.luck = story.u
        self.states = {each.id: referral_state(story, each, story.u[38]) for each in story.given}

    def pick(self, some: Sequence[Any], place: int) -> Any:
        """One of these."""
        return some[int(self.luck[place] * len(some)) % len(some)]

    def write(self, before: Sequence[Story]) -> None:
        """All of its rows."""
        self.book.keys[self.story.id] = words.new_key()
        self._tip()
        self.book.done(self.story, "file", self.story.at, whom="reporter")
        self._start()
        if self.story.claimed_at and self.story.kind == "duplicate":
            self._link(before)
        elif self.story.claimed_at:
            self._talk(self.story.claimed_at)
            self._judge()
            for given in self.story.given:
                self._refer(given)
        if self.story.closed_at:
            told = self.story.closed_word
            self.book.done(self.story, "close", self.story.closed_at, by=self._closer, word=told)

    @property
    def _closer(self) -> int | None:
        return self.book.supervisor if self.story.closed_word == "reason" else self.owner

    def _tip(self) -> None:
        story, book, key = self.story, self.book, self.book.keys[self.story.id]
        month = book.month(story.at)
        keys = receipt_of(CODE if self.is_shown else codes.code_of(story.id.bytes, story.language))
        state = "needs_info" if self.asks else state_of(story, self.states)
        closed = story.closed_at
        contact = self._contact(month)
        reason = phrases.BY_REASON[0 if story.given else 2] if closed and story.closed_word == "reason" else ""
        book.rows["tips_tip"].append((
            story.id, book.state, story.channel, story.language,
            story.at.replace(minute=0, second=0) if closed else story.at, story.type.code, f"{{{story.type.code}}}",
            story.kind, state, story.is_life_safety, "event_type" if story.is_life_safety else "",
            self.pick(("other", "other", "other", "group", ""), 39), _band(self.luck[37]),
            "school" if story.school else self.pick(("unknown", "not_a_school"), 36),
            story.school.id if story.school else None, story.type.is_sexual,
            words.seal_answers(key, self._answers(), kind="body", of=story.id), contact, bool(contact), month.name,
            b"", month.wrap(key), codes.wrap(key, keys), keys.receipt, False,
            self._last().date() if self.is_shown or self.luck[35] < 0.3 else None, None, story.at, self.owner,
            story.claimed_at, self.owner if story.channel == "phone" else None, closed,
            book.seal(story, reason, "closed_because", story.id), expires(story, book.zone), self._last(),
        ))  # fmt: skip

    def _answers(self) -> dict[str, str]:
        said = {"narrative": narrative(self.story, lambda some: self.pick(some, 34))}
        if self.story.kind in phrases.APART or self.story.language == "es":
            return said
        more = {"who": (phrases.WHO, 33), "where": (phrases.WHERE, 32), "when": (phrases.WHEN, 31)}
        return said | {name: text for name, (some, place) in more.items() if (text := self.pick(some, place))}

    def _contact(self, month: months.MonthSecret) -> bytes:
        if self.luck[30] > LEFT_CONTACT or self.story.kind in {"spam", "test"}:
            return b""
        key, given = words.new_key(), {"name": "R. Fairford", "reach": "573-555-0142"}
        sealed = words.seal_answers(key, given, kind="contact", of=self.story.id)
        return months.wrap_at_door(key, month.public_for_contact) + sealed

    def _last(self) -> datetime:
        """When something was last done with it."""
        moments = [self.story.at, self.story.claimed_at, self.story.closed_at]
        moments += [
            each for given in self.story.given for each in (given.sent_at, given.acknowledged_at, given.answered_at)
        ]
        return max(each for each in moments if each is not None)

    def _start(self) -> None:
        story, book = self.story, self.book
        sent = story.given[0].at if story.given else None
        aside = story.claimed_at if not story.given and (story.closed_at or story.kind == "duplicate") else None
        book.clock(story, "claim", story.at, story.claimed_at)
        if sent or not self.asks:
            book.clock(story, "dispatch", story.at, sent or aside)
        if story.is_life_safety and story.claimed_at:
            for person in book.analysts:
                own = person == self.owner
                book.rows["tips_alarm"].append((
                    next(book.ids), story.id, book.state, person, "life_safety", story.at,
                    story.claimed_at if own else None, None if own else story.claimed_at, None if own else self.owner,
                ))  # fmt: skip
            book.done(story, "acknowledge_alarm", story.claimed_at, by=self.owner, because="life_safety")
        if story.claimed_at:
            book.done(story, "claim", story.claimed_at, by=self.owner)

    def _talk(self, at: datetime) -> None:
        """Messages both ways, and notes."""
        story, book, say = self.story, self.book, self.book.say
        if self.is_shown or self.asks or (story.kind == "real" and self.luck[29] < 0.35):
            code, text = self.pick(phrases.ASKED, 28)
            spanish = story.language == "es"
            asked = min(at + timedelta(minutes=6), book.now - timedelta(seconds=30))
            wrote = asked + timedelta(minutes=25 + int(self.luck[27] * 500))
            answers = not self.asks and wrote < book.now
            text = phrases.SPANISH_TALK[0] if spanish else text
            say(story, "to_reporter", text, asked, by=self.owner, canned=code, seen=wrote if answers else None)
            book.done(story, "ask" if self.asks else "say", asked, by=self.owner, canned=code)
            if answers:
                reply = phrases.SPANISH_TALK[1] if spanish else self.pick(phrases.REPLIES, 26)
                say(story, "from_reporter", reply, wrote)
                book.done(story, "write", wrote, whom="reporter")
                self._thank(wrote + timedelta(minutes=9))
        if self.luck[25] < 0.4 and story.kind == "real":
            noted = min(at + timedelta(minutes=3), book.now - timedelta(seconds=20))
            say(story, "note", self.pick(phrases.NOTES, 24), noted, by=self.owner)
            book.done(story, "note", noted, by=self.owner)

    def _thank(self, at: datetime) -> None:
        if at < self.book.now and self.story.language == "en":
            self.book.say(self.story, "to_reporter", phrases.THANKED, at, by=self.owner, canned="thanks")
            self.book.done(self.story, "say", at, by=self.owner, canned="thanks")

    def _judge(self) -> None:
        """What it turned out to be, and why."""
        kind, at = self.story.kind, self.story.claimed_at
        if kind not in phrases.JUDGED or at is None:
            return
        at = self.story.closed_at or max(at, self._last())
        number = self.book.say(self.story, "note", phrases.JUDGED[kind], at - timedelta(seconds=5), by=self.owner)
        self.book.done(self.story, "judge", at - timedelta(seconds=5), by=self.owner, kind=kind, note=str(number))

    def _link(self, before: Sequence[Story]) -> None:
        """A duplicate points to the tip that it repeats: of the same school if there is one."""
        story, book = self.story, self.book
        same = [each for each in before if each.school is story.school]
        to = (same or list(before))[-1]
        number, at = next(book.ids), (story.claimed_at or story.at) + timedelta(seconds=50)
        book.rows["tips_link"].append((
            number, book.state, story.id, to.id, "duplicate", book.seal(story, phrases.LINKED, "link", number),
            self.owner, at,
        ))  # fmt: skip
        book.done(story, "link", at, by=self.owner, kind="duplicate", other=str(to.id))
        book.done(to, "linked", at, by=self.owner, kind="duplicate", other=str(story.id))

    def _refer(self, given: Given) -> None:
        story, book, state = self.story, self.book, self.states[given.id]
        told: dict[str, Any] = {"referral": given.id.hex, "org": given.org_id}
        taken, signed_in = given.acknowledged_at, given.how == "portal"
        said = self.pick(phrases.TO_RECIPIENTS, 23)
        sealed = words.seal_answers(book.keys[story.id], {"words": said, "flags": ""}, kind="referral", of=given.id)
        book.rows["tips_referral"].append((
            given.id, story.id, book.state, given.org_id, "", given.to, given.is_primary, "",
            sealed if said else b"", state, self.owner, given.at, given.sent_at, taken,
            given.person_id if taken and signed_in else None, "Front desk" if taken and not signed_in else "",
            given.how, given.answered_at, None, 0,
        ))  # fmt: skip
        book.done(story, "refer", given.at, by=self.owner, primary=given.is_primary, rule="", **told)
        book.done(story, "reach", given.sent_at, whom="system", **told)
        if given.is_primary:
            end = taken or story.closed_at
            book.clock(story, "acknowledge", given.at, end, referral=given.id)
            book.clock(story, "chain", given.at, end, referral=given.id)
        if taken is None:
            return
        person = given.person_id if signed_in else None
        book.done(story, "acknowledge", taken, by=person, whom="recipient", how=given.how, **told)
        if given.is_primary:
            book.outcome_clock(story, given, taken)
        if given.answered_at:
            self._answer(given, person, given.answered_at, told)

    def _answer(self, given: Given, person: int | None, at: datetime, told: dict[str, Any]) -> None:
        story, book, number = self.story, self.book, next(self.book.ids)
        said = {"words": self.pick(phrases.OUTCOMES, 22), "name": "" if person else "Front desk"}
        sealed = words.seal_answers(book.keys[story.id], said, kind="disposition", of=number)
        did = self.pick(phrases.ACTIONS[given.to], 21)
        book.rows["tips_disposition"].append((
            number, given.id, story.id, book.state, 1, given.validity, f"{{{','.join(did)}}}", given.result,
            self.luck[20] < 0.4, given.validity != "insufficient", sealed, person, at,
        ))  # fmt: skip
        book.done(story, "report", at, by=person, whom="recipient", result=given.result, **told)


def _band(luck: float) -> str:
    for band, share in BANDS.items():
        luck -= share
        if luck < 0:
            return band
    return ""
