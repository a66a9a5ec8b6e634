"""Files made of boxes (ISO base media, QuickTime): the brand in the first box says which kind it is."""

from shelterbelt.core.clean_copies.kinds import HEIC, M4A, MOV, MP4, THREE_GP, Kind, Reason

_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_MP4 = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1",
    b"dash", b"MSNV", b"XAVC", b"M4V ", b"M4VH", b"M4VP", b"mp71", b"f4v ", b"NDSC", b"hvc1", b"av01",
}  # fmt: skip
_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"pnot"}
"""First boxes of a QuickTime film from before it told its brand."""


def kind_by_brand(head: bytes) -> Kind | Reason | None:
    """The kind that the first box names; NOT_TAKEN for a brand that isn't listed."""
    size, name = int.from_bytes(head[:4], "big"), head[4:8]
    if name == b"ftyp" and 16 <= size <= 1024:
        return _by_brand(head[8:12], head[16:size])
    return MOV if name in _OLD_QUICKTIME and (size == 1 or size >= 8) else None


def _by_brand(brand: bytes, others: bytes) -> Kind | Reason:
    if brand in _HEIC and b"avif" not in others:
        return HEIC
    if brand == b"qt  ":
        return MOV
    if brand in {b"M4A ", b"M4B "}:
        return M4A
    if brand[:3] in {b"3gp", b"3g2"}:
        return THREE_GP
    return MP4 if brand in _MP4 else Reason.NOT_TAKEN
