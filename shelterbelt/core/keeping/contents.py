"""What a backup holds, sealed with it: rows of every table, migrations, and who owned the tables."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from shelterbelt.core.keeping.counting import Rows
from shelterbelt.core.keeping.refusing import CannotKeep


@dataclass(frozen=True)
class Contents:
    """Counted at the moment of a dump; with a base backup, when it began."""

    tables: dict[str, Rows]
    migrations: list[str]
    owner: str

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(rows.count for rows in self.tables.values())

    def to_bytes(self) -> bytes:
        """As it is sealed."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, pieces: Iterable[bytes]) -> "Contents":
        """As it was sealed."""
        kept = json.loads(b"".join(pieces))
        tables = {name: Rows(**rows) for name, rows in kept["tables"].items()}
        return cls(tables, list(kept["migrations"]), str(kept["owner"]))

    def require_known(self, known: set[str], apps: set[str]) -> None:
        """Refuse a database that a newer Shelterbelt made: this one wouldn't know what to do with it."""
        newer = [name for name in self.migrations if name.split(".")[0] in apps and name not in known]
        if newer:
            raise CannotKeep(
                f"The backup was made by a newer Shelterbelt (it knows {newer[-1]}). Update this one first."
            )
