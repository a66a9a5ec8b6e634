"""What is sealed comes back whole, or not at all and with a sentence that says why."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest

from shelterbelt.core.keeping import sealed
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged
from shelterbelt.core.keeping.writing_key import WritingKey

KEY = RecoveryKey.fresh()
SERVER = WritingKey.fresh(KEY)
SIZES = [0, 1, sealed.PIECE - 1, sealed.PIECE, sealed.PIECE + 1, 3 * sealed.PIECE + 5]


def seal(path, content, *, key=SERVER, about="2026/database"):
    with sealed.Sealer(path, key, about=about) as out:
        for start in range(0, len(content), 100_000):
            out.write(content[start : start + 100_000])
    return out.written


def unseal(path, *, key=KEY, about="2026/database"):
    return b"".join(sealed.unseal(path, key, about=about))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "database.sealed"


@pytest.mark.parametrize("size", SIZES)
def test_any_size_comes_back_as_it_was(path, size):
    content = os.urandom(size)
    written = seal(path, content)
    assert unseal(path) == content
    assert (written.size, written.plain_size) == (path.stat().st_size, size)
    assert sealed.check_outside(path, signer=SERVER.signer) == written.sha256


def test_nothing_of_the_content_is_in_the_file_and_only_this_account_may_read_it(path):
    seal(path, b"The tip names Cora." * 1000)
    assert b"Cora" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", [5, 22, 30, 70, 100, 180, 240, 5000, -70, -1])
def test_a_changed_byte_anywhere_is_noticed(path, where):
    seal(path, os.urandom(9000))
    raw = bytearray(path.read_bytes())
    raw[where] ^= 1
    path.write_bytes(raw)
    with pytest.raises(CannotKeep):
        unseal(path)
    with pytest.raises(Damaged):
        sealed.check_outside(path, signer=SERVER.signer)


def test_a_file_cut_short_anywhere_is_noticed(path):
    seal(path, os.urandom(3 * sealed.PIECE))
    raw = path.read_bytes()
    piece = sealed.PIECE + sealed._EXTRA
    for length in (
        0,
        10,
        sealed._FRONT,
        sealed._FRONT + piece,
        sealed._FRONT + piece + 64,
        len(raw) - 65,
        len(raw) - 1,
    ):
        path.write_bytes(raw[:length])
        with pytest.raises(Damaged):
            unseal(path)


def test_pieces_in_another_order_or_twice_are_noticed(path):
    seal(path, os.urandom(4 * sealed.PIECE))
    raw = path.read_bytes()
    piece = sealed.PIECE + sealed._EXTRA
    cuts = [0, *(sealed._FRONT + number * piece for number in range(4)), len(raw)]
    front, one, two, *rest = (raw[start:end] for start, end in pairwise(cuts))
    for wrong in ([front, two, one, *rest], [front, one, one, two, *rest], [front, two, *rest]):
        path.write_bytes(b"".join(wrong))
        with pytest.raises(Damaged):
            unseal(path)


def test_something_added_at_the_end_is_noticed(path):
    seal(path, b"whole")
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(Damaged):
        unseal(path)


def test_a_part_can_not_stand_in_for_another(path):
    seal(path, b"yesterday", about="2026-11-23/database")
    with pytest.raises(Damaged):
        unseal(path, about="2026-11-24/database")


def test_another_recovery_key_is_named_in_the_refusal(path):
    seal(path, b"whole")
    other = RecoveryKey.fresh()
    with pytest.raises(CannotKeep, match=rf"This recovery key is {other.name}, but .* was sealed for {KEY.name}"):
        unseal(path, key=other)


def test_whoever_knows_only_the_public_key_can_not_forge_a_backup(path):
    stranger = WritingKey(KEY.public, os.urandom(32), SERVER.mark, os.urandom(32))
    seal(path, b"forged", key=stranger)
    with pytest.raises(Damaged, match="was not written by a server that was set up with this recovery key"):
        unseal(path)


def test_a_writer_that_fails_leaves_nothing_under_the_name(path):
    with pytest.raises(TypeError), sealed.Sealer(path, SERVER, about="x") as out:
        out.write("no bytes")
    assert list(path.parent.iterdir()) == []


def test_sealing_and_opening_a_large_file_takes_little_memory(path):
    program = f"""
import resource, sys
from pathlib import Path
from shelterbelt.core.keeping import sealed
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.writing_key import WritingKey
key = RecoveryKey.fresh()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak()
piece = bytes(range(256)) * 4096
with sealed.Sealer(Path({str(path)!r}), WritingKey.fresh(key), about="x") as out:
    for _ in range(120):
        out.write(piece)
assert sum(map(len, sealed.unseal(Path({str(path)!r}), key, about="x"))) == 120 * len(piece)
sys.exit(0 if peak() - before < 16 * 1024 else 1)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_full_disk_is_a_sentence_and_leaves_nothing(path):
    program = f"""
import os, resource, sys
from pathlib import Path
from shelterbelt.core.keeping import sealed
from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, saying_what_fails
from shelterbelt.core.keeping.writing_key import WritingKey
resource.setrlimit(resource.RLIMIT_FSIZE, ({sealed.PIECE}, {sealed.PIECE}))
try:
    with saying_what_fails("The backup could not be written", Path("/backups")):
        with sealed.Sealer(Path({str(path)!r}), WritingKey.fresh(RecoveryKey.fresh()), about="x") as out:
            for _ in range(9):
                out.write(os.urandom({sealed.PIECE}))
except CannotKeep as refusal:
    print(refusal)
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "there is no room left at /backups" in said
    assert list(path.parent.iterdir()) == []
