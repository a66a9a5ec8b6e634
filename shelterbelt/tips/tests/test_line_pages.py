"""Every page of the line keeps nothing, tells nothing and speaks two languages."""

import re
import unicodedata

import pytest
from mnemonic import Mnemonic

from shelterbelt.tips.actions import intake
from shelterbelt.tips.line_door import forget_sender
from shelterbelt.tips.models import MonthKey, Tip
from shelterbelt.tips.sealing.opening import body_of
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.reporting import WORDS, code_on, send, text_of

pytestmark = pytest.mark.django_db


PAGES = [
    "/tip/",
    "/tip/es/",
    "/tip/return/",
    "/tip/es/return/",
    "/tip/schools?q=linden",
    "/tip/nothing",
    "/nothing",
    "/healthz",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_keeps_nothing_and_loads_nothing_from_elsewhere(reporter, path):
    page = reporter.get(path)
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "X-Request-ID" not in page
    outside = re.findall(r'(?:src|action)="(?!/)[^"]*"|<link[^>]*href="(?!/)[^"]*"', text_of(page))
    assert not outside


def test_what_tells_who_asks_is_gone_before_any_page_is_made(reporter, rf):
    request = rf.post(
        "/tip/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_COOKIE="id=7",
        HTTP_USER_AGENT="Telling/1.0", HTTP_REFERER="https://elsewhere.example/", HTTP_X_REQUEST_ID="a" * 32,
        HTTP_TRUE_CLIENT_IP="203.0.113.9", HTTP_SEC_CH_UA_MODEL="Pixel",
    )  # fmt: skip
    forget_sender(request)
    kept = " ".join(f"{name}={value}" for name, value in request.META.items())
    assert not [word for word in ("203.0.113.9", "Telling", "elsewhere", "id=7", "a" * 32, "Pixel") if word in kept]


def test_the_language_is_the_browsers_or_the_addresss_and_no_cookies(reporter):
    reporter.cookies["language"] = "en"
    assert 'lang="es"' in text_of(reporter.get("/tip/", headers={"accept-language": "es-MX,en;q=0.5"}))
    assert 'lang="es"' in text_of(reporter.get("/tip/es/", headers={"accept-language": "en"}))
    assert 'lang="en"' in text_of(reporter.get("/tip/en/", headers={"accept-language": "es"}))
    assert 'action="/tip/es/"' in text_of(reporter.get("/tip/es/"))


def test_whoever_files_in_spanish_gets_a_spanish_code(reporter, at_desk):
    words = code_on(send(reporter, start="/tip/es/")).split()
    spanish = {unicodedata.normalize("NFC", word) for word in Mnemonic("spanish").wordlist}
    assert set(words) <= spanish
    with at_desk():
        assert Tip.objects.get().language == "es"


def test_a_name_left_behind_is_locked_from_the_desk(reporter, at_desk):
    send(reporter, name="Nell Reporter", reach="573-555-0100")
    with at_desk():
        intake.take_in(at=NOW)
        tip = Tip.objects.get()
        assert tip.has_contact
        assert "Nell" not in str(body_of(tip))
        assert b"Nell" not in bytes(tip.contact)


def test_the_line_says_whether_it_can_take_tips(reporter, at_desk):
    assert reporter.get("/healthz").status_code == 200
    with at_desk():
        MonthKey.objects.all().update(destroyed_at=NOW)
    assert reporter.get("/healthz").status_code == 503
    page = send(reporter)
    assert page.status_code == 503
    assert WORDS in text_of(page)


def test_the_main_site_sends_whoever_looks_for_the_line_there(client, settings):
    settings.TIP_LINE_SITE = "https://tips.example.gov"
    answer = client.get("/tip/")
    assert (answer.status_code, answer["Location"]) == (302, "https://tips.example.gov/tip/")
    assert client.get("/tip/es/")["Location"] == "https://tips.example.gov/tip/es/"
    assert 'href="/tip/"' in text_of(client.get("/"))
