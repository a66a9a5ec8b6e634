"""Asks a provider's servers, within bounds: whom, how long, how much, and how many at once.

The addresses come from people of districts and from documents of providers, so none is trusted: only https, no
redirects, no address inside our own network (checked after the name is resolved, and connected to as resolved). An
answer takes five seconds at most, from the name to the last byte; a server that was silent isn't asked again for a
while, so that nobody waits in line for it.
"""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from allauth.socialaccount.providers.base import ProviderException
from django.conf import settings

from shelterbelt.people.federation.rules import may_be_asked

SECONDS = 5.0
REST_AFTER_SILENCE = 20.0
AT_ONCE = 4
LONGEST = 512 * 1024

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
_resolvers = ThreadPoolExecutor(4, thread_name_prefix="resolve")


class Silent(ProviderException):  # type: ignore[misc]  # allauth brings no types
    """A provider's server didn't answer as it should; the message is for the record."""


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The object in it."""
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise Silent("The answer isn't JSON.") from error
        if not isinstance(found, dict):
            raise Silent("The answer isn't a JSON object.")
        return found


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Let all that is asked inside take no longer than this together."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def fetch(url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """GET, or POST a form. Raises Silent for whatever isn't a whole answer in time."""
    parts = asked_at(url)
    server = _server(parts)
    with server.turn(), _deadline_for(server) as until:
        try:
            return _ask(parts, form, dict(headers or {}), until)
        except Silent:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            server.was_silent()
            raise Silent(f"{parts.hostname}: {type(error).__name__}") from error


def fetched(url: str) -> Answer:
    """GET something that has to be there."""
    answer = fetch(url, headers={"Accept": "application/json, application/samlmetadata+xml, application/xml;q=0.9"})
    if answer.status != http.HTTPStatus.OK:
        raise Silent(f"It answers with status {answer.status}.")
    return answer


def asked_at(url: str) -> SplitResult:
    """The parts of an address that may be asked: https, or http on this machine where the settings name it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Silent("This isn't an address.") from error
    own = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"} and settings.PROVIDER_NETWORKS
    if not (parts.scheme == "https" or own) or not parts.hostname or parts.username is not None or port == 0:
        raise Silent("Only https addresses are asked.")
    return parts


@contextmanager
def _deadline_for(server: "_Server") -> Iterator[float]:
    until = min(time.monotonic() + SECONDS, _deadline.get() or float("inf"))
    if until <= time.monotonic():
        server.was_silent()
        raise Silent("There was no time left to ask.")
    yield until


def _ask(parts: SplitResult, form: Mapping[str, str] | None, headers: dict[str, str], until: float) -> Answer:
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    reached = _reached(_resolved(host, port, _left(until)), port, until)
    connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host, port)
    with _cut_off(reached, until):
        try:
            # Connected to as resolved: asking for the name again could find another address.
            connection.sock = _tls().wrap_socket(reached, server_hostname=host) if secure else reached
            return _said(connection, parts, None if form is None else urlencode(form), headers)
        finally:
            connection.close()
            reached.close()


@contextmanager
def _cut_off(reached: socket.socket, until: float) -> Iterator[None]:
    """Cut the connection when time is up: a socket's own timeout begins anew with each byte."""
    breaker = reached.dup()
    timer = threading.Timer(_left(until), _cut, [breaker])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        breaker.close()


def _cut(breaker: socket.socket) -> None:
    with suppress(OSError):  # it may have ended by itself
        breaker.shutdown(socket.SHUT_RDWR)


def _said(
    connection: http.client.HTTPConnection, parts: SplitResult, body: str | None, headers: dict[str, str]
) -> Answer:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("GET" if body is None else "POST", target, body, {"Accept": "application/json", **headers})
    return _whole(connection.getresponse())


def _whole(response: http.client.HTTPResponse) -> Answer:
    if 300 <= response.status < 400:
        raise Silent("It leads elsewhere, and we don't follow.")
    body = response.read(LONGEST + 1)
    if len(body) > LONGEST:
        raise Silent("The answer is too long.")
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    return Answer(response.status, body)


def _resolved(host: str, port: int, seconds: float) -> list[str]:
    """The network addresses of a host, of which every one may be asked."""
    found = _resolvers.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(timeout=seconds)
    addresses = [str(row[4][0]) for row in found]
    if not addresses or not all(may_be_asked(address, settings.PROVIDER_NETWORKS) for address in addresses):
        raise Silent("Its network address isn't one that we ask.")
    return addresses


def _reached(addresses: list[str], port: int, until: float) -> socket.socket:
    """A connection to the first of them that answers."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return socket.create_connection((address, port), timeout=_left(until) / 2)
    return socket.create_connection((addresses[-1], port), timeout=_left(until))


def _left(until: float) -> float:
    return max(0.05, until - time.monotonic())


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Server:
    """One host and port: how many ask it now, and until when it is left alone."""

    def __init__(self) -> None:
        self.turns = threading.BoundedSemaphore(AT_ONCE)
        self.rests_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One of the few who may ask at once; nobody waits for a server that is silent."""
        if time.monotonic() < self.rests_until or not self.turns.acquire(timeout=SECONDS):
            raise Silent("It was silent a moment ago.")
        try:
            yield
        finally:
            self.turns.release()

    def was_silent(self) -> None:
        """Leave it alone for a while."""
        self.rests_until = time.monotonic() + REST_AFTER_SILENCE


_servers: dict[str, _Server] = {}
_MOST_SERVERS = 2000


def _server(parts: SplitResult) -> _Server:
    if len(_servers) > _MOST_SERVERS:
        _servers.clear()
    return _servers.setdefault(f"{parts.scheme}://{parts.netloc}", _Server())


def forget() -> None:
    """Forget which servers were silent."""
    _servers.clear()
