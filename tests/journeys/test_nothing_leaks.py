"""Real processes with marked secrets, visited by marked people who make every mistake: none of it is ever written."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests import databases
from tests.journeys.site import Site, free_port, running

pytestmark = pytest.mark.journey

SECRETS = {
    "SHELTERBELT_SECRET_KEY": "marked-signing-key-6b1f0e0a7c9d4a52b6d1e8f3c7a90b24\nmarked-signing-key-before-it-5d3c2b1a",
    "SHELTERBELT_SEALING_KEY": "marked-sealing-key-0f9e8d7c6b5a49382716",
    "SHELTERBELT_EMAIL_PASSWORD": "marked-mail-password-77aa",
}
PEOPLE = (
    "ruth.marked@example.org", "marked-sesame-password", "Ruth Marked", "marked note about asthma", "MarkedBrowser",
    "198.51.100.77", "marked-query",
)  # fmt: skip
ADDRESS, PASSWORD, NAME, NOTE, BROWSER, NETWORK, QUERY = PEOPLE
# A rule of the database whose message tells the whole row, as PostgreSQL's own do.
BROKEN_RULE = """
    create function marked_rule() returns trigger language plpgsql as $$ begin
        raise exception 'Failing row contains (%%)', new
            using errcode = 'data_exception', constraint = 'marked_rule', detail = new.place;
    end $$;
    create trigger marked_rule before insert on drills_drill for each row execute function marked_rule();
