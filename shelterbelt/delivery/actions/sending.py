"""Ask for something to be sent: in the caller's transaction, so that it is sent if, and only if, that commits."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from shelterbelt.access.scope import acting_as_system, current_scope
from shelterbelt.core import watching
from shelterbelt.delivery.actions.moving import NO_ADDRESS, open_all, open_step
from shelterbelt.delivery.hooks import OUTCOMES
from shelterbelt.delivery.models import CHANNELS, Message, Recipient
from shelterbelt.delivery.rules import pace
from shelterbelt.delivery.rules.letters import Reader, To, Words
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person

DUE = "delivery_due"
"""The channel of the database on which the worker is called."""

# Written as they stand once their only step has begun: changing so many rows afterwards costs the trail dearly.
_FIX = """
    insert into delivery_recipient (message_id, ref, name, language, addresses, link, step, is_primary, status, reason,
                                    place, acknowledged_how, untold)
    select %s, given.ref, given.name, given.language, given.addresses, '', 1, true,
           case when jsonb_array_length(given.addresses) > 0 then 'sending' else 'failed' end,
           case when jsonb_array_length(given.addresses) > 0 then '' else %s end,
           jsonb_array_length(given.addresses), '', jsonb_array_length(given.addresses) = 0 and %s
    from ({chosen}) as given
    on conflict (message_id, ref) do nothing
"""


@transaction.atomic
def send_message(
    *,
    purpose: str,
    key: str,
    org: Org,
    words: Words,
    to: Sequence[To],
    at: datetime,
    urgency: str = Message.Urgency.ROUTINE,
    about: uuid.UUID | None = None,
    link: str = "",
    readers: Sequence[Reader | str] = (),
    wait: timedelta | None = None,
    at_once: bool = False,
    until: datetime | None = None,
    by: Person | None = None,
) -> Message:
    """Send words to people. Asked for twice with one purpose and key, it is sent once.

    Whether somebody may send this is for the caller's own policy to say. `readers` may look at it and at what came of
    it: posts, or "*" for whoever reaches `org`; by default nobody but the system. `wait` is how long a step may go
    unacknowledged until the next is told; without it only a step that was not reached moves on.
    """
    for each in to:
        _check(each)
    with _as_delivery(at, purpose):
        message, is_new = Message.objects.get_or_create(
            purpose=purpose,
            key=key,
            defaults=_facts(org, words, at, urgency, about, link, readers, wait, until, by) | {"at_once": at_once},
        )
        if is_new:
            Recipient.objects.bulk_create(_recipient(message, each) for each in to)
            open_step(message, at)
            watching.call(DUE)
    return message


@transaction.atomic
def send_to_query(
    *,
    purpose: str,
    key: str,
    org: Org,
    words: Words,
    to: QuerySet[Any],
    at: datetime,
    urgency: str = Message.Urgency.ROUTINE,
    about: uuid.UUID | None = None,
    link: str = "",
    readers: Sequence[Reader | str] = (),
    until: datetime | None = None,
    by: Person | None = None,
) -> Message:
    """Send words to everybody a query finds, however many: fixed by one statement of the database.

    `to` is a queryset with values ref, name, language and addresses (json: [[channel, address], ...]). It is asked
    with the eyes of the system, so only the system's own work may call this.
    """
    if not current_scope().actor.startswith("system:"):
        raise PermissionError("Only the system's own work sends to a query: it would be asked past row security.")
    with _as_delivery(at, purpose):
        message, is_new = Message.objects.get_or_create(
            purpose=purpose,
            key=key,
            defaults=_facts(org, words, at, urgency, about, link, readers, None, until, by) | {"at_once": True},
        )
        if is_new:
            chosen, parameters = to.values("ref", "name", "language", "addresses").query.sql_with_params()
            with connection.cursor() as cursor:
                told: list[Any] = [message.pk, NO_ADDRESS, purpose in OUTCOMES]
                cursor.execute(_FIX.format(chosen=chosen), [*told, *parameters])
            open_all(message, at)
            watching.call(DUE)
    return message


def _as_delivery(at: datetime, purpose: str) -> Any:
    # These tables belong to the system alone. Who asked stands in made_by and in the trail of the room that did.
    return acting_as_system("delivery", today=_day(at), reason=f"send {purpose}")


def _day(at: datetime) -> date:
    scope_day = current_scope().today
    return at.date() if scope_day == date.min else scope_day


def _facts(
    org: Org,
    words: Words,
    at: datetime,
    urgency: str,
    about: uuid.UUID | None,
    link: str,
    readers: Sequence[Reader | str],
    wait: timedelta | None,
    until: datetime | None,
    by: Person | None,
) -> dict[str, Any]:
    return {
        "org": org,
        "about": about,
        "readers": sorted(str(each) for each in readers),
        "urgency": urgency,
        "words": words.kept(),
        "link": link,
        "wait_seconds": None if wait is None else int(wait.total_seconds()),
        "ends_at": until or at + pace.PACES[urgency].until,
        "made_by": by,
        "made_at": at,
    }


def _check(to: To) -> None:
    unknown = {channel for channel, _address in to.addresses} - set(CHANNELS)
    if unknown:
        raise ValueError(f"There is no channel {', '.join(sorted(unknown))}.")
    if to.step < 1:
        raise ValueError("Steps count from 1.")


def _recipient(message: Message, to: To) -> Recipient:
    return Recipient(
        message=message,
        ref=to.ref,
        name=to.name,
        language=to.language,
        addresses=[list(pair) for pair in dict.fromkeys(to.addresses)],
        link=to.link,
        step=to.step,
        is_primary=to.is_primary,
    )
