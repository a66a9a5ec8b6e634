"""XML parts of office files, read without entities, networks or large trees, and written again with their prefixes."""

from typing import Any

from lxml import etree

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Refused


def tree(content: bytes) -> Any:
    """The root. A document type is refused: no office program writes one, and entities are how XML is made a bomb."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(Reason.DAMAGED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
                             remove_pis=True, huge_tree=False)  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Reason.DAMAGED) from error
    if root.getroottree().docinfo.doctype:
        raise Refused(Reason.DAMAGED)
    return root


def written(root: Any) -> bytes:
    """As bytes, with the declaration that office programs ask for."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local(name: object) -> str:
    """A name without its namespace; empty for what is no element."""
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else ""
