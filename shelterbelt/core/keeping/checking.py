"""Checks a backup without bringing it back: from outside (whole, as it was written) or, with the key, inside too."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shelterbelt.core.keeping import archive, documents, logical, physical, sealed
from shelterbelt.core.keeping.backups import Backup
from shelterbelt.core.keeping.contents import Contents
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged, saying_what_fails


@dataclass
class Checked:
    """What a check found in order."""

    files: int = 0
    logs: int = 0
    until: str | None = None
    remarks: list[str] = field(default_factory=list)


def check_outside(backup: Backup) -> Checked:
    """Every part is there, whole, and the one that was written; so is every document it names."""
    checked = Checked()
    with saying_what_fails("The backup can't be read", backup.folder):
        for name, part in backup.manifest.parts.items():
            path = backup.part(name)
            if not path.exists():
                raise Damaged(f"{path} is missing.")
            found = (
                sha256_of(path) if path.suffix != ".sealed" else sealed.check_outside(path, signer=backup.signed.signer)
            )
            if (found, path.stat().st_size) != (part.sha256, part.size):
                raise Damaged(f"{path} isn't the file that belongs to this backup.")
            checked.files += 1
        _check_documents_are_there(backup)
    return checked


def _check_documents_are_there(backup: Backup) -> None:
    gone = documents.missing(backup.backups, names_of_documents(backup))
    if gone:
        raise Damaged(
            f"{len(gone)} documents of this backup are missing in {backup.backups.documents}. "
            "If the backup was copied, copy the folder documents as well."
        )


def names_of_documents(backup: Backup) -> list[str]:
    """The documents that a backup names."""
    path = backup.part("documents.list")
    try:
        return documents.read_list(path)
    except (OSError, ValueError) as error:
        raise Damaged(f"{path} is missing or damaged.") from error


def check_inside(backup: Backup, key: RecoveryKey) -> Checked:
    """Open everything once and see that it is what it says, without writing any of it."""
    backup.signed.require_marked_by(key, backup.folder)
    checked = check_outside(backup)
    with saying_what_fails("The backup can't be read", backup.folder):
        Contents.read(opened(backup, "contents", key))
        if backup.manifest.secrets:
            json.loads(b"".join(opened(backup, "secrets", key)))
        pieces = opened(backup, "database", key)
        if backup.manifest.kind == "physical":
            checked.files += physical.unpack(pieces, None).files
            _check_log(backup, key, checked)
        else:
            logical.check(pieces)
        for name in names_of_documents(backup):
            documents.check(backup.backups, name, key)
    return checked


def _check_log(backup: Backup, key: RecoveryKey, checked: Checked) -> None:
    """The archived log from this backup on: how far it reaches without a gap, and that all of it can be opened."""
    made = backup.manifest
    names = archive.names_in(backup.backups, made.system)
    checked.until = archive.unbroken_until(names, made.first_log)
    for name in sorted(names):
        if archive.is_needed(name, made.first_log):
            for _ in archive.open_one(backup.backups, made.system, name, key):
                pass
            checked.logs += 1
    later = [name for name in names if checked.until and name[:8] == checked.until[:8] and name > checked.until]
    if later:
        checked.remarks.append(
            f"The archived log has a gap after {checked.until}: what came later can't be reached from this backup."
        )


def opened(backup: Backup, name: str, key: RecoveryKey) -> Iterator[bytes]:
    """A part of a backup, opened."""
    if name not in backup.manifest.parts:
        raise CannotKeep(f"{backup.folder} holds no {name}.")
    return sealed.unseal(backup.part(name), key, about=backup.about(name))


def sha256_of(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
