from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.documents.actions import keep

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture
def plan(linden_creek, cora):
    with acting_as(cora.person.pk, today=date(2026, 11, 24)):
        upload = SimpleUploadedFile("plan año.pdf", b"%PDF-1.7 plan")
        return keep(org=linden_creek, upload=upload, by=cora, at=NOW)


def sign_in(client, standing):
    """Without the sign-in page: whoever reads this tests files, not passwords."""
    client.force_login(standing.person)


def test_a_file_opens_as_a_download_that_browsers_do_not_guess_about(client, plan, cora):
    sign_in(client, cora)
    answer = client.get(reverse("documents:open", args=[plan.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


def test_that_somebody_took_a_file_along_is_on_record(client, plan, cora):
    sign_in(client, cora)
    b"".join(client.get(reverse("documents:open", args=[plan.pk])).streaming_content)
    with acting_as_system("install", today=date(2026, 11, 24), reason="test"):
        entry = AuditEntry.objects.get(verb="read", thing_id=str(plan.pk))
    assert (entry.actor, entry.org_id) == (f"person:{cora.person.pk}", plan.org_id)


def test_for_somebody_from_another_district_the_file_does_not_exist(client, plan, stranger):
    sign_in(client, stranger)
    assert client.get(reverse("documents:open", args=[plan.pk])).status_code == 404


def test_without_signing_in_nobody_gets_a_file(client, plan):
    assert client.get(reverse("documents:open", args=[plan.pk])).status_code == 302


def test_a_file_whose_content_is_lost_is_not_found(client, plan, cora, tmp_path, settings):
    settings.FILES = tmp_path
    sign_in(client, cora)
    assert client.get(reverse("documents:open", args=[plan.pk])).status_code == 404
