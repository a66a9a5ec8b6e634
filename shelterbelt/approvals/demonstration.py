"""What the invented state office asked a second person for: agreed, declined, taken back, and one thing still open."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from shelterbelt.approvals.rules import OPEN_FOR
from shelterbelt.demo.world import Generator, Row, Rows, World, moment

APPROVAL = (
    "verb", "org_id", "thing", "given", "offices", "asked_by_id", "reason", "asked_at", "expires_at", "decision",
    "decided_by_id", "decided_at", "answer", "outcome",
)  # fmt: skip
ASKED = (
    (400, "declined", "Ines Calder", "We have enough analysts this year."),
    (220, "withdrawn", "Otis Fairford", ""),
    (90, "", "Nora Elldale", ""),
    (2, "", "Milo Harbeck", ""),
)
"""Days ago, what came of it, who was to be appointed, and the second person's reason. The third ran out."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Once in a state."""
    yield Rows("approvals_approval", APPROVAL, list(_all(world, rng)) if world.is_first else [])


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    first, second = (term.person_id for term in world.state_people[:2])
    for ago, decision, name, answer in ASKED:
        day = world.today - timedelta(days=ago)
        asked_at = moment(day, float(rng.random()))
        decided_at = asked_at + timedelta(days=1) if decision else None
        decided_by = {"declined": second, "withdrawn": first}.get(decision)
        yield (
            "people.appoint", world.ground.state_id, f"Appoint {name}: Tip analyst",
            json.dumps(_given(world, name, day)),
            "{state_office}", first, "The tip line is open longer from next term on.", asked_at, asked_at + OPEN_FOR,
            decision, decided_by, decided_at, answer, "",
        )  # fmt: skip


def _given(world: World, name: str, day: date) -> dict[str, object]:
    """What appointing takes, as it is kept until a second person has spoken."""
    return {
        "org": world.ground.state_id, "office": "tip_analyst", "from_on": (day + timedelta(days=20)).isoformat(),
        "until_on": None, "person": None, "name": name, "email": "", "phone": "", "language": "en",
    }  # fmt: skip


GENERATORS: dict[str, Generator] = {"approvals": generate}
