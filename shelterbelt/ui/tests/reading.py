"""How these tests read what a template or a drawing made."""

import re
from xml.etree import ElementTree as ET

from django.template import engines
from django.test import RequestFactory


def tree(svg: str) -> ET.Element:
    """The drawing as elements; it must be well-formed."""
    return ET.fromstring(svg)  # noqa: S314  our own drawing


def kinds(svg: str) -> list[str]:
    """The class of every part, in drawing order."""
    return [part.get("class", "") for part in tree(svg).iter() if part.get("class")]


def drawn(source: str, **context: object) -> str:
    """A piece of template, with runs of white space made one."""
    template = engines["django"].from_string(source)
    return re.sub(r"\s+", " ", template.render(context, RequestFactory().get("/here/?a=1"))).strip()


def part(svg: str, path: str, attribute: str) -> str:
    """An attribute of the first part at a path; both must be there."""
    found = tree(svg).find(path)
    assert found is not None
    return found.attrib[attribute]


def group(pattern: str, page: str) -> str:
    """What a pattern's group stands for on a page; it must be there."""
    found = re.search(pattern, page)
    assert found is not None
    return found.group(1)
