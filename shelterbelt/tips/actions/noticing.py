"""Handle With Care: an agency tells a school of a child before the next bell; the school says that it knows."""

from contextlib import AbstractContextManager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.scope import acting_as_system
from shelterbelt.access.standing import Standing
from shelterbelt.contacts.queries import call_chain
from shelterbelt.delivery.actions import To, Words, send_message
from shelterbelt.delivery.hooks import Change, outcomes
from shelterbelt.delivery.models import Message as Letter, Recipient
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import counting
from shelterbelt.tips.actions.filing import NoKey
from shelterbelt.tips.models import AgencyNotice
from shelterbelt.tips.policy.channels import may_acknowledge_notice, may_give_notice, may_withdraw_notice
from shelterbelt.tips.queries.bells import next_bell
from shelterbelt.tips.queries.months import month_in_use
from shelterbelt.tips.sealing import months, words

PURPOSE = "tips.notice"
LONGEST = 200


@transaction.atomic
def give_notice(
    *, agency: Org, school: Org, child: str, grade: str, reference: str, by: Standing, at: datetime
) -> AgencyNotice:
    """Tell a school. The child's name is sealed; nothing is said of what happened (that is the point of it)."""
    require(may_give_notice(by, agency, school))
    if not child.strip():
        raise ValidationError({"child": _("Give the child's name, so that the school knows whom to look after.")})
    month = month_in_use(by.today)
    if month is None:
        raise NoKey("There is no key of this month to seal with.")
    key = words.new_key()
    notice = AgencyNotice(
        state_org=_state_of(school), agency=agency, school=school, month=month, given_by=by.person, given_at=at,
        key_for_desk=months.read(month.name).wrap(key), due_at=_next_bell(school, at), reference=reference.strip()[:40],
    )  # fmt: skip
    said = {"name": child.strip()[:LONGEST], "grade": grade.strip()[:20]}
    notice.child = words.seal_answers(key, said, kind="child", of=notice.pk)
    notice.save(force_insert=True)
    _count(notice, "noticed", at)
    _tell(notice, at)
    return notice


def _state_of(school: Org) -> Org:
    if school.state is None:
        raise ValueError("A school lies in a state (constraint every_org_lies_in_a_state).")
    return school.state


def _next_bell(school: Org, at: datetime) -> datetime:
    with _at_desk(at, "find the next bell"):
        return next_bell(school, at)


@transaction.atomic
def acknowledge_notice(*, notice: AgencyNotice, by: Standing, at: datetime) -> None:
    """Say that somebody at the school knows and looks after the child."""
    notice = AgencyNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require(may_acknowledge_notice(by, notice))
    notice.acknowledged_by, notice.acknowledged_at = by.person, at
    notice.save(update_fields=["acknowledged_by", "acknowledged_at"])
    _count(notice, "notice_acknowledged", at, seconds=int((at - notice.given_at).total_seconds()))


@transaction.atomic
def withdraw_notice(*, notice: AgencyNotice, by: Standing, at: datetime) -> None:
    """Take it back. It stays on record that it was given."""
    notice = AgencyNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    require(may_withdraw_notice(by, notice))
    notice.withdrawn_at = at
    notice.save(update_fields=["withdrawn_at"])
    _count(notice, "noticed", at, amount=-1)


def child_of(notice: AgencyNotice) -> dict[str, str]:
    """The child's name and grade, for whoever may see the notice."""
    key = months.read(notice.month_id).unwrap(notice.key_for_desk)
    return words.unseal_answers(key, notice.child, kind="child", of=notice.pk)


@outcomes(PURPOSE)
def note_reached(change: Change) -> None:
    """Note when the first of the school's chain was reached."""
    about = change.recipient.message.about
    if about is not None and change.recipient.status == Recipient.Status.SENT:
        reached = AgencyNotice.objects.filter(pk=about, reached_at=None)
        reached.update(reached_at=change.at)


def _chain(school: Org, at: datetime) -> list[To]:
    """Everybody of the school's chain, in turn. Whoever gives the notice doesn't learn their numbers."""
    with _at_desk(at, "find whom a notice reaches"):
        return [
            To(ref=str(call.contact.pk), name=call.contact.name, addresses=call.for_delivery, step=step,
               language=call.contact.language)
            for step, call in enumerate(call_chain(school, at), start=1)
        ]  # fmt: skip


def _tell(notice: AgencyNotice, at: datetime) -> None:
    """The letter names the school and the hour, never the child."""
    send_message(
        purpose=PURPOSE, key=str(notice.pk), org=notice.school, about=notice.pk, words=_letter(notice),
        to=_chain(notice.school, at), at=at, urgency=Letter.Urgency.URGENT, link=f"/notices/{notice.pk}/",
        by=notice.given_by,
    )  # fmt: skip


def _letter(notice: AgencyNotice) -> Words:
    subjects, texts = {}, {}
    for language in ("en", "es"):
        with translation.override(language):
            said = {"school": notice.school, "by": date_format(localtime(notice.due_at), "DATETIME_FORMAT")}
            subjects[language] = _("Handle With Care: a notice for %(school)s") % said
            texts[language] = _("There is a notice for %(school)s. Please read it before %(by)s.") % said
    return Words(subject=subjects, text=texts)


def _count(notice: AgencyNotice, step: str, at: datetime, *, amount: int = 1, seconds: int | None = None) -> None:
    """Counted apart from tips (tip brief, section 6)."""
    with _at_desk(at, "count a notice"):
        counting.notice_fact(step, notice, at=at, amount=amount, seconds=seconds).save(force_insert=True)


def _at_desk(at: datetime, reason: str) -> AbstractContextManager[None]:
    return acting_as_system("tip_desk", today=localdate(at), reason=reason)
