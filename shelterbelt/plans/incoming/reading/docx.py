"""A Word file (DOCX) by mammoth: headings, paragraphs, lists, tables, pictures. Nothing in it is run or fetched."""

import io
import zipfile
from collections import Counter
from typing import Any

import mammoth  # type: ignore[import-untyped]

from shelterbelt.core.clean_copies.limits import LARGEST_XML, MOST_PARTS, MOST_UNPACKED
from shelterbelt.core.packed import is_reasonable
from shelterbelt.plans.incoming.reading.headings import found_by_look
from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Lost, Read, Why, split
from shelterbelt.plans.incoming.reading.top_level import blocks_of

MOST_PICTURES = 60
LARGEST_PICTURE = 20 * 1024**2
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quote'] => blockquote > p:fresh
u => em
"""
_DRAWN = (b"<c:chart", b"<dgm:relIds", b"<wps:wsp", b"<v:shape ")
"""Charts, SmartArt and shapes: Word draws them, nothing else does."""


def read(content: bytes) -> Read:
    """The file, part by part."""
    drawn = _measure(content)
    kept = _Pictures()
    found = mammoth.convert_to_html(
        io.BytesIO(content), style_map=_STYLES, convert_image=mammoth.images.img_element(kept.take)
    )
    parts = split(found_by_look(blocks_of(found.value)))
    if not parts:
        raise CannotBeRead(Why.NO_TEXT)
    lost = Counter({Lost.PICTURES.value: kept.lost, Lost.DRAWINGS.value: drawn})
    return Read(parts, kept.pictures, {name: many for name, many in lost.items() if many})


def _measure(content: bytes) -> int:
    """Refuse what unpacks to more than is read; how many drawings there are."""
    if not is_reasonable(io.BytesIO(content)):
        raise CannotBeRead(Why.TOO_MUCH_INSIDE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listed = archive.infolist()
        if any(each.flag_bits & 1 for each in listed):
            raise CannotBeRead(Why.LOCKED)
        xml = [each.file_size for each in listed if each.filename.endswith((".xml", ".rels"))]
        if len(listed) > MOST_PARTS or sum(each.file_size for each in listed) > MOST_UNPACKED:
            raise CannotBeRead(Why.TOO_MUCH_INSIDE)
        if max(xml, default=0) > LARGEST_XML:
            raise CannotBeRead(Why.TOO_MUCH_INSIDE)
        # zipfile reads no more of a part than its list says.
        text = archive.read("word/document.xml") if "word/document.xml" in archive.namelist() else b""
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise CannotBeRead(Why.DAMAGED)  # Word writes none; they are how small XML becomes large
    return sum(text.count(mark) for mark in _DRAWN)


class _Pictures:
    """Those that come along."""

    def __init__(self) -> None:
        self.pictures: list[bytes] = []
        self.lost = 0

    def take(self, image: Any) -> dict[str, str]:
        """Keep a picture and say where it is; one that is linked from elsewhere isn't fetched."""
        content = self._content(image)
        if content is None:
            self.lost += 1
            return {"src": ""}
        self.pictures.append(content)
        return {"src": f"picture:{len(self.pictures) - 1}"}

    def _content(self, image: Any) -> bytes | None:
        if len(self.pictures) >= MOST_PICTURES:
            return None
        try:
            with image.open() as file:
                content: bytes = file.read(LARGEST_PICTURE + 1)
        except Exception:  # noqa: BLE001  mammoth has its own words, and those of the disk, for a picture it can't open
            return None
        return content if len(content) <= LARGEST_PICTURE else None
