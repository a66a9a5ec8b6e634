"""How marks are written on a drawing, and what a drawing may be."""

from collections.abc import Iterable

LETTERS = {
    "exit": "EX", "shut_off": "SO", "aed": "AED", "bleeding_kit": "BK", "extinguisher": "FE", "alarm_panel": "AP",
    "key_box": "KB", "camera": "CAM", "refuge": "AR", "shelter": "SH", "assembly": "AS", "reunification": "RE",
    "command_post": "CP", "staging": "ST", "hazard": "HZ", "other": "X",
}  # fmt: skip
"""What stands on the drawing, so that colour alone never tells."""
COLORS = {
    "exit": "#0b6623", "refuge": "#0b6623", "shelter": "#0b6623", "assembly": "#0b6623", "reunification": "#0b6623",
    "aed": "#a8102a", "bleeding_kit": "#a8102a", "extinguisher": "#a8102a", "alarm_panel": "#a8102a",
    "shut_off": "#8a4b00", "hazard": "#8a4b00",
}  # fmt: skip
OTHER_COLOR = "#1a4480"
"""Ways out green, first aid and fire red, what endangers brown, the rest blue: all with white letters on them."""

MOST_DRAWINGS = 40
MOST_MARKS = 200
MOST_PAGES = 12
"""Pages of one PDF that become drawings."""
LONGEST_EDGE = 2400
"""Pixels: sharp on a page of letter size, light enough for a phone."""
WHOLE = 1000
"""A place is in thousandths of the drawing."""


def code(kind: str, number: int) -> str:
    """What stands on the drawing: AED 2."""
    return f"{LETTERS[kind]} {number}"


def color(kind: str) -> str:
    """The ground of a mark's letters."""
    return COLORS.get(kind, OTHER_COLOR)


def next_number(taken: Iterable[int]) -> int:
    """The smallest number that no other mark of the kind has."""
    known = set(taken)
    return next(number for number in range(1, len(known) + 2) if number not in known)


def percent(thousandths: int) -> str:
    """A place as it is typed and read: 12.5."""
    return f"{thousandths / 10:g}"
