"""What the queue, the clock and delivery bring."""

from dataclasses import replace
from datetime import date

from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts import actions
from shelterbelt.contacts.rules.entry import is_dead
from shelterbelt.core import clock
from shelterbelt.core.jobs import every, task
from shelterbelt.delivery.hooks import Ended, attempted, filled
from shelterbelt.delivery.models import Attempt
from shelterbelt.delivery.rules.letters import Letter

CHANNELS = {"email": "email", "sms": "sms"}
"""Delivery's channels whose addresses contacts have."""
_MOST_BATCHES = 1_000


@task("contacts.ask", retry=3)
def ask(contact: int) -> None:
    """Ask a contact whether they are to be called. Run twice, it asks once."""
    with acting_as_system("clock", today=clock.today(), reason="ask a contact"):
        actions.ask(contact_id=contact, at=clock.now())


@every("40 14 * * *", "contacts.ask_due")
def ask_due(_due: int) -> None:
    """Ask those whose yes is too old, and remind those who haven't answered. Batch by batch; safe to repeat."""
    for _batch in range(_MOST_BATCHES):
        if not _ask_batch(clock.today()):
            return


def _ask_batch(today: date) -> int:
    with acting_as_system("clock", today=today, reason="ask contacts whose confirmation is due"):
        return actions.ask_due(at=clock.now())


@attempted
def hear_of_attempt(ended: Ended) -> None:
    """A dead address makes whoever is known by it unreachable, whatever was sent there; an answered call is a yes.

    Safe to repeat.
    """
    attempt = ended.attempt
    if attempt.channel == "call" and attempt.outcome == Attempt.Outcome.SENT:
        actions.note_answered(number=attempt.address, at=ended.at)
    channel = CHANNELS.get(attempt.channel)
    if channel is not None and is_dead(attempt.channel, attempt.outcome, attempt.reply):
        actions.mark_dead(channel=channel, address=attempt.address, because=attempt.reason, at=ended.at)


@filled("contacts.confirm")
def put_link(letter: Letter, attempt: Attempt) -> Letter:
    """The letter with its link, whose secret is made now and kept as a digest only."""
    with acting_as_system("delivery", today=clock.today(), reason="make the link to confirm a contact"):
        return replace(letter, link=actions.new_link(asking_id=int(attempt.recipient.ref)))
