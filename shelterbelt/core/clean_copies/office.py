"""Office files of today, packed anew: who wrote, changed and printed them, when and on what, is gone.

Their words stay, those in comments too, without the names of their authors. Pictures, films and tables inside are
cleaned like any other. What would run (macros, controls, linked programs) is refused.
"""

import codecs
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from shelterbelt.core.clean_copies import open_document, open_xml, sniffing
from shelterbelt.core.clean_copies.kinds import DOC, ODS, ODT, XLS, Family, Kind, Reason
from shelterbelt.core.clean_copies.limits import LARGEST_XML, MOST_PARTS, MOST_UNPACKED
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Left, Refused
from shelterbelt.core.packed import is_reasonable

NO_ZIP = (
    zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, zlib.error, OSError, KeyError,
    IndexError,
)  # fmt: skip
"""How zipfile says that a file is damaged, is packed in a way it doesn't know, or has names that are no text."""
Inner = Callable[[bytes, Kind], bytes]
"""How a file inside another is cleaned."""
OLD_NAMES = codecs.lookup("cp437")
"""Names of parts that aren't said to be in UTF-8. Loaded now: later the process can open no file."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LINKED = (".bin", ".exe", ".dll", ".js", ".vbs", ".lnk", ".bat", ".cmd", ".ps1", ".scr", ".class", ".jar")
_DRAWINGS = (".emf", ".wmf", ".emz", ".wmz", ".tif", ".tiff", ".svg", ".wdp", ".bmp", ".svm", ".pict", ".eps")
_FONTS = (".odttf", ".ttf", ".otf", ".fntdata")


@dataclass
class Repacking:
    """A file on its way from one package to another."""

    kind: Kind
    inner: Inner
    left: set[Left] = field(default_factory=set)

    def part(self, name: str, content: bytes) -> bytes | None:
        """The clean content of a part; None for one that is left out."""
        if name.lower().endswith(_LINKED) and not name.startswith(open_xml.PRINTERS):
            raise Refused(Reason.HOLDS_FILES)
        if self.kind in {ODT, ODS} and open_document.is_words(name):
            return open_document.part(name, content)
        if self.kind not in {ODT, ODS} and open_xml.is_words(name):
            return open_xml.part(name, content)
        return self._file_inside(name, content)

    def _file_inside(self, name: str, content: bytes) -> bytes:
        if name.lower().endswith(_DRAWINGS):
            self.left.add(Left.PICTURES_INSIDE)
            return content
        if not content or name.lower().endswith(_FONTS):
            return content
        kind = sniffing.of_all(content)
        if not isinstance(kind, Kind) or kind.family in {Family.TEXT, Family.PDF}:
            raise CannotBeCleaned(Reason.HOLDS_FILES)
        return self.inner(content, kind)


def repacked(content: bytes, kind: Kind, *, inner: Inner) -> tuple[bytes, set[Left]]:
    """The same document in a new package, and what its clean copy may still tell."""
    if kind in {DOC, XLS}:
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)
    work = Repacking(kind, inner)
    try:
        if not is_reasonable(io.BytesIO(content)):
            raise Refused(Reason.TOO_MUCH_INSIDE)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _written(list(_parts(package, work))), work.left
    except NO_ZIP as error:
        raise Refused(Reason.DAMAGED) from error


def _parts(package: zipfile.ZipFile, work: Repacking) -> Iterator[tuple[str, bytes]]:
    listed = package.infolist()
    if len(listed) > MOST_PARTS or sum(each.file_size for each in listed) > MOST_UNPACKED:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    if len({each.filename for each in listed}) < len(listed):
        raise Refused(Reason.DAMAGED)  # two parts of one name: programs differ in which they show
    for each in listed:
        if each.flag_bits & 1:
            raise Refused(Reason.LOCKED)
        if not each.is_dir():
            cleaned = work.part(each.filename, _read(package, each))
            if cleaned is not None:
                yield each.filename, cleaned


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part. Its list may lie about the size: no more is read than it says."""
    most = LARGEST_XML if part.filename.endswith((".xml", ".rels")) else MOST_UNPACKED
    if part.file_size > most:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    with package.open(part) as stream:
        return stream.read(part.file_size)


def _written(parts: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            about = zipfile.ZipInfo(name, _LONG_AGO)
            about.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(about, content)
    return file.getvalue()
