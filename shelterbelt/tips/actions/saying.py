"""Keeps words under the key of the tip they are about."""

import uuid
from datetime import datetime

from shelterbelt.people.models import Person
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.sealing import opening, words


def keep(tip: Tip, text: str, way: str, *, by: Person | None, at: datetime, canned: str = "") -> Message:
    """Something said about a tip, sealed. It is bound to its row: it can't be read as another's."""
    number = uuid.uuid4()
    sealed = words.seal_text(opening.key_of(tip), text, kind="message", of=number)
    return Message.objects.create(
        id=number, tip=tip, org_id=tip.org_id, way=way, words=sealed, canned=canned, by=by, at=at
    )
