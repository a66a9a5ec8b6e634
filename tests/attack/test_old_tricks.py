"""Tricks as old as the web, each tried once against what is there to fall for it."""

import re
import sys
import time
import uuid
from email.message import Message
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.documents import rules
from shelterbelt.documents.actions import keep
from shelterbelt.drills.models import Drill
from shelterbelt.people import tasks
from shelterbelt.people.models import Person
from tests.attack.walking import somebody
from tests.attack.world import NOW, TODAY

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example",
    "https:evil.example", "/%09/evil.example", "\t//evil.example", "javascript:alert(1)", "https://testserver@evil.example/",
    "http://evil.example#@testserver/", "%2f%2fevil.example", "//evil.example\r\nSet-Cookie: a=b",
]  # fmt: skip


@pytest.mark.parametrize("onward", ELSEWHERE)
def test_the_switch_of_language_leads_nobody_away(db, onward):
    answer = Client().post("/language/", {"language": "es", "next": onward}, headers={"referer": onward.strip()})
    place = urlsplit(answer.headers.get("Location", "/"))
    assert place.netloc in {"", "testserver"}
    assert "\\" not in place.path[:2]
    assert "Set-Cookie: a" not in str(answer.headers)


def test_a_letter_leads_to_this_site_whatever_name_it_was_asked_by(world, settings):
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        Person.objects.filter(pk=world.people["principal"].pk).update(email="ada@example.org")
    settings.ALLOWED_HOSTS = ["*"]
    Client(HTTP_HOST="evil.example", HTTP_X_FORWARDED_HOST="evil.example").post(
        reverse("people:forgotten"), {"email": "ada@example.org"}
    )
    tasks.mail_password_link(world.people["principal"].pk)
    assert mail.outbox
    assert not [letter for letter in mail.outbox if "evil.example" in letter.body]
    assert all(settings.SITE in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_turns_one_method_into_another(world, name):
    client = somebody(world.people["state_office"])
    assert client.get("/sign-out/", headers={name: "POST"}).status_code == 405
    assert client.post("/healthz", {"_method": "GET"}, headers={name: "GET"}).status_code == 405


def test_what_a_form_does_not_ask_for_is_not_taken(world):
    number, victim = uuid.uuid4(), world.people["district_coordinator"]
    sent = {
        "drill_id": str(number), "kind": "fire", "held_on": "2026-10-01", "school": world.willow.org.pk,
        "school_id": world.willow.org.pk, "org": world.willow.org.pk, "recorded_by": victim.pk, "recorded_by_id": victim.pk,
        "recorded_at": "2001-01-01", "status": "cancelled", "id": str(uuid.uuid4()), "completed_on": "2001-01-01",
        "summary": "slipped in", "debriefed": "True",
    }  # fmt: skip
    answer = somebody(world.people["principal"]).post(reverse("drills:record", args=[world.linden.org.pk]), sent)
    assert answer.status_code in {302, 303}
    with acting_as_system("measures", today=TODAY, reason="test"):
        drill = Drill.objects.get(pk=number)
    assert (drill.school_id, drill.status) == (world.linden.org.pk, "held")
    assert (drill.recorded_by_id, drill.recorded_at.year) == (world.people["principal"].pk, 2026)
    assert (drill.summary, drill.debriefed) == ("", None)


def test_of_a_field_sent_twice_one_answer_is_taken_and_checked(world):
    client = somebody(world.people["principal"])
    body = f"drill_id={uuid.uuid4()}&kind=fire&kind=nonsense&held_on=2026-10-01"
    answer = client.post(
        reverse("drills:record", args=[world.linden.org.pk]), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "name",
    [
        'a"b.pdf',
        'a"; filename="evil.exe',
        "a\r\nSet-Cookie: a=b.pdf",
        "a;b.pdf",
        "../../a.pdf",
        "año – 計画.pdf",
        "a\\",
        "\u202efdp.exe",
    ],
)
def test_a_downloads_name_makes_no_header_of_its_own(world, name):
    principal = world.people["principal"]
    from shelterbelt.access.standing import standing_of

    with acting_as(principal.pk, today=TODAY):
        upload, by = SimpleUploadedFile("x", b"%PDF-1.7"), standing_of(principal, today=TODAY)
        upload._name = name  # as no browser would send it
        document = keep(org=world.linden.org, upload=upload, by=by, at=NOW)
    answer = somebody(principal).get(reverse("documents:open", args=[document.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    header = Message()
    header["Content-Disposition"] = answer.headers["Content-Disposition"]
    assert header.get_content_disposition() == "attachment"
    assert len(header.get_params(header="Content-Disposition")) == 2
    assert (header.get_filename() or "").endswith(".pdf")
    assert "Set-Cookie" not in answer.headers
    assert rules.clean_name(name, rules.PDF).endswith(".pdf")


def patterns():
    """Every regular expression that our modules hold."""
    found: dict[re.Pattern[str], str] = {}
    for module in [
        each for name, each in sys.modules.items() if name.startswith("shelterbelt.") and "tests" not in name
    ]:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found.setdefault(value, f"{module.__name__}.{name}")
    return {name: pattern for pattern, name in found.items()}


LONG = [
    "a", "1", " ", "-", ".", "@", "a@", "1.", "a-", "=", "\t", "é", "<", "\\", "a@a.", "0-", "'", '"', "{", "a b", "A1", "//", "#",
]  # fmt: skip


def test_no_pattern_of_ours_takes_its_time_over_a_long_text():
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # so that every room is there
    slow = []
    for name, pattern in patterns().items():
        for piece in LONG:
            text = piece * (8_000 // len(piece)) + "\x00!"
            started = time.process_time()
            pattern.search(text)
            pattern.fullmatch(text)
            if time.process_time() - started > 0.5:
                slow.append(f"{name} over {piece!r}")
    assert len(patterns()) > 10
    assert not slow
