"""Files come with a tip, later from its reporter, or from the desk."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.clean_copies.kinds import Kind
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import history
from shelterbelt.tips.attachments.policy import may_attach
from shelterbelt.tips.attachments.rules import MOST_OF_A_TIP, shown_name
from shelterbelt.tips.attachments.uploads import SealedUpload
from shelterbelt.tips.models import Attachment, Tip
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import key_of


@transaction.atomic
def keep_from_reporter(
    *,
    tip_id: uuid.UUID,
    state_id: int,
    key: bytes,
    is_sexual: bool,
    uploads: Sequence[SealedUpload],
    at: datetime,
    message_id: uuid.UUID | None = None,
) -> list[Attachment]:
    """Keep what a reporter sent, as the tip line's process: with the key that only their code or this request holds.

    Each content is on disk before its row is: if the row is undone, sealed bytes without a key are left, never a row
    without its file.
    """
    before = Attachment.objects.filter(tip_id=tip_id).count() if message_id else 0
    if before + len(uploads) > MOST_OF_A_TIP:
        raise ValidationError(_("This tip has as many files as it can hold. Tell the desk that you have more."))
    about = Attachment(tip_id=tip_id, org_id=state_id, message_id=message_id, is_sexual=is_sexual, added_at=at)
    return [_kept(each, key, about) for each in uploads]


@transaction.atomic
def attach(*, tip: Tip, uploads: Sequence[SealedUpload], by: Standing, at: datetime) -> list[Attachment]:
    """Add what the desk has: a screenshot from the phone, a picture that a school sent."""
    require(may_attach(by, tip))
    about = Attachment(tip=tip, org_id=tip.org_id, is_sexual=tip.is_sexual, added_at=at)
    key = key_of(tip)
    kept = [_kept(each, key, about, by=by.person) for each in uploads]
    history.write(tip, "attach", at=at, by=by.person, files=len(kept))
    tip.changed_at = at
    tip.save(update_fields=["changed_at"])
    return kept


def _kept(upload: SealedUpload, key: bytes, about: Attachment, by: Person | None = None) -> Attachment:
    kind = upload.kind
    if not isinstance(kind, Kind):
        raise ValidationError(_("A file that isn't taken can't be kept."))
    row = Attachment(
        id=upload.id,
        tip_id=about.tip_id,
        org_id=about.org_id,
        message_id=about.message_id,
        name=words.seal_text(key, shown_name(upload.name or "", kind), kind="name", of=upload.id),
        content_type=kind.content_type,
        size=upload.size or 0,
        original=upload.keep(key).sha256,
        is_sexual=about.is_sexual,
        added_by=by,
        added_at=about.added_at,
    )
    row.save(force_insert=True)
    return row
