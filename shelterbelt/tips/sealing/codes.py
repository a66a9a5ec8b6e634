"""The reporter's code: six words of BIP 39's lists, 66 bits, in English or Spanish.

Its words differ in their first four letters, so that a code read out over the phone is hard to mistake. The database
keeps a hash that takes a key and half a millisecond to try (Argon2id), and what else follows from the code wraps the
tip's key for the reporter.
"""

import hashlib
import secrets as random_numbers
import time
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from mnemonic import Mnemonic
from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from shelterbelt.core import secrets

WORDS = 6
"""Of 2,048 each: 66 bits. The plan's floor is 65."""
LONGEST = 200
"""Letters of an answer that are looked at. The longest code has 53."""
MEMORY, PASSES = 1024 * 1024, 1
"""What one guess costs, about half a millisecond; more would cost the line its speed and add nothing to 66 bits."""
NAME = "TIP_LINE_KEY"

_LISTS = {"en": "english", "es": "spanish"}


@dataclass(frozen=True)
class Keys:
    """What follows from a code: how its tip is found, and what opens the tip's key."""

    receipt: bytes
    """The hash under which the tip stands."""
    wrapping: bytes


def new_code(language: str) -> str:
    """A code to write down."""
    words = _words(_LISTS.get(language, "english"))
    return " ".join(random_numbers.choice(words) for _ in range(WORDS))


def code_of(seed: bytes, language: str) -> str:
    """The code that follows from a secret of a form (sealing/form_tokens.py): the same each time it is asked for."""
    words, number = _words(_LISTS.get(language, "english")), int.from_bytes(seed, "big")
    return " ".join(words[number >> (11 * place) & 0x7FF] for place in range(WORDS))


def candidates(code: str) -> tuple[Keys, ...]:
    """What follows from a code as somebody typed it, one for each key of the ring, newest first.

    Whatever was typed costs the same: nonsense is hashed as well.
    """
    typed = _canonical(code)
    return tuple(_derive(typed, pepper) for pepper in ring())


def keys_of(code: str) -> Keys:
    """What follows from a new code, by the newest key."""
    return _derive(_canonical(code), ring()[0])


def wrap(key: bytes, keys: Keys) -> bytes:
    """A tip's key, as only the code opens it."""
    return bytes(SecretBox(keys.wrapping).encrypt(key))


def unwrap(wrapped: bytes | memoryview, keys: Keys) -> bytes | None:
    """The tip's key; None if this code doesn't open it."""
    try:
        return SecretBox(keys.wrapping).decrypt(bytes(wrapped))
    except (CryptoError, ValueError):
        return None


def _canonical(code: str) -> bytes:
    """Capital letters, accents, numbering, dashes and spare spaces don't matter; four letters of a word do."""
    plain = unicodedata.normalize("NFKD", code[:LONGEST]).casefold()
    letters = "".join(each if each.isascii() and each.isalpha() else " " for each in _without_marks(plain))
    return " ".join(word[:4] for word in letters.split()).encode()


def _without_marks(text: str) -> str:
    return "".join(each for each in text if not unicodedata.combining(each))


def _derive(typed: bytes, pepper: str) -> Keys:
    salt = _keyed(pepper, b"salt of codes", b"")[: pwhash.argon2id.SALTBYTES]
    made = pwhash.argon2id.kdf(64, typed, salt, opslimit=PASSES, memlimit=MEMORY)
    return Keys(receipt=name_of(pepper) + _keyed(pepper, b"hash of a code", made[:32]), wrapping=made[32:])


def name_of(pepper: str) -> bytes:
    """A short name of a key of the line: it stands before each receipt, so that it is known who still needs the key."""
    return _keyed(pepper, b"name of the key", b"")[:4]


def _keyed(pepper: str, use: bytes, value: bytes) -> bytes:
    return hashlib.blake2b(
        value, key=hashlib.sha256(pepper.encode()).digest(), digest_size=32, person=use[:16]
    ).digest()


def ring() -> tuple[str, ...]:
    """The keys of the line, newest first. A key that was just added is used within a second."""
    return _ring(int(time.monotonic()))


@lru_cache(maxsize=1)
def _ring(_second: int) -> tuple[str, ...]:
    return secrets.ring(NAME)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic(name).wordlist)
