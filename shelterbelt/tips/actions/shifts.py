"""Who says that they are on duty at the tip desk, and that they leave; and which browsers are called."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import paging
from shelterbelt.tips.actions.holding import desk_eyes
from shelterbelt.tips.models import Browser, Shift
from shelterbelt.tips.policy import alarms as policy
from shelterbelt.tips.queries.duty import Duty
from shelterbelt.tips.rules.plans import settings

MOST_BROWSERS = 10


@transaction.atomic
def begin_shift(state: Org, *, by: Standing, at: datetime) -> Shift:
    """Be on duty from now on. Who is already stays so, for as long again from now."""
    require(policy.may_begin_shift(by, state))
    ends_at = at + timedelta(hours=settings().shift_hours)
    known = Shift.objects.select_for_update().filter(org=state, person=by.person, ended_at=None).first()
    if known is None:
        return Shift.objects.create(org=state, person=by.person, from_at=at, ends_at=ends_at)
    if known.ends_at > at:
        known.ends_at = ends_at
        known.save(update_fields=["ends_at"])
        return known
    known.ended_at = known.ends_at
    known.save(update_fields=["ended_at"])
    return Shift.objects.create(org=state, person=by.person, from_at=at, ends_at=ends_at)


@transaction.atomic
def end_shift(shift: Shift, *, by: Standing, at: datetime) -> Shift:
    """Be off duty from now on. What rings for them goes on ringing until it is answered."""
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    require(policy.may_end_shift(by, shift))
    if shift.ended_at is None:
        shift.ended_at, shift.ended_by = min(at, shift.ends_at), by.person
        shift.save(update_fields=["ended_at", "ended_by"])
    return shift


def try_alarm(state: Org, *, by: Standing, at: datetime) -> None:
    """Call oneself, in every way there is, to know that it works."""
    require(policy.may_begin_shift(by, state))
    with desk_eyes(at, "try an alarm"):
        paging.page_on_trial(by.person, Duty(state.pk, at), at=at)


@transaction.atomic
def add_browser(state: Org, address: dict[str, Any], *, device: str, by: Standing, at: datetime) -> Browser:
    """Have a browser notified. The same one again is the same one."""
    require(policy.may_begin_shift(by, state))
    digest = hashlib.sha256(str(address["endpoint"]).encode()).hexdigest()
    if Browser.objects.filter(person=by.person).exclude(endpoint_digest=digest).count() >= MOST_BROWSERS:
        raise ValidationError(_("You have %(most)s browsers already. Remove one first.") % {"most": MOST_BROWSERS})
    return Browser.objects.update_or_create(
        person=by.person,
        endpoint_digest=digest,
        defaults={"org": state, "address": address, "device": device, "added_at": at},
    )[0]


@transaction.atomic
def remove_browser(browser: Browser, *, by: Standing) -> None:
    """Notify a browser no more. Each person's are their own: row security shows no others."""
    require(policy.may_remove_browser(by, browser))
    browser.delete()
