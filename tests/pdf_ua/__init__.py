"""Which machine-checkable points of PDF/UA-1 a file misses, by the numbers of the Matterhorn Protocol 1.1.

This is our own check of those points that a program can see in the file, on top of what Typst itself refuses to write.
It is not veraPDF, which no registry we build from carries; and whether a description describes, or an order reads well,
a person must say. `misses` gives a sentence for each miss, and nothing for a file that is in order.
"""

import io
from collections.abc import Iterator

import pikepdf

from tests.pdf_ua import content, fonts, structure


def misses(file: bytes) -> list[str]:
    """A sentence for each point missed."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return [
            *_catalog(pdf), *_metadata(pdf), *structure.misses(pdf), *content.misses(pdf), *fonts.misses(pdf),
            *_links(pdf),
        ]  # fmt: skip


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not _in(root, "/MarkInfo", "/Marked"):
        yield "06-001: the file doesn't say that it is tagged"
    if _in(root, "/MarkInfo", "/Suspects"):
        yield "01-002: the file says that its tags are suspect"
    if "/StructTreeRoot" not in root:
        yield "01-006: there is no tree of structure"
    if not str(root.get("/Lang", "")):
        yield "11-006: the language of the document isn't named"
    if not _in(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "07-002: the window doesn't show the title"
    if pdf.is_encrypted:
        yield "26-001: the file is encrypted"
    for name in ("/AcroForm", "/OCProperties", "/AA", "/OpenAction"):
        if name in root:
            yield f"25-001: the file holds {name}, which nothing here writes"
    if "/Outlines" not in root:
        yield "no bookmarks"


def _in(root: pikepdf.Object, name: str, inner: str) -> bool:
    return name in root and bool(root[name].get(inner, False))


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as told:
        if str(told.get("pdfuaid:part", "")) != "1":
            yield "06-002: the metadata doesn't say PDF/UA-1"
        if not str(told.get("dc:title", "")).strip():
            yield "06-003: the metadata holds no title"


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        notes = list(page.get("/Annots", []))
        if notes and page.get("/Tabs") != pikepdf.Name("/S"):
            yield f"28-008: page {number} isn't walked in the order of its structure"
        for note in notes:
            if note.get("/Subtype") != pikepdf.Name("/Link"):
                yield f"28-006: page {number} holds {note.get('/Subtype')}"
            elif not str(note.get("/Contents", "")):
                yield f"28-012: a link on page {number} has no words of its own"
            if "/StructParent" not in note:
                yield f"28-011: a link on page {number} isn't in the tree"
