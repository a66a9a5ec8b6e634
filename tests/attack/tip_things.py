"""A tip at the state's desk, and what belongs to it: a file, a link, and the analyst's alarm, view, shift and browser."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shelterbelt.access.scope import acting_as
from shelterbelt.core.storage import file_store
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, seal_whole
from shelterbelt.tips.models import Alarm, Attachment, Browser, Link, SavedFilter, Shift, Tip
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import key_of

if TYPE_CHECKING:
    from tests.attack.world import Things

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
TIP, OTHER = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002"


def fill(state: "Things", school: "Things", people: Mapping[str, Person]) -> None:
    """Put them where records of the state are looked for."""
    analyst = people["tip_analyst"]
    tip, other = (_tip(number, state.org.pk, school.org.pk) for number in (TIP, OTHER))
    told: dict[str, Any] = {"org": state.org, "person": analyst}
    state.by_kind |= {
        "tip": tip,
        "tip_file": _file(tip),
        "tip_link": Link.objects.create(org=state.org, tip=tip, to=other, kind="related", by=analyst, at=NOW),
        "tip_view": _view(**told),
        "alarm": Alarm.objects.get(tip=tip, person=analyst),
        "shift": Shift.objects.create(**told, from_at=NOW, ends_at=NOW.replace(hour=23)),
        "browser": Browser.objects.create(**told, address={}, endpoint_digest="0", device="", added_at=NOW),
    }


def _tip(number: str, state_id: int, school_id: int) -> Tip:
    """About life safety, so that it calls people. Taken in before anybody was on shift."""
    keep_months(at=NOW)
    filed = filing.Filed(
        id=uuid.UUID(number),
        state_id=state_id,
        answers={"narrative": "ours"},
        event_types=["gun"],
        place_kind=Tip.PlaceKind.SCHOOL,
        school_id=school_id,
    )
    filing.file_tip(filed, at=NOW)
    intake.take_in(at=NOW)
    return Tip.objects.get(pk=filed.id)


def _view(org: Org, person: Person) -> SavedFilter:
    """Each keeps their own: nobody makes one for another."""
    with acting_as(person.pk, today=NOW.date()):
        return SavedFilter.objects.create(org=org, person=person, name="ours", query="owner=me")


def _file(tip: Tip) -> Attachment:
    """A text with a clean copy."""
    number, key = tip.pk, key_of(tip)
    sealed = {
        kind: seal_whole(b"ours", file_store().begin(), key, kind=kind, of=number).sha256
        for kind in (ORIGINAL, CLEAN_COPY)
    }
    return Attachment.objects.create(
        id=number,
        tip=tip,
        org_id=tip.org_id,
        name=words.seal_text(key, "ours.txt", kind="name", of=number),
        content_type="text/plain",
        size=4,
        original=sealed[ORIGINAL],
        clean_copy=sealed[CLEAN_COPY],
        clean_type="text/plain",
        state="clean",
        added_at=NOW,
    )
