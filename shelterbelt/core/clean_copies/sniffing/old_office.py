"""Office files of before 2007 are small file systems ([MS-CFB]): the names of their streams tell which."""

from shelterbelt.core.clean_copies.kinds import DOC, XLS, Kind, Reason

START = bytes.fromhex("d0cf11e0a1b11ae1")


def kind_by_names(head: bytes, tail: bytes) -> Kind | Reason | None:
    """The old office file whose streams are named here; why it isn't taken, if it holds macros or is another kind.

    The list of streams may lie in the middle: then the door takes it for a document, and the cleaning looks again.
    """
    if not head.startswith(START):
        return None
    names = {name for name in (b"Macros", b"_VBA_PROJECT_CUR", b"VBA", b"EncryptedPackage", b"WordDocument",
                               b"Workbook", b"Book", b"PowerPoint Document", b"__nameid_version1.0")
             if _is_listed(name, head) or _is_listed(name, tail)}  # fmt: skip
    if names & {b"Macros", b"_VBA_PROJECT_CUR", b"VBA"}:
        return Reason.MACROS
    if b"EncryptedPackage" in names:
        return Reason.LOCKED
    if b"WordDocument" in names:
        return DOC
    if names & {b"Workbook", b"Book"}:
        return XLS
    return Reason.NOT_TAKEN if names or head is tail else DOC


def _is_listed(name: bytes, content: bytes) -> bool:
    """Whether an entry of the list has this name: 64 bytes of UTF-16, then its length with the closing zero."""
    wide = name.decode().encode("utf-16-le") + b"\0\0"
    at = content.find(wide)
    while at >= 0:
        if content[at + 64 : at + 66] == len(wide).to_bytes(2, "little"):
            return True
        at = content.find(wide, at + 2)
    return False
