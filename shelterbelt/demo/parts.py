"""A state many times the size of a real one, up to a whole nation, made in parts for measuring.

Each part is a state's worth of counties, districts, schools and years, invented like the demonstration itself with
random numbers, names and ranges of ids of its own; so no part repeats another. Processes invent parts beside one
another and hand over files that COPY reads; one part is in memory at a time in each. The tables are laid open for the
load: without audit, which would write every row twice.
"""

import multiprocessing
import os
import time
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import django
from django.db import connection, transaction
from psycopg import sql

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo.bulk import laid_open
from shelterbelt.demo.copying import write_file
from shelterbelt.demo.generators import prepare
from shelterbelt.demo.ground import NUMBERED, read_ground
from shelterbelt.demo.loading import Tell, analyze, invented
from shelterbelt.demo.world import County, Ground

LARGEST_PART = 1.5
"""Up to this size a state is made in one piece."""
BLOCKS = dict.fromkeys(NUMBERED, 200_000) | {"orgs_org": 20_000}
"""How many ids each part may use of the tables whose ids are given before the rows are written."""
TABLES = (
    "orgs_org", "orgs_formername", "orgs_formeropening", "orgs_identifier", "orgs_membership", "orgs_enrolment",
    "orgs_jurisdiction", "orgs_directoryimport", "people_person", "people_appointment", "people_standin",
    "people_invitation", "approvals_approval", "documents_document", "drills_drill", "drills_invitation",
    "drills_correctiveaction", "drills_attachment", "attestations_attestation", "attestations_designation",
    "attestations_progress", "attestations_reminder", "contacts_contact", "contacts_schoolhours", "contacts_break",
    "tips_statfact", "plans_plan", "plans_version", "plans_section", "plans_sectionrevision", "plans_goal",
    "plans_course", "plans_hazard", "plans_teammember", "plans_teammeeting", "plans_plancontact", "plans_icsrole",
    "plans_place", "plans_reviewtask", "plans_drawing", "plans_mark", "plans_share", "plans_receipt", "plans_opening",
    "plans_evaluation", "plans_briefing", "assessments_procurement", "assessments_productevaluation",
    "assessments_productscore", "assessments_procurementclause", "assessments_sharedevaluation",
    "improvements_finding", "improvements_correctiveaction", "disclosure_closuredetermination",
    "disclosure_recordsrequest",
)  # fmt: skip
"""What is filled."""


class Part(NamedTuple):
    """Everything a process needs to invent one part."""

    ground: Ground
    size: float
    years: int
    seed: int
    today: date
    part: int
    parts: int
    folder: Path


class Filled(NamedTuple):
    """A file with a table's rows, as COPY reads them."""

    table: str
    columns: tuple[str, ...]
    path: Path
    rows: int


def parts_of(size: float) -> int:
    """How many parts a state of this size is made of."""
    return ceil(size / LARGEST_PART)


def load(*, size: float, years: int, seed: int, today: date, tell: Tell) -> Counter[str]:
    """Invent a large state and write it, all or nothing; rows by table. Only the tables' owner can."""
    counts = fill(size=size, years=years, seed=seed, today=today, tell=tell, parts=parts_of(size))
    analyze(counts, vacuum=True)
    return counts


def fill(*, size: float, years: int, seed: int, today: date, tell: Tell, parts: int) -> Counter[str]:
    """Invent the parts and write them in one transaction; rows by table."""
    counts: Counter[str] = Counter()
    prepare()
    with (
        TemporaryDirectory(prefix="demonstration-") as folder,
        transaction.atomic(),
        acting_as_system("demonstration", today=today, reason="load a large demonstration in parts"),
    ):
        ground = read_ground()
        made = [
            Part(_ground_of(ground, part), size / parts, years, seed, today, part, parts, Path(folder))
            for part in range(parts)
        ]
        with laid_open(TABLES):
            for part, files in enumerate(_invented(made, os.cpu_count() or 1)):
                _read_in(f"part {part + 1} of {parts}", files, counts, tell)
        _count_on({table: ground.last_ids[table] + parts * block for table, block in BLOCKS.items()})
    return counts


def _ground_of(ground: Ground, part: int) -> Ground:
    """The ground of a part: the real one for the first, counties of its own for the others, and free ids."""
    last = {table: ground.last_ids[table] + part * block for table, block in BLOCKS.items()}
    if not part:
        return replace(ground, last_ids=last)
    first = last["orgs_org"] + 1
    counties = tuple(_beside(county, first + place, part) for place, county in enumerate(ground.counties))
    last["orgs_org"] += len(counties)
    return Ground(ground.state_id, counties, last_ids=last)


def _beside(county: County, org_id: int, part: int) -> County:
    return replace(county, id=org_id, name=f"{county.name} {part + 1}")


def _invented(made: list[Part], workers: int) -> Iterator[list[Filled]]:
    """The parts' files in order; never more parts ahead than there are workers, so that files don't heap up."""
    # Spawned, not forked: a child must not share this process's connection.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), django.setup) as pool:
        waiting: deque[Future[list[Filled]]] = deque()
        for part in made:
            waiting.append(pool.submit(invent, part))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def invent(part: Part) -> list[Filled]:
    """Invent a part into files."""
    world, tables = invented(
        part.ground, size=part.size, years=part.years, seed=part.seed, today=part.today, part=part.part,
        parts=part.parts,
    )  # fmt: skip
    files = []
    for number, rows in enumerate(tables):
        path = part.folder / f"{part.part}-{number}"
        files.append(Filled(rows.table, rows.columns, path, write_file(path, rows.rows)))
    for table, block in BLOCKS.items():
        if world.used(table) > block:
            raise ValueError(f"A part needs {world.used(table)} ids of {table}; {block} were set aside.")
    return files


def _read_in(what: str, files: list[Filled], counts: Counter[str], tell: Tell) -> None:
    started = time.perf_counter()
    for filled in files:
        _copy(filled)
        counts[filled.table] += filled.rows
        filled.path.unlink()
    tell(what, sum(filled.rows for filled in files), time.perf_counter() - started)


def _copy(filled: Filled) -> None:
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(filled.table), sql.SQL(", ").join(map(sql.Identifier, filled.columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as stream, filled.path.open("rb") as file:
        while block := file.read(1 << 20):
            stream.write(block)


def _count_on(last_ids: dict[str, int]) -> None:
    """New rows get numbers after those set aside here."""
    with connection.cursor() as cursor:
        for table, last in last_ids.items():
            cursor.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
