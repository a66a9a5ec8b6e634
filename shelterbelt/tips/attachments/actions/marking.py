"""A file is marked as sexual in nature, or no longer."""

from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.tips.actions import history
from shelterbelt.tips.attachments.policy import may_mark
from shelterbelt.tips.models import Attachment, Tip


@transaction.atomic
def mark(*, attachment: Attachment, is_sexual: bool, by: Standing, at: datetime) -> None:
    """From now on it is there for law enforcement and the desk alone, or for every recipient again."""
    require(may_mark(by, attachment))
    if attachment.is_sexual == is_sexual:
        return
    attachment.is_sexual = is_sexual
    attachment.save(update_fields=["is_sexual"])
    history.write(attachment.tip, "mark_file", at=at, by=by.person, file=str(attachment.pk), sexual=is_sexual)


def mark_with_tip(tip: Tip) -> None:
    """A tip that turns out to be about something sexual takes its files along. The action that judged it says so."""
    if tip.is_sexual:
        Attachment.objects.filter(tip=tip, is_sexual=False).update(is_sexual=True)
