"""A marked reporter tells the line everything it must not keep; then all that the installation holds is searched."""

import http.client
import re
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests import databases
from tests.journeys.line import Line, own_environment, running_line, watching
from tests.journeys.site import Site, running

pytestmark = pytest.mark.journey

NETWORK, CLAIMED = "127.0.0.77", "198.51.100.77"
TELLING = {
    "User-Agent": "MarkedBrowser/7.7 (TellTale)",
    "X-Forwarded-For": CLAIMED,
    "X-Real-IP": CLAIMED,
    "Forwarded": f"for={CLAIMED}",
    "X-Request-ID": "feedfacefeedfacefeedfacefeedface",
    "Referer": "https://marked-referrer.example/page",
    "Cookie": "marked-cookie=chocolate; sessionid=marked-session",
    "Accept-Language": "en",
}
SAID = {
    "narrative": "marked narrative about a striped quagga",
    "who": "Marked Person Ofwho",
    "where": "marked corridor seven",
    "school_text": "marked little school",
    "name": "Nell Markedreporter",
    "reach": "573-555-0199",
}
ANSWERED = "marked answer about the okapi"
FILE_NAME, FILE_TEXT = "marked-file-name.txt", "marked text inside of a file"
MARKS = (
    NETWORK, CLAIMED, "MarkedBrowser", "TellTale", "feedfacefeedface", "marked-referrer", "marked-cookie", "marked-session",
    *SAID.values(), ANSWERED, FILE_NAME, FILE_TEXT, "marked mistake", "marked-query",
)  # fmt: skip


@dataclass
class Reporter:
    """A program that says of itself all that a browser could."""

    line: Line

    def ask(self, path: str, body: bytes | None = None, kind: str = "", **more: str) -> tuple[int, str]:
        """Send a request from an address of its own."""
        url = urllib.parse.urlsplit(self.line.url)
        connection = http.client.HTTPConnection("127.0.0.1", url.port or 80, timeout=30, source_address=(NETWORK, 0))
        headers = {**TELLING, "Host": url.netloc, **({"Content-Type": kind} if kind else {}), **more}
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        assert not answer.getheader("Set-Cookie")
        connection.close()
        return answer.status, text

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form."""
        return self.ask(path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def send_with_file(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form with a file in it."""
        parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
        parts.insert(
            0,
            f'Content-Disposition: form-data; name="files"; filename="{FILE_NAME}"\r\n'
            f"Content-Type: text/plain\r\n\r\n{FILE_TEXT}",
        )
        body = "".join(f"--marked\r\n{part}\r\n" for part in parts) + "--marked--\r\n"
        return self.ask(path, body.encode(), "multipart/form-data; boundary=marked")


@dataclass
class Left:
    """What is left of a reporter's visit, everywhere."""

    site: Site
    line: Line
    code: str
    tables: str

    def places(self) -> Iterator[tuple[str, str]]:
        """Everything that was kept or said, by where."""
        yield "database", self.tables
        yield "log of the line", self.line.written
        for path in [*self.site.files.rglob("*"), *self.line.home.rglob("*")]:
            if path.is_file():
                yield str(path.name), path.read_bytes().decode("latin-1")
        server = databases.home() / "postgres/log"
        if server.exists():
            yield "log of the database", server.read_bytes().decode("latin-1")


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """After a tip with files and a name, a mistake, a wrong code, a return, an answer, and broken requests."""
    folder: Path = tmp_path_factory.mktemp("traces")
    with (
        running(folder) as site,
        running_line(site, tmp_path_factory.mktemp("line")) as line,
        watching(site),
    ):
        code = a_visit(Reporter(line))
        wait_for_the_desk(site)
        yield Left(site, line, code, all_tables(site))


