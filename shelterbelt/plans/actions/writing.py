"""Write a section. Whoever comes second sees both texts; neither is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.plans.actions.cleaning import cleaned
from shelterbelt.plans.actions.locking import the_locked
from shelterbelt.plans.models import Section, SectionRevision
from shelterbelt.plans.policy import may_write_section
from shelterbelt.plans.rules import states


@dataclass(frozen=True)
class Saved:
    """What came of saving: the section as it stands now, and one's own text where it met another's change."""

    section: Section
    aside: SectionRevision | None = None

    @property
    def is_conflict(self) -> bool:
        """Whether two texts wait to be merged."""
        return self.aside is not None


@transaction.atomic
def save_section(
    *,
    section_id: int,
    body: str,
    based_on: int,
    by: Standing,
    at: datetime,
    origin: str = SectionRevision.Origin.TYPED,
) -> Saved:
    """Keep a text that was written over number `based_on`; put it aside if another stands by now."""
    section = locked(section_id)
    require(may_write_section(by, section))
    text = cleaned(body)
    if text == section.body:
        return Saved(section)
    if based_on != section.revision:
        return Saved(section, _put_aside(section, text, based_on, by, at))
    write_text(section, text, by=by, at=at, origin=origin)
    return Saved(section)


@transaction.atomic
def merge_section(*, section_id: int, aside_id: int, body: str, based_on: int, by: Standing, at: datetime) -> Saved:
    """Keep what somebody made of two texts. If a third came meanwhile, the merged text is put aside in its turn."""
    section = locked(section_id)
    require(may_write_section(by, section))
    text = cleaned(body)
    waiting = section.revisions.filter(pk=aside_id, origin=SectionRevision.Origin.ASIDE, settled_at=None)
    if based_on != section.revision and text != section.body:
        waiting.update(settled_at=at)
        return Saved(section, _put_aside(section, text, based_on, by, at))
    waiting.update(settled_at=at)
    if text != section.body:
        write_text(section, text, by=by, at=at, origin=SectionRevision.Origin.MERGED)
    return Saved(section)


def locked(section_id: int) -> Section:
    """A section that nobody else changes, or freezes, before this transaction ends."""
    return the_locked(Section.objects.select_related("plan__org"), section_id)


def write_text(section: Section, text: str, *, by: Standing, at: datetime, origin: str) -> SectionRevision:
    """Make a text the one that stands, under the next number."""
    kept = SectionRevision.objects.create(
        section=section,
        org_id=section.org_id,
        number=section.revision + 1,
        based_on=section.revision,
        body=text,
        origin=origin,
        saved_at=at,
        saved_by=by.person,
    )
    section.body, section.revision, section.changed_at, section.changed_by = text, kept.number, at, by.person
    has_text = bool(text) or section.accepted_id is not None
    section.state = states.state_when_written(section.state, has_text=has_text)
    if section.state != Section.State.LEFT_OUT:
        section.left_out_because = ""
    section.save(update_fields=["body", "revision", "changed_at", "changed_by", "state", "left_out_because"])
    return kept


def _put_aside(section: Section, text: str, based_on: int, by: Standing, at: datetime) -> SectionRevision:
    same = section.revisions.filter(origin="aside", settled_at=None, saved_by=by.person, based_on=based_on).last()
    if same is not None and same.body == text:  # saved again by a page that didn't notice
        return same
    return SectionRevision.objects.create(
        section=section,
        org_id=section.org_id,
        number=0,
        based_on=based_on,
        body=text,
        origin=SectionRevision.Origin.ASIDE,
        saved_at=at,
        saved_by=by.person,
    )
