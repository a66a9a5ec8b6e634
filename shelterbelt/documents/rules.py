"""What a file is by its own bytes, and a name for it that can hurt nobody."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

LEADING = 4096
"""How many of a file's first bytes decide what it is."""


class FileKind(NamedTuple):
    """A kind of file that is accepted: what it is served as, and the endings its name may have."""

    content_type: str
    endings: tuple[str, ...]


PDF = FileKind("application/pdf", (".pdf",))
PNG = FileKind("image/png", (".png",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
GIF = FileKind("image/gif", (".gif",))
WEBP = FileKind("image/webp", (".webp",))
ZIP = FileKind("application/zip", (".zip",))
TEXT = FileKind("text/plain", (".txt", ".csv", ".tsv", ".md"))
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = FileKind(_OFFICE + "wordprocessingml.document", (".docx",))
SHEET = FileKind(_OFFICE + "spreadsheetml.sheet", (".xlsx",))
SLIDES = FileKind(_OFFICE + "presentationml.presentation", (".pptx",))

KINDS = (PDF, PNG, JPEG, GIF, WEBP, WORD, SHEET, SLIDES, ZIP, TEXT)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)

_STARTS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"PK\x03\x04", ZIP),
)
_FOLDERS = (("word/", WORD), ("xl/", SHEET), ("ppt/", SLIDES))


def kind_of(leading: bytes) -> FileKind | None:
    """The kind that a file's first bytes say it is; None for anything that isn't accepted."""
    for start, kind in _STARTS:
        if leading.startswith(start):
            return kind
    if leading[:4] == b"RIFF" and leading[8:12] == b"WEBP":
        return WEBP
    return TEXT if _reads_as_text(leading) else None


def office_kind(names: Iterable[str]) -> FileKind:
    """What a ZIP file is by the names inside it: a Word, Excel or PowerPoint file, or just a ZIP."""
    listed = tuple(names)
    if "[Content_Types].xml" in listed:
        for folder, kind in _FOLDERS:
            if any(name.startswith(folder) for name in listed):
                return kind
    return ZIP


def _reads_as_text(leading: bytes) -> bool:
    """No control characters but line ends and tabs, in UTF-8, in UTF-16 with its mark, or in an older encoding."""
    if not leading:
        return False
    if leading[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        letters = leading[: len(leading) // 2 * 2].decode("utf-16", errors="replace")
    else:
        letters = leading.decode("latin-1")
    return not any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in letters)


def clean_name(name: str, kind: FileKind, *, longest: int = 160) -> str:
    """The last part of a path, without letters that can't be seen, and with an ending that fits what the file is."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    plain = " ".join(seen.split()).strip(". ") or "document"
    stem, dot, ending = plain.rpartition(".")
    if not dot or f".{ending.lower()}" not in kind.endings:
        stem, ending = plain, kind.endings[0].removeprefix(".")
    return f"{stem[: longest - len(ending) - 1]}.{ending}"


def keep_until(day: date, *, years: int) -> date:
    """The day up to which a file is kept; a leap day's file goes on 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
