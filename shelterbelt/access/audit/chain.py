"""The seals of the trail in their order, each checked against what it says of itself and of the one before it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils.formats import date_format

from shelterbelt.access.audit.sealing import DIGEST_BYTES, SEAL

GRACE = timedelta(minutes=5)
"""How far an entry's time may lie outside of what its seal allows: clocks are set by little, often."""
AT_ONCE = 20
"""Seals read at once: up to 50,000 entries in each."""


@dataclass(frozen=True)
class Seal:
    """A seal as the database holds it."""

    seq: int
    day: date
    sealed_at: datetime
    cluster: str
    from_tx: int
    until_tx: int
    next_tx: int
    after_id: int
    count: int
    words: str
    """What it says of itself, as its link holds it."""
    ids: str
    """Numbers of entries, as PostgreSQL writes them: {1,2,3}."""
    digests: bytes
    previous: bytes
    link: bytes

    def __str__(self) -> str:
        return f"seal {self.seq} of {date_format(self.day)}"

    def by_entry(self) -> dict[int, bytes]:
        """The digest of each entry by its number."""
        numbers = [int(number) for number in self.ids[1:-1].split(",") if number]
        pieces = [self.digests[at : at + DIGEST_BYTES] for at in range(0, len(self.digests), DIGEST_BYTES)]
        return dict(zip(numbers, pieces, strict=False))

    def is_as_linked(self) -> bool:
        """Whether what it holds gives the link it has."""
        held = hashlib.sha256(self.ids.encode()).digest() + hashlib.sha256(self.digests).digest()
        link = hashlib.sha256(self.previous + self.words.encode() + held).digest()
        return self.link == link and len(self.digests) == self.count * DIGEST_BYTES


def seals() -> Iterator[Seal]:
    """All seals, the oldest first."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select seq, day, sealed_at, cluster, from_tx, until_tx, next_tx, after_id, count,"
                f" {SEAL}, ids::text, digests, previous, link"
                " from access_auditseal where seq > %s order by seq limit %s",
                [after, AT_ONCE],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        for row in rows:
            yield Seal(*row[:-3], *map(bytes, row[-3:]))
        after = rows[-1][0]


@dataclass
class Chain:
    """What the seals so far amount to."""

    last: Seal | None = None
    links: dict[int, bytes] = field(default_factory=dict)
    entries: dict[int, int] = field(default_factory=dict)
    """How many entries are sealed up to each seal."""
    days: dict[date, int] = field(default_factory=dict)
    """The last seal of each day."""
    _moments: list[tuple[int, datetime]] = field(default_factory=list)

    def add(self, seal: Seal) -> Iterator[str]:
        """Take the next seal; a sentence for what is wrong with it."""
        before = self.last.seq if self.last else 0
        if seal.seq != before + 1:
            yield f"Seals {before + 1} to {seal.seq - 1} are missing."
        elif seal.previous != self.links.get(before, b""):
            yield f"The {seal} doesn't follow from the one before it: one of them was made anew."
        if not seal.is_as_linked():
            yield f"The {seal} was changed: what it holds doesn't give its link."
        self._remember(seal, before)

    def _remember(self, seal: Seal, before: int) -> None:
        if seal.from_tx == 0:  # an epoch begins: transactions are counted anew
            self._moments.clear()
        self.links[seal.seq] = seal.link
        self.entries[seal.seq] = self.entries.get(before, 0) + seal.count
        self.days[seal.day] = seal.seq
        self._moments.append((seal.next_tx, seal.sealed_at))
        self.last = seal

    def earliest(self) -> datetime | None:
        """Before this moment no transaction in the last seal had begun, as far as seals of the same epoch tell."""
        if self.last is None:
            return None
        older = [place for place, (begun, _at) in enumerate(self._moments) if begun <= self.last.from_tx]
        if not older:
            return None
        # Where the clock was set back meanwhile, a later seal says so.
        return min(at for _begun, at in self._moments[older[-1] :]) - GRACE
