"""A tip comes in: by the form, on the phone, or through another channel. Kept whole, sealed, before it is answered."""

import uuid
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shelterbelt.tips.actions.months import is_ours
from shelterbelt.tips.models import MonthKey, Tip
from shelterbelt.tips.queries.given_code import tell_receipt
from shelterbelt.tips.queries.months import month_in_use, month_kept
from shelterbelt.tips.rules.event_types import EventType, gravest, telling_phrase
from shelterbelt.tips.sealing import codes, months, words


class NoKey(Exception):
    """The line has no key to seal with: a fault of the installation, for whoever runs it."""


@dataclass(frozen=True)
class Filed:
    """What a reporter said. `answers` are sealed: narrative, who, where, when, relationship, staff_told."""

    id: uuid.UUID
    state_id: int
    answers: dict[str, str]
    event_types: Sequence[str]
    language: str = "en"
    channel: str = Tip.Channel.WEB
    about: str = ""
    band: str = ""
    place_kind: str = Tip.PlaceKind.UNKNOWN
    school_id: int | None = None
    is_happening_now: bool = False
    contact: dict[str, str] = field(default_factory=dict)
    """Name and number, where the reporter left them: for two people together."""


@dataclass(frozen=True)
class Receipt:
    """What the reporter is told: their code, unless this very form was kept before."""

    tip_id: uuid.UUID
    code: str | None
    """None for a form that was kept before, unless it brought the same code along."""
    key: bytes | None
    """The tip's key, to seal its files with in the same request; None for a form that was kept before."""
    receipt: bytes = b""
    """Under which the tip stands, to tell the database whose files they are."""


def file_tip(
    filed: Filed,
    *,
    at: datetime,
    release_at: datetime | None = None,
    entered_by: int | None = None,
    code: str = "",
) -> Receipt:
    """Keep a tip. The same form sent again is the same tip: a code made here was told the first time only.

    Durable once this returns and its transaction, if there is one around it, has committed. The line's own forms bring
    their code along.
    """
    given, key = code, words.new_key()
    code = given or codes.new_code(filed.language)
    keys = codes.keys_of(code)
    tip = _sealed(filed, key, keys, at)
    tip.release_at, tip.entered_by_id = release_at, entered_by
    try:
        _add(tip)
    except IntegrityError as error:
        if "tips_tip_pkey" not in str(error):
            raise
        return Receipt(filed.id, given if given and _opens(given, filed.id) else None, None)
    return Receipt(filed.id, code, key, keys.receipt)


def _add(tip: Tip) -> None:
    """By a single statement, durable by itself: the line has no time for more.

    Within a transaction, a savepoint keeps that usable should the tip be there already.
    """
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        tip.save(force_insert=True)


@transaction.atomic
def _opens(code: str, tip_id: uuid.UUID) -> bool:
    """Whether a tip that was kept before is this code's."""
    for keys in codes.candidates(code):
        tell_receipt(keys.receipt)
        if Tip.objects.filter(pk=tip_id, receipt=keys.receipt).exists():
            return True
    return False


def _sealed(filed: Filed, key: bytes, keys: codes.Keys, at: datetime) -> Tip:
    month, kind = month_of(at), gravest(filed.event_types)
    because = life_safety(filed, kind)
    return Tip(
        id=filed.id,
        org_id=filed.state_id,
        channel=filed.channel,
        language=filed.language,
        received_at=at.replace(microsecond=0),
        changed_at=at,
        event_type=kind.code,
        event_types=[*dict.fromkeys(filed.event_types)] or [kind.code],
        is_life_safety=bool(because),
        life_safety_because=because,
        about=filed.about,
        band=filed.band,
        place_kind=filed.place_kind,
        school_id=filed.school_id,
        is_sexual=kind.is_sexual,
        body=words.seal_answers(key, filed.answers, kind="body", of=filed.id),
        contact=_contact(filed, month),
        has_contact=bool(filed.contact),
        month=month,
        key_at_door=months.wrap_at_door(key, month.door),
        key_for_code=codes.wrap(key, keys),
        receipt=keys.receipt,
    )


def life_safety(filed: Filed, kind: EventType) -> str:
    """Why it is about life safety; empty if it is not."""
    if kind.is_life_safety:
        return Tip.Because.EVENT_TYPE
    if filed.is_happening_now:
        return Tip.Because.REPORTER
    return Tip.Because.PHRASE if telling_phrase(" ".join(filed.answers.values())) else Tip.Because.NO


def _contact(filed: Filed, month: MonthKey) -> bytes:
    if not filed.contact:
        return b""
    sealed = words.new_key()
    return months.wrap_at_door(sealed, month.contact) + words.seal_answers(
        sealed, filed.contact, kind="contact", of=filed.id
    )


def month_of(at: datetime) -> MonthKey:
    """The key that the door seals with. Raises NoKey."""
    day = timezone.localdate(at)
    month = month_kept(day) if settings.IS_TIP_LINE else month_in_use(day)
    if month is None or not is_ours(month):
        raise NoKey("The tip line has no key of this month that is its own. Start `shelterbelt watch`, or restore it.")
    return month
