"""What invented districts keep closed in writing, and who asked one of them for records."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import numpy as np

from shelterbelt.demo.entrance import chosen
from shelterbelt.demo.world import Generator, Row, Rows, World, chance, holder, moment, uuids
from shelterbelt.disclosure.rules import due_on, law

DETERMINATION = (
    "org_id", "records", "exemption", "citation", "harm", "interest", "reference", "from_on", "until_on",
    "ended_because", "ended_by_id", "decided_by_id", "decided_at",
)  # fmt: skip
REQUEST = (
    "id", "org_id", "number", "requester", "contact", "how", "asked", "received_on", "due_on", "delay_because",
    "delayed_until", "status", "answer", "recorded_by_id", "recorded_at", "closed_by_id", "closed_at",
    "package_sha256", "package_size",
)  # fmt: skip
HARM = "Whoever plans an attack would learn where people gather, how they move and who comes to help them."
INTEREST = (
    "That the plan exists, who adopted it and that it is drilled stay public; the text protects people only closed."
)
CLOSED = (
    ("emergency-plan", "response-plans", "RSMo 610.021(18)"),
    ("floor-plan", "security-systems", "RSMo 610.021(19)"),
)
ASKED = (
    (41, "withdrawn", "Rae Dunmore, The Courier", "email", "The emergency plans of all schools."),
    (6, "received", "", "letter", "How often each school held a drill last year, and which drills."),
    (1, "received", "Parents of Maple Street", "email", "What the new cameras cost, and who sold them."),
)
"""Days ago, what came of it, who asked, how, and for what. The second is late."""


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Determinations of public districts; requests at the district whose people one can be."""
    yield Rows("disclosure_closuredetermination", DETERMINATION, list(_determinations(world, rng)))
    ids = uuids(rng, len(ASKED))
    yield Rows("disclosure_recordsrequest", REQUEST, list(_requests(world, ids)) if world.is_first else [])


def _determinations(world: World, rng: np.random.Generator) -> Iterator[Row]:
    for district in world.districts:
        luck = rng.random(3).tolist()
        if district.closed_on is not None or district.sector not in {"public", "charter"}:
            continue
        for number, (records, exemption, citation) in enumerate(CLOSED):
            if luck[number] < chance(district.strength + 0.8 - number):
                day = max(district.opened_on, world.today - timedelta(days=200 + int(luck[2] * 700)))
                writer = holder(district.superintendent, day)
                yield (
                    district.id, records, exemption, citation, HARM, INTEREST, "Minutes of the board, item 7", day,
                    None, "", None, writer, moment(day, luck[2]),
                )  # fmt: skip


def _requests(world: World, ids: list[UUID]) -> Iterator[Row]:
    district, _school = chosen(world)
    for number, (key, (ago, status, who, how, asked)) in enumerate(zip(ids, ASKED, strict=True), start=1):
        day = world.today - timedelta(days=ago)
        writer = holder(district.superintendent, day)
        is_over = status != "received"
        yield (
            key, district.id, number, who, "", how, asked, day, due_on(day, law("MO")), "", None, status, "", writer,
            moment(day, 0.5), writer if is_over else None, moment(day, 0.9) if is_over else None, "", 0,
        )  # fmt: skip


GENERATORS: dict[str, Generator] = {"disclosure": generate}
