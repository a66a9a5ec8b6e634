"""What can be printed of a version, and which of its parts go into it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

WHOLE, EXTRACT, CLASSROOM, GO_KIT = "whole", "extract", "classroom", "go_kit"
KINDS = (WHOLE, EXTRACT, CLASSROOM, GO_KIT)
IN_A_GO_KIT = (
    "roles", "contacts", "places", "actions", "lockdown", "evacuate", "shelter", "accounting", "reunification",
    "medical", "drawings",
)  # fmt: skip
"""What whoever takes the go-kit out of the door needs; in this order."""
FOR_RESPONDERS = (
    "roles", "contacts", "places", "actions", "direction", "communications", "lockdown", "evacuate", "accounting",
    "reunification", "security", "drawings",
)  # fmt: skip
"""Parts that a responder's extract begins with; whoever prints it changes the choice."""
NUMBERS_ON_A_SHEET, PLACES_ON_A_SHEET = 8, 8
"""What a classroom sheet has room for."""
ON_A_SHEET = ("assembly", "reunification", "shelter", "aed", "bleeding_kit")
FIRST_CALLED = ("school", "dispatch", "law_enforcement", "fire", "ems", "district", "health")

Part = Mapping[str, Any]


def chosen(parts: Sequence[Part], kind: str, keys: Collection[str] = ()) -> list[Part]:
    """The parts that are printed, in the plan's order; a go-kit's in its own."""
    if kind == WHOLE:
        return list(parts)
    if kind == GO_KIT:
        return sorted((part for part in parts if part["key"] in IN_A_GO_KIT), key=_in_the_kit)
    return [part for part in parts if part["key"] in keys]


def _in_the_kit(part: Part) -> int:
    return IN_A_GO_KIT.index(part["key"])


def on_a_sheet(rows: Sequence[Part], kinds: Sequence[str], most: int) -> list[Part]:
    """Rows of these kinds, in the order of the kinds, as many as there is room for."""
    known = [row for row in rows if row.get("kind") in kinds]
    return sorted(known, key=lambda row: kinds.index(row["kind"]))[:most]
