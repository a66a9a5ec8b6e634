"""A sealed file: compressed, encrypted for the recovery key in pieces, and signed by the server that wrote it.

It is written and read in one pass, a piece at a time, so that its size doesn't matter. Layout:

    magic | name of the recovery key, 4 | signer, 32 | mark under the signer, 32 | key of the stream, sealed, 80
    | header of the stream, 24 | pieces of the stream (libsodium's secretstream, XChaCha20-Poly1305) | signature, 64

Each piece is bound to what the file is about (which part of which backup), so that no file can stand in for another.
The last piece says that it is the last. The signature stands under the SHA-256 of all before it.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from nacl import bindings as sodium
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PublicKey, SealedBox
from nacl.signing import VerifyKey

from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged
from shelterbelt.core.keeping.writing_key import WritingKey

MAGIC = b"shelterbelt sealed 1\n"
PIECE = 256 * 1024
_MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_EXTRA = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_HEADER = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_NAME, _SIGNER, _MARK, _BOX, _SIGNATURE = 4, 32, 32, 80, 64
_FRONT = len(MAGIC) + _NAME + _SIGNER + _MARK + _BOX + _HEADER


@dataclass(frozen=True)
class Written:
    """What there is to know of a sealed file."""

    size: int
    sha256: str
    plain_size: int


class Sealer:
    """Seals what is written to it into a new file, which has its name only once all of it is safely on disk."""

    def __init__(self, path: Path, key: WritingKey, *, about: str) -> None:
        self._path, self._half = path, path.with_name(f".{path.name}.half")
        self._key, self._about = key, about.encode()
        self._digest, self._size, self._plain = hashlib.sha256(), 0, 0
        self._squeeze, self._waiting = zlib.compressobj(1), bytearray()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()

    def __enter__(self) -> Self:
        self._out: BinaryIO = os.fdopen(os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        stream_key = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        box = SealedBox(PublicKey(self._key.public)).encrypt(stream_key)
        header = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, stream_key)
        self._put(MAGIC + bytes.fromhex(self._key.name) + self._key.signer + self._key.mark + bytes(box) + header)
        return self

    def write(self, plain: bytes) -> None:
        """Take some more."""
        self._plain += len(plain)
        self._waiting += self._squeeze.compress(plain)
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), _MORE)
            del self._waiting[:PIECE]

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._half.unlink(missing_ok=True)
            with suppress(OSError):  # on a full disk closing fails once more
                self._out.close()

    def _finish(self) -> None:
        self._waiting += self._squeeze.flush()
        while len(self._waiting) > PIECE:
            self._push(bytes(self._waiting[:PIECE]), _MORE)
            del self._waiting[:PIECE]
        self._push(bytes(self._waiting), _LAST)
        self._put(self._key.sign(self._digest.digest()))
        self._out.flush()
        os.fsync(self._out.fileno())
        self._half.replace(self._path)
        sync_folder(self._path.parent)

    def _push(self, plain: bytes, tag: int) -> None:
        self._put(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, plain, self._about, tag))

    def _put(self, sealed: bytes) -> None:
        self._out.write(sealed)
        self._digest.update(sealed)
        self._size += len(sealed)

    @property
    def written(self) -> Written:
        """What was written, once it is done."""
        return Written(self._size, self._digest.hexdigest(), self._plain)


def unseal(path: Path, key: RecoveryKey, *, about: str) -> Iterator[bytes]:
    """What was sealed, piece by piece.

    Every piece is genuine, but that nothing is missing and who wrote it is known at the end only: whoever reads puts
    the pieces aside and uses them once this has ended without raising Damaged.
    """
    with path.open("rb") as file:
        length = os.fstat(file.fileno()).st_size - _FRONT - _SIGNATURE
        digest = hashlib.sha256()
        state, signer = _begin(_read(file, _FRONT, digest, path), length, key, path)
        yield from _inflated(_pieces(file, length, state, about.encode(), digest, path), path)
        _check_signature(file.read(_SIGNATURE), signer, digest, path)


def signer_of(path: Path) -> tuple[bytes, bytes]:
    """Who signed a sealed file and what it is marked with, as the file itself says; check_outside() proves it."""
    with path.open("rb") as file:
        front = file.read(_FRONT)
    if len(front) < _FRONT or not front.startswith(MAGIC):
        raise Damaged(f"{path} isn't a sealed file of Shelterbelt's, or only its beginning is there.")
    rest = front[len(MAGIC) + _NAME :]
    return rest[:_SIGNER], rest[_SIGNER : _SIGNER + _MARK]


def check_outside(path: Path, *, signer: bytes) -> str:
    """Read a sealed file without opening it, from the disk where that can be asked for: its SHA-256, if it is whole."""
    if signer_of(path)[0] != signer:
        raise Damaged(f"{path} was not written by the server whose backup this is.")
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        left = os.fstat(file.fileno()).st_size - _SIGNATURE
        while left > 0:
            left -= len(_read(file, min(left, PIECE * 4), digest, path))
        signature = file.read(_SIGNATURE)
    _check_signature(signature, signer, digest, path)
    digest.update(signature)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on disk: a rename survives a power cut only then."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _begin(
    front: bytes, length: int, key: RecoveryKey, path: Path
) -> tuple[sodium.crypto_secretstream_xchacha20poly1305_state, bytes]:
    """Check what stands in front of the stream, and make ready to read it."""
    if not front.startswith(MAGIC) or length < _EXTRA:
        raise Damaged(f"{path} isn't a sealed file of Shelterbelt's, or only its beginning is there.")
    name, signer, mark, box, header = _cut(front[len(MAGIC) :], _NAME, _SIGNER, _MARK, _BOX, _HEADER)
    if name.hex() != key.name:
        raise CannotKeep(
            f"This recovery key is {key.name}, but {path} was sealed for {name.hex()}. Use the key with that name."
        )
    if not key.has_marked(signer, mark):
        raise Damaged(f"{path} was not written by a server that was set up with this recovery key.")
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    try:
        stream_key = SealedBox(key.private).decrypt(box)
    except CryptoError as error:
        raise _damaged(path) from error
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, stream_key)
    return state, signer


def _pieces(
    file: BinaryIO,
    left: int,
    state: sodium.crypto_secretstream_xchacha20poly1305_state,
    about: bytes,
    digest: "hashlib._Hash",
    path: Path,
) -> Iterator[bytes]:
    """The opened pieces of the stream; the last one must say so, and no other."""
    tag = _MORE
    while left > 0:
        piece = _read(file, min(left, PIECE + _EXTRA), digest, path)
        left -= len(piece)
        try:
            plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, about)
        except (CryptoError, RuntimeError) as error:
            raise _damaged(path) from error
        if (tag == _LAST) != (left == 0):
            raise Damaged(f"{path} is cut short, or something was added to it.")
        yield plain


def _inflated(pieces: Iterator[bytes], path: Path) -> Iterator[bytes]:
    """Undo the compression, a bounded piece at a time."""
    inflate = zlib.decompressobj()
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                yield inflate.decompress(waiting, PIECE * 4)
                waiting = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error as error:
        raise _damaged(path) from error
    if not inflate.eof:
        raise Damaged(f"{path} is cut short.")


def _read(file: BinaryIO, size: int, digest: "hashlib._Hash", path: Path) -> bytes:
    piece = file.read(size)
    if len(piece) != size:
        raise Damaged(f"{path} is cut short.")
    digest.update(piece)
    return piece


def _check_signature(signature: bytes, signer: bytes, digest: "hashlib._Hash", path: Path) -> None:
    try:
        VerifyKey(signer).verify(digest.digest(), signature)
    except (BadSignatureError, ValueError, TypeError) as error:
        raise _damaged(path) from error


def _cut(raw: bytes, *lengths: int) -> Iterator[bytes]:
    start = 0
    for length in lengths:
        yield raw[start : start + length]
        start += length


def _damaged(path: Path) -> Damaged:
    return Damaged(f"{path} is damaged or was changed.")
