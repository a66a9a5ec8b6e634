"""Drawings as they are frozen into a version, and as pages show them with their marks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from shelterbelt.plans.models import Drawing, Mark, Plan
from shelterbelt.plans.rules import drawings as rules
from shelterbelt.ui.svg import element, number, words

PART = "drawings"
"""Key of the part of a version that holds them."""
Row = Mapping[str, Any]
_LETTER, _TALL, _ROUND = 11, 24, 4


@dataclass(frozen=True)
class Shown:
    """A drawing on a page: the drawing with its marks on it, and the marks in words."""

    title: str
    kind: str
    sha256: str
    picture: SafeString
    marks: tuple["Marked", ...]


@dataclass(frozen=True)
class Marked:
    """A mark in words."""

    code: str
    kind: str
    label: str
    x: str
    y: str
    pk: int | None = None


def rows_of(plan: Plan) -> list[dict[str, Any]]:
    """A plan's drawings as they are frozen: where the clean copy lies, and every mark."""
    found = plan.drawings.prefetch_related("marks").order_by("position", "pk")
    return [row_of(drawing) for drawing in found]


def row_of(drawing: Drawing) -> dict[str, Any]:
    """One drawing as it is frozen."""
    facts = {name: getattr(drawing, name) for name in ("title", "kind", "alt", "sha256", "width", "height")}
    marks = sorted(drawing.marks.all(), key=lambda mark: (mark.kind, mark.number))
    return {**facts, "marks": [_mark(mark) for mark in marks]}


def _mark(mark: Mark) -> dict[str, Any]:
    return {"kind": mark.kind, "number": mark.number, "label": mark.label, "x": mark.x, "y": mark.y}


def drawings_in(parts: Sequence[Row]) -> list[Row]:
    """The drawings of a frozen version, or of what was shared of it."""
    return [row for part in parts if part["key"] == PART for row in part["facts"]]


def shown(row: Row, address: Callable[[str], str], ids: Mapping[tuple[str, int], int] | None = None) -> Shown:
    """A drawing on a page. `address` gives the address of the picture with a digest; `ids` the marks' own numbers."""
    known = ids or {}
    marks = tuple(
        Marked(
            rules.code(mark["kind"], mark["number"]), str(Mark.Kind(mark["kind"]).label), mark["label"],
            rules.percent(mark["x"]), rules.percent(mark["y"]), known.get((mark["kind"], mark["number"])),
        )
        for mark in row["marks"]
    )  # fmt: skip
    kind = str(Drawing.Kind(row["kind"]).label)
    return Shown(row["title"], kind, row["sha256"], overlay(row, address(row["sha256"])), marks)


def overlay(row: Row, href: str) -> SafeString:
    """The drawing with its marks on it, as one picture whose words are its description; the table says the rest."""
    tall = row["height"] * rules.WHOLE / max(1, row["width"])
    picture = element("image", href=href, width=rules.WHOLE, height=number(tall))
    marks = "".join(_flag(mark, tall) for mark in row["marks"])
    drawn = element(
        "svg", picture, marks, class_="drawing", viewBox=f"0 0 {rules.WHOLE} {number(tall)}", role="img",
        aria_label=row["alt"] or row["title"],
    )  # fmt: skip
    return mark_safe(drawn)  # noqa: S308  every attribute and word is escaped by `element` and `words`


def _flag(mark: Row, tall: float) -> str:
    """A mark: a dot where it is, and letters on a coloured ground beside it, within the drawing."""
    x, y = mark["x"], mark["y"] * tall / rules.WHOLE
    said = rules.code(mark["kind"], mark["number"])
    wide = _LETTER * len(said) + 10
    left, top = (
        x + 6 if x + 6 + wide <= rules.WHOLE else max(0, x - 6 - wide),
        max(0.0, min(y - _TALL / 2, tall - _TALL)),
    )
    ground = rules.color(mark["kind"])
    frame = {"fill": ground, "stroke": "#ffffff", "stroke_width": 2}
    return (
        element("circle", cx=number(x), cy=number(y), r=5, **frame)
        + element("rect", x=number(left), y=number(top), width=wide, height=_TALL, rx=_ROUND, **frame)
        + element("text", words(said), x=number(left + wide / 2), y=number(top + 17.5), fill="#ffffff",
                  text_anchor="middle", font_size=17, font_weight="bold")
    )  # fmt: skip
