"""Opens what is sealed, on the desk's side: in processes that hold the master key, for whoever may see the row."""

from django.utils.translation import gettext as _

from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.sealing import months, words

CONTACT_KEY = 80
"""Bytes before a reporter's sealed contact: its own key, as the month wrapped it."""


def key_of(tip: Tip) -> bytes:
    """A tip's key. Raises months.MonthGone once it was disposed of."""
    try:
        month = months.read(tip.month_id)
    except months.MonthGone:
        moved = months.moved(tip.month_id, tip.id)
        return months.read(moved.month).unwrap(moved.key)
    return month.unwrap(tip.key_for_desk) if len(tip.key_for_desk) else month.open_door(tip.key_at_door)


def contact_key_of(tip: Tip) -> bytes:
    """The key of a reporter's name and number, for what two people agreed to and for moving it to another month."""
    try:
        return months.read(tip.month_id).open_contact(tip.contact[:CONTACT_KEY])
    except months.MonthGone:
        moved = months.moved(tip.month_id, tip.id)
        return months.read(moved.month).open_contact(moved.contact)


def contact_of(tip: Tip) -> dict[str, str]:
    """A reporter's name and number. Only actions/unmasking.py asks for it."""
    return words.unseal_answers(contact_key_of(tip), tip.contact[CONTACT_KEY:], kind="contact", of=tip.id)


def body_of(tip: Tip) -> dict[str, str]:
    """What the reporter said, by the form's questions. Raises months.MonthGone for what can't be read."""
    try:
        return words.unseal_answers(key_of(tip), tip.body, kind="body", of=tip.id)
    except words.Unreadable as error:
        raise months.Broken("What was said was stored broken.") from error


def words_of(message: Message, key: bytes) -> str:
    """What a message says; that it can't be read, where it was stored broken: the others beside it can."""
    try:
        return words.unseal_text(key, message.words, kind="message", of=message.id)
    except (words.Unreadable, UnicodeDecodeError):
        return _("(This can't be read: it was stored broken.)")