def a_visit(reporter: Reporter) -> str:
    """All that a reporter can do, right and wrong; gives their code."""
    _, form = reporter.ask("/tip/?marked-query=1")
    token = re.findall(r'name="token" value="([^"]+)"', form)[0]
    reporter.ask("/tip/schools?q=" + urllib.parse.quote(SAID["school_text"]))
    assert reporter.send("/tip/", narrative="", who="marked mistake", token=token)[0] == 422
    given = SAID | {"school": "unknown", "event_types": "gun", "token": token}
    status, filed = reporter.send_with_file("/tip/", **given)
    assert status == 200
    code = re.findall(r'data-code="([^"]+)"', filed)[0]
    assert reporter.send("/tip/return/", code="marked mistake of a code")[0] == 422
    _, opened = reporter.send("/tip/return/", code=code)
    found = dict(re.findall(r'name="(visit|number)" value="([^"]+)"', opened))
    assert "has what you wrote" in reporter.send_with_file("/tip/return/", step="write", words=ANSWERED, **found)[1]
    for broken in (b"--marked\r\nContent-", b"%%%marked mistake", b"\xff" * 50):
        reporter.ask("/tip/", broken, "multipart/form-data; boundary=marked")
        reporter.ask("/tip/return/", broken, "application/json")
    reporter.ask("/tip/" + urllib.parse.quote(code) + "/marked mistake".replace(" ", "%20"))
    reporter.ask("/tip/", b"z" * 3_000_000, "application/x-www-form-urlencoded")
    return code


def wait_for_the_desk(site: Site) -> None:
    deadline = time.monotonic() + 30
    while execute(site, "select count(*) from tips_tip where taken_in_at is not null")[0][0] == 0:
        assert time.monotonic() < deadline, "the desk never got it"
        time.sleep(0.1)
    time.sleep(1)  # whoever is called by then was


def execute(site: Site, statement: str) -> list[tuple[object, ...]]:
    with connect(site) as connection:
        return connection.execute(statement).fetchall()


def connect(site: Site) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(make_conninfo("", **databases.administrator() | {"dbname": site.database}))


def all_tables(site: Site) -> str:
    """Every row of every table, as the database writes it out; bytes as they are too."""
    text = []
    with connect(site) as connection:
        names = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        for (name,) in names:
            with connection.cursor().copy(sql.SQL("copy {} to stdout").format(sql.Identifier(str(name)))) as rows:
                text.append(b"".join(bytes(row) for row in rows).decode())
    everything = "\n".join(text)
    raw = re.findall(r"\\\\x([0-9a-f]{2,})", everything)
    return everything + "\n" + "\n".join(bytes.fromhex(each).decode("latin-1") for each in raw if len(each) % 2 == 0)


def test_the_search_finds_what_is_there(left):
    assert execute(left.site, "select count(*) from tips_attachment") == [(2,)]
    assert execute(left.site, "select 1 from tips_tip where event_type = 'gun' and reporter_wrote_at is not null")
    for there in ("Missouri", "line:tip", "home:front", "from_reporter"):
        assert [place for place, said in left.places() if there in said], there
    assert "\nMissouri" in all_tables(left.site) or "Missouri\t" in left.tables


@pytest.mark.parametrize("mark", MARKS)
def test_nothing_that_tells_who_or_what_is_kept_anywhere(left, mark):
    assert not [place for place, said in left.places() if mark in said]


def test_the_code_is_nowhere_however_it_is_written(left):
    pattern = re.compile("[^a-z]{1,12}".join(left.code.split()[:3]), re.IGNORECASE)
    assert not [place for place, said in left.places() if pattern.search(said)]


def test_the_lines_process_holds_its_own_key_and_no_other(left):
    told = psutil.Process(left.line.process.pid).environ()
    secret = {name for name in told if name.endswith(("_KEY", "_KEY_FILE", "PASSWORD", "PASSWORD_FILE"))}
    assert secret == {"SHELTERBELT_TIP_LINE_KEY"}
    assert not (left.line.home / "secrets").exists()
    assert not (left.line.home / "tip-keys").exists()


def test_without_its_key_the_line_says_so_and_makes_none_up(left, tmp_path):
    environment = own_environment(left.site, tmp_path)
    del environment["SHELTERBELT_TIP_LINE_KEY"]
    ended = subprocess.run(
        [sys.executable, "-m", "shelterbelt", "tip-line"], env=environment, cwd=databases.ROOT, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "SHELTERBELT_TIP_LINE_KEY is missing" in ended.stderr
    assert not list(tmp_path.iterdir())
