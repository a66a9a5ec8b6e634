"""Holds tips back, and disposes of those whose time is over, so that old backups lose them too.

A batch is put together by one person and agreed to by another. The worker then moves every tip of those months that
stays to a new key, removes the others' rows, and only when that is committed destroys the old keys. Stopped at any
point, it goes on from there.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.approvals.actions import needs_second
from shelterbelt.approvals.models import Approval
from shelterbelt.approvals.verbs import Asked
from shelterbelt.core.jobs import enqueue
from shelterbelt.core.one_at_a_time import one_at_a_time
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.months import add_key
from shelterbelt.tips.attachments.actions.removing import remove_files_of
from shelterbelt.tips.models import AgencyNotice, DisposalBatch, Disposed, Hold, MonthKey, Tip
from shelterbelt.tips.policy.keeping import may_dispose, may_hold, may_lift_hold
from shelterbelt.tips.queries.keeping import disposable
from shelterbelt.tips.rules.retention import schedules
from shelterbelt.tips.sealing import months
from shelterbelt.tips.sealing.opening import CONTACT_KEY, contact_key_of, key_of
from shelterbelt.tips.sealing.words import new_key

State = DisposalBatch.State
SETTLED_AFTER = timedelta(days=35)
"""Months that began this long ago are over for the door: no tip can still arrive under their keys."""


@transaction.atomic
def hold(*, tip: Tip, reference: str, by: Standing, at: datetime) -> Hold:
    """Keep a tip until the hold is lifted."""
    require(may_hold(by, tip))
    if not reference.strip():
        raise ValidationError({"reference": _("Give the case number.")})
    history.write(tip, "hold", at=at, by=by.person)
    return Hold.objects.create(tip=tip, org_id=tip.org_id, reference=reference.strip(), set_by=by.person, set_at=at)


@transaction.atomic
def lift_hold(*, held: Hold, by: Standing, at: datetime) -> None:
    """End a hold; the tip's schedule goes on."""
    require(may_lift_hold(by, held.tip))
    if held.lifted_at is not None:
        raise ValidationError(_("This hold was lifted already."))
    held.lifted_by, held.lifted_at = by.person, at
    held.save(update_fields=["lifted_by", "lifted_at"])
    history.write(held.tip, "lift_hold", at=at, by=by.person)


@transaction.atomic
def propose_disposal(*, state: Org, schedule: str, up_to: date, by: Standing, at: datetime) -> DisposalBatch | Approval:
    """Put together the tips of one class that expired up to a day, for a second person."""
    require(may_dispose(by, state))
    if schedule not in {each.code for each in schedules()}:
        raise ValidationError({"schedule": _("Choose a class of the retention schedule.")})
    tips = list(disposable(state, schedule, up_to=min(up_to, by.today)))
    if not tips:
        raise ValidationError(_("No tip of this class has expired up to that day, or all of them are on hold."))
    batch = DisposalBatch.objects.create(
        org=state, schedule=schedule, up_to=up_to, count=len(tips), proposed_by=by.person, proposed_at=at
    )
    batch.tips.set(tips)
    return agree_to_disposal(batch=batch, by=by, at=at)


def _always_two(*, batch: DisposalBatch, **_more: Any) -> Asked:
    titles = {each.code: each.title(get_language() or "en") for each in schedules()}
    said = {"count": batch.count, "schedule": titles[batch.schedule], "day": batch.up_to.isoformat()}
    return Asked(batch.org, _("Dispose of %(count)s tips: %(schedule)s, expired up to %(day)s") % said)


@needs_second("tips.dispose", decided_by=("tip_supervisor",), when=_always_two)
@transaction.atomic
def agree_to_disposal(*, batch: DisposalBatch, by: Standing, at: datetime) -> DisposalBatch:
    """Agree: the worker does the rest. Tried as who proposed it, done as the second person."""
    require(may_dispose(by, batch.org))
    if batch.state != State.PROPOSED:
        raise ValidationError(_("This batch was decided already."))
    batch.state, batch.agreed_at = State.AGREED, at
    if by.person.pk != batch.proposed_by_id:
        batch.agreed_by = by.person
    batch.save(update_fields=["state", "agreed_at", "agreed_by"])
    enqueue("tips.dispose", lock="tips.dispose", batch=str(batch.pk))
    return batch


