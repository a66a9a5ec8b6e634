"""The heads that this host keeps beside the database, under HOME/audit: a memory that SQL can't reach.

Before anything new is signed it is compared with what was signed last, so that a trail that was written anew isn't
signed as if nothing had happened.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from shelterbelt.core import environment


class NotTheSameTrail(Exception):
    """What was signed here before isn't what the database holds. The message says what to do."""


def folder() -> Path:
    """Where heads are kept."""
    return environment.home() / "audit"


def file() -> Path:
    """The file of this database: its server's own number, and its name."""
    with connection.cursor() as cursor:
        cursor.execute("select system_identifier from pg_control_system()")
        (server,) = cursor.fetchone()
    return folder() / f"{server}-{connection.settings_dict['NAME']}.jsonl"


def keep(head: Mapping[str, Any]) -> None:
    """Add a head to the file."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(head) + "\n")


def kept() -> Iterator[dict[str, Any]]:
    """The heads that this host keeps of this database, oldest first; without a line that wasn't written to its end."""
    path = file()
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def require_same(links: Callable[[list[int]], dict[int, bytes]]) -> None:
    """Go on if the head signed last still fits the database. `links` gives the links of seals by number."""
    last = deque(kept(), maxlen=1)
    if last and links([last[0]["seal"]]).get(last[0]["seal"], b"").hex() != last[0]["link"]:
        raise NotTheSameTrail(
            f"The trail isn't the one whose head of {last[0]['day']} was signed on this host. Look into it with: "
            "python -m shelterbelt audit verify. If an earlier state was restored, say so with: "
            "python -m shelterbelt audit begin-anew --because '...'"
        )


def set_aside(name: str) -> Path | None:
    """Put the file aside under another name, so that heads begin anew; where it is now."""
    path = file()
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}.{name}.jsonl")
    path.rename(aside)
    return aside
