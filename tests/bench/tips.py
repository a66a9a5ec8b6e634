"""The tip line under load: what it accepts, how soon the desk sees it, how soon the first message leaves.

The real processes stand up on the measured state: the tip line, the watch, a web server, a mail server that takes
everything, and PostgreSQL as it always runs (`fsync` and `synchronous_commit` on). Forms are filled in beforehand, with
an easy puzzle: solving it is the sender's cost, checking it ours. The limit beside is the bare row: as many durable
inserts of the same size as the database takes on as many connections.
"""

import http.client
import json
import os
import random
import tempfile
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import django
import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from tests import databases
from tests.bench import desk, state
from tests.bench.server import free_port, process
from tests.bench.timing import percentile
from tests.databases import ROOT

CONNECTIONS = 16
SUSTAINED_SECONDS, OFFERED_SECONDS, OFFERED = 15, 15, 100
SURGE = 3670
"""28 times a month of the state's line (1,573 tips in 2023, Missouri State Highway Patrol), as in December 2021 in
Michigan: the whole day's tips as fast as they go in."""
EASY = "proof: {puzzles: 8, bits: 1}"


@dataclass
class Took:
    """When a tip was sent and accepted, in seconds of the machine's clock."""

    sent: float
    accepted: float


@dataclass
class Load:
    """What came of a load."""

    took: list[Took] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def seconds(self) -> list[float]:
        """How long each accepted tip waited for its answer."""
        return [each.accepted - each.sent for each in self.took]


def main() -> None:
    """Print the figures, measured on a copy of the measured state."""
    name = f"{databases.PREFIX}{os.getpid()}"
    databases.create(name, template=state.ready().database)
    os.environ |= databases.environment(name) | {"SHELTERBELT_LOGIN": "app"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "shelterbelt.settings"
    try:
        _measure(make_conninfo("", **(databases.administrator() | {"dbname": name})))
    finally:
        databases.drop(name)


def _measure(administrator: str) -> None:
    django.setup()
    with ExitStack() as up:
        site = up.enter_context(_site(administrator))
        _warm(site)
        _say("durable inserts of such a row, bare", bare := _bare_inserts(administrator), "a second")
        with _Meter() as meter:
            sustained = _sustained(site)
        rate = len(sustained.took) / SUSTAINED_SECONDS
        kept = "kept" if rate >= 300 else "MISSED"
        _say("tips accepted, sustained", rate, f"a second  aim 300: {kept}  {bare / rate:.1f} times slower than bare")
        _percentiles("sustained, 16 connections", sustained)
        meter.tell(len(sustained.took))
        _percentiles(f"{OFFERED} a second offered", _offered(site), aim=0.150)
        _visible(site)
        _surge(site)
    desk.measure()


def _say(what: str, number: float, unit: str) -> None:
    print(f"{what:<66}{number:>9.1f} {unit}", flush=True)


def _percentiles(what: str, load: Load, *, aim: float | None = None) -> None:
    for percent in (50, 95, 99):
        seconds = percentile(load.seconds, percent)
        judged = f" aim {aim * 1000:.0f} ms: {'kept' if seconds <= aim else 'MISSED'}" if aim and percent == 99 else ""
        _say(f"{what}, p{percent} of {len(load.took)}", seconds * 1000, f"ms{judged}")
    if load.faults:
        print(f"  faults: {load.faults}", flush=True)


class _Meter:
    """What the processes take of the processors meanwhile, sender included: it says what a busy machine does not."""

    def __enter__(self) -> Self:
        self.before = self._taken()
        return self

    def __exit__(self, *_: object) -> None:
        after = self._taken()
        self.took = {name: seconds - self.before.get(name, 0.0) for name, seconds in after.items()}

    def _taken(self) -> dict[str, float]:
        taken: dict[str, float] = defaultdict(float)
        for each in psutil.Process().children(recursive=True) + _database_processes():
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                taken[_part_of(each)] += times.user + times.system
        own = psutil.Process().cpu_times()
        taken["sender"] = own.user + own.system
        return taken

    def tell(self, tips: int) -> None:
        """Print it by tip, and how many a second two processors could bear at that."""
        each = {name: seconds / tips * 1000 for name, seconds in self.took.items() if seconds > 0}
        parts = ", ".join(f"{name} {took:.2f}" for name, took in sorted(each.items(), key=lambda row: -row[1]))
        _say("of the processors a tip takes, all together", sum(each.values()), f"ms ({parts})")
        _say("so two processors bear", 2000 / sum(each.values()), "tips a second, sender and desk included")


def _database_processes() -> list[psutil.Process]:
    return [each for each in psutil.process_iter() if each.name() == "postgres"]


def _part_of(each: psutil.Process) -> str:
    words = " ".join(each.cmdline()[:4])
    return next((part for part in ("tip-line", "watch", "web", "postgres") if part in words), "other")


@dataclass
class Site:
    """Where the processes answer, and how to fill in a form."""

    line: int
    web: int
    mails: list[tuple[float, str]]
    schools: list[int]
    analyst: str
    """The cookie of somebody at the desk."""
    administrator: str

    def known(self, question: str) -> Any:
        """One value from the database, past its walls."""
        with psycopg.connect(self.administrator) as connection:
            row = connection.execute(question).fetchone()  # type: ignore[call-overload]  # our own words
        return row[0] if row else None

    def form(self, *, life_safety: bool = False) -> bytes:
        """A form as a browser sends it, with its proof of work."""
        from shelterbelt.core import clock
        from shelterbelt.tips.sealing import form_tokens

        token = form_tokens.new(at=clock.now())
        said = {
            "token": token,
            "proof": _solved(form_tokens.challenge_of(token)),
            "narrative": "He said that he will bring something tomorrow. " * 6,
            "event_types": "gun" if life_safety else "bullying",
            "school": str(random.choice(self.schools)),  # noqa: S311  no secret
        }
        return urllib.parse.urlencode(said).encode()


def _solved(challenge: str) -> str:
    from shelterbelt.tips.rules.door import _solves, door, is_proven  # noqa: F401  the same numbers as the server's

    rules = door()
    answers = []
    for number in range(rules.puzzles):
        answer = 0
        while not _solves(challenge, number, str(answer), rules.bits):
            answer += 1
        answers.append(str(answer))
    return ",".join(answers)


@contextmanager
def _site(administrator: str) -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="shelterbelt-bench-") as folder, ExitStack() as up:
        Path(folder, "door.yaml").write_text(_easy_door(), encoding="utf-8")
        mails, smtp = up.enter_context(_mail_server())
        line, web = free_port(), free_port()
        told = {
            "SHELTERBELT_TIP_RULES": folder,
            "SHELTERBELT_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "SHELTERBELT_EMAIL_HOST": "127.0.0.1",
            "SHELTERBELT_EMAIL_PORT": str(smtp),
        }
        os.environ |= told
        _prepare()
        up.enter_context(process("tip-line", "--port", str(line), "--workers", "2", port=line, login="public"))
        up.enter_context(process("web", "--port", str(web), "--workers", "1", port=web))
        up.enter_context(process("watch"))
        schools, analyst = _schools_and_an_analyst()
        yield Site(line, web, mails, schools, analyst, administrator)


