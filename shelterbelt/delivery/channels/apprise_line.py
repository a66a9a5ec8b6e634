"""One target per call through Apprise, which speaks to a hundred services of texts and chat.

Apprise answers yes or no; what really happened stands in what it logs meanwhile: the service's status, or that it could
not be reached. Its words may hold keys and numbers, so only what is known to be harmless is kept.
"""

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import apprise
from apprise.plugins import N_MGR
from django.utils.translation import gettext as _

from shelterbelt.delivery.channels import Begin
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import GONE, Result

_STATUS = re.compile(r"\berror\s*=\s*(\d{3})\b")
_REPLY = re.compile(r"Response Details:\s*b?['\"]?(.*)", re.DOTALL)
_NEVER_CONNECTED = re.compile(
    r"NewConnectionError|ConnectTimeout|Connection refused|NameResolution|Name or service not known", re.IGNORECASE
)
_BROKE_OFF = re.compile(r"Socket Exception|Connection error occurred", re.IGNORECASE)
_TARGET = re.compile(r"[\w.@#:+=-]{1,200}")
"""One target: services would take commas and slashes for several."""
AWAY = timedelta(seconds=5)
PAUSE = timedelta(minutes=1)
TIME_LIMITS = "cto=5&rto=20"
"""Seconds to reach a service, and for its answer: Apprise's own are short for a service that is busy."""


class AppriseLine:
    """A service whose address is a template of the settings, with {to} where the number or room goes."""

    def __init__(self, template: str) -> None:
        self.template = template
        _load()

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Ask the service to take one message for one target."""
        if not _TARGET.fullmatch(letter.address):
            return Result("refused", _("This is no number or room that one message can be sent to."))
        service = apprise.Apprise.instantiate(self._address(letter.address), suppress_exceptions=True)
        if not isinstance(service, apprise.NotifyBase):
            return Result("refused", _("The service doesn't understand this address, or how it is set up."))
        if not begin():
            return GONE
        with _overheard() as lines:
            taken = service.notify(body=text_of(letter), title="")
        return _judge(bool(taken), "\n".join(lines))

    def _address(self, to: str) -> str:
        address = self.template.replace("{to}", quote(to, safe="+"))
        return f"{address}{'&' if '?' in address else '?'}{TIME_LIMITS}"

    def close(self) -> None:
        """Nothing is held."""


def _load() -> None:
    """Read Apprise's services. One of them still imports a module that Python will drop, and says so."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        N_MGR.load_modules()  # type: ignore[no-untyped-call]


def text_of(letter: Letter) -> str:
    """What fits a text: the short words and the link."""
    return f"{letter.short} {letter.link}".strip()


def _judge(taken: bool, heard: str) -> Result:  # noqa: FBT001  Apprise's own answer
    status = int(found[1]) if (found := _STATUS.search(heard)) else 0
    if taken:
        return Result("sent", reply=_reply(heard))
    if status:
        return _refused(status, f"{status} {_reply(heard)}")
    if _NEVER_CONNECTED.search(heard):
        return Result("failed", _("The service can't be reached."), "no connection", AWAY)
    if _BROKE_OFF.search(heard):
        return Result("uncertain", _("The service didn't answer; it may have the message or not."), "no answer")
    return Result("refused", _("The service didn't take the message and doesn't say why."))


def _refused(status: int, reply: str) -> Result:
    if status == 429:
        return Result("busy", _("The service asked to be left alone for a while."), reply, PAUSE)
    if status >= 500:
        return Result("failed", _("The service couldn't take it now."), reply)
    return Result("refused", _("The service refused this address or message."), reply)


def _reply(heard: str) -> str:
    found = _REPLY.search(heard)
    return found[1].partition("\n")[0].rstrip("'\"") if found else ""


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What Apprise logs in this thread, and nowhere else: its lines hold what is sent."""
    heard = _Heard()
    log = logging.getLogger("apprise")
    log.addHandler(heard)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    try:
        yield heard.lines
    finally:
        log.removeHandler(heard)


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.thread, self.lines = threading.get_ident(), list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.lines.append(record.getMessage())
