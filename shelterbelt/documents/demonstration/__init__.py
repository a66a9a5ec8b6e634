"""Files that invented schools and districts keep: sheets, maps and minutes, the same few contents under many names."""

from collections.abc import Iterator

import numpy as np

from shelterbelt.core.storage import file_store
from shelterbelt.demo.world import Generator, Row, Rows, World, days_between, moment, uuids
from shelterbelt.documents.demonstration.contents import CONTENTS
from shelterbelt.documents.rules import keep_until

DOCUMENT = (
    "id", "org_id", "name", "content_type", "size", "sha256", "added_by_id", "added_at", "keep_until",
    "is_closed",
)  # fmt: skip
KEEPING = 0.5
"""The share of schools and districts that attach files at all."""
MOST = 4


def prepare() -> None:
    """Lay the contents into the file store."""
    for content in CONTENTS:
        file_store().put([content.held])


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """A few files each; records made later refer to them."""
    yield Rows("documents_document", DOCUMENT, list(_all(world, rng)))


def _all(world: World, rng: np.random.Generator) -> Iterator[Row]:
    keepers = [(district.id, district.superintendent) for district in world.districts]
    keepers += [(school.id, school.principal) for school in world.schools]
    for org, held in keepers:
        if rng.random() < KEEPING and held:
            yield from _of(world, rng, org, held[-1].person_id)


def _of(world: World, rng: np.random.Generator, org: int, added_by: int) -> Iterator[Row]:
    ids = world.documents[org] = uuids(rng, 1 + int(rng.integers(MOST)))
    for document_id, luck in zip(ids, rng.random((len(ids), 3)).tolist(), strict=True):
        content = CONTENTS[int(luck[0] * len(CONTENTS))]
        added = moment(days_between(world.years[0].starts_on, world.today, luck[1]), luck[2])
        yield (
            document_id, org, content.name, content.kind.content_type, len(content.held), content.sha256, added_by,
            added, keep_until(added.date(), years=5), False,
        )  # fmt: skip


GENERATORS: dict[str, Generator] = {"documents": generate}
