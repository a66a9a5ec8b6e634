"""Requests as they come over the wire, to the whole application: nothing of Django's test client tidies them up."""

import io
import shlex
import traceback
from dataclasses import dataclass, field
from urllib.parse import quote, unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler

HOST = "localhost"


@dataclass(frozen=True)
class Sent:
    """One request. `path` and `query` as they stand on the wire, `headers` in their order, one name perhaps twice."""

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    why: str = ""
    """What is wrong with it, for whoever reads of it."""

    def as_curl(self, role: str) -> str:
        """A line that does it again."""
        address = f"http://{HOST}{self.path}{'?' + self.query if self.query else ''}"
        words = ["curl", "-i", "-X", self.method, _short(address, 1000)]
        for name, value in self.headers:
            words += ["-H", f"{name}: {_short(value, 300)}"]
        if self.body:
            words += ["--data-binary", _short(self.body.decode("latin-1"), 2000)]
        return f"{shlex.join(words)}    # as {role}: {self.why}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} letters)"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of content."""
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def text(self) -> str:
        """The body, as far as it is text."""
        return self.body.decode("utf-8", errors="replace")


def send(application: WSGIHandler, sent: Sent) -> Answer:
    """Have a request answered, streams read to their end."""
    got: dict[str, object] = {}

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        got["status"] = int(status.partition(" ")[0])
        got["headers"] = {name.lower(): value for name, value in headers}

    try:
        answer = application(_environ(sent), start)
        try:
            body = b"".join(answer)
        finally:
            answer.close()
    except Exception:  # noqa: BLE001  whatever the application doesn't answer itself is a fault to tell of
        return Answer(599, {}, traceback.format_exc().encode())
    return Answer(got["status"], got["headers"], body)  # type: ignore[arg-type]


def _environ(sent: Sent) -> dict[str, object]:
    environ: dict[str, object] = {
        "REQUEST_METHOD": sent.method,
        "SCRIPT_NAME": "",
        # Servers give the path decoded, as latin-1 (PEP 3333).
        "PATH_INFO": _unquoted(sent.path),
        "QUERY_STRING": sent.query,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(sent.body)),
        "HTTP_HOST": HOST,
    }
    for name, value in sent.headers:
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        twice = key in environ and key.startswith("HTTP_") and key != "HTTP_HOST"
        joint = "; " if key == "HTTP_COOKIE" else ", "
        environ[key] = f"{environ[key]}{joint}{value}" if twice else value
    return environ


def _unquoted(path: str) -> str:
    return unquote_to_bytes(path).decode("latin-1")


def quoted(text: str) -> str:
    """A text as it may stand in a path or query, whatever is in it."""
    return quote(text.encode("utf-8", errors="surrogatepass"), safe="")
