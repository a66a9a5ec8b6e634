"""The kinds of files that are taken from outside, and the reasons for which a file is refused."""

from enum import StrEnum
from typing import NamedTuple

LARGEST = 25 * 1024 * 1024
"""Bytes that one file may have."""


class Family(StrEnum):
    """What a file is to a person, and which part of the cleaning knows it."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    PDF = "pdf"
    TEXT = "text"
    OFFICE = "office"


class Kind(NamedTuple):
    """A kind of file that is taken: its name here, what it is served as, and the endings its name may have."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    family: Family


class Reason(StrEnum):
    """Why a file is refused, or why it has no clean copy."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_TAKEN = "not_taken"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    ARCHIVE = "archive"
    MACROS = "macros"
    LOCKED = "locked"
    HOLDS_FILES = "holds_files"
    TOO_MUCH_INSIDE = "too_much_inside"
    DAMAGED = "damaged"
    CANNOT_BE_CLEANED = "cannot_be_cleaned"


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

JPEG = Kind("jpeg", "image/jpeg", (".jpg", ".jpeg"), Family.PICTURE)
PNG = Kind("png", "image/png", (".png",), Family.PICTURE)
GIF = Kind("gif", "image/gif", (".gif",), Family.PICTURE)
WEBP = Kind("webp", "image/webp", (".webp",), Family.PICTURE)
HEIC = Kind("heic", "image/heic", (".heic", ".heif"), Family.PICTURE)
MP4 = Kind("mp4", "video/mp4", (".mp4", ".m4v"), Family.VIDEO)
MOV = Kind("mov", "video/quicktime", (".mov", ".qt"), Family.VIDEO)
WEBM = Kind("webm", "video/webm", (".webm", ".weba"), Family.VIDEO)
THREE_GP = Kind("3gp", "video/3gpp", (".3gp", ".3gpp", ".3g2"), Family.VIDEO)
MP3 = Kind("mp3", "audio/mpeg", (".mp3",), Family.SOUND)
M4A = Kind("m4a", "audio/mp4", (".m4a", ".m4b"), Family.SOUND)
OGG = Kind("ogg", "audio/ogg", (".ogg", ".oga", ".opus"), Family.SOUND)
WAV = Kind("wav", "audio/wav", (".wav",), Family.SOUND)
AMR = Kind("amr", "audio/amr", (".amr", ".awb"), Family.SOUND)
PDF = Kind("pdf", "application/pdf", (".pdf",), Family.PDF)
TEXT = Kind("text", "text/plain", (".txt", ".csv", ".log", ".md"), Family.TEXT)
DOCX = Kind("docx", _OPEN_XML + "wordprocessingml.document", (".docx",), Family.OFFICE)
XLSX = Kind("xlsx", _OPEN_XML + "spreadsheetml.sheet", (".xlsx",), Family.OFFICE)
PPTX = Kind("pptx", _OPEN_XML + "presentationml.presentation", (".pptx",), Family.OFFICE)
ODT = Kind("odt", _OPEN_DOCUMENT + "text", (".odt",), Family.OFFICE)
ODS = Kind("ods", _OPEN_DOCUMENT + "spreadsheet", (".ods",), Family.OFFICE)
DOC = Kind("doc", "application/msword", (".doc",), Family.OFFICE)
XLS = Kind("xls", "application/vnd.ms-excel", (".xls",), Family.OFFICE)

KINDS = (
    JPEG, PNG, GIF, WEBP, HEIC, MP4, MOV, WEBM, THREE_GP, MP3, M4A, OGG, WAV, AMR, PDF, TEXT,
    DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS,
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
BY_TYPE = {kind.content_type: kind for kind in KINDS}
OFFERED = tuple(ending for kind in KINDS if kind is not HEIC for ending in kind.endings)
"""What a file chooser offers. Without HEIC in the list an iPhone sends a JPEG, of which a clean copy can be made."""
SEEN_IN_PAGES = frozenset({JPEG, PNG, GIF, WEBP})
"""Kinds of which a page may show the copy that we drew."""
