"""Drawings at the end of a print: each on its page with its marks in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shelterbelt.ui.pdf.tables import listing
from shelterbelt.ui.pdf.tree import Node, heading


@dataclass(frozen=True)
class Drawn:
    """A drawing with its marks: its picture, what it shows, and a row for each mark."""

    title: str
    alt: str
    picture: bytes
    ending: str
    marks: tuple[tuple[str, str, str], ...] = ()


def drawing_blocks(drawings: Sequence[Drawn]) -> list[Node]:
    """A head, then each drawing with a table of its marks."""
    if not drawings:
        return []
    done: list[Node] = [{"is": "break"}, heading(_("Drawings"), 1)]
    for place, each in enumerate(drawings):
        done += [heading(each.title, 2), {"is": "picture", "file": _file(place, each), "alt": each.alt}]
        if each.marks:
            heads = [_("Number"), _("What"), _("Where")]
            done.append(listing(heads, [list(mark) for mark in each.marks], widths=[1, 3, 6]))
    return done


def drawing_files(drawings: Sequence[Drawn]) -> dict[str, bytes]:
    """The pictures by the names that the blocks use."""
    return {_file(place, each): each.picture for place, each in enumerate(drawings)}


def _file(place: int, drawn: Drawn) -> str:
    return f"drawing-{place}.{drawn.ending}"
