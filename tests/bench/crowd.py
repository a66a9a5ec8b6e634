"""200 people at work at once on the real server, each with the pages of their office.

Everybody opens a page, reads for 8 seconds on average, and opens the next, so that more than 20 requests arrive every
second. Principals and officers write drills down on the form: each makes figures new for everybody. One request in
twenty is the bare answer of /healthz, the limit of the same run, and one the question of an open page whether it may
still stand there. The load is made by threads that mostly sleep; it takes a tenth of one processor.
"""

import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.bench.entering import enter
from tests.bench.server import serving
from tests.bench.state import TODAY
from tests.bench.timing import line, percentile

if TYPE_CHECKING:
    from shelterbelt.people.models import Appointment

READING_SECONDS = 8.0
SECONDS = 90
AIM = 0.400
IDLE_SECONDS = 9.0
"""A connection that rested longer is opened anew."""
PEOPLE = {
    "state_office": 4,
    "region_coordinator": 9,
    "superintendent": 12,
    "district_coordinator": 35,
    "principal": 80,
    "school_coordinator": 30,
    "school_resource_officer": 12,
    "agency_lead": 18,
}
"""How many hold each office; 200 together."""
PAGES = {
    "state_office": {
        "state": "/state/", "recommendations": "/state/recommendations/", "output": "/outputs/{output}/",
        "units": "/outputs/D-O5/units/?answer=not_met", "people": "/people/",
    },
    "region_coordinator": {"region": "/regions/{org}/", "output within": "/outputs/{output}/?within={org}"},
    "superintendent": {"district": "/districts/{org}/", "output within": "/outputs/{output}/?within={org}"},
    "district_coordinator": {
        "district": "/districts/{org}/", "people of an organisation": "/organisations/{org}/people/",
        "output within": "/outputs/{output}/?within={org}",
    },
    "principal": {"school": "/schools/{org}/", "drills": "/schools/{org}/drills/", "record": "",
                  "why": "/organisations/{org}/outputs/D-O5/"},
    "school_coordinator": {"school": "/schools/{org}/", "drills": "/schools/{org}/drills/", "record": ""},
    "school_resource_officer": {"school": "/schools/{org}/", "drills": "/schools/{org}/drills/"},
    "agency_lead": {"agency": "/agencies/{org}/", "start": "/start/"},
}  # fmt: skip
"""What they open; where the address is empty, they write down a drill."""
OUTPUTS = ("B-O2", "B-O4", "C-O1", "D-O1", "D-O5", "E-O2", "F-O5", "I-O2")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    """One person at work."""

    office: str
    org: int
    cookie: str
    chance: random.Random
    connection: http.client.HTTPConnection | None = None
    asked_at: float = 0.0


