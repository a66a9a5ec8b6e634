"""Which tips belong together. A duplicate points to the tip that is worked on; its reporter is still answered."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.tips.actions import history
from shelterbelt.tips.actions.judging import go_on, recount_as, set_aside
from shelterbelt.tips.actions.moving import move
from shelterbelt.tips.models import Link, Tip
from shelterbelt.tips.policy import desk
from shelterbelt.tips.sealing import opening, words

LONGEST_WHY = 500


@transaction.atomic
def link(tip: Tip, *, to: Tip, kind: str, by: Standing, at: datetime, why: str = "") -> Link:
    """Say that two tips belong together. A duplicate is worked on no further: the other tip is."""
    tip, to = _both(tip, to)
    require(desk.may_link(by, tip))
    require(desk.may_link(by, to))
    _check(tip, to, kind)
    number = uuid.uuid4()
    made = Link.objects.create(
        id=number, org_id=tip.org_id, tip=tip, to=to, kind=kind, by=by.person, at=at, why=_sealed(tip, why, number)
    )
    if kind == Link.Kind.DUPLICATE:
        _is_duplicate(tip, by, at)
    _touch(tip, to, at)
    history.write(tip, "link", at=at, by=by.person, kind=kind, other=str(to.pk))
    history.write(to, "linked", at=at, by=by.person, kind=kind, other=str(tip.pk))
    return made


@transaction.atomic
def undo_link(made: Link, *, by: Standing, at: datetime) -> Link:
    """Say that two tips don't belong together after all. What was a duplicate is worked on again."""
    tip, to = _both(made.tip, made.to)
    made = Link.objects.select_for_update(of=("self",)).get(pk=made.pk)
    require(desk.may_link(by, tip))
    if made.undone_at is not None:
        raise ValidationError(_("This link is undone already."))
    made.undone_at = at
    made.save(update_fields=["undone_at"])
    if made.kind == Link.Kind.DUPLICATE and tip.kind == Tip.Kind.DUPLICATE:
        _take_up(tip, by, at)
    _touch(tip, to, at)
    history.write(tip, "unlink", at=at, by=by.person, kind=made.kind, other=str(to.pk))
    history.write(to, "unlink", at=at, by=by.person, kind=made.kind, other=str(tip.pk))
    return made


def _both(tip: Tip, to: Tip) -> tuple[Tip, Tip]:
    """Both held for this transaction, always in the same order: two people who link at once wait, not lock up."""
    if tip.pk == to.pk:
        raise ValidationError({"to": [_("A tip can't be linked to itself.")]})
    held = Tip.objects.select_for_update(of=("self",)).filter(pk__in=(tip.pk, to.pk)).order_by("pk")
    found = {each.pk: each for each in held}
    return found[tip.pk], found[to.pk]


def _check(tip: Tip, to: Tip, kind: str) -> None:
    ends = Q(tip=tip, to=to) | Q(tip=to, to=tip)
    if Link.objects.filter(ends, undone_at=None).exists():
        raise ValidationError({"to": [_("These two are linked already. Undo that link first.")]})
    if kind != Link.Kind.DUPLICATE:
        return
    if to.kind == Tip.Kind.DUPLICATE:
        raise ValidationError({"to": [_("That tip is a duplicate itself. Choose the one that it points to.")]})
    if tip.kind == Tip.Kind.DUPLICATE:
        raise ValidationError({"to": [_("This tip is a duplicate of another already. Undo that link first.")]})
    if Link.objects.filter(to=tip, kind=Link.Kind.DUPLICATE, undone_at=None).exists():
        raise ValidationError({"to": [_("Others are duplicates of this tip. Link the other one to this instead.")]})
    if tip.referrals.exclude(state__in=("returned", "withdrawn")).exists():
        raise ValidationError(
            {"to": [_("This tip has been sent out, so somebody is working on it. Link it as related instead.")]}
        )


def _is_duplicate(tip: Tip, by: Standing, at: datetime) -> None:
    recount_as(tip, Tip.Kind.DUPLICATE, at)
    tip.save(update_fields=move(tip, Tip.State.LINKED))
    set_aside(tip, by=by.person, at=at)


def _take_up(tip: Tip, by: Standing, at: datetime) -> None:
    """Who undoes it has it, unless somebody had it before: it must not lie where nobody looks."""
    recount_as(tip, Tip.Kind.REAL, at)
    if tip.state == Tip.State.LINKED:
        tip.owner_id, tip.claimed_at = tip.owner_id or by.person.pk, tip.claimed_at or at
        tip.save(update_fields=["owner", "claimed_at", *move(tip, Tip.State.IN_TRIAGE)])
        go_on(tip, at)


def _touch(tip: Tip, to: Tip, at: datetime) -> None:
    Tip.objects.filter(pk__in=(tip.pk, to.pk)).update(changed_at=at)


def _sealed(tip: Tip, why: str, number: uuid.UUID) -> bytes:
    why = why.replace("\x00", "").strip()
    if len(why) > LONGEST_WHY:
        raise ValidationError({"why": [_("That is longer than %(most)s characters.") % {"most": LONGEST_WHY}]})
    return words.seal_text(opening.key_of(tip), why, kind="link", of=number)
