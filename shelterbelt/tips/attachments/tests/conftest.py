"""The tip desk's town, with files that came with a tip."""

import pytest

from shelterbelt.core.clean_copies.tests import made
from shelterbelt.tips.actions import filing
from shelterbelt.tips.attachments import tasks
from shelterbelt.tips.attachments.actions import adding
from shelterbelt.tips.attachments.uploads import SealedUpload
from shelterbelt.tips.models import Attachment, Referral
from shelterbelt.tips.sealing import codes
from shelterbelt.tips.tests.conftest import (  # noqa: F401  fixtures
    NOW,
    a_tip,
    acting,
    at_desk,
    client_of,
    filing_of,
    line,
    tip_keys,
    today,
    town,
)  # fmt: skip


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """The file store is a folder of the test's own."""
    settings.FILES = settings.TIP_FILES = tmp_path / "files"
    return settings.FILES


def upload(content: bytes, name: str = "photo.jpg") -> SealedUpload:
    """A file that arrived, in pieces of the size in which a socket gives them."""
    arrived = SealedUpload(name, number=1)
    for at in range(0, len(content), 60_000):
        arrived.take(content[at : at + 60_000])
    return arrived


@pytest.fixture
def a_file(a_tip, line, at_desk):  # noqa: F811
    """A file with a tip of its own, kept by the line's login; cleaned unless said otherwise."""

    def make(content=None, name="photo.jpg", *, cleaned=True, is_sexual=False, **more):
        filed = a_tip(**more)
        with line():
            filing.tell_receipt(codes.keys_of(filed.code).receipt)
            keys = codes.keys_of(filed.code)
            adding.keep_from_reporter(
                tip_id=filed.tip.pk, state_id=filed.tip.org_id, is_sexual=is_sexual, at=NOW,
                key=codes.unwrap(filed.tip.key_for_code, keys), uploads=[upload(content or made.photo(), name)],
            )  # fmt: skip
        if cleaned:
            tasks.clean_files()
        with at_desk():
            return Attachment.objects.select_related("tip").get(tip=filed.tip)

    return make


@pytest.fixture
def referred(town, at_desk):  # noqa: F811
    """Refers a file's tip to an organisation."""

    def refer(file, place, to):
        with at_desk():
            Referral.objects.create(
                tip=file.tip, state_org=town.state, org=getattr(town, place), to=to, at=NOW, state="sent"
            )
        return file

    return refer
