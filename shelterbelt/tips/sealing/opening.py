"""Opens what is sealed, on the desk's side: in processes that hold the master key, for whoever may see the row."""

from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.sealing import months, words


def key_of(tip: Tip) -> bytes:
    """A tip's key. Raises months.MonthGone once it was disposed of."""
    month = months.read(tip.month_id)
    return month.unwrap(tip.key_for_desk) if len(tip.key_for_desk) else month.open_door(tip.key_at_door)


def body_of(tip: Tip) -> dict[str, str]:
    """What the reporter said, by the form's questions."""
    return words.unseal_answers(key_of(tip), tip.body, kind="body", of=tip.id)


def words_of(message: Message, key: bytes) -> str:
    """What a message says."""
    return words.unseal_text(key, message.words, kind="message", of=message.id)
