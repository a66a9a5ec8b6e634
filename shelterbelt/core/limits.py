"""How often somebody may do something costly. Counted in the database, so that it holds over all processes and hosts.

Nobody is counted by the address of their network alone: a whole district shares one.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from shelterbelt.core import metrics
from shelterbelt.core.apart import apart

Period = Literal["minute", "hour", "day"]
SECONDS: dict[Period, int] = {"minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True)
class Limit:
    """So much of something in a period, by one person (or address, or session). All of it may be used at once."""

    of: str
    most: int
    per: Period

    def taken(self, who: str) -> float:
        """Take one. Gives the seconds to wait when none is left, else 0.

        On a connection of its own: a request that fails is undone, and what it took stays taken.
        """
        with apart() as connection:
            row = connection.execute(
                "select core_take(%s, %s, %s, %s)", [self.of, _known_as(who), self.most, SECONDS[self.per]]
            ).fetchone()
        wait = float(row[0]) if row else 0.0
        if wait:
            metrics.REFUSED_AS_TOO_MANY.labels(self.of).inc()
        return wait


def _known_as(who: str) -> str:
    """A name for them that tells nobody who reads the table who it is."""
    key = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(who.encode(), key=key, digest_size=16, person=b"allowances").hexdigest()
