"""What no browser would put on the wire, sent to the running site: it answers or hangs up, and goes on serving."""

import http.client
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest

from tests.attack.fuzzing import SEED, hostile, is_full
from tests.journeys.site import running

MANY = 4000 if is_full() else 240
FAULT = re.compile(r'Traceback|"event": "request failed"|"status": 5|panicked')
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")

LINES = (
    b"GET / HTTP/1.1", b"GET /\x00 HTTP/1.1", b"GET  /  HTTP/1.1", b"GET /", b"", b"\x00\x01\x02\x03", b"GET / HTTP/9.9", b"GET / HTTP/2.0",
    b"PRI * HTTP/2.0", b"\x16\x03\x01\x02\x00\x01\x00", b"GET http://evil.example/ HTTP/1.1", b"CONNECT evil.example:443 HTTP/1.1",
    b"OPTIONS * HTTP/1.1", b"TRACE / HTTP/1.1", b"GET /" + b"a" * 70_000 + b" HTTP/1.1", b"G\xffT / HTTP/1.1", b"GET /%00%ff HTTP/1.1",
    b"GET /sign-in/?next=%0d%0aSet-Cookie:%20a=b HTTP/1.1", b"POST /sign-in/ HTTP/1.1", b"POST /api/v1/schools/1/drills HTTP/1.1",
    b"PUT /api/v1/drills/00000000-0000-4000-8000-000000000000 HTTP/1.1", b"DELETE / HTTP/1.1", b"get / http/1.1",
    b"GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1", b"GET /static/../../../etc/passwd HTTP/1.1", b"GET /api/v1/me HTTP/1.0",
)  # fmt: skip
HEADERS = (
    b"Host: localhost", b"Host: localhost\r\nHost: evil.example", b"Host: evil.example", b"Host:", b"host : localhost", b"Host: localhost:0",
    b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: abc", b"Content-Length: 5\r\nContent-Length: 6", b"Content-Length: 0x5",
    b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 3",
    b"Transfer-Encoding: xchunked", b"Transfer-Encoding: gzip, chunked", b"Expect: 100-continue", b"Expect: nonsense", b"Connection: close",
    b"Connection: upgrade\r\nUpgrade: websocket", b"Upgrade: h2c\r\nHTTP2-Settings: x", b"X-A: " + b"b" * 70_000, b"X\x00Y: z", b"NoColon",
    b" Folded: a\r\n b", b"X-A: a\nX-B: c", b"Cookie: sessionid=\xff\xfe; csrftoken=\x01", b"Accept-Language: \xe2\x80\xae",
    b"Content-Type: multipart/form-data; boundary=", b"Content-Type: application/x-www-form-urlencoded", b"Range: bytes=0-,0-,0-",
    b"Content-Type: application/json", *(b"X-%d: 1" % number for number in range(3)), b"\r\n".join(b"X-%d: 1" % n for n in range(300)),
)  # fmt: skip
BODIES = (
    b"", b"a=b", b"{", b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"-1\r\n\r\n", b"0\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x00" * 3000, b"x" * 200_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running(tmp_path_factory.mktemp("wire")) as instance:
        yield instance


def on_the_wire(dice):
    """A request, or something like one."""
    line = dice.choice(LINES)
    headers = dice.sample(HEADERS, dice.randint(0, 4))
    if dice.random() < 0.7:
        headers = [b"Host: localhost", b"Connection: close", *headers]
    body = dice.choice(BODIES)
    if dice.random() < 0.5:
        headers.append(b"Content-Length: %d" % len(body))
    whole = b"\r\n".join([line, *headers, b"", body])
    return whole[: dice.randint(1, len(whole))] if dice.random() < 0.1 and whole else whole


def send(site, whole):
    """The statuses that came back; none where the server hung up."""
    port = urlsplit(site.url).port
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.settimeout(1.5)
        got = b""
        try:
            wire.sendall(whole)
            wire.shutdown(socket.SHUT_WR)
            while part := wire.recv(65536):
                got += part
        except OSError:  # it hung up, or waits for more
            pass
    return [int(status) for status in STATUS.findall(got)]


def status_of(site, *request):
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(site.url).port, timeout=30)
    with closing(connection):
        connection.request(*request)
        answer = connection.getresponse()
        answer.read()
        return answer.status


def is_well(site):
    return status_of(site, "GET", "/", None, {"Host": "localhost"}) == 200


def test_nothing_on_the_wire_makes_the_site_fail(site):
    dice = Random(SEED)  # noqa: S311  no secret is made of it
    sent = [on_the_wire(dice) for _ in range(MANY)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda whole: send(site, whole), sent))
    failed = [
        (whole[:300], statuses)
        for whole, statuses in zip(sent, answers, strict=True)
        if max(statuses, default=0) >= 500
    ]
    assert not failed
    assert sum(bool(statuses) for statuses in answers) > MANY / 2, "most are answered"
    assert is_well(site)
    assert not faults(site)


def faults(site):
    """What the site's own log tells of faults."""
    log = (site.files / "log").read_text(encoding="utf-8", errors="replace")
    return [line[:500] for line in log.splitlines() if FAULT.search(line)]


@pytest.mark.parametrize("path", ["/sign-in/", "/demonstration/principal/", "/language/"])
def test_hostile_forms_sent_at_once_by_many_are_refused_one_by_one(site, path):
    """Over real transactions and a real pool, where the other runs share one transaction."""
    dice = Random(SEED)  # noqa: S311  no secret is made of it
    texts = [text.encode("utf-8", "surrogatepass").decode("latin-1") for text in hostile.TEXTS if len(text) < 500]

    def post(number):
        token = "a" * 32
        body = urlencode(
            {
                "csrfmiddlewaretoken": token,
                "email": dice.choice(texts),
                "password": dice.choice(texts),
                "next": dice.choice(texts),
            }
        )
        headers = {
            "Host": "localhost",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"csrftoken={token}",
        }
        return status_of(site, "POST", path, body, headers)

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(post, range(MANY // 30)))
    assert max(statuses) < 500 or statuses == {503}
    assert is_well(site)
    assert not faults(site)
