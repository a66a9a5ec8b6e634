"""A folder of backups tells whole ones from half ones, and refuses what isn't its own."""

import json
import shutil

import pytest

from shelterbelt.core.keeping import backups, checking, documents, manifest
from shelterbelt.core.keeping.backups import Backup, Backups
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged
from shelterbelt.core.keeping.tests.conftest import RECOVERY


def test_backups_are_listed_oldest_first(store, a_backup):
    a_backup(1), a_backup(9), a_backup(3)
    assert [one.folder.name[:10] for one in store.all()] == ["2026-11-15", "2026-11-21", "2026-11-23"]


def test_a_whole_backup_is_in_order(a_backup, a_document):
    a_document(b"plan")
    assert checking.check_outside(a_backup(1)).files == 3


@pytest.mark.parametrize("part", ["database.sealed", "contents.sealed", "documents.list"])
def test_a_part_that_is_gone_or_changed_is_named(a_backup, part):
    one = a_backup(1)
    path = one.folder / part
    kept = path.read_bytes()
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(Damaged, match=part):
        checking.check_outside(one)
    path.unlink()
    with pytest.raises(Damaged, match=part):
        checking.check_outside(one)


def test_a_part_of_another_backup_of_the_same_server_is_noticed(a_backup):
    one, other = a_backup(1), a_backup(2)
    shutil.copy(other.part("database"), one.part("database"))
    with pytest.raises(Damaged, match="isn't the file that belongs to this backup"):
        checking.check_outside(one)


def test_a_manifest_with_other_words_is_refused(a_backup):
    one = a_backup(1)
    path = one.folder / manifest.NAME
    given = json.loads(path.read_text())
    given["backup"]["secrets"] = True
    path.write_text(json.dumps(given))
    with pytest.raises(Damaged):
        manifest.read(one.folder)


def test_half_a_backup_is_told_from_none(store, a_backup):
    one = a_backup(1)
    (one.folder / manifest.NAME).unlink()
    with pytest.raises(CannotKeep, match="is half a backup"):
        backups.named(one.folder)
    with pytest.raises(CannotKeep, match="There is no"):
        backups.named(store.folder / "elsewhere")
    assert store.all() == []


def test_a_backup_is_named_by_its_folder_or_its_manifest(store, a_backup):
    one = a_backup(1)
    assert isinstance(backups.named(store.folder), Backups)
    for path in (one.folder, one.folder / manifest.NAME):
        found = backups.named(path)
        assert isinstance(found, Backup)
        assert found.folder == one.folder


def test_a_folder_with_other_things_is_not_taken_for_backups(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/to-ada.txt").touch()
    with pytest.raises(CannotKeep, match="holds other things"):
        Backups(tmp_path / "letters").make_ready()


def test_the_place_of_a_disk_that_is_not_there_is_not_written_to(tmp_path):
    with pytest.raises(CannotKeep, match="Is the disk for backups there"):
        Backups(tmp_path / "mnt/backups").make_ready()
    (tmp_path / "mnt").mkdir()
    with pytest.raises(CannotKeep, match="Is the disk for backups there"):
        Backups(tmp_path / "mnt").require()


def test_two_do_not_write_at_once_and_halves_are_cleared(store):
    (store.folder / ".half-2026-11-01T000000Z").mkdir()
    with store.writing():
        assert not list(store.folder.glob(".half-*"))
        with pytest.raises(CannotKeep, match="Another backup is being written"), store.writing():
            pass


def test_a_document_is_sealed_once_and_comes_back(store, files, a_backup, a_document, tmp_path):
    digest = a_document(b"the plan of Linden Creek")
    a_backup(2)
    [path] = store.documents.rglob("*.sealed")
    written = path.stat().st_mtime_ns
    one = a_backup(1)
    assert path.stat().st_mtime_ns == written
    assert digest not in path.name
    [name] = checking.names_of_documents(one)
    assert documents.bring_back(store, name, RECOVERY, tmp_path) == digest
    assert (tmp_path / digest).read_bytes() == b"the plan of Linden Creek"


def test_a_missing_document_is_said(store, a_backup, a_document):
    a_document(b"plan")
    one = a_backup(1)
    shutil.rmtree(store.documents)
    with pytest.raises(Damaged, match="copy the folder documents as well"):
        checking.check_outside(one)
