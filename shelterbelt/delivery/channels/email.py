"""Mail by SMTP over a held connection, or by whatever else Django's EMAIL_BACKEND says.

RFC 5321: until DATA nothing has left, so an attempt begins there. A reply is the server's word: 2xx it has the letter,
4xx not now, 5xx never. No reply after the text has gone out means that nobody knows.
RFC 3834: Auto-Submitted keeps holiday answers away. Nothing in a letter tells us whether it was opened.
"""

import re
import smtplib
import socket
from datetime import timedelta
from email.utils import formatdate, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from shelterbelt.core import log_lines
from shelterbelt.delivery.channels import Begin, Line
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import GONE, SENT, Result

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
AFTER_THE_TEXT = 90
"""Seconds that a server may take to accept a letter it has: some look through it first. Less than pace.BEGUN."""
AWAY = timedelta(seconds=5)
"""How long a server that can't be reached is left alone, so that not every letter uses up an attempt on it."""
LEAVE_ME_ALONE = 421
log = log_lines.logger("shelterbelt.delivery")


def line() -> Line:
    """The line that the settings ask for."""
    return SmtpLine() if settings.EMAIL_BACKEND == SMTP_BACKEND else BackendLine()


def compose(letter: Letter) -> EmailMessage:
    """The letter as it goes out."""
    mail = EmailMessage(
        subject=letter.subject,
        body=f"{letter.text}\n\n{letter.link}\n" if letter.link else f"{letter.text}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.address],
        headers={
            "Message-ID": f"<{letter.attempt}@{domain()}>",
            "Date": formatdate(localtime=True),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": letter.language,
        },
    )
    if letter.urgency == "life_safety":
        mail.extra_headers |= {"Importance": "high", "X-Priority": "1"}
    return mail


def domain() -> str:
    """The part of our own address behind the @."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


class BackendLine:
    """Files, the console, or a backend of the site's own, which says less about what happened."""

    def __init__(self) -> None:
        self.backend = get_connection()

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Hand the letter to Django's backend."""
        mail = compose(letter)
        if not begin():
            return GONE
        try:
            count = self.backend.send_messages([mail])
        except Exception as error:  # noqa: BLE001  whatever a site's own backend raises, the letter may have left
            log.warning("mail backend failed", error=type(error).__name__)
            return Result(
                "uncertain", _("The mail program failed; it may have been sent or not."), type(error).__name__
            )
        return SENT if count else Result("failed", _("The mail program didn't take it."))

    def close(self) -> None:
        """Let the backend close."""
        self.backend.close()


class SmtpLine:
    """One connection, held."""

    def __init__(self) -> None:
        self.backend: EmailBackend | None = None

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Say whom it is for, begin, hand over the text."""
        try:
            data = compose(letter).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            sender = sanitize_address(settings.EMAIL_RETURN or parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "utf-8")
            address = sanitize_address(letter.address, "utf-8")
        except (ValueError, UnicodeError) as error:
            return Result("refused", _("This is no address that mail can be sent to."), str(error))
        refusal = self._envelope(sender, address)
        if refusal is not None:
            return refusal
        if not begin():
            self._reset()
            return GONE
        return self._text(data)

    def close(self) -> None:
        """Say goodbye."""
        backend, self.backend = self.backend, None
        if backend is not None:
            try:
                backend.close()
            except (OSError, smtplib.SMTPException):
                log.info("mail server left without a word")

    def _envelope(self, sender: str, address: str) -> Result | None:
        """From whom and for whom; None if the server has no objection. A connection that went stale is made anew."""
        was_held = self.backend is not None
        result = self._asked(sender, address)
        if was_held and result is not None and result.kind == "failed" and self.backend is None:
            return self._asked(sender, address)
        return result

    def _asked(self, sender: str, address: str) -> Result | None:
        try:
            smtp = self._connected()
            smtp.ehlo_or_helo_if_needed()
            code, reply = smtp.mail(sender)
            if code != 250:
                return self._sender_refused(code, reply)
            code, reply = smtp.rcpt(address)
            if code not in {250, 251}:
                return self._no(code, reply)
        except smtplib.SMTPResponseException as error:
            self._drop()
            return _away(error.smtp_code, _said(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return _away(0, _plain(error))
        return None

    def _connected(self) -> smtplib.SMTP:
        if self.backend is None:
            backend = EmailBackend()
            backend.open()
            self.backend = backend
        assert self.backend.connection is not None  # noqa: S101  open() raises otherwise
        return self.backend.connection

    def _sender_refused(self, code: int, reply: bytes | str) -> Result:
        """Never the recipient's fault, so never for good."""
        result = self._no(code, reply)
        if result.kind != "refused":
            return result
        return Result("failed", _("The mail server doesn't accept our own address."), result.reply, AWAY)

    def _no(self, code: int, reply: bytes | str) -> Result:
        """What the server's no means. After a no, the connection is ready for the next letter."""
        said = f"{code} {_said(reply)}"
        if code == LEAVE_ME_ALONE:
            self._drop()
            return Result("busy", _("The mail server asked to be left alone for a while."), said)
        self._reset()
        if 400 <= code < 500:
            return Result("failed", _("The mail server couldn't take it now."), said)
        return Result("refused", _("The mail server refused this address or letter."), said)

    def _text(self, data: bytes) -> Result:
        """From here on only the server's word counts."""
        smtp = self._connected()
        try:
            code, reply = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException) as error:  # the text has not left
            self._drop()
            return _away(0, _plain(error))
        if code != 354:
            return self._no(code, reply)
        try:
            _be_patient(smtp, AFTER_THE_TEXT)
            smtp.send(re.sub(rb"(?m)^\.", b"..", data.rstrip(b"\r\n") + b"\r\n") + b".\r\n")
            code, reply = smtp.getreply()
            _be_patient(smtp, settings.EMAIL_TIMEOUT)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Result("uncertain", _("The mail server broke off; it may have the letter or not."), _plain(error))
        return Result("sent", reply=f"{code} {_said(reply)}") if 200 <= code < 300 else self._no(code, reply)

    def _reset(self) -> None:
        if self.backend is None or self.backend.connection is None:
            return
        try:
            self.backend.connection.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        """Leave a connection that is of no use any more."""
        backend, self.backend = self.backend, None
        if backend is not None and backend.connection is not None:
            backend.connection.close()


def _be_patient(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _away(code: int, said: str) -> Result:
    """The server can't be reached, or won't let us in."""
    if code == LEAVE_ME_ALONE:
        return Result("busy", _("The mail server asked to be left alone for a while."), f"{code} {said}")
    return Result("failed", _("The mail server can't be reached, or doesn't let us in."), f"{code or ''} {said}", AWAY)


def _said(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


def _plain(error: Exception) -> str:
    return "timed out" if isinstance(error, socket.timeout) else f"{type(error).__name__} {error}"
