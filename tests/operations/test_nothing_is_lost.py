"""The whole site, killed again and again while tips arrive: no acknowledged tip is lost, no referral is sent twice.

Everything is real: the launcher with its processes, PostgreSQL, a mail server. SIGKILL hits the tip line, the watch that
takes tips in and sends, and PostgreSQL itself, in turn.
"""

import base64
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing

import psutil
import psycopg
import pytest

from shelterbelt.core.keeping.sources import within
from shelterbelt.delivery.tests.mail_servers import Post, free_port, serving
from shelterbelt.tips.rules.door import _solves
from tests.databases import ROOT
from tests.operations.homes import Home

TOKEN = re.compile(rb'name="token" value="([^"]+)"')
KILLS = ("tip-line", "watch", "postgres", "tip-line", "watch", "postgres")
REPORTERS = 3
SETTLED_WITHIN = 90
# As somebody at the desk: what was taken in is referred to an office outside the state, each with its own address.
REFERS = """
import time
from datetime import timedelta
from django.utils import timezone
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.access.standing import standing_of
from shelterbelt.core import clock
from shelterbelt.people.models import Appointment
from shelterbelt.tips.actions.referring import Wanted, refer
from shelterbelt.tips.models import Tip
today = clock.today()
with acting_as_system("tip_desk", today=today, reason="test"):
    ada = Appointment.objects.current(today).filter(office="tip_analyst").select_related("person").first().person
done = set()
ends = time.monotonic() + 25
while time.monotonic() < ends and len(done) < 40:
    try:
        with acting_as(ada.pk, today=today):
            tip = Tip.objects.exclude(taken_in_at=None).exclude(pk__in=done).first()
            if tip is not None:
                office = f"office{len(done)}@kansas.example"
                wanted = [Wanted(outside="A fusion center", addresses=(("email", office),))]
                refer(tip, wanted=wanted, by=standing_of(ada, today=today), at=clock.now())
        if tip is not None:
            done.add(tip.pk)
    except Exception as error:
        print(type(error).__name__)
    time.sleep(0.1)
print("referred", len(done))
"""


@pytest.fixture
def post():
    """A mail server that takes everything."""
    return Post()


