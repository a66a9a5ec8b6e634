"""A tip at the state's desk, and what belongs to it: a file, and the analyst's alarm, shift and browser."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shelterbelt.core.storage import file_store
from shelterbelt.people.models import Person
from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, seal_whole
from shelterbelt.tips.models import Alarm, Attachment, Browser, Shift, Tip
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import key_of

if TYPE_CHECKING:
    from tests.attack.world import Things

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
TIP = "11111111-0000-4000-8000-000000000001"


def fill(state: "Things", school: "Things", people: Mapping[str, Person]) -> None:
    """Put them where records of the state are looked for."""
    analyst = people["tip_analyst"]
    tip = _tip(state.org.pk, school.org.pk)
    told: dict[str, Any] = {"org": state.org, "person": analyst}
    state.by_kind |= {
        "tip": tip,
        "tip_file": _file(tip),
        "alarm": Alarm.objects.get(tip=tip, person=analyst),
        "shift": Shift.objects.create(**told, from_at=NOW, ends_at=NOW.replace(hour=23)),
        "browser": Browser.objects.create(**told, address={}, endpoint_digest="0", device="", added_at=NOW),
    }


def _tip(state_id: int, school_id: int) -> Tip:
    """About life safety, so that it calls people. Taken in before anybody was on shift."""
    keep_months(at=NOW)
    filed = filing.Filed(
        id=uuid.UUID(TIP),
        state_id=state_id,
        answers={"narrative": "ours"},
        event_types=["gun"],
        place_kind=Tip.PlaceKind.SCHOOL,
        school_id=school_id,
    )
    filing.file_tip(filed, at=NOW)
    intake.take_in(at=NOW)
    return Tip.objects.get(pk=filed.id)


def _file(tip: Tip) -> Attachment:
    """A text with a clean copy."""
    number, key = uuid.UUID(TIP), key_of(tip)
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
