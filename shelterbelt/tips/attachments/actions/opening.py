"""Somebody opens a file: its clean copy, or for a reason its original. Both are noted before anything is shown."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.reading import note_reading
from shelterbelt.access.standing import Standing
from shelterbelt.core.storage import tip_store
from shelterbelt.tips.actions import history
from shelterbelt.tips.attachments import queries
from shelterbelt.tips.attachments.policy import may_have_copy, may_have_original, viewer_of
from shelterbelt.tips.attachments.rules import WHY, Viewer
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, OpenedFile
from shelterbelt.tips.models import Attachment
from shelterbelt.tips.sealing.opening import key_of


@transaction.atomic
def open_copy(*, attachment: Attachment, by: Standing) -> OpenedFile:
    """The clean copy. Raises FileNotFoundError, words.Unreadable or MonthGone if it can't be had any more."""
    require(may_have_copy(by, attachment))
    _note(attachment, by, "clean copy")
    return OpenedFile(
        tip_store().open(attachment.clean_copy), key_of(attachment.tip), kind=CLEAN_COPY, of=attachment.id
    )


@transaction.atomic
def open_original(*, attachment: Attachment, why: str, by: Standing, at: datetime) -> OpenedFile:
    """The file as it came, with all that it tells. The same exceptions."""
    require(may_have_original(by, attachment))
    if why not in WHY:
        raise ValidationError({"why": _("Say why you need the original.")})
    _note(attachment, by, f"original: {why}")
    if viewer_of(by, attachment) is Viewer.DESK:
        history.write(attachment.tip, "open_original", at=at, by=by.person, file=str(attachment.pk), why=why)
    return OpenedFile(tip_store().open(attachment.original), key_of(attachment.tip), kind=ORIGINAL, of=attachment.id)


def _note(attachment: Attachment, by: Standing, reason: str) -> None:
    desk = viewer_of(by, attachment) is Viewer.DESK
    org = attachment.org_id if desk else queries.receiving_org(attachment)
    note_reading(Attachment._meta.db_table, str(attachment.pk), org=org, reason=reason)
