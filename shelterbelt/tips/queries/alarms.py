"""What calls somebody now."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Alarm


def ringing_for(person: Person) -> list[Alarm]:
    """Their alarms that nobody has answered, those about life safety first, then the oldest."""
    rows = Alarm.objects.ringing().filter(person=person).select_related("tip__school", "tip__owner")
    return sorted(rows, key=lambda alarm: (not alarm.tip.is_life_safety, alarm.raised_at))


def word_for(ringing: Iterable[uuid.UUID]) -> str:
    """A word for which alarms ring, so that a page knows when to draw them anew."""
    said = "".join(str(each) for each in sorted(ringing))
    return hashlib.blake2s(said.encode(), digest_size=6).hexdigest() if said else ""


def moment_word(moment: datetime) -> str:
    """A moment as a page compares it: the same text for the same moment."""
    return f"{moment.timestamp():.6f}"