def _easy_door() -> str:
    ours = (ROOT / "shelterbelt/tips/data/door.yaml").read_text(encoding="utf-8")
    return "\n".join(EASY if row.startswith("proof:") else row for row in ours.splitlines())


@contextmanager
def _mail_server() -> Iterator[tuple[list[tuple[float, str]], int]]:
    """A mail server that takes everything, and when each came."""
    from aiosmtpd.controller import Controller

    mails: list[tuple[float, str]] = []

    class Takes:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  its name there
            mails.append((time.time(), str(envelope.rcpt_tos)))
            return "250 taken"

    controller = Controller(Takes(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield mails, controller.port
    finally:
        controller.stop()


def _prepare() -> None:
    """The keys of the month, as `shelterbelt prepare` makes them."""
    from shelterbelt.tips.tasks import keep_month_keys

    keep_month_keys(0)


def _schools_and_an_analyst() -> tuple[list[int], str]:
    from django.utils import timezone

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.orgs.models import Org
    from shelterbelt.people.models import Appointment
    from tests.bench.entering import enter

    today = timezone.localdate()
    with acting_as_system("tip_desk", today=today, reason="measure the desk"):
        held = Appointment.objects.current(today).filter(office="tip_analyst").select_related("person").earliest("pk")
        schools = list(Org.objects.schools().open_on(today).values_list("pk", flat=True))
        return schools, enter(held).cookie


def _warm(site: Site) -> None:
    _offered(site, seconds=2, rate=20)


def _sustained(site: Site) -> Load:
    """As many as go in, on sixteen connections that each wait for their answer."""
    ends = time.time() + SUSTAINED_SECONDS
    forms = [[site.form() for _ in range(700)] for _ in range(CONNECTIONS)]
    ends = time.time() + SUSTAINED_SECONDS
    return _by_many(lambda number, load: _send_until(site.line, forms[number], load, ends), CONNECTIONS)


def _send_until(port: int, forms: list[bytes], load: Load, ends: float) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for form in forms:
        if time.time() > ends:
            return
        _send(connection, form, load, time.time())
    raise RuntimeError("Too few forms were filled in for such a quick line.")


def _offered(site: Site, *, seconds: int = OFFERED_SECONDS, rate: int = OFFERED) -> Load:
    """So many a second, whether or not the answers come: waiting for one's turn counts as waiting."""
    forms = [site.form() for _ in range(seconds * rate)]
    began = time.time() + 0.2
    due = list(enumerate(forms))
    turn = threading.Lock()

    def work(_number: int, load: Load) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.line, timeout=30)
        while True:
            with turn:
                if not due:
                    return
                place, form = due.pop(0)
            at = began + place / rate
            time.sleep(max(0.0, at - time.time()))
            _send(connection, form, load, at)

    return _by_many(work, 32)


def _send(connection: http.client.HTTPConnection, form: bytes, load: Load, at: float) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", "/tip/", form, headers)
        answer = connection.getresponse()
        page = answer.read()
    except (OSError, http.client.HTTPException) as error:
        load.faults[type(error).__name__] = load.faults.get(type(error).__name__, 0) + 1
        connection.close()
        return
    if answer.status == 200 and b"<ol" in page:
        load.took.append(Took(at, time.time()))
    else:
        load.faults[str(answer.status)] = load.faults.get(str(answer.status), 0) + 1


def _by_many(work: Callable[[int, Load], None], many: int) -> Load:
    loads = [Load() for _ in range(many)]
    threads = [threading.Thread(target=work, args=(number, load)) for number, load in enumerate(loads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Load([took for load in loads for took in load.took])
    for load in loads:
        for name, many_of in load.faults.items():
            whole.faults[name] = whole.faults.get(name, 0) + many_of
    return whole


def _bare_inserts(administrator: str) -> float:
    """Rows of a tip's size a second, each committed by itself, on as many connections: nothing quicker is durable."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("create table bare_tip (id uuid primary key, body bytea)")
        settings = [connection.execute(f"show {name}").fetchone() for name in ("fsync", "synchronous_commit")]
        print(f"fsync and synchronous_commit: {', '.join(str(row[0]) for row in settings if row)}", flush=True)
    ends = time.time() + 5

    def work(_number: int, load: Load) -> None:
        with psycopg.connect(administrator, autocommit=True) as connection:
            while time.time() < ends:
                connection.execute("insert into bare_tip values (gen_random_uuid(), %s)", [os.urandom(700)])
                load.took.append(Took(0, 0))

    return len(_by_many(work, CONNECTIONS).took) / 5


def _visible(site: Site) -> None:
    """From the answer to the reporter until the queue's pulse says that there is something new; and to the first mail."""
    seen, paged = [], []
    for number in range(20):
        life_safety, load, before = number % 2 == 0, Load(), _pulse(site)
        mails = len(site.mails)
        _send(http.client.HTTPConnection("127.0.0.1", site.line), site.form(life_safety=life_safety), load, time.time())
        accepted = load.took[0].accepted
        seen.append(_until(lambda before=before: _pulse(site) != before, since=accepted))
        if life_safety:
            paged.append(_until(lambda mails=mails: len(site.mails) > mails, since=accepted))
        time.sleep(0.5)
    _judged("from accepted to the desk's queue, p95 of 20", percentile(seen, 95), aim=1)
    _judged("from accepted to the first message sent, p95 of 10", percentile(paged, 95), aim=2)


def _judged(what: str, seconds: float, *, aim: float) -> None:
    _say(what, seconds * 1000, f"ms  aim {aim * 1000:.0f} ms: {'kept' if seconds <= aim else 'MISSED'}")


def _until(happened: Callable[[], bool], *, since: float, within: float = 15) -> float:
    while time.time() < since + within:
        if happened():
            return time.time() - since
        time.sleep(0.02)
    return within


def _pulse(site: Site) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", site.web, timeout=10)
    connection.request("GET", "/desk/pulse/", headers={"Cookie": site.analyst})
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"The pulse answered {answer.status}.")
    return str(json.loads(said)["queue"])


def _surge(site: Site) -> None:
    """A surge day's tips at once: all of them accepted, taken in and counted, and how long until the desk has the last."""
    counted = "select coalesce(sum(amount), 0) from tips_statfact where step = 'received'"
    before, forms = int(site.known(counted)), [site.form(life_safety=number % 6 == 0) for number in range(SURGE)]
    started, turn = time.time(), threading.Lock()

    def work(_number: int, load: Load) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", site.line, timeout=30)
        while True:
            with turn:
                if not forms:
                    return
                form = forms.pop()
            _send(connection, form, load, time.time())

    load = _by_many(work, CONNECTIONS)
    accepted = time.time() - started
    _until(lambda: int(site.known(counted)) - before >= len(load.took), since=time.time(), within=120)
    lost = len(load.took) - (int(site.known(counted)) - before)
    _say(f"a surge day of {SURGE} tips at once, accepted: {len(load.took)}, lost: {lost}", accepted * 1000, "ms")
    _say("until the desk had the last of them", (time.time() - started) * 1000, "ms")
    _percentiles("in the surge", load)


if __name__ == "__main__":
    main()
