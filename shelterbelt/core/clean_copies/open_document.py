"""Parts of OpenDocument files (OpenDocument 1.3): which tell about people, and what is left of them."""

from typing import Any

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.marked_up import local, tree, written
from shelterbelt.core.clean_copies.outcome import Refused

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_EMPTY = {
    "meta.xml": f'<office:document-meta xmlns:office="{_OFFICE}" office:version="1.3"/>',
    "settings.xml": f'<office:document-settings xmlns:office="{_OFFICE}" office:version="1.3"/>',
}
_LEFT_OUT = (
    "Thumbnails/", "Configurations2/", "META-INF/documentsignatures", "META-INF/macrosignatures", "layout-cache",
    "manifest.rdf", "Versions/", "VersionList.xml",
)  # fmt: skip
_MACROS = ("Basic/", "Scripts/", "Dialogs/")
_PEOPLE = {"creator", "creator-initials", "sender-initials", "initial-creator"}
_TIMES = {"date", "creation-date"}
_COMMENTS = {"annotation", "change-info"}


def is_words(name: str) -> bool:
    """Whether it is read as XML, or is a part that is left out or refused whatever it is."""
    return name == "mimetype" or name.endswith((".xml", ".rdf")) or name.startswith((*_LEFT_OUT, *_MACROS))


def part(name: str, content: bytes) -> bytes | None:
    """What is left of a part; None for nothing."""
    if name.startswith(_MACROS):
        raise Refused(Reason.MACROS)
    if name.startswith(_LEFT_OUT):
        return None
    if name == "mimetype":
        return content
    last = name.rsplit("/", 1)[-1]
    if last in _EMPTY:
        return b'<?xml version="1.0" encoding="UTF-8"?>\n' + _EMPTY[last].encode()
    root = tree(content)
    if name == "META-INF/manifest.xml":
        _manifest(root)
    else:
        _without_people(root)
    return written(root)


def _manifest(root: Any) -> None:
    for each in list(root):
        path = next((each.get(key) for key in each.attrib if local(key) == "full-path"), "")
        if any(local(inside.tag) == "encryption-data" for inside in each):
            raise Refused(Reason.LOCKED)
        if path.startswith(_LEFT_OUT):
            root.remove(each)


def _without_people(root: Any) -> None:
    for each in list(root.iter()):
        tag = local(each.tag)
        if tag in {"event-listeners", "script", "scripts"}:
            each.clear()
        if local(getattr(each.getparent(), "tag", "")) in _COMMENTS:
            if tag in _PEOPLE:
                each.text = "Somebody"
            elif tag in _TIMES:
                each.text = "1980-01-01T00:00:00"
