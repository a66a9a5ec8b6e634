"""A file that came with a tip about a foreign school, which was sent to nobody."""

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from shelterbelt.core.storage import tip_store
from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, seal_whole
from shelterbelt.tips.models import Attachment, Tip
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.opening import key_of

if TYPE_CHECKING:
    from tests.attack.world import Things

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
NUMBER = uuid.UUID("22222222-0000-4000-8000-000000000001")


def fill(state: "Things", school: "Things") -> None:
    """Put it where what is foreign is looked for."""
    filed = filing.Filed(
        id=NUMBER,
        state_id=state.org.pk,
        answers={"narrative": "foreign"},
        event_types=["bullying"],
        place_kind=Tip.PlaceKind.SCHOOL,
        school_id=school.org.pk,
    )
    filing.file_tip(filed, at=NOW)
    intake.take_in(at=NOW)
    school.by_kind["tip_file"] = a_file(Tip.objects.get(pk=NUMBER))


def a_file(tip: Tip) -> Attachment:
    """A text with a clean copy."""
    number, key = tip.pk, key_of(tip)
    sealed = {
        kind: seal_whole(b"ours", tip_store().begin(), key, kind=kind, of=number).sha256
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
