"""A file under a key of its own, piece by piece, and that key under the tip's (libsodium's secretstream and Aead).

The file's key is made when the file begins to arrive, before it is known which tip it goes with; it is wrapped by the
tip's key and written behind the file once it is. Whoever destroys the tip's key has destroyed the file's.

    24 bytes of header · pieces of 64 KB, each 17 bytes longer than what it holds, the last marked · 72 bytes of key
"""

import io
from typing import BinaryIO
from uuid import UUID

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from shelterbelt.core.storage import Stored, Writing
from shelterbelt.tips.sealing import words

ORIGINAL, CLEAN_COPY = "file.original", "file.clean"
"""What a sealed file is, so that neither opens as the other."""
PIECE = 64 * 1024
_HEAD = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_GOES_ON = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_KEY_BEHIND = 24 + words.KEY_BYTES + 16


class Sealing:
    """Seals what arrives, into a file of the store. Holds no more than one piece in clear."""

    def __init__(self, to: Writing, *, kind: str, of: UUID) -> None:
        self.to, self.kind, self.of, self.size = to, kind, of, 0
        self._key, self._rest = words.new_key(), bytearray()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        to.write(sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self._key))

    def write(self, content: bytes) -> None:
        """Add what arrived."""
        self.size += len(content)
        self._rest += content
        while len(self._rest) > PIECE:  # the last piece is kept back: it is marked
            self._push(bytes(self._rest[:PIECE]), _GOES_ON)
            del self._rest[:PIECE]

    def keep(self, key: bytes) -> Stored:
        """All of it arrived, and it belongs to the tip with this key."""
        self._push(bytes(self._rest), _LAST)
        self.to.write(words.seal(key, self._key, kind=self.kind, of=self.of))
        return self.to.keep()

    def drop(self) -> None:
        """Leave nothing of it."""
        self.to.drop()
        self._rest.clear()

    def _push(self, piece: bytes, tag: int) -> None:
        about = _about(self.kind, self.of)
        self.to.write(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, piece, about, tag))


def seal_whole(content: bytes, to: Writing, key: bytes, *, kind: str, of: UUID) -> Stored:
    """Seal a file that is there as a whole."""
    sealing = Sealing(to, kind=kind, of=of)
    try:
        for at in range(0, len(content), PIECE):
            sealing.write(content[at : at + PIECE])
        return sealing.keep(key)
    except BaseException:
        sealing.drop()
        raise


class OpenedFile(io.RawIOBase):
    """A sealed file as it was, read from its start to its end, with one piece in memory. Raises words.Unreadable.

    Where it ends can be asked for, so that a download can say its length; nowhere else can be gone to.
    """

    def __init__(self, sealed: BinaryIO, key: bytes, *, kind: str, of: UUID) -> None:
        self._sealed, self._about = sealed, _about(kind, of)
        whole = sealed.seek(0, io.SEEK_END)
        self._left = whole - _HEAD - _KEY_BEHIND
        if self._left < _MORE:
            raise words.Unreadable("This file was cut off.")
        sealed.seek(whole - _KEY_BEHIND)
        self._key = words.unseal(key, sealed.read(), kind=kind, of=of)
        self.size = self._left - -(-self._left // (PIECE + _MORE)) * _MORE
        self._sealed_size = self._left
        self._begin()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """To its start, or to its end."""
        if offset or whence == io.SEEK_CUR:
            raise io.UnsupportedOperation("A sealed file is read from its start.")
        if whence == io.SEEK_END:
            return self.size
        self._begin()
        return 0

    def seekable(self) -> bool:
        """As far as seek() goes."""
        return True

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, as many as asked for until it ends."""
        while (size < 0 or len(self._opened) < size) and self._left:
            self._opened += self._pull()
        taken = bytes(self._opened) if size < 0 else bytes(self._opened[:size])
        del self._opened[: len(taken)]
        return taken

    def close(self) -> None:
        """Close the file of the store too."""
        self._sealed.close()
        super().close()

    def _begin(self) -> None:
        self._sealed.seek(0)
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, self._sealed.read(_HEAD), self._key)
        self._left, self._opened = self._sealed_size, bytearray()

    def _pull(self) -> bytes:
        piece = self._sealed.read(min(PIECE + _MORE, self._left))
        self._left -= len(piece)
        try:
            opened, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, piece, self._about)
        except (CryptoError, ValueError) as error:
            raise words.Unreadable("This file was changed.") from error
        if (tag == _LAST) != (self._left == 0):
            raise words.Unreadable("This file was cut off.")
        return bytes(opened)


def _about(kind: str, of: UUID) -> bytes:
    return f"tips.{kind}:".encode() + of.bytes
