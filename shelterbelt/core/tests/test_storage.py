import hashlib
import os
import stat

import pytest

from shelterbelt.core.storage import FolderStore


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_went_in(tmp_path):
    store = FolderStore(tmp_path)
    stored = store.put([b"shelter ", b"belt"])
    assert stored.sha256 == hashlib.sha256(b"shelter belt").hexdigest()
    assert stored.size == 12
    with store.open(stored.sha256) as kept:
        assert kept.read() == b"shelter belt"


def test_the_same_content_is_kept_once(tmp_path):
    store = FolderStore(tmp_path)
    assert store.put([b"same"]) == store.put([b"sa", b"me"])
    assert len(files_in(tmp_path)) == 1


def test_a_broken_upload_leaves_nothing_behind(tmp_path):
    def breaks():
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        FolderStore(tmp_path).put(breaks())
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "ABC", "a" * 63, "/" + "a" * 63, "a" * 64 + "\n"])
def test_only_a_digest_becomes_a_path(tmp_path, name):
    with pytest.raises(ValueError, match="digest"):
        FolderStore(tmp_path).open(name)


def test_a_file_that_was_never_kept_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        FolderStore(tmp_path).open("a" * 64)


def modes(folder):
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}


def test_what_is_kept_is_nobody_elses(tmp_path):
    FolderStore(tmp_path / "files").put([b"words"])
    assert modes(tmp_path) == {0o700, 0o600}


def test_a_store_that_was_shared_stays_shared_however_private_the_process_is(tmp_path):
    root = tmp_path / "tip-files"
    root.mkdir()
    root.chmod(0o2770)
    before = os.umask(0o077)
    try:
        FolderStore(root).put([b"words"])
    finally:
        os.umask(before)
    assert modes(root) == {0o2770, 0o660}


def test_what_a_backup_brought_back_elsewhere_is_found_and_removed(tmp_path):
    stored = FolderStore(tmp_path / "files").put([b"words"])
    tips = FolderStore(tmp_path / "tip-files", also=tmp_path / "files")
    with tips.open(stored.sha256) as file:
        assert file.read() == b"words"
    tips.remove(stored.sha256)
    with pytest.raises(FileNotFoundError):
        tips.open(stored.sha256)