@dataclass
class Seen:
    """What everybody met: seconds by kind of page, and answers that were none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)


def sessions() -> None:
    """Print a signed-in session for each person, as JSON; in a process of its own."""
    import django

    django.setup()
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.people.models import Appointment

    with acting_as_system("measures", today=TODAY, reason="bench"):
        current = Appointment.objects.current(TODAY).select_related("person", "org").order_by("pk")
        chosen = [held for office, many in PEOPLE.items() for held in _spread(current.filter(office=office), many)]
        made = [enter(held) for held in chosen]
    print(json.dumps([{"office": each.office, "org": each.org, "cookie": each.cookie} for each in made]))


def _spread(found: "Iterable[Appointment]", many: int) -> "list[Appointment]":
    """So many of them, from all over the state; the same ones again where there are fewer."""
    everybody = list(found)
    return [everybody[place * max(1, len(everybody) // many) % len(everybody)] for place in range(many)]


def at_work(visitor: Visitor, port: int, until: float, seen: Seen, reading: float) -> None:
    """Open pages until the time is up."""
    time.sleep(visitor.chance.random() * reading)
    while time.monotonic() < until:
        kind, address = _next(visitor)
        if address:
            _ask(visitor, port, seen, kind, "GET", address)
        else:
            _record(visitor, port, until, seen, reading)
        _read(visitor, until, reading)


def _next(visitor: Visitor) -> tuple[str, str]:
    luck = visitor.chance.random()
    if luck < 0.1:
        return ("bare", "/healthz") if luck < 0.05 else ("still there?", "/session/state/")
    kind, address = visitor.chance.choice(list(PAGES[visitor.office].items()))
    return kind, address.format(org=visitor.org, output=visitor.chance.choice(OUTPUTS))


def _read(visitor: Visitor, until: float, reading: float) -> None:
    time.sleep(min(visitor.chance.expovariate(1 / reading), max(0.0, until - time.monotonic())))


def _record(visitor: Visitor, port: int, until: float, seen: Seen, reading: float) -> None:
    """Open the drill form, fill it in, send it."""
    address = f"/schools/{visitor.org}/drills/record/"
    page, cookie = _ask(visitor, port, seen, "drill form", "GET", address)
    token = TOKEN.search(page)
    if token is None:
        seen.faults["drill form without a token"] += 1
        return
    _read(visitor, until, reading)
    drill = {
        "csrfmiddlewaretoken": token[1], "drill_id": str(uuid.uuid4()), "kind": visitor.chance.choice(["fire", "tornado"]),
        "held_on": TODAY.isoformat(), "minutes": "6", "is_announced": "False",
        "plan_part": "evacuation", "students": "310", "staff": "28", "present": "fire",
    }  # fmt: skip
    _ask(visitor, port, seen, "drill sent", "POST", address, urlencode(drill), cookie)


def _ask(
    visitor: Visitor, port: int, seen: Seen, kind: str, method: str, address: str, body: str = "", cookie: str = ""
) -> tuple[str, str]:
    """One request; the page and the cookie that came with it."""
    headers = {
        "Host": f"localhost:{port}",
        "Origin": f"http://localhost:{port}",
        "Cookie": f"{visitor.cookie}; {cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    started = time.perf_counter()
    try:
        connection = _connected(visitor, port)
        connection.request(method, address, body or None, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        visitor.connection = None
        seen.faults[f"{kind}: {type(error).__name__}"] += 1
        return "", ""
    visitor.asked_at = time.monotonic()
    seen.seconds[kind].append(time.perf_counter() - started)
    if answer.status not in ({302} if method == "POST" else {200, 302}):
        seen.faults[f"{kind} {address}: {answer.status}"] += 1
    return page, (answer.headers.get("Set-Cookie") or "").split(";")[0]


def _connected(visitor: Visitor, port: int) -> http.client.HTTPConnection:
    """The connection that is open, or a new one: the server doesn't wait for ever, and browsers reconnect likewise."""
    if visitor.connection is None or time.monotonic() - visitor.asked_at > IDLE_SECONDS:
        if visitor.connection is not None:
            visitor.connection.close()
        visitor.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    return visitor.connection


def crowd(visitors: list[Visitor], port: int, *, seconds: float, reading: float) -> Seen:
    """All at once."""
    seen, until = Seen(), time.monotonic() + seconds
    threads = [threading.Thread(target=at_work, args=(each, port, until, seen, reading)) for each in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def main() -> int:
    """Start the server, let them in, print the figures."""
    listed = subprocess.run([sys.executable, "-m", __spec__.name, "--sessions"], check=True, capture_output=True)
    visitors = [
        Visitor(**each, chance=random.Random(seed))  # noqa: S311  a stroll, not a secret
        for seed, each in enumerate(json.loads(listed.stdout))
    ]
    with serving() as port:
        crowd(visitors, port, seconds=12, reading=4)  # both processes have seen every kind of page
        started, worked = time.monotonic(), time.process_time()
        seen = crowd(visitors, port, seconds=SECONDS, reading=READING_SECONDS)
        took, worked = time.monotonic() - started, time.process_time() - worked
    everything = [each for times in seen.seconds.values() for each in times]
    bare, late = percentile(seen.seconds["bare"], 95), percentile(everything, 95)
    print(
        f"{len(visitors)} people, {len(everything) / took:.1f} requests a second; the load took {worked / took:.0%} of a core"
    )
    for kind, times in sorted(seen.seconds.items(), key=lambda row: -percentile(row[1], 95)):
        print(line(f"  {kind}: p95 of {len(times)}, p50 {percentile(times, 50) * 1000:.0f} ms", percentile(times, 95)))
    print(line("all of them, p50", percentile(everything, 50)))
    print(line("all of them, p95", late, aim=AIM, limit=bare))
    print(f"faults: {dict(seen.faults) or 'none'}")
    return 0 if late <= AIM and not seen.faults else 1


if __name__ == "__main__":
    if "--sessions" in sys.argv:
        sessions()
    else:
        sys.exit(main())
