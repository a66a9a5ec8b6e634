"""The worker: takes what is due on a channel and sends it, one after another, until nothing is left.

Safe on as many hosts as one likes, and to be killed at any moment: see actions.attempting.
"""

import uuid
from contextlib import AbstractContextManager

from django.db import IntegrityError, connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, log_lines, watching
from shelterbelt.delivery import figures
from shelterbelt.delivery.actions import attempting, going_on
from shelterbelt.delivery.channels import BY_PEOPLE, Line, open_line
from shelterbelt.delivery.hooks import FILLED
from shelterbelt.delivery.models import CHANNELS, Attempt
from shelterbelt.delivery.rules.letters import Letter, in_language
from shelterbelt.delivery.rules.results import Result

AT_A_TIME = 20
log = log_lines.logger("shelterbelt.delivery")


def deliver() -> None:
    """All that is due on all channels, once; for tests and for whoever has no worker."""
    for channel in CHANNELS:
        if channel not in BY_PEOPLE:
            drain(channel)
    go_on()


def go_on() -> None:
    """What time brings (actions.going_on)."""
    with _as_delivery("go on"):
        going_on.go_on(clock.now())


def drain(channel: str, *, rank: int = 2) -> None:
    """Send what is due on a channel, the most urgent first; `rank` 1 leaves out what isn't urgent."""
    holder, line = uuid.uuid4(), None
    try:
        while batch := _claim(channel, holder, rank):
            line = line or open_line(channel)
            if not _send_all(batch, line, holder):
                return
    finally:
        if line is not None:
            line.close()


def _claim(channel: str, holder: uuid.UUID, rank: int) -> list[Attempt]:
    with _as_delivery(f"send {channel}"):
        return attempting.claim(channel, holder=holder, at=clock.now(), at_most=AT_A_TIME, rank=rank)


def _send_all(batch: list[Attempt], line: Line, holder: uuid.UUID) -> bool:
    """Send them in turn; whether the channel may be asked for more."""
    for place, attempt in enumerate(batch):
        if watching.is_ending():
            with _as_delivery("give back"):
                attempting.release(batch[place:], holder=holder, at=clock.now())
            return False
        result = _send(attempt, line, holder)
        figures.count(attempt.channel, result.kind)
        if result.kind == "gone":  # whoever has it now says what came of it
            continue
        with _as_delivery(f"send {attempt.channel}"):
            attempting.end(attempt, result, at=clock.now(), holder=holder)
            if result.kind == "busy" or result.pause is not None:
                attempting.pause(attempt.channel, result, at=clock.now())
                attempting.release(batch[place + 1 :], holder=holder, at=clock.now())
                return False
    return True


def _send(attempt: Attempt, line: Line, holder: uuid.UUID) -> Result:
    begun = False

    def begin() -> bool:
        nonlocal begun
        try:
            with _as_delivery(f"send {attempt.channel}"):
                begun = attempting.begin(attempt, holder=holder, at=clock.now())
        except IntegrityError:
            with _as_delivery(f"send {attempt.channel}"):
                attempting.stop(attempt, holder=holder, at=clock.now())
        _let_go()
        return begun

    _let_go()
    try:
        return line.send(letter_of(attempt), begin)
    except Exception as error:  # a fault of ours must not hold up the letters behind this one
        log.exception("channel failed", channel=attempt.channel)
        return Result("uncertain" if begun else "failed", FAULT, type(error).__name__)


FAULT = "Something went wrong in Shelterbelt itself; its log says where."


def letter_of(attempt: Attempt) -> Letter:
    """What goes out, in the recipient's language."""
    message, recipient = attempt.message, attempt.recipient
    words = in_language(message.words, recipient.language)
    letter = Letter(
        attempt=attempt.pk.hex,
        address=attempt.address,
        name=recipient.name,
        language=recipient.language,
        subject=words["subject"],
        text=words["text"],
        short=words["short"],
        link=recipient.link or message.link,
        urgency=message.urgency,
    )
    fill = FILLED.get(message.purpose)
    return fill(letter, attempt) if fill else letter


def _let_go() -> None:
    """Give the connection back to the pool: others need it while this thread waits for a mail server."""
    if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
        connection.close()


def _as_delivery(reason: str) -> AbstractContextManager[None]:
    return acting_as_system("delivery", today=clock.today(), reason=reason)
