"""Kinds that their first bytes tell: those that are taken, and well-known ones that are not."""

from shelterbelt.core.clean_copies.kinds import AMR, GIF, JPEG, OGG, PDF, PNG, WAV, WEBM, WEBP, Kind, Reason

_TAKEN = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"OggS", OGG),
    (b"#!AMR\n", AMR),
    (b"#!AMR-WB\n", AMR),
)
_FORMS = {b"WEBP": WEBP, b"WAVE": WAV}
"""What a RIFF file says that it holds."""

_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe", b"\x00asm", b"dex\n", b"FWS", b"CWS", b"ZWS", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>",
    b"ITSF",
)  # fmt: skip
_ARCHIVES = (
    b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF", b"\x1f\x9d",
    b"\x04\x22\x4d\x18", b"PK", b"xar!", b"LZIP", b"SIT!",
)  # fmt: skip


def kind_by_start(head: bytes) -> Kind | Reason | None:
    """A kind that is taken, if the first bytes are one's."""
    for start, kind in _TAKEN:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF":
        return _FORMS.get(head[8:12])
    # Matroska and WebM differ by a word in their first element.
    return WEBM if head[:4] == b"\x1aE\xdf\xa3" and b"\x42\x82\x84webm" in head[:64] else None


def foreign(head: bytes) -> Reason | None:
    """Why a file with these first bytes isn't taken, if they are well known."""
    if head.startswith(_PROGRAMS):
        return Reason.PROGRAM
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        return Reason.ARCHIVE
    return None
