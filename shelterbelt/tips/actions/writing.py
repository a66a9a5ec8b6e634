"""What a reporter does once they have come back with their code: read, answer, add. As the line's login."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from shelterbelt.tips.attachments.actions.adding import keep_from_reporter
from shelterbelt.tips.attachments.uploads import SealedUpload
from shelterbelt.tips.models import Message, Tip
from shelterbelt.tips.queries.given_code import tell_receipt
from shelterbelt.tips.queries.returning import Opened
from shelterbelt.tips.sealing import words


@transaction.atomic
def note_reading(opened: Opened, *, at: datetime) -> None:
    """Keep the day on which the reporter looked, and first saw what the desk wrote; never the hour."""
    day = timezone.localdate(at)
    tell_receipt(opened.keys.receipt)
    Tip.objects.filter(pk=opened.tip.pk).exclude(reporter_seen_on=day).update(reporter_seen_on=day)
    unseen = Message.objects.filter(tip=opened.tip.pk, way=Message.Way.TO_REPORTER, seen_on=None)
    unseen.update(seen_on=day)


@transaction.atomic
def write_back(
    opened: Opened, text: str, *, number: uuid.UUID, at: datetime, uploads: Sequence[SealedUpload] = ()
) -> bool:
    """Keep what the reporter adds; False if this very form was kept before. The desk is told by its watch.

    Raises ValidationError when the tip can hold no more files.
    """
    tell_receipt(opened.keys.receipt)
    message = Message(
        id=number,
        tip_id=opened.tip.pk,
        org_id=opened.tip.org_id,
        way=Message.Way.FROM_REPORTER,
        words=words.seal_text(opened.key, text, kind="message", of=number),
        at=at.replace(microsecond=0),
    )
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError as error:
        if "tips_message_pkey" not in str(error):
            raise
        return False
    if uploads:
        keep_from_reporter(
            tip_id=opened.tip.pk,
            state_id=opened.tip.org_id,
            key=opened.key,
            is_sexual=opened.tip.is_sexual,
            uploads=uploads,
            at=at,
            message_id=number,
        )
    Tip.objects.filter(pk=opened.tip.pk).update(reporter_wrote_at=at.replace(microsecond=0))
    return True
