"""Keep a file that somebody sent."""

import zipfile
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.packed import is_reasonable
from shelterbelt.core.storage import file_store
from shelterbelt.documents import rules
from shelterbelt.documents.models import Document
from shelterbelt.documents.policy import may_keep
from shelterbelt.orgs.models import Org


@transaction.atomic
def keep(
    *,
    org: Org,
    upload: "UploadedFile[Any]",
    by: Standing,
    at: datetime,
    keep_years: int = 5,
    is_closed: bool = False,
) -> Document:
    """Keep an upload for an organisation. ValidationError, with a sentence, if it is too large or not accepted.

    The content is stored before its row: if the row is undone, a content without a name stays, never the reverse.
    """
    require(may_keep(by, org))
    kind = accepted_kind(upload)
    upload.seek(0)
    stored = file_store().put(upload.chunks())
    return Document.objects.create(
        org=org,
        name=rules.clean_name(upload.name or "", kind),
        content_type=kind.content_type,
        size=stored.size,
        sha256=stored.sha256,
        added_by=by.person,
        added_at=at,
        is_closed=is_closed,
        keep_until=rules.keep_until(timezone.localdate(at), years=keep_years),
    )


def accepted_kind(upload: "UploadedFile[Any]") -> rules.FileKind:
    """What the upload is by its own bytes; ValidationError with a sentence if it can't be kept."""
    if (upload.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise ValidationError(
            _("This file is too large. A file may have up to %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_MB},
            code="too_large",
        )
    upload.seek(0)
    leading = upload.read(rules.LEADING)
    if not leading:
        raise ValidationError(_("This file is empty."), code="empty")
    kind = rules.kind_of(leading)
    if kind is None:
        raise ValidationError(
            _("This kind of file isn't accepted. Send a PDF, a picture (PNG, JPEG, GIF, WEBP), a Word, Excel or "
              "PowerPoint file (docx, xlsx, pptx), a ZIP file, or plain text (txt, csv)."),
            code="not_accepted",
        )  # fmt: skip
    return _inside_zip(upload) if kind is rules.ZIP else kind


def _inside_zip(upload: "UploadedFile[Any]") -> rules.FileKind:
    upload.seek(0)
    if not is_reasonable(upload.file or upload):
        raise ValidationError(
            _("This file packs more parts than we take: some twenty thousand."), code="too_many_parts"
        )
    try:
        with zipfile.ZipFile(upload.file or upload) as archive:
            return rules.office_kind(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError) as error:  # the second: packed by a version still to come
        raise ValidationError(
            _("This file is damaged: it ends before it should. Send it again."), code="damaged"
        ) from error
