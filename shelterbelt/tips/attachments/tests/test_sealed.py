"""A sealed file opens whole and for what it is, or not at all."""

import io
import uuid

import pytest
from hypothesis import HealthCheck, given, settings as hypothesis_settings, strategies as st

from shelterbelt.core.storage import FolderStore
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, PIECE, OpenedFile, seal_whole
from shelterbelt.tips.sealing.words import Unreadable, new_key

KEY, ID = new_key(), uuid.uuid4()


def sealed(content: bytes, tmp_path, *, key=KEY) -> bytes:
    store = FolderStore(tmp_path)
    with store.open(seal_whole(content, store.begin(), key, kind=ORIGINAL, of=ID).sha256) as file:
        return file.read()


def opened(content: bytes, *, key=KEY, kind=ORIGINAL, of=ID) -> OpenedFile:
    return OpenedFile(io.BytesIO(content), key, kind=kind, of=of)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17])
def test_a_file_of_any_size_opens_as_it_was(size, tmp_path):
    content = bytes(range(256)) * (size // 256 + 1)
    file = opened(sealed(content[:size], tmp_path))
    assert file.size == file.seek(0, io.SEEK_END) == size
    assert file.seek(0) == 0
    assert file.read(10) + file.read() == content[:size]
    assert file.read() == b""


def test_nothing_of_it_is_to_be_read_in_the_store(tmp_path):
    assert b"zebra" not in sealed(b"a strange zebra " * 10_000, tmp_path)


@pytest.mark.parametrize("other", [{"key": new_key()}, {"kind": CLEAN_COPY}, {"of": uuid.uuid4()}])
def test_it_opens_with_its_own_key_as_what_it_is_and_where_it_stands(other, tmp_path):
    with pytest.raises(Unreadable):
        opened(sealed(b"words", tmp_path), **other)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(at=st.integers(0, 2 * PIECE))
def test_a_changed_or_shortened_file_is_unreadable(at, tmp_path):
    whole = sealed(b"x" * (2 * PIECE), tmp_path)
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for harmed in (changed, whole[:at], whole[:at] + whole[at + 1 :], whole[: 24 + PIECE + 17] + whole[-72:]):
        with pytest.raises(Unreadable):
            opened(harmed).read()
