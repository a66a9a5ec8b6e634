"""Answer a request: a package holds what is open and says why the rest is not. Or note that it was taken back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.standing import Standing
from shelterbelt.core.storage import file_store
from shelterbelt.disclosure.actions.packing import packed
from shelterbelt.disclosure.actions.requests import locked
from shelterbelt.disclosure.models import RecordsRequest
from shelterbelt.disclosure.queries import faults_of, parts_of

_A_PIECE = 64 * 1024


@transaction.atomic
def answer(*, asked: RecordsRequest, words: str, by: Standing, at: datetime) -> RecordsRequest:
    """Answer: the package is made, kept, and never changed. ValidationError if anything can't be given like that."""
    mine = locked(asked, by)
    parts = parts_of(mine)
    if not parts and not words.strip():
        raise ValidationError(_("Add the records that were asked for, or write that there are none."))
    faults = faults_of(mine, parts, by.today)
    if faults:
        raise ValidationError([_sentence(code, title) for code, title in faults])
    mine.answer, mine.closed_by, mine.closed_at = words.strip(), by.person, at
    with packed(mine, parts) as file:
        stored = file_store().put(iter(lambda: file.read(_A_PIECE), b""))
    mine.package_sha256, mine.package_size = stored.sha256, stored.size
    mine.status = RecordsRequest.Status.ANSWERED
    mine.save(update_fields=["answer", "closed_by", "closed_at", "package_sha256", "package_size", "status"])
    return mine


@transaction.atomic
def withdraw(*, asked: RecordsRequest, by: Standing, at: datetime) -> None:
    """Note that whoever asked took it back."""
    mine = locked(asked, by)
    mine.status, mine.closed_by, mine.closed_at = RecordsRequest.Status.WITHDRAWN, by.person, at
    mine.save(update_fields=["status", "closed_by", "closed_at"])


def _sentence(code: str, title: str) -> str:
    said = {
        "is_closed": _("“%(title)s” was closed meanwhile. Take the closed part out of a copy, or keep it closed."),
        "no_file": _("“%(title)s” is to be given, but its file is not there."),
        "no_ground": _("“%(title)s” is kept closed, but nothing in writing closes it today."),
    }
    return said[code] % {"title": title}
