"""Parts of Word, Excel and PowerPoint files (ECMA-376): which tell about people, and what is left of them."""

import re
from typing import Any

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.marked_up import local, tree, written
from shelterbelt.core.clean_copies.outcome import Refused

PRINTERS = ("xl/printerSettings/", "word/printerSettings", "ppt/printerSettings")
_WORDS = (".xml", ".rels", ".vml")
_PROPERTIES = "http://schemas.openxmlformats.org/"
_EMPTY = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PROPERTIES}package/2006/metadata/core-properties"/>',
    "docProps/app.xml": f'<Properties xmlns="{_PROPERTIES}officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_PROPERTIES}officeDocument/2006/custom-properties"/>',
}
"""Parts that others point to, so they stay with nothing in them."""
_SOMEBODY = "Somebody"
_NAMED = {"author", "displayName", "userName", "userId", "providerId", "lastModifiedBy", "creator"}
"""Attributes with a name or account in them, which programs ask for: it becomes somebody's."""
_TIMES = {"date", "dt", "dT", "dateTime", "created", "modified"}
_COMMENTS = re.compile(r"comment|people|person|authors|revision|users|threaded", re.IGNORECASE)
_MACROS = ("macroEnabled", "vbaProject", "activeX", "attachedToolbars", "control+xml")
_LEFT_OUT = ("customXml/", "docProps/thumbnail", "docMetadata/", "_xmlsignatures/", "xl/revisions/", *PRINTERS)
_LINK_THAT_STAYS = "/hyperlink"


def is_words(name: str) -> bool:
    """Whether it is read as XML, or is a part that is left out whatever it is."""
    return name.lower().endswith(_WORDS) or name.startswith(_LEFT_OUT)


def part(name: str, content: bytes) -> bytes | None:
    """What is left of a part; None for nothing."""
    if name in _EMPTY:
        return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + _EMPTY[name].encode()
    if name.startswith(_LEFT_OUT):
        return None
    root = tree(content)
    if name == "[Content_Types].xml":
        _types(root)
    elif name.endswith(".rels"):
        _relations(root)
    else:
        _people(root, is_about_comments=bool(_COMMENTS.search(name)))
    return written(root)


def _types(root: Any) -> None:
    for each in list(root):
        kind, place = each.get("ContentType", ""), each.get("PartName", "").lstrip("/")
        if any(word in kind for word in _MACROS):
            raise Refused(Reason.MACROS)
        if place.startswith(_LEFT_OUT):
            root.remove(each)


def _relations(root: Any) -> None:
    """Ties to parts that are left out go; ties to the world outside stay only where a person sees them first."""
    for each in list(root):
        kind, target = each.get("Type", ""), each.get("Target", "")
        if each.get("TargetMode") == "External":
            if not kind.endswith(_LINK_THAT_STAYS):
                each.set("Target", "about:blank")
        elif target.replace("../", "").lstrip("/").startswith(_LEFT_OUT) or "printerSettings" in target:
            root.remove(each)


def _people(root: Any, *, is_about_comments: bool) -> None:
    for each in root.iter():
        if local(each.tag) in {"rsids", "lastModifiedBy"}:
            each.clear()
        if is_about_comments and local(each.tag) == "author" and each.text:
            each.text = _SOMEBODY
        for name in list(each.attrib):
            _attribute(each, name, is_about_comments=is_about_comments)


def _attribute(each: Any, name: str, *, is_about_comments: bool) -> None:
    word = local(name)
    if word.startswith("rsid"):
        del each.attrib[name]
    elif word in _NAMED and (is_about_comments or "}" in name):
        each.set(name, _SOMEBODY)
    elif word == "initials":
        each.set(name, "S")
    elif word in _TIMES and (is_about_comments or "}" in name) and "T" in each.get(name):
        each.set(name, "1980-01-01T00:00:00Z")
    elif word == "name" and is_about_comments and local(each.tag) in {"cmAuthor", "author"}:
        each.set(name, _SOMEBODY)
