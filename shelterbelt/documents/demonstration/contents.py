"""What the invented files hold: small, whole files of the kinds that are accepted."""

import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from shelterbelt.documents.rules import PDF, PNG, TEXT, FileKind


@dataclass(frozen=True)
class Content:
    """A file's name, what it is, and what it holds."""

    name: str
    kind: FileKind
    held: bytes

    @cached_property
    def sha256(self) -> str:
        """Under which it lies in the file store."""
        return sha256(self.held).hexdigest()


def _pdf(*lines: str) -> bytes:
    """A page with some lines of text."""
    shown = "BT /F1 14 Tf 72 720 Td 20 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    whole, starts = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(whole))
        whole += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(parts) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(whole)}\n%%EOF\n"
    return f"{whole}xref\n0 {size}\n0000000000 65535 f \n{table}{end}".encode("ascii")


def _map() -> bytes:
    """A picture of rooms along a hallway and a green meeting point."""
    wide, high = 96, 64
    rows = b"".join(b"\0" + bytes(sum((_dot(x, y) for x in range(wide)), ())) for y in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held)) for name, held in chunks
    )


def _dot(x: int, y: int) -> tuple[int, int, int]:
    if x > 80 and y > 48:
        return 34, 139, 34
    return (90, 90, 90) if x % 16 == 0 or y in {0, 24, 40, 63} else (245, 245, 240)


CONTENTS = (
    Content("Sign-in sheet.pdf", PDF, _pdf("Sign-in sheet", "Staff and responders who took part are on the paper.")),
    Content("Minutes of the safety team.pdf", PDF, _pdf("Minutes of the safety team", "The plan was gone through.")),
    Content("Training agenda.pdf", PDF, _pdf("Training agenda", "1. What changed   2. Roles   3. Questions")),
    Content("Map with the meeting point.png", PNG, _map()),
    Content("Times room by room.csv", TEXT, b"room,seconds\nLibrary,95\nGymnasium,140\nRoom 12,70\n"),
)
"""A handful; many records refer to each."""
