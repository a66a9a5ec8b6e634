"""A folder for backups, and backups in it that hold little but are whole."""

from datetime import UTC, datetime, timedelta

import pytest

from shelterbelt.core.keeping import checking, documents, manifest
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.manifest import Manifest
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.sealed import Sealer, Written
from shelterbelt.core.keeping.writing_key import WritingKey

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RECOVERY = RecoveryKey.fresh()
SERVER = WritingKey.fresh(RECOVERY)


@pytest.fixture
def store(tmp_path):
    made = Backups(tmp_path / "backups")
    made.make_ready()
    return made


@pytest.fixture
def files(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def a_backup(store, files):
    """Makes a backup of so many days ago."""

    def make(days: float, *, kind="logical", **facts) -> Backup:
        when = NOW - timedelta(days=days)
        name = when.strftime("%Y-%m-%dT%H%M%SZ")
        folder = store.folder / name
        folder.mkdir()
        parts = {}
        for part in ("database", "contents"):
            with Sealer(folder / f"{part}.sealed", SERVER, about=f"{name}/{part}") as out:
                out.write(f"{part} of {name}".encode())
            parts[part] = out.written
        named = documents.seal_all(files, store, SERVER)
        path = folder / "documents.list"
        path.write_text(documents.list_of(named), encoding="utf-8")
        parts["documents.list"] = Written(path.stat().st_size, checking.sha256_of(path), 0)
        manifest.write(
            folder,
            Manifest(
                name,
                kind,
                when.isoformat(),
                "0.1.0",
                "18.6",
                SERVER.name,
                secrets=False,
                rows=1,
                documents=len(named),
                parts=parts,
                **facts,
            ),
            SERVER,
        )
        return Backup(folder, manifest.read(folder))

    return make


@pytest.fixture
def a_document(files):
    """Puts a document into the file store; its digest."""
    from shelterbelt.core.storage import FolderStore

    return lambda content: FolderStore(files).put([content]).sha256