def test_killed_again_and_again_no_acknowledged_tip_is_lost_and_no_referral_is_sent_twice(tmp_path, post):
    rules = tmp_path / "rules"
    rules.mkdir()
    door = (ROOT / "shelterbelt/tips/data/door.yaml").read_text(encoding="utf-8")
    easy = re.sub(r"(?m)^proof:.*$", "proof: {puzzles: 1, bits: 1}", door)
    (rules / "door.yaml").write_text(easy, encoding="utf-8")
    with serving(post) as server:
        home = Home(
            tmp_path / "home",
            more=(
                ("SHELTERBELT_TIP_RULES", str(rules)),
                ("SHELTERBELT_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
                ("SHELTERBELT_EMAIL_HOST", "127.0.0.1"),
                ("SHELTERBELT_EMAIL_PORT", str(server.port)),
            ),
        )
        home.does("load_demonstration", "--size", "0.01")
        acknowledged = _under_fire(home)
    assert len(acknowledged) > 50
    twice = [address for address, many in Counter(post.to).items() if "kansas" in address and many > 1]
    assert not twice


def _under_fire(home):
    """Serve, be killed, and settle; the tips that reporters were told a code for."""
    port, acknowledged, over = free_port(), [], threading.Event()
    launcher = _launch(home, port)
    try:
        _until(lambda: _answers(port + 1) and _answers(port), "the site comes up")
        address = within(_reaches(home, launcher)["SHELTERBELT_EMBEDDED_AT"], "shelterbelt")
        invented = _counted(address)
        threads = [
            threading.Thread(target=_report, args=(port + 1, acknowledged, over), daemon=True) for _ in range(REPORTERS)
        ]
        for thread in threads:
            thread.start()
        _until(lambda: len(acknowledged) > 5, "the first tips are taken")
        desk = subprocess.Popen(
            [*_python(), "shell", "-c", REFERS], cwd=ROOT, env=home.environment | _reaches(home, launcher),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        for name in KILLS:
            time.sleep(2)
            _kill(launcher.pid, name)
        before = len(acknowledged)
        _until(lambda: len(acknowledged) > before + 10, "tips are taken again after all that")
        over.set()
        said, _ = desk.communicate(timeout=60)
        assert int(re.search(r"referred (\d+)", said)[1]) >= 5, said
        _until(lambda: not _open(address), "everything is taken in and sent", SETTLED_WITHIN, lambda: _open(address))
        _judge(address, acknowledged, invented)
    finally:
        over.set()
        launcher.terminate()
        try:
            launcher.wait(timeout=30)
        except subprocess.TimeoutExpired:
            launcher.kill()
            launcher.wait()
    return acknowledged


def _launch(home, port):
    """The whole site; what it says goes to a file, since a full pipe would hold it up."""
    with (home.path / "said").open("wb") as said:
        words = [*_python(), "run", "--port", str(port)]
        return subprocess.Popen(words, cwd=ROOT, env=home.environment, stdout=said, stderr=subprocess.STDOUT)


def _python():
    return [sys.executable, "-m", "shelterbelt"]


def _reaches(home, launcher):
    """How the launcher's own processes reach its database: `SHELTERBELT_EMBEDDED_AT` of one of them."""
    for child in psutil.Process(launcher.pid).children():
        try:
            told = child.environ()
        except psutil.Error:  # killed a moment ago
            continue
        if "SHELTERBELT_EMBEDDED_AT" in told:
            return {"SHELTERBELT_EMBEDDED_AT": told["SHELTERBELT_EMBEDDED_AT"]}
    raise AssertionError("no process knows the database")


def _kill(launcher, name):
    """SIGKILL to one of the launcher's processes and all below it, or to PostgreSQL's first."""
    if name == "postgres":
        found = [each for each in psutil.process_iter(["name", "cmdline"]) if _is_servers(each, launcher)]
    else:
        children = psutil.Process(launcher).children()
        found = [each for each in children if each.status() != psutil.STATUS_ZOMBIE and name in each.cmdline()]
    assert found, name
    for process in found:
        for each in [*process.children(recursive=True), process]:
            try:
                os.kill(each.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


def _is_servers(process, launcher):
    """Whether this is the first process of the PostgreSQL that this launcher's site uses."""
    words = " ".join(process.info["cmdline"] or [])
    home = psutil.Process(launcher).environ().get("SHELTERBELT_HOME", "none")
    return (process.info["name"] or "").startswith("postgres") and f"{home}/postgres" in words


def _report(port, acknowledged, over):
    """Somebody who files tips, and tries again with the same form until they are told a code."""
    while not over.is_set():
        form, tip = _form(port)
        while form and not over.is_set():
            page = _ask(port, "POST", form)
            if page and b"code__words" in page:
                acknowledged.append(tip)
                form = None
            else:
                time.sleep(0.2)
        time.sleep(0.05)


def _form(port):
    page = _ask(port, "GET")
    match = TOKEN.search(page) if page else None
    if not match:
        time.sleep(0.2)
        return None, None
    token = match[1].decode()
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    challenge = base64.urlsafe_b64encode(raw[36:]).rstrip(b"=").decode()
    answer = next(str(number) for number in range(1000) if _solves(challenge, 0, str(number), 1))
    said = {"token": token, "proof": answer, "narrative": "He will bring something", "school": "unknown"}
    return urllib.parse.urlencode(said), raw[:16].hex()


def _ask(port, method, form=None):
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            connection.request(method, "/tip/en/", form, headers)
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None


def _answers(port):
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def _rows(address, question):
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchall()


def _open(address):
    """What still waits to be taken in."""
    try:
        return _rows(address, "select 'tip', count(*) from tips_tip where taken_in_at is null having count(*) > 0")
    except psycopg.OperationalError:
        return ["the database is away"]


def _counted(address):
    """How many tips were counted, and how many there are."""
    [(counted,)] = _rows(address, "select coalesce(sum(amount), 0) from tips_statfact where step = 'received'")
    [(kept,)] = _rows(address, "select count(*) from tips_tip")
    return counted, kept


def _judge(address, acknowledged, invented):
    kept = {row[0].hex for row in _rows(address, "select id from tips_tip")}
    assert set(acknowledged) <= kept, "a tip was acknowledged and lost"
    counted, there = _counted(address)
    assert counted - invented[0] == there - invented[1], "a tip was counted twice, or not at all"
    [(twice,)] = _rows(address, "select count(*) - count(distinct tip_id) from tips_done where verb = 'file'")
    assert not twice
    states = Counter(row[0] for row in _rows(address, "select state from tips_referral"))
    # What was in the hands of whoever was killed waits until its hold is over, and is neither lost nor sent again.
    assert set(states) <= {"sent", "unreached", "acknowledged", "queued"}, states
    [(dropped,)] = _rows(
        address,
        """
        select count(*) from tips_referral r where state = 'queued' and not exists (
            select from delivery_message m where m.about = r.id)""",
    )
    assert not dropped
    assert states["sent"]


def _until(holds, what, seconds=60, told=lambda: ""):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"It takes too long until {what}. {told()}"
        time.sleep(0.1)
