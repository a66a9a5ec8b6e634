"""Waiting files are cleaned one after another. Several processes may do it at once, each its own.

Two steps, each a transaction: a file is claimed, and its try counted, before anything reads it; then it is cleaned
while its row is locked. A process that dies gives the row back at once, and the try stays counted.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from shelterbelt.core import log_lines
from shelterbelt.core.clean_copies.apart import CleaningDied, cleaned_apart
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Outcome, State
from shelterbelt.core.storage import tip_store
from shelterbelt.tips.attachments.rules import TRIES, TRIES_OF_ALL
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, OpenedFile, seal_whole
from shelterbelt.tips.models import Attachment, Tip
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.months import MonthGone
from shelterbelt.tips.sealing.opening import key_of

log = log_lines.logger("shelterbelt.tips.attachments")
AT_ONCE = 50
"""Files that are cleaned before it is asked again whether to go on."""
_GONE = (FileNotFoundError, words.Unreadable, MonthGone)


@dataclass(frozen=True)
class Claimed:
    """A file that this process is to clean, and the how manieth try it is."""

    id: uuid.UUID
    tries: int


@transaction.atomic
def claim() -> Claimed | None:
    """The next file: life safety first, then the oldest. Those of tips that still wait for their turn wait as well."""
    taken_in = Q(tip__taken_in_at__isnull=False)
    waiting = Attachment.objects.filter(taken_in, state=State.WAITING).order_by("-tip__is_life_safety", "added_at")
    row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return Claimed(row.id, row.tries)


@transaction.atomic
def clean(claimed: Claimed, *, at: datetime) -> None:
    """Make the clean copy, or say why there is none."""
    rows = Attachment.objects.filter(pk=claimed.id, tries=claimed.tries, state=State.WAITING)
    row = rows.select_related("tip").select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return  # somebody else has it
    key, outcome = _outcome(row)
    if outcome is None:
        log.warning("a file could not be cleaned; it is tried again", tries=row.tries)
        return
    row.state, row.because = outcome.state, outcome.reason or ",".join(outcome.left)
    if outcome.kind is not None:
        row.content_type = outcome.kind.content_type
    if outcome.state is State.CLEAN:
        row.clean_copy = seal_whole(outcome.copy, tip_store().begin(), key, kind=CLEAN_COPY, of=row.id).sha256
        row.clean_type = row.content_type
    row.save(update_fields=["state", "because", "content_type", "clean_copy", "clean_type"])
    Tip.objects.filter(pk=row.tip_id).update(changed_at=at)


def _outcome(row: Attachment) -> tuple[bytes, Outcome | None]:
    """The tip's key and what became of the file; no outcome if it is to be tried again."""
    left_alone = Outcome(State.NO_CLEAN_COPY, reason=Reason.CANNOT_BE_CLEANED)
    if row.tries > TRIES_OF_ALL:
        return b"", left_alone  # whoever tried never came back
    try:
        key = key_of(row.tip)
        with OpenedFile(tip_store().open(row.original), key, kind=ORIGINAL, of=row.id) as original:
            return key, cleaned_apart(original.read())
    except (*_GONE, CleaningDied):
        return b"", left_alone if row.tries >= TRIES else None
