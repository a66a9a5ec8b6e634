"""What a backup is, in a small file beside its parts: readable by anybody, signed by the server that wrote it."""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep, Damaged
from shelterbelt.core.keeping.sealed import Written, sync_folder
from shelterbelt.core.keeping.writing_key import WritingKey

FORMAT = 1
NAME = "manifest.json"
Kind = Literal["physical", "logical"]


@dataclass(frozen=True)
class Manifest:
    """What was written down when the backup was whole."""

    id: str
    kind: Kind
    made_at: str
    version: str
    postgresql: str
    key: str
    secrets: bool
    rows: int
    documents: int
    parts: dict[str, Written] = field(default_factory=dict)
    system: str = ""
    first_log: str = ""
    last_log: str = ""

    @property
    def when(self) -> datetime:
        """The moment whose state it holds."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC)

    @property
    def size(self) -> int:
        """Bytes of its own parts; documents lie beside, once for all backups."""
        return sum(part.size for part in self.parts.values())


@dataclass(frozen=True)
class Signed:
    """A manifest and by whom it was signed."""

    manifest: Manifest
    signer: bytes
    mark: bytes

    def require_marked_by(self, key: RecoveryKey, where: Path) -> None:
        """Refuse what was not written by a server that was set up with this recovery key."""
        if self.manifest.key != key.name:
            raise CannotKeep(
                f"This recovery key is {key.name}, but {where} was sealed for {self.manifest.key}. "
                "Use the key with that name."
            )
        if not key.has_marked(self.signer, self.mark):
            raise Damaged(f"{where} was not written by a server that was set up with this recovery key.")


def write(folder: Path, manifest: Manifest, key: WritingKey) -> None:
    """Write it last: a folder without it is no backup."""
    body = asdict(manifest)
    signed = {
        "format": FORMAT,
        "backup": body,
        "signer": _text(key.signer),
        "mark": _text(key.mark),
        "signature": _text(key.sign(_digest(body))),
    }
    (folder / NAME).write_text(json.dumps(signed, indent=1) + "\n", encoding="utf-8")
    sync_folder(folder)


def read(folder: Path) -> Signed:
    """Read it, and check that its words are those that were signed."""
    path = folder / NAME
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            raise CannotKeep(f"{folder} was written by a newer Shelterbelt. Update first.")
        body, signer = given["backup"], _bytes(given["signer"])
        VerifyKey(signer).verify(_digest(body), _bytes(given["signature"]))
        parts = {name: Written(**part) for name, part in body.pop("parts").items()}
        return Signed(Manifest(**body, parts=parts), signer, _bytes(given["mark"]))
    except FileNotFoundError as error:
        raise CannotKeep(f"{folder} is no backup: it has no {NAME}.") from error
    except OSError as error:
        raise CannotKeep(f"{path} can't be read: {error.strerror}.") from error
    except (BadSignatureError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Damaged(f"{path} is damaged or was changed.") from error


def _digest(body: object) -> bytes:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).digest()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
