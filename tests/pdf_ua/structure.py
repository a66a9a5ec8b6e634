"""The tree: every kind of element known and where it belongs, pictures described, tables with heads, headings in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
    "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}  # fmt: skip
"""Kinds of elements of ISO 32000-1, 14.8.4."""
_WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
    "TFoot": {"Table"}, "LI": {"L"}, "LBody": {"LI"}, "TOCI": {"TOC"},
}  # fmt: skip
_ONLY = {
    "Table": {"THead", "TBody", "TFoot", "TR", "Caption"}, "TR": {"TH", "TD"}, "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC", "Caption"},
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """An element of the tree with its kind, as the role map gives it, and its parent's."""

    kind: str
    within: str
    raw: pikepdf.Object
    children: tuple[str, ...]


def misses(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A sentence for each point missed."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    elements = list(_walk(pdf))
    for each in elements:
        yield from _misplaced(each)
        if each.kind in {"Figure", "Formula"} and not str(each.raw.get("/Alt", each.raw.get("/ActualText", ""))):
            yield f"13-004: a {each.kind} without words"
        if each.kind == "TH" and not _has_scope(each.raw):
            yield "15-003: a table's head doesn't say what it is the head of"
        if each.kind == "Note" and "/ID" not in each.raw:
            yield "19-003: a note without a number of its own"
    yield from _headings([each.kind for each in elements if each.kind in {"H", "H1", "H2", "H3", "H4", "H5", "H6"}])


def _walk(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """All elements, in the order in which they are read."""
    top = pdf.Root.StructTreeRoot
    roles = {str(name).lstrip("/"): str(role).lstrip("/") for name, role in top.get("/RoleMap", {}).items()}
    waiting = [(child, "") for child in reversed(_children(top))]
    while waiting:
        raw, within = waiting.pop()
        kind = str(raw.get("/S", "")).lstrip("/")
        kind = kind if kind in STANDARD else roles.get(kind, kind)
        below = _children(raw)
        kinds = tuple(roles.get(name, name) for name in (str(each.get("/S", "")).lstrip("/") for each in below))
        yield Element(kind, within, raw, kinds)
        waiting += [(child, kind) for child in reversed(below)]


def _children(raw: pikepdf.Object) -> list[pikepdf.Object]:
    below: Any = raw.get("/K", [])
    below = list(below) if isinstance(below, pikepdf.Array) else [below]
    return [each for each in below if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _misplaced(each: Element) -> Iterator[str]:
    if each.kind not in STANDARD:
        yield f"02-001: {each.kind} is no kind of element and stands for none"
    if each.kind in _WITHIN and each.within not in _WITHIN[each.kind]:
        yield f"09-004: {each.kind} within {each.within}"
    for child in set(each.children) - _ONLY.get(each.kind, set(each.children)):
        yield f"09-004: {each.kind} holds {child}"


def _has_scope(raw: pikepdf.Object) -> bool:
    told: Any = raw.get("/A", [])
    told = list(told) if isinstance(told, pikepdf.Array) else [told]
    return any(isinstance(each, pikepdf.Dictionary) and "/Scope" in each for each in told)


def _headings(kinds: list[str]) -> Iterator[str]:
    if "H" in kinds and len(set(kinds)) > 1:
        yield "14-006: headings with and without levels"
    last = 0
    for level in (int(kind[1]) for kind in kinds if kind != "H"):
        if level > last + 1:
            yield f"14-003: a heading of level {level} after one of level {last}"
        last = level
