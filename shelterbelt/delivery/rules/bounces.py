"""Reads letters that tell what became of ours: delivery status notifications (RFC 3464), and Exim's older form."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default

_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,255}>")


@dataclass(frozen=True)
class Bounce:
    """That a letter of ours could not be delivered."""

    message_id: str
    said: str
    """Status and words of the server that gave up."""


def read(raw: bytes) -> Bounce | None:
    """The failure that a letter reports; None for any other letter, a delay, or a success."""
    letter = email.message_from_bytes(raw, policy=default)
    failures = list(_failures(letter))
    said = failures[0] if failures else str(letter.get("X-Failed-Recipients", "")).strip()
    message_id = _about(letter)
    return Bounce(message_id, said) if said and message_id else None


def _failures(letter: EmailMessage) -> Iterator[str]:
    """Of each recipient that failed: status and diagnostic."""
    for part in letter.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for group in part.get_payload():
            if isinstance(group, EmailMessage) and str(group.get("Action", "")).strip().lower() == "failed":
                code = str(group.get("Diagnostic-Code", "")).partition(";")[2] or str(group.get("Diagnostic-Code", ""))
                yield " ".join(f"{group.get('Status', '')} {code}".split()) or "failed"


def _about(letter: EmailMessage) -> str:
    """The Message-ID of our letter, as the report returns it: whole, its headers, or only named."""
    for part in letter.walk():
        kind = part.get_content_type()
        if part is letter:
            continue
        if kind == "text/rfc822-headers":
            headers = email.message_from_string(str(part.get_content()), policy=default)
            return str(headers.get("Message-ID", "")).strip()
        if part.get("Message-ID"):
            return str(part["Message-ID"]).strip()
    found = _ID.search(f"{letter.get('In-Reply-To', '')} {letter.get('References', '')}")
    return found[0] if found else ""
