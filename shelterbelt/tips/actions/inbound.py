"""Tips that services hand in: signed, once each, whatever is sent twice."""

import hashlib
import hmac
import secrets as random_numbers
import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.core import sealing
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.models import InboundSource, Message, Tip
from shelterbelt.tips.policy.channels import may_keep_sources
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import body_of, key_of

MAY_DIFFER = timedelta(minutes=5)
"""How far the clock of a service may differ from ours. What is older was caught on its way and is sent again."""
_CONTEXT = "tips.inbound"


class NotSigned(Exception):
    """Whoever sent this doesn't hold the secret of a source, or it is older than five minutes."""


@dataclass(frozen=True)
class HandedIn:
    """What became of what a service sent."""

    tip_id: uuid.UUID
    code: str | None
    """To be passed on to the reporter; told once."""
    is_new: bool


@transaction.atomic
def add_source(*, state: Org, name: str, channel: str, by: Standing, at: datetime) -> tuple[InboundSource, str]:
    """Let a service hand tips in; gives its secret, which is shown this once."""
    require(may_keep_sources(by, state))
    if not name.strip() or channel not in InboundSource.Channel.values:
        raise ValidationError({"name": _("Give the service a name and say what it is.")})
    if InboundSource.objects.filter(org=state, name=name.strip()).exists():
        raise ValidationError({"name": _("There is a service of this name already.")})
    secret = random_numbers.token_urlsafe(32)
    source = InboundSource(org=state, name=name.strip(), channel=channel, made_by=by.person, made_at=at)
    source.secret = sealing.seal(secret.encode(), f"{_CONTEXT}:{source.pk}")
    source.save(force_insert=True)
    return source, secret


@transaction.atomic
def end_source(*, source: InboundSource, by: Standing, at: datetime) -> None:
    """Take nothing from a service any more. What it handed in stays."""
    require(may_keep_sources(by, source.org))
    if source.ended_at is None:
        source.ended_at = at
        source.save(update_fields=["ended_at"])


def proven(*, source_id: str, signature: str, sent_at: str, body: bytes, at: datetime) -> InboundSource:
    """The service that signed this. Raises NotSigned, whatever is wrong."""
    secret, source = _secret(source_id)
    expected = signed(secret, sent_at, body)
    fits = hmac.compare_digest(expected, signature.strip().lower().encode("ascii", "replace").decode())
    if source is None or not fits or not _is_recent(sent_at, at):
        raise NotSigned
    return source


def signed(secret: str, sent_at: str, body: bytes) -> str:
    """The signature of a request: HMAC-SHA256 over the moment in Unix seconds, a full stop, and the body, in hex."""
    said = sent_at.encode("utf-8", "replace") + b"." + body
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


@transaction.atomic
def hand_in(*, source: InboundSource, thread: str, filed: filing.Filed, at: datetime) -> HandedIn:
    """Keep the first message of a thread as a tip. Sent again, it is the same tip."""
    tip_id = id_of(source, thread)
    receipt = filing.file_tip(replace(filed, id=tip_id, channel=source.channel), at=at)
    _used(source, at)
    if receipt.code is not None:
        intake.take_in(at=at)
    return HandedIn(tip_id, receipt.code, is_new=receipt.code is not None)


@transaction.atomic
def hand_in_message(*, source: InboundSource, thread: str, message: str, text: str, at: datetime) -> HandedIn:
    """Add a later message of a thread. Sent again, it is the same message. Raises Tip.DoesNotExist."""
    tip = Tip.objects.get(pk=id_of(source, thread))
    row = Message(id=id_of(source, f"{thread} {message}"), tip=tip, org_id=tip.org_id, at=at)
    row.way = Message.Way.FROM_REPORTER
    row.words = words.seal_text(key_of(tip), text, kind="message", of=row.id)
    is_new = not Message.objects.filter(pk=row.pk).exists()
    Message.objects.bulk_create([row], ignore_conflicts=True)
    _used(source, at)
    return HandedIn(tip.pk, None, is_new=is_new)


def mark(source: InboundSource, message: str) -> str:
    """By which the first message of a thread is known when it is sent again. It lies sealed with what it says."""
    return id_of(source, f"first {message}").hex


def is_known(source: InboundSource, thread: str) -> bool:
    """Whether a thread has begun."""
    return Tip.objects.filter(pk=id_of(source, thread)).exists()


def is_first(source: InboundSource, thread: str, message: str) -> bool:
    """Whether this is the message that began a thread, sent again."""
    tip = Tip.objects.get(pk=id_of(source, thread))
    return body_of(tip).get("first_message") == mark(source, message)


def id_of(source: InboundSource, name: str) -> uuid.UUID:
    """The id that follows from a service's own name of a thing, so that the same is known again without keeping it."""
    return uuid.uuid5(source.pk, name)


def _secret(source_id: str) -> tuple[str, InboundSource | None]:
    """The secret of a source; that of none where there is no such source, so that both take the same work."""
    try:
        source = InboundSource.objects.filter(pk=uuid.UUID(source_id), ended_at=None).select_related("org").first()
    except ValueError:
        source = None
    if source is None:
        return "none", None
    return sealing.unseal(source.secret, f"{_CONTEXT}:{source.pk}").decode(), source


def _is_recent(sent_at: str, at: datetime) -> bool:
    if not (sent_at.isascii() and sent_at.isdigit() and len(sent_at) < 13):
        return False
    return abs(at.timestamp() - int(sent_at)) <= MAY_DIFFER.total_seconds()


def _used(source: InboundSource, at: datetime) -> None:
    day = timezone.localdate(at)
    if source.last_used_on != day:
        InboundSource.objects.filter(pk=source.pk).update(last_used_on=day)


def as_the_door(at: datetime) -> AbstractContextManager[None]:
    """Whose eyes a service's request has: the system's at the desk, for as long as it is kept and no longer."""
    return acting_as_system("tip_desk", today=timezone.localdate(at), reason="a service hands in a tip")
