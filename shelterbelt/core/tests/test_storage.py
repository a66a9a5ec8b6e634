import hashlib

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
