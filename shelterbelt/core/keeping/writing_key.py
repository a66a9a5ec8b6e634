"""What the server keeps in HOME/backup_key: enough to write backups, not enough to read them."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from shelterbelt.core.keeping.recovery_key import RecoveryKey, name_of
from shelterbelt.core.keeping.refusing import CannotKeep

FORMAT = 1


@dataclass(frozen=True)
class WritingKey:
    """For whom backups are sealed, how they are signed, where they go, and whether secrets go with them."""

    public: bytes
    signing_seed: bytes
    mark: bytes
    naming: bytes
    folder: str = ""
    with_secrets: bool = True

    @classmethod
    def fresh(cls, recovery: RecoveryKey) -> "WritingKey":
        """A new one for a recovery key; the recovery key itself is not kept."""
        signing = SigningKey.generate()
        mark = recovery.mark(bytes(signing.verify_key))
        return cls(recovery.public, bytes(signing), mark, secrets.token_bytes(32))

    @property
    def name(self) -> str:
        """Which recovery key opens what this one writes."""
        return name_of(self.public)

    @property
    def signer(self) -> bytes:
        """The public half of the signing key."""
        return bytes(SigningKey(self.signing_seed).verify_key)

    def sign(self, digest: bytes) -> bytes:
        """The signature under a digest."""
        return SigningKey(self.signing_seed).sign(digest).signature

    def alias(self, *content: bytes) -> str:
        """A name for a content that tells strangers nothing, and is the same whenever the content is."""
        digest = hashlib.blake2b(key=self.naming, digest_size=32)
        for piece in content:
            digest.update(piece)
        return digest.hexdigest()


def kept_at(home: Path) -> Path:
    """The file that keeps it."""
    return home / "backup_key"


def read(path: Path) -> WritingKey | None:
    """The key in a file; None where backups were never set up."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotKeep(f"{path} can't be read: {error.strerror}.") from error
    return from_text(text, path)


def from_text(text: str, path: Path) -> WritingKey:
    """Understand what was kept."""
    try:
        kept: dict[str, Any] = json.loads(text)
        if kept.pop("format") != FORMAT:
            raise CannotKeep(f"{path} was written by a newer Shelterbelt. Update first.")
        for name in ("public", "signing_seed", "mark", "naming"):
            kept[name] = base64.b64decode(kept[name], validate=True)
        return WritingKey(**kept)
    except (ValueError, TypeError, KeyError) as error:
        raise CannotKeep(
            f"{path} is damaged. Make it anew with: python -m shelterbelt backup setup --new-key"
        ) from error


def to_text(key: WritingKey) -> str:
    """As it is kept."""
    kept = {name: _text(value) if isinstance(value, bytes) else value for name, value in asdict(key).items()}
    return json.dumps({"format": FORMAT, **kept}, indent=1) + "\n"


def keep(key: WritingKey, path: Path) -> None:
    """Write it whole or not at all, for this account alone."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.touch(mode=0o600)
        new.write_text(to_text(key), encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def without_folder(key: WritingKey) -> WritingKey:
    """For another machine, where backups go elsewhere."""
    return replace(key, folder="")


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
