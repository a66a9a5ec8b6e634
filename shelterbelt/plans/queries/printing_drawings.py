"""Drawings at the end of a print: each with its marks drawn on it, and in words below."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from shelterbelt.core.storage import file_store
from shelterbelt.plans.models import Mark
from shelterbelt.plans.queries.drawings import Row
from shelterbelt.plans.rules import drawings as rules
from shelterbelt.ui.pdf.printing import FONTS
from shelterbelt.ui.pdf.tables import listing
from shelterbelt.ui.pdf.tree import Node, heading, paragraph

_FONT = FONTS / "sourcesanspro-bold-webfont.ttf"


def drawing_blocks(rows: Sequence[Row], level: int) -> list[Node]:
    """Each drawing with a table of its marks."""
    done: list[Node] = []
    for place, row in enumerate(rows):
        done += [heading(row["title"], level), *_picture(place, row)]
        if row["marks"]:
            done.append(listing([_("Mark"), _("What"), _("Which")], _words(row), widths=[1, 3, 5]))
    return done or [paragraph(_("There are no drawings."))]


def _picture(place: int, row: Row) -> list[Node]:
    if not is_kept(row["sha256"]):
        return [paragraph(_("The picture is no longer kept. It showed: %(words)s") % {"words": row["alt"]})]
    return [{"is": "picture", "file": file_of(place), "alt": row["alt"]}]


def _words(row: Row) -> list[list[str]]:
    return [
        [rules.code(mark["kind"], mark["number"]), str(Mark.Kind(mark["kind"]).label), mark["label"]]
        for mark in row["marks"]
    ]


def drawing_files(rows: Sequence[Row]) -> dict[str, bytes]:
    """The pictures by the names that the blocks use."""
    return {file_of(place): marked(row) for place, row in enumerate(rows) if is_kept(row["sha256"])}


def is_kept(sha256: str) -> bool:
    """Whether the picture lies in the file store, as it should."""
    try:
        file_store().open(sha256).close()
    except FileNotFoundError:
        return False
    return True


def file_of(place: int) -> str:
    """The name under which a drawing is printed."""
    return f"drawing-{place}.png"


def marked(row: Row) -> bytes:
    """The clean picture with its marks on it."""
    with file_store().open(row["sha256"]) as kept, Image.open(kept) as picture:
        drawn = picture.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    size = max(14, drawn.width // 58)
    font = ImageFont.truetype(_FONT, size) if _FONT.exists() else ImageFont.load_default(size)
    for mark in row["marks"]:
        _draw(pen, font, mark, drawn.size, size)
    out = io.BytesIO()
    drawn.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _draw(pen: ImageDraw.ImageDraw, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont", mark: Row,
          of: tuple[int, int], size: int) -> None:  # fmt: skip
    x, y = (mark[axis] * length / rules.WHOLE for axis, length in zip("xy", of, strict=True))
    said = rules.code(mark["kind"], mark["number"])
    wide, tall, dot = pen.textlength(said, font=font) + size * 0.6, size * 1.4, size * 0.3
    left, top = (
        x + dot if x + dot + wide <= of[0] else max(0.0, x - dot - wide),
        max(0.0, min(y - tall / 2, of[1] - tall)),
    )
    ground = rules.color(mark["kind"])
    pen.ellipse((x - dot, y - dot, x + dot, y + dot), fill=ground, outline="white", width=2)
    pen.rounded_rectangle((left, top, left + wide, top + tall), size / 4, fill=ground, outline="white", width=2)
    pen.text((left + wide / 2, top + tall / 2), said, fill="white", font=font, anchor="mm")
