"""Old backups go when newer ones stand, and nothing that is still needed goes with them."""

from datetime import timedelta

import pytest

from shelterbelt.core.keeping import archive, pruning
from shelterbelt.core.keeping.sealed import Sealer
from shelterbelt.core.keeping.tests.conftest import NOW, SERVER

SYSTEM = "0123456789abcdef"


def prune(store, *, days=30, now=NOW):
    return [name[:10] for name in pruning.prune(store, days=days, now=now)]


def a_log(store, number):
    name = f"00000001000000000000{number:04X}"
    folder = store.log(SYSTEM)
    folder.mkdir(parents=True, exist_ok=True)
    with Sealer(folder / f"{name}.{'0' * 64}.sealed", SERVER, about=f"log/{SYSTEM}/{name}") as out:
        out.write(b"log")
    return name


def test_backups_older_than_the_days_asked_for_are_removed(store, a_backup):
    for days in (45, 31, 29, 10, 5, 1):
        a_backup(days)
    assert prune(store) == ["2026-10-10", "2026-10-24"]
    assert len(store.all()) == 4


def test_a_few_stay_however_old_so_that_a_clock_far_ahead_removes_not_all(store, a_backup):
    for days in (9, 8, 7, 6, 5):
        a_backup(days)
    assert len(prune(store, now=NOW + timedelta(days=3650))) == 2
    assert len(store.all()) == pruning.AT_LEAST


def test_documents_go_with_the_last_backup_that_names_them(store, files, a_backup, a_document, monkeypatch):
    a_document(b"old plan")
    a_backup(40)
    for path in files.rglob("*"):
        if path.is_file():
            path.unlink()
    a_document(b"new plan")
    for days in (3, 2, 1):
        a_backup(days)
    # Files were just sealed; only what is older than the newest backup may go.
    monkeypatch.setattr(pruning, "_since", lambda _backups: float("inf"))
    prune(store)
    assert len(list(store.documents.rglob("*.sealed"))) == 1


def test_what_was_sealed_after_the_newest_backup_stays_for_the_next(store, a_backup, a_document, files):
    from shelterbelt.core.keeping import documents

    for days in (3, 2, 1):
        a_backup(days)
    a_document(b"sealed by the minute")
    documents.seal_all(files, store, SERVER)
    prune(store)
    assert len(list(store.documents.rglob("*.sealed"))) == 1


def test_nothing_is_cleared_while_a_backup_can_not_be_understood(store, a_backup, a_document):
    a_document(b"plan")
    broken = a_backup(20)
    for days in (3, 2, 1):
        a_backup(days)
    (broken.folder / "manifest.json").write_text("{}")
    prune(store, days=10)
    assert broken.folder.exists()
    assert len(list(store.documents.rglob("*.sealed"))) == 1


def test_the_log_before_the_oldest_base_backup_goes_and_notes_about_histories_stay(store, a_backup):
    names = [a_log(store, number) for number in range(1, 7)]
    a_backup(40, kind="physical", system=SYSTEM, first_log=names[1])
    for days, first in ((3, 3), (2, 4), (1, 5)):
        a_backup(days, kind="physical", system=SYSTEM, first_log=names[first])
    prune(store)
    assert sorted(archive.names_in(store, SYSTEM)) == names[3:]


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("000000010000000000000001", "000000010000000000000002"),
        ("0000000100000000000000FF", "000000010000000100000000"),
        ("00000002000000FF000000FF", "000000020000010000000000"),
    ],
)
def test_files_of_the_log_are_counted_as_postgresql_counts_them(name, after):
    assert archive.following(name) == after


def test_a_gap_ends_what_can_be_reached(store):
    first, *_ = [a_log(store, number) for number in (1, 2, 4)]
    assert archive.unbroken_until(archive.names_in(store, SYSTEM), first) == "000000010000000000000002"