def dispose(batch_id: UUID, *, at: datetime) -> int:
    """Do what was agreed to; how many tips it took. What was held or reopened meanwhile stays."""
    with transaction.atomic():
        one_at_a_time(["dispose of tips"])
        batch = DisposalBatch.objects.get(pk=batch_id)
        if batch.state != State.AGREED:
            return 0
        tips = list(disposable(batch.org, batch.schedule, up_to=batch.up_to).filter(pk__in=batch.tips.values("pk")))
        gone = [tip for tip in tips if _is_settled(tip.month, at)]
        for month in {tip.month for tip in gone}:
            _move_survivors(month, {tip.pk for tip in gone}, at)
        _remove(batch, gone, at)
        batch.state, batch.done_at, batch.count = State.DONE, at, len(gone)
        batch.save(update_fields=["state", "done_at", "count"])
    destroy_empty_keys(at=at)
    return len(gone)


def destroy_empty_keys(*, at: datetime) -> list[str]:
    """Destroy keys that were replaced and hold nothing any more. Safe to repeat."""
    newer = MonthKey.objects.filter(destroyed_at=None, made_at__lte=at)
    replaced = [key for key in newer if any(key.month == each.month and each.made_at > key.made_at for each in newer)]
    empty = [key for key in replaced if not key.tips.exists() and not key.notices.exists()]
    for key in empty:
        if months.is_there(key.name):
            months.destroy(key.name)
        key.destroyed_at = at
        key.save(update_fields=["destroyed_at"])
    return [key.name for key in empty]


def _is_settled(month: MonthKey, at: datetime) -> bool:
    began = date.fromisoformat(f"{month.month}-01")
    return timezone.localdate(at) - began > SETTLED_AFTER


def _move_survivors(old: MonthKey, gone: set[UUID], at: datetime) -> None:
    """Put every row of a month that stays under a fresh key, and note where each went."""
    number = MonthKey.objects.filter(month=old.month).count() + 1
    fresh = add_key(old.month, number, at=at)
    secret = months.read(fresh.name)
    tips = list(Tip.objects.filter(month__month=old.month).exclude(pk__in=gone).exclude(month=fresh))
    for tip in tips:
        tip.key_for_desk, tip.contact = secret.wrap(_key(tip)), _contact(tip, fresh)
        tip.key_at_door, tip.month = b"", fresh
    Tip.objects.bulk_update(tips, ["key_for_desk", "key_at_door", "contact", "month"], batch_size=500)
    notices = list(AgencyNotice.objects.filter(month__month=old.month).exclude(month=fresh))
    for notice in notices:
        notice.key_for_desk, notice.month = secret.wrap(months.read(notice.month_id).unwrap(notice.key_for_desk)), fresh
    AgencyNotice.objects.bulk_update(notices, ["key_for_desk", "month"], batch_size=500)
    rows: dict[UUID, tuple[bytes, bytes]] = {
        tip.pk: (bytes(tip.key_for_desk), bytes(tip.contact[:CONTACT_KEY])) for tip in tips
    }
    rows |= {notice.pk: (bytes(notice.key_for_desk), b"") for notice in notices}
    months.keep_moved(old.month, fresh.name, rows)


def _key(tip: Tip) -> bytes:
    """A tip's key; any key for one that was stored broken and can't be read whatever becomes of it."""
    try:
        return key_of(tip)
    except months.Broken:
        return new_key()


def _contact(tip: Tip, fresh: MonthKey) -> bytes:
    if not tip.has_contact:
        return b""
    try:
        key = contact_key_of(tip)
    except months.Broken:
        return bytes(tip.contact)  # stored broken: nobody reads it, whatever becomes of it
    return months.wrap_at_door(key, fresh.contact) + bytes(tip.contact[CONTACT_KEY:])


def _remove(batch: DisposalBatch, tips: Iterable[Tip], at: datetime) -> None:
    left = [
        Disposed(id=tip.pk, org_id=tip.org_id, batch=batch, kind=tip.kind, month=tip.month_id, at=at) for tip in tips
    ]
    Disposed.objects.bulk_create(left)
    batch.tips.clear()
    Hold.objects.filter(tip__in=[row.pk for row in left]).delete()  # lifted ones: a tip on hold is not disposable
    remove_files_of([row.pk for row in left])
    Tip.objects.filter(pk__in=[row.pk for row in left]).delete()
