"""Bring a file into the directory: keep it, check it, load it."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.storage import file_store
from shelterbelt.orgs.actions.installing import install_state
from shelterbelt.orgs.imports.problems import Findings
from shelterbelt.orgs.imports.profiles import profiles
from shelterbelt.orgs.imports.running import Outcome, Progress, Request, run
from shelterbelt.orgs.models import DirectoryImport, Org
from shelterbelt.orgs.policy import may_import, may_load
from shelterbelt.orgs.rules import import_may_become, safe_file_name

Status = DirectoryImport.Status


class WrongMoveError(RuntimeError):
    """An import was asked to do what its status doesn't allow."""


@transaction.atomic
def start_import(
    *,
    state: Org,
    profile: str,
    file_name: str,
    chunks: Iterable[bytes],
    effective_on: date,
    closes_missing: bool,
    by: Standing,
    at: datetime,
) -> DirectoryImport:
    """Keep a file that somebody sent, and have it checked."""
    require(may_import(by))
    started = record_import(
        state=state, profile=profile, file_name=file_name, chunks=chunks, effective_on=effective_on,
        closes_missing=closes_missing, started_by=by.person.name, at=at,
    )  # fmt: skip
    enqueue("orgs.check_import", lock=f"orgs.import:{state.pk}", import_id=started.pk)
    return started


def record_import(
    *,
    state: Org,
    profile: str,
    file_name: str,
    chunks: Iterable[bytes],
    effective_on: date,
    closes_missing: bool,
    started_by: str,
    at: datetime,
) -> DirectoryImport:
    """Keep a file under its digest and note what is to be done with it."""
    stored = file_store().put(chunks)
    return DirectoryImport.objects.create(
        state=state,
        profile=profile,
        file_name=safe_file_name(file_name),
        sha256=stored.sha256,
        stored_as=stored.sha256,
        effective_on=effective_on,
        closes_missing=closes_missing,
        started_at=at,
        started_by=started_by[:80],
    )


@transaction.atomic
def ask_to_load(directory_import: DirectoryImport, *, by: Standing) -> None:
    """Have a checked file loaded."""
    require(may_load(by, directory_import))
    move(directory_import, Status.LOADING)
    state = directory_import.state_id
    enqueue("orgs.load_import", lock=f"orgs.import:{state}", import_id=directory_import.pk)


def move(directory_import: DirectoryImport, status: str) -> None:
    """Move an import along its line."""
    if not import_may_become(directory_import.status, status):
        raise WrongMoveError(f"An import that is {directory_import.status} can't become {status}.")
    directory_import.status = status
    directory_import.rows_done = 0
    directory_import.save(update_fields=["status", "rows_done"])


@transaction.atomic
def run_check(
    directory_import: DirectoryImport, *, at: datetime, progress: Progress, every_state: bool = False
) -> Outcome:
    """Check the kept file and note what it would change. Nothing of the directory is written."""
    undo = transaction.savepoint()
    outcome = _run(directory_import, for_real=False, progress=progress, every_state=every_state)
    # States that were made for the comparison go again.
    transaction.savepoint_rollback(undo)
    _note(directory_import, outcome, Status.CHECKED if outcome.is_sound else Status.REFUSED, at)
    return outcome


@transaction.atomic
def run_load(
    directory_import: DirectoryImport, *, at: datetime, progress: Progress, every_state: bool = False
) -> Outcome:
    """Check the kept file once more and load all of it, or nothing."""
    outcome = _run(directory_import, for_real=True, progress=progress, every_state=every_state)
    _note(directory_import, outcome, Status.LOADED if outcome.loaded else Status.REFUSED, at)
    return outcome


@transaction.atomic
def refuse(directory_import: DirectoryImport, *, at: datetime) -> None:
    """Say that reading or loading broke off for a reason nobody foresaw; nothing of the file is loaded."""
    move(directory_import, Status.REFUSED)
    broken = _refusal(
        directory_import,
        _("Something in this file stopped the work, and we don't know what. Nothing was loaded. Send the file once "
          "more; if it stops again, whoever runs this system finds the reason in its log."),
    )  # fmt: skip
    _note(directory_import, broken, Status.REFUSED, at)


def _run(directory_import: DirectoryImport, *, for_real: bool, progress: Progress, every_state: bool) -> Outcome:
    request = Request(
        profile=directory_import.profile,
        effective_on=directory_import.effective_on,
        closes_missing=directory_import.closes_missing,
        state=None if every_state else directory_import.state,
        make_state=install_state,
        why_not=partial(_later_load, directory_import),
    )
    with file_store().open(directory_import.stored_as) as file:
        if _digest(file) != directory_import.sha256:
            return _refusal(directory_import, _("The kept file is no longer what was sent. Send it again."))
        file.seek(0)
        return run(file, request, for_real=for_real, progress=progress)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(1024 * 1024):
        digest.update(chunk)
    return digest.hexdigest()


def _refusal(directory_import: DirectoryImport, sentence: str) -> Outcome:
    outcome = Outcome(profile=directory_import.profile, findings=Findings())
    outcome.findings.error(0, "", sentence)
    return outcome


def _later_load(directory_import: DirectoryImport, profile: str) -> str | None:
    """Why the file comes too late: one of its kind with a later day is loaded already."""
    alike = [other for other in profiles() if _same_scope(other, profile)]
    later = (
        DirectoryImport.objects.filter(state=directory_import.state_id, status=Status.LOADED, profile__in=alike)
        .filter(effective_on__gt=directory_import.effective_on)
        .order_by("effective_on")
        .last()
    )
    if later is None:
        return None
    return _("A file of this kind that holds from %(day)s is already loaded, so this older one would undo it.") % {
        "day": later.effective_on
    }


def _same_scope(one: str, other: str) -> bool:
    first, second = profiles()[one], profiles()[other]
    return (first.kind, first.complete_for or first.sector) == (second.kind, second.complete_for or second.sector)


def _note(directory_import: DirectoryImport, outcome: Outcome, status: str, at: datetime) -> None:
    directory_import.profile = outcome.profile or directory_import.profile
    directory_import.rows_total = outcome.rows
    directory_import.rows_done = outcome.rows
    directory_import.report = outcome.report()
    directory_import.finished_at = at
    directory_import.status = status
    directory_import.save()
