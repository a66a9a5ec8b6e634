"""Settle what is to be looked at: take over a district's text, keep one's own, put both together; or say it is done."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.cleaning import cleaned
from shelterbelt.plans.actions.locking import the_locked
from shelterbelt.plans.actions.writing import locked, write_text
from shelterbelt.plans.models import ReviewTask, Section, SectionRevision
from shelterbelt.plans.policy import may_settle

Outcome = ReviewTask.Outcome
OF_A_CHANGE = frozenset({Outcome.ACCEPTED, Outcome.KEPT, Outcome.MERGED})


@transaction.atomic
def settle_change(
    *,
    task: ReviewTask,
    outcome: str,
    by: Standing,
    at: datetime,
    body: str | None = None,
    based_on: int = 0,
    note: str = "",
) -> ReviewTask:
    """Say what a school makes of its district's new text. With `body` it also completes it anew."""
    mine = _locked(task)
    require(may_settle(by, mine))
    if mine.section_id is None or outcome not in OF_A_CHANGE:
        raise ValidationError(_("Say whether you take the district's text, keep yours, or put both together."))
    if outcome == Outcome.KEPT and not note:
        raise ValidationError({"note": _("Say why the earlier text stays. The district sees it.")})
    section = locked(mine.section_id)
    if outcome == Outcome.MERGED:
        _write_own(section, body or "", based_on, by, at)
    if outcome != Outcome.KEPT:
        _stand_by(section, mine.offered, by, at)
    return _close(mine, outcome, by, at, note)


@transaction.atomic
def settle(*, task: ReviewTask, by: Standing, at: datetime, note: str = "") -> ReviewTask:
    """Say that something was looked at."""
    mine = _locked(task)
    require(may_settle(by, mine))
    if mine.kind == ReviewTask.Kind.DISTRICT_CHANGE:
        raise ValidationError(_("Say whether you take the district's text, keep yours, or put both together."))
    return _close(mine, Outcome.DONE, by, at, note)


def _locked(task: ReviewTask) -> ReviewTask:
    return the_locked(ReviewTask.objects.select_related("plan__org", "offered"), task.pk)


def _write_own(section: Section, body: str, based_on: int, by: Standing, at: datetime) -> None:
    text = cleaned(body)
    if text == section.body:
        return
    if based_on != section.revision:
        raise ValidationError(
            {"body": _("Somebody wrote in this section meanwhile. Look at their text and put it in yours.")}
        )
    write_text(section, text, by=by, at=at, origin=SectionRevision.Origin.MERGED)


def _stand_by(section: Section, offered: SectionRevision | None, by: Standing, at: datetime) -> None:
    section.accepted, section.changed_at, section.changed_by = offered, at, by.person
    if section.state == Section.State.EMPTY:
        section.state = Section.State.WRITING
    section.save(update_fields=["accepted", "changed_at", "changed_by", "state"])


def _close(task: ReviewTask, outcome: str, by: Standing, at: datetime, note: str) -> ReviewTask:
    task.outcome, task.done_at, task.done_by, task.note = outcome, at, by.person, note
    task.save(update_fields=["outcome", "done_at", "done_by", "note"])
    return task
