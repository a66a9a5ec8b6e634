"""The pages people open most, with 20 of them at work at once on the real server.

Each person opens a page, reads for two seconds on average, and opens the next. The limit is the answer to /healthz
under the same load in the same run: what the server, the network and the load itself cost without any page.
"""

import http.client
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.bench.entering import enter
from tests.bench.server import serving
from tests.bench.state import TODAY
from tests.bench.timing import line, percentile

PEOPLE = 20
AT_THE_STATE = 4
READING_SECONDS = 2.0
SECONDS = 40
AIMS = {"state": 0.150, "school": 0.060}


@dataclass(frozen=True)
class Visitor:
    """One person at work: their session and the addresses they go through, by kind of page."""

    cookie: str
    pages: dict[str, str]


def sessions() -> None:
    """Print a signed-in session for each person, as JSON; in a process of its own."""
    import django

    django.setup()
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.people.models import Appointment

    with acting_as_system("measures", today=TODAY, reason="bench"):
        current = Appointment.objects.current(TODAY).select_related("person", "org").order_by("pk")
        at_state = [current.filter(office="state_office")[0]] * AT_THE_STATE
        at_school = current.filter(office="principal", org__kind="school")[: PEOPLE - AT_THE_STATE]
        made = [enter(held) for held in [*at_state, *at_school]]
    addresses = {"state_office": ("state", "/state/"), "principal": ("school", "/schools/{org}/")}
    pages = [(addresses[each.office], each) for each in made]
    told = [{"cookie": each.cookie, "pages": {kind: address.format(org=each.org)}} for (kind, address), each in pages]
    print(json.dumps(told))


@dataclass
class Seen:
    """What everybody met: seconds by kind of page, and how often a connection was opened anew."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    reopened: int = 0


def visit(visitor: Visitor, port: int, until: float, seen: Seen, seed: int, reading: float) -> None:
    """Open pages until the time is up, the bare one as often as the others."""
    chance = random.Random(seed)  # noqa: S311  a stroll, not a secret
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time.sleep(chance.random() * reading)
    while time.monotonic() < until:
        kind = chance.choice(["bare", *visitor.pages])
        address = visitor.pages.get(kind, "/healthz")
        started = time.perf_counter()
        status, is_anew = _ask(connection, address, {"Host": f"localhost:{port}", "Cookie": visitor.cookie})
        seen.seconds[kind].append(time.perf_counter() - started)
        seen.reopened += is_anew
        if status != 200:
            raise RuntimeError(f"{address} answered {status}")
        time.sleep(chance.expovariate(1 / reading) if reading else 0)


def _ask(connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> tuple[int, bool]:
    """The answer's status, and whether the connection was opened anew, as browsers do.

    The server closes one that rested for ten seconds (HEADERS_WITHIN in core/serving.py, which bounds the wait for the
    next request too); one reader in 150 rests so long.
    """
    try:
        return _answered(connection, address, headers), False
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        connection.close()
        return _answered(connection, address, headers), True


def _answered(connection: http.client.HTTPConnection, address: str, headers: dict[str, str]) -> int:
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def crowd(visitors: list[Visitor], port: int, *, seconds: float, reading: float) -> Seen:
    """All at once. Whoever meets a fault ends the measurement: with fewer people the figures would flatter."""
    seen, until = Seen(), time.monotonic() + seconds
    with ThreadPoolExecutor(len(visitors)) as people:
        strolls = [people.submit(visit, one, port, until, seen, seed, reading) for seed, one in enumerate(visitors)]
    for stroll in strolls:
        stroll.result()
    return seen


def main() -> None:
    """Start the server, let the crowd in, print the figures."""
    listed = subprocess.run([sys.executable, "-m", __spec__.name, "--sessions"], check=True, capture_output=True)
    visitors = [Visitor(**one) for one in json.loads(listed.stdout)]
    with serving() as port:
        crowd(visitors, port, seconds=8, reading=0.5)  # both processes have seen every page once
        seen = crowd(visitors, port, seconds=SECONDS, reading=READING_SECONDS)
        bare = percentile(seen.seconds["bare"], 95)
        print(line(f"bare answer, {PEOPLE} people at work, p95 of {len(seen.seconds['bare'])}", bare))
        for kind, aim in AIMS.items():
            middle, late = percentile(seen.seconds[kind], 50), percentile(seen.seconds[kind], 95)
            print(line(f"{kind} page, {PEOPLE} people at work, median of {len(seen.seconds[kind])}", middle))
            print(line(f"{kind} page, {PEOPLE} people at work, p95", late, aim=aim, limit=bare))
        print(f"all {len(visitors)} stayed; connections opened anew after a rest: {seen.reopened}")
        rush = crowd(visitors, port, seconds=10, reading=0).seconds
        total = sum(len(times) for times in rush.values())
        print(f"without reading in between: {total / 10:.0f} answers a second", end="")
        print(", ".join(f"  {kind} p95 {percentile(times, 95) * 1000:.0f} ms" for kind, times in sorted(rush.items())))


if __name__ == "__main__":
    sessions() if "--sessions" in sys.argv else main()
