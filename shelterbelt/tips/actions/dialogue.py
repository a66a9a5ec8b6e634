"""What the desk says to the reporter, and what it notes for itself."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.tips.actions import claiming, history, saying
from shelterbelt.tips.actions.clocks import end_clocks, pause_clocks
from shelterbelt.tips.actions.moving import locked, move
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.rules import states
from shelterbelt.tips.rules.canned import canned as texts

LONGEST = 4000


@transaction.atomic
def say_to_reporter(
    tip: Tip, *, text: str, by: Standing, at: datetime, asks: bool = False, canned: str = ""
) -> Message:
    """Say something that the reporter reads when they come back with their code.

    A question waits for its answer: a tip that nobody has sent out yet stands as waiting for the reporter. Whoever asks
    about a tip that nobody has takes it on: an answer must find somebody.
    """
    tip = locked(tip)
    require(desk.may_say(by, tip))
    if canned and canned not in texts():
        raise ValidationError({"canned": [_("There is no such text.")]})
    said = saying.keep(tip, _told(text), Message.Way.TO_REPORTER, by=by.person, at=at, canned=canned)
    if asks and tip.owner_id is None and tip.state in states.NEEDS_WORK:
        tip = claiming.claim(tip, by=by, at=at)
    end_clocks(tip, "reply", at=at)
    _wait(tip, at, asks=asks)
    history.write(tip, "ask" if asks else "say", at=at, by=by.person, **({"canned": canned} if canned else {}))
    return said


@transaction.atomic
def write_note(tip: Tip, *, text: str, by: Standing, at: datetime) -> Message:
    """Note something that only the desk reads."""
    require(desk.may_write_note(by, tip))
    noted = saying.keep(tip, _told(text), Message.Way.NOTE, by=by.person, at=at)
    history.write(tip, "note", at=at, by=by.person)
    return noted


def _wait(tip: Tip, at: datetime, *, asks: bool) -> None:
    fields = ["changed_at"]
    tip.changed_at = at
    if asks and states.may_move(states.TIP, tip.state, Tip.State.NEEDS_INFO):
        fields += move(tip, Tip.State.NEEDS_INFO)
        pause_clocks(tip, at=at)
    tip.save(update_fields=fields)


def _told(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": [_("Write what you want to say.")]})
    if len(text) > LONGEST:
        raise ValidationError(
            {"text": [_("That is longer than %(most)s characters. Say it in two.") % {"most": LONGEST}]}
        )
    return text
