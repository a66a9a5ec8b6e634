"""Office files of today are ZIP files: the names of their parts tell which. Any other ZIP file isn't taken."""

from shelterbelt.core.clean_copies.kinds import DOCX, ODS, ODT, PPTX, XLSX, Kind, Reason

START = b"PK\x03\x04"
_LISTED = b"PK\x01\x02"
_FOLDERS = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX))
_OPEN_DOCUMENTS = {kind.content_type.encode(): kind for kind in (ODT, ODS)}
_MACROS = (b"vbaProject.bin", b"/activeX/", b"Basic/", b"Scripts/")
_MOST_NAMES = 4096


def kind_by_names(head: bytes, tail: bytes) -> Kind | Reason | None:
    """The office file whose parts are named here; why it isn't taken, if it is another ZIP file or holds macros."""
    if not head.startswith(START):
        return None
    names = _names(head, START, length_at=26, name_at=30) | _names(tail, _LISTED, length_at=28, name_at=46)
    if any(mark in name for name in names for mark in _MACROS):
        return Reason.MACROS
    return _open_document(head) or _open_xml(names) or Reason.ARCHIVE


def _names(content: bytes, mark: bytes, *, length_at: int, name_at: int) -> set[bytes]:
    """Names after each mark. A mark within packed bytes gives a name that is none: nothing is taken for that."""
    names: set[bytes] = set()
    at = content.find(mark)
    while at >= 0 and len(names) < _MOST_NAMES:
        length = int.from_bytes(content[at + length_at : at + length_at + 2], "little")
        names.add(content[at + name_at : at + name_at + length])
        at = content.find(mark, at + 4)
    return names


def _open_document(head: bytes) -> Kind | None:
    """Its first part is called mimetype and lies unpacked (OpenDocument 1.3, part 2, 3.3)."""
    if head[30:38] != b"mimetype":
        return None
    begin = 38 + int.from_bytes(head[28:30], "little")
    length = int.from_bytes(head[22:26], "little")
    return _OPEN_DOCUMENTS.get(head[begin : begin + length])


def _open_xml(names: set[bytes]) -> Kind | None:
    if b"[Content_Types].xml" not in names:
        return None
    return next((kind for folder, kind in _FOLDERS if any(name.startswith(folder) for name in names)), None)
