"""An invented floor plan with its marks: on the drafts of the places whose people one can be, and in their versions."""

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from shelterbelt.core.storage import file_store
from shelterbelt.demo.entrance import chosen
from shelterbelt.demo.world import Row, Rows, World, holder, moment
from shelterbelt.plans.rules import freezing

DRAWING = (
    "id", "plan_id", "org_id", "kind", "title", "alt", "sha256", "width", "height", "position", "added_by_id",
    "added_at",
)  # fmt: skip
MARK = ("drawing_id", "org_id", "kind", "number", "label", "x", "y")
SIZE = (1200, 720)
TITLE = "Main building, ground floor"
ALT = "One hallway from west to east with four classrooms on each side; the gym lies at the east end. North is up."
MARKS = (
    ("exit", 1, "Door 1, front", 500, 965), ("exit", 2, "Door 2, west end", 25, 500),
    ("exit", 3, "Door 3, gym", 970, 500), ("aed", 1, "Outside the office", 400, 470),
    ("shut_off", 1, "Gas main, outside", 930, 60), ("shut_off", 2, "Water, closet by the gym", 745, 530),
    ("key_box", 1, "Left of the front door", 455, 930), ("alarm_panel", 1, "Front hallway", 540, 860),
)  # fmt: skip


@cache
def picture() -> bytes:
    """The floor plan, the same each time."""
    drawn = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(drawn)
    for row, (top, bottom) in enumerate(((80, 310), (410, 640))):
        for room in range(4):
            pen.rectangle((60 + 200 * room, top, 260 + 200 * room, bottom), outline="#333333", width=4)
            pen.text(
                (120 + 200 * room, (top + bottom) // 2), f"Room {1 + 4 * row + room}", fill="#333333", font_size=22
            )
    pen.rectangle((860, 80, 1150, 640), outline="#333333", width=4)
    pen.text((980, 350), "Gym", fill="#333333", font_size=26)
    pen.rectangle((60, 310, 860, 410), outline="#333333", width=4)
    pen.text((420, 348), "Hallway", fill="#333333", font_size=22)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def prepare() -> None:
    """Lay the picture into the file store."""
    file_store().put([picture()])


def part() -> dict[str, Any]:
    """The drawing as a version holds it."""
    marks = sorted(
        (dict(zip(MARK[2:], mark, strict=True)) for mark in MARKS), key=lambda row: (row["kind"], row["number"])
    )
    facts = {"title": TITLE, "kind": "floor_plan", "alt": ALT, "sha256": _digest(), "width": SIZE[0], "height": SIZE[1]}
    return freezing.part("drawings", "record", "Drawings", facts=[{**facts, "marks": marks}])


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:  # noqa: ARG001  nothing here is left to chance
    """The drawing of each school of the district whose people one can be."""
    drawings: list[Row] = []
    marks: list[Row] = []
    for school in chosen(world)[0].schools if world.is_first else ():
        held, by = world.plans.get(school.id), holder(school.principal, world.today)
        if held is None or by is None:
            continue
        key = world.next_id("plans_drawing")
        drawings.append((key, held.plan_id, school.id, "floor_plan", TITLE, ALT, _digest(), *SIZE, 1, by,
                         moment(held.adopted_on, 0.3)))  # fmt: skip
        marks += [(key, school.id, *mark) for mark in MARKS]
    yield Rows("plans_drawing", DRAWING, drawings)
    yield Rows("plans_mark", MARK, marks)


def _digest() -> str:
    return hashlib.sha256(picture()).hexdigest()
