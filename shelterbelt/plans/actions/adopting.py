"""From draft to force: freeze, adopt, put in force, supersede."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.orgs.models import Org
from shelterbelt.plans.actions.inheriting import offer_all
from shelterbelt.plans.actions.listing import hold
from shelterbelt.plans.actions.locking import the_locked
from shelterbelt.plans.models import Plan, Section, Version
from shelterbelt.plans.policy import may_adopt, may_call_off_review, may_send_to_review
from shelterbelt.plans.queries import compose, open_texts
from shelterbelt.plans.rules import freezing


@transaction.atomic
def send_to_review(*, version: Version, by: Standing, at: datetime, what_changed: str = "") -> Version:
    """Freeze the plan as it is written now. From here until it is adopted, or called off, nobody changes it."""
    mine = _locked(version)
    _hold_writers(mine.plan)
    require(may_send_to_review(by, mine))
    _check_merged(mine.plan)
    parts = compose(mine.plan)
    if not any(part["html"] for part in parts):
        raise ValidationError(_("Nothing is written yet. Write at least one section before it goes to review."))
    mine.content, mine.sha256 = parts, freezing.digest(parts)
    mine.frozen_at, mine.frozen_by, mine.what_changed = at, by.person, what_changed
    mine.state = Version.State.IN_REVIEW
    mine.save(update_fields=["content", "sha256", "frozen_at", "frozen_by", "what_changed", "state"])
    return mine


@transaction.atomic
def call_off_review(*, version: Version, by: Standing) -> Version:
    """Go on writing. What was reviewed so far is let go; the sections hold the same text."""
    mine = _locked(version)
    require(may_call_off_review(by, mine))
    mine.content, mine.sha256, mine.frozen_at, mine.frozen_by = None, "", None, None
    mine.state = Version.State.DRAFT
    mine.save(update_fields=["content", "sha256", "frozen_at", "frozen_by", "state"])
    return mine


@transaction.atomic
def adopt(
    *, version: Version, adopted_on: date, meeting: str, by: Standing, at: datetime, from_on: date | None = None
) -> Version:
    """Record the board's decision, put the version in force on its day, and open the next draft.

    What a district's board adopted is offered to its schools.
    """
    mine = _locked(version)
    require(may_adopt(by, mine))
    start = from_on or adopted_on
    _check_days(mine, adopted_on, start, by.today)
    if not freezing.is_whole(mine.content, mine.sha256):
        raise ValidationError(_("The frozen text doesn't match its seal. Call the review off and freeze it again."))
    mine.state, mine.adopted_on, mine.meeting = Version.State.ADOPTED, adopted_on, meeting
    mine.adopted_by, mine.from_on = by.person, start
    mine.save(update_fields=["state", "adopted_on", "meeting", "adopted_by", "from_on"])
    Version.objects.create(plan=mine.plan, org_id=mine.org_id, number=mine.number + 1, begun_on=by.today)
    if start <= by.today:
        put_in_force(mine)
    if mine.plan.org.kind == Org.Kind.DISTRICT:
        offer_all(mine.plan, by=by, at=at)
    return mine


def put_in_force(version: Version) -> None:
    """Let a version take the place of the one before, from its day on."""
    before = version.plan.versions.in_force().first()
    if before is not None:
        before.state = Version.State.SUPERSEDED
        before.until_on = max(day for day in (version.from_on, before.from_on) if day is not None)
        before.save(update_fields=["state", "until_on"])
    older = version.plan.versions.filter(state=Version.State.ADOPTED, number__lt=version.number)
    older.update(state=Version.State.SUPERSEDED)
    version.state = Version.State.IN_FORCE
    version.save(update_fields=["state"])


def _locked(version: Version) -> Version:
    return the_locked(Version.objects.select_related("plan__org").with_content(), version.pk)


def _hold_writers(plan: Plan) -> None:
    """Wait for whoever is saving something just now, and have those who come later wait for us."""
    hold(plan)
    list(Section.objects.select_for_update().filter(plan=plan).order_by("pk").values_list("pk"))


def _check_merged(plan: Plan) -> None:
    waiting = [section.title for section in open_texts(plan)]
    if waiting:
        raise ValidationError(
            _("Two people wrote at once, and their texts wait to be merged in: %(sections)s.")
            % {"sections": ", ".join(waiting)}
        )


def _check_days(version: Version, adopted_on: date, start: date, today: date) -> None:
    frozen_on = version.begun_on
    if adopted_on > today:
        raise ValidationError({"adopted_on": _("The board can't have decided after today.")})
    if adopted_on < frozen_on:
        raise ValidationError({"adopted_on": _("This version was begun after that day.")})
    if start < adopted_on:
        raise ValidationError({"from_on": _("A plan is in force from the board's decision at the earliest.")})
