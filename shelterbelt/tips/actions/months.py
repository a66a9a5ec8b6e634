"""Keys of months: made ahead of time, so that the door always has one."""

import hashlib
import hmac
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from shelterbelt.tips.models import MonthKey
from shelterbelt.tips.sealing import codes, months


def keep_months(*, at: datetime) -> list[str]:
    """See to it that this month and the next have their keys; the names of those made. Safe to repeat."""
    today = timezone.localdate(at)
    return [name for month in (today, today + relativedelta(months=1)) if (name := _keep(month, at))]


def _keep(day: date, at: datetime) -> str:
    month = f"{day:%Y-%m}"
    if any(months.is_there(row.name) for row in MonthKey.objects.filter(month=month, destroyed_at=None)):
        return ""  # a row whose secret is missing, as after a restore without the folder of keys, seals for nobody
    return add_key(month, MonthKey.objects.filter(month=month).count() + 1, at=at).name


def add_key(month: str, version: int, *, at: datetime) -> MonthKey:
    """Make a key of a month, secret and row."""
    secret = months.make(f"{month}.{version}")
    row = MonthKey(name=secret.name, month=month, door=secret.public, contact=secret.public_for_contact, made_at=at)
    row.proof = proof_of(row, codes.ring()[0])
    row.save(force_insert=True)
    return row


def proof_of(row: MonthKey, pepper: str) -> bytes:
    """By which the tip line knows that a key is ours."""
    said = row.name.encode() + bytes(row.door) + bytes(row.contact)
    return hmac.new(pepper.encode(), b"month key:" + said, hashlib.sha256).digest()


def prove_again() -> int:
    """Vouch for every key with the newest key of the line; how many there are. Safe to repeat."""
    rows = [row for row in MonthKey.objects.filter(destroyed_at=None) if is_ours(row)]
    for row in rows:
        row.proof = proof_of(row, codes.ring()[0])
    return MonthKey.objects.bulk_update(rows, ["proof"]) if rows else 0


def is_ours(row: MonthKey) -> bool:
    """Whether a key was put there by somebody who holds the line's key."""
    return any(hmac.compare_digest(proof_of(row, pepper), bytes(row.proof)) for pepper in codes.ring())