"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    """A browser of few words."""

    site: Site

    def __post_init__(self) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.opener.addheaders = [("User-Agent", BROWSER), ("X-Forwarded-For", NETWORK)]
        self.token = ""

    def open(self, path: str, **sent: str) -> tuple[int, str]:
        """Status and text of a page; with fields, what a form is answered with."""
        body = None
        if sent:
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **sent}).encode()
        try:
            with self.opener.open(self.site.address(path), body, timeout=30) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return status, text


@dataclass
class Marked:
    """A site that was visited, what its pages said, and what its processes wrote."""

    site: Site
    said: str
    metrics: int
    statuses: dict[str, int]

    @property
    def written(self) -> str:
        """All that web, worker and the page of figures wrote."""
        return (self.site.files / "log").read_text(encoding="utf-8")

    def lines(self, event: str) -> list[dict[str, object]]:
        """The lines of one kind."""
        told = (json.loads(line) for line in self.written.splitlines() if line.startswith("{"))
        return [line for line in told if line["event"] == event]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    """The site after a day on which everything went wrong."""
    folder: Path = tmp_path_factory.mktemp("marked")
    mail = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": "9",
    }
    more = SECRETS | {f"SHELTERBELT_{name}": value for name, value in mail.items()}
    metrics = free_port()
    with running(folder, SHELTERBELT_METRICS_PORT=str(metrics), **more) as site:
        said, statuses = a_bad_day(site)
        yield Marked(site, said + figures(metrics, "/readyz") + figures(metrics, "/metrics"), metrics, statuses)


def a_bad_day(site: Site) -> tuple[str, dict[str, int]]:
    """Wrong passwords, mistaken forms, broken rules of the database, failing jobs. All that was answered."""
    pages: dict[str, tuple[int, str]] = {}
    ruth = Visitor(site)
    pages["front"] = ruth.open(f"/?q={QUERY}&email={ADDRESS}")
    pages["no such page"] = ruth.open(f"/people/{urllib.parse.quote(NAME)}/?{QUERY}")
    ruth.open("/sign-in/")
    pages["wrong password"] = ruth.open("/sign-in/", email=ADDRESS, login=ADDRESS, password=PASSWORD)
    ruth.open("/demonstration/")
    ruth.open("/demonstration/principal/", go="1")
    _, mine = ruth.open("/drills/")
    form = next(iter(re.findall(r'href="(/schools/\d+/drills/record/[^"]*)"', mine)))
    ruth.open(form)
    fields = {"kind": "fire", "held_on": "2026-11-20", "place": NOTE}
    number = "11111111-1111-4111-8111-111111111111"
    pages["mistaken form"] = ruth.open(form, drill_id=NAME, minutes=NOTE, **fields)
    execute(site, BROKEN_RULE)
    pages["broken rule"] = ruth.open(form, drill_id=number, minutes="5", **fields)
    execute(
        site,
        "insert into procrastinate_jobs (queue_name, task_name, args, status)"
        " values ('default', 'shelterbelt:orgs.check_import', %s, 'todo')",
        json.dumps({"import_id": f"{NAME} {ADDRESS}"}),
    )
    pages["alive"], pages["ready"] = ruth.open("/healthz"), ruth.open("/readyz")
    wait_for(lambda: '"event": "job"' in (site.files / "log").read_text())
    return "".join(text for _, text in pages.values()), {name: status for name, (status, _) in pages.items()}


def execute(site: Site, statement: str, *values: str) -> None:
    """Do something as the administrator of the database."""
    with psycopg.connect(make_conninfo("", **databases.administrator() | {"dbname": site.database})) as connection:
        connection.execute(statement, values or [])


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def figures(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def test_the_day_went_as_badly_as_it_should(marked):
    assert marked.statuses == {
        "front": 200, "no such page": 404, "wrong password": marked.statuses["wrong password"], "mistaken form": 422,
        "broken rule": 500, "alive": 200, "ready": marked.statuses["ready"],
    }  # fmt: skip


@pytest.mark.parametrize("word", PEOPLE)
def test_nothing_of_people_was_written(marked, word):
    assert word not in marked.written


@pytest.mark.parametrize("name", [*SECRETS, "SHELTERBELT_SCOPE_KEY"])
def test_no_secret_was_written_or_said(marked, name):
    from shelterbelt.access import scope_keys

    values = SECRETS[name].splitlines() if name in SECRETS else scope_keys.ring()
    for value in values:
        assert value not in marked.written
        assert value not in marked.said


def test_no_secret_stands_in_the_list_of_processes(marked):
    words = [word for process in psutil.Process().children(recursive=True) for word in process.cmdline()]
    assert not [value for given in SECRETS.values() for value in given.splitlines() if value in " ".join(words)]


def test_every_line_is_one(marked):
    assert not [line for line in marked.written.splitlines() if not line.startswith('{"at": ')]


def test_every_request_left_a_line_with_its_number(marked):
    lines = marked.lines("request")
    assert {"home:front", "none", "people:sign_in", "drills:record", "home:readyz"} <= {line["route"] for line in lines}
    assert len({line["request"] for line in lines}) == len(lines)


def test_the_broken_rule_is_told_by_its_name_and_its_way(marked):
    [failed] = marked.lines("request failed")
    assert (failed["error"], failed["constraint"]) == ("DataError", "marked_rule")
    assert any("shelterbelt/drills/actions" in step for step in failed["way"])
    assert failed["request"] in {line["request"] for line in marked.lines("request") if line["status"] == 500}


def test_the_job_that_failed_left_a_line(marked):
    [job] = [line for line in marked.lines("job") if line["task"] == "orgs.check_import"][:1]
    assert (job["outcome"], job["attempt"]) == ("failed", 1)


def test_the_figures_tell_what_happened_and_nobody(marked):
    text = figures(marked.metrics, "/metrics")
    assert 'shelterbelt_requests_total{method="POST",route="drills:record",status="500"} 1.0' in text
    assert 'shelterbelt_jobs_total{outcome="failed",task="orgs.check_import"}' in text
    assert 'shelterbelt_ready{check="database"} 1.0' in text
    assert float(re.search(r"\nshelterbelt_sign_ins_failed_total (\S+)", text)[1]) >= 1
    assert not [word for word in PEOPLE if word in text]


def test_operators_see_that_all_is_well(marked):
    wait_for(lambda: json.loads(figures(marked.metrics, "/readyz"))["ready"])


def test_the_public_page_tells_no_version_and_no_reason(marked):
    status, text = Visitor(marked.site).open("/readyz")
    assert set(json.loads(text)) == {"ready"}
    assert status in {200, 503}


def test_figures_are_served_on_this_machine_alone(marked):
    here = [
        each.laddr.ip
        for process in psutil.Process().children(recursive=True)
        for each in process.net_connections(kind="tcp")
        if each.status == psutil.CONN_LISTEN and each.laddr.port == marked.metrics
    ]
    assert here == ["127.0.0.1"]
