"""Whatever is answered, it carries its headers and its number, and leaves one line that names nobody."""

import io
import json
import logging
import re

import pytest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from shelterbelt.core import headers, log_lines
from shelterbelt.core.front_door import GIVEN

MARK = "3f2a9c4be1d04c7796f0a1b2c3d4e5f6"


def page(request: HttpRequest, person: str = "") -> HttpResponse:
    return HttpResponse("twelve bytes")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"one", b"two"]))


def fails(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET.get("note"))


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404("ruth@example.org")


def reads(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.POST) + len(request.FILES))


urlpatterns = [
    path("page/", page, name="a_page"),
    path("people/<str:person>/", page, name="a_person"),
    path("stream/", stream, name="a_stream"),
    path("fails/", fails, name="a_failure"),
    path("missing/", missing, name="nothing"),
    path("reads/", reads, name="a_form"),
]
handler400 = "shelterbelt.api.errors.bad_request"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Ruth's phone")


@pytest.fixture
def lines():
    """What the log says meanwhile, line by line."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(log_lines.formatter(terminal=False))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("/page/", {}, 200),
        ("/page", {}, 301),
        ("/stream/", {}, 200),
        ("/nowhere/", {}, 404),
        ("/missing/", {}, 404),
        ("/fails/", {}, 500),
        ("/page/", {"HTTP_HOST": "evil.example"}, 400),
        ("/static/css/shelterbelt.css", {}, 200),
        ("/page/", {"CONTENT_LENGTH": str(2**40)}, 413),
        ("/page/?q=a%00b", {}, 400),
        ("/people/a%00b/", {}, 400),
    ],
)
def test_every_answer_has_its_headers(browser, address, more, status):
    answer = browser.get(address, **more)
    answer.close()
    assert answer.status_code == status
    assert [name for name in headers.LACKED_BY_NONE if name not in answer.headers] == []
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_passkeys_are_all_that_pages_may_ask_a_browser_for():
    allowed = [rule for rule in headers.EVERY["Permissions-Policy"].split(", ") if not rule.endswith("=()")]
    assert allowed == ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]


def test_a_request_is_numbered_and_the_number_comes_back(browser):
    assert GIVEN.fullmatch(browser.get("/page/")["X-Request-ID"])


def test_without_a_proxy_nobody_chooses_the_number(browser):
    assert browser.get("/page/", HTTP_X_REQUEST_ID=MARK)["X-Request-ID"] != MARK


@pytest.mark.parametrize("given", [MARK, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"])
def test_the_number_of_our_proxy_is_kept(browser, settings, given):
    settings.HTTPS = True
    assert browser.get("/page/", HTTP_X_REQUEST_ID=given)["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given", ["", "ruth@example.org", "a" * 41, "abc", f"{MARK}\nSet-Cookie: a=b", "'; drop table"]
)
def test_what_looks_like_no_number_is_none(browser, settings, given):
    settings.HTTPS = True
    assert browser.get("/page/", HTTP_X_REQUEST_ID=given)["X-Request-ID"] != given


def test_a_request_leaves_one_line_with_its_routes_name(browser, lines):
    answer = browser.get("/people/ruth/?q=measles")
    [line] = lines()
    assert (line["event"], line["method"], line["route"]) == ("request", "GET", "a_person")
    assert (line["status"], line["bytes"], line["level"]) == (200, 12, "info")
    assert line["request"] == answer["X-Request-ID"]
    assert line["ms"] >= 0
    assert not re.search("ruth|measles|203.0.113|phone", json.dumps(line))


def test_a_stream_is_told_of_when_it_has_ended(browser, lines):
    answer = browser.get("/stream/")
    assert lines() == []
    assert b"".join(answer.streaming_content) == b"onetwo"
    answer.close()
    assert [(line["route"], line["bytes"]) for line in lines()] == [("a_stream", 6)]


def test_a_file_of_the_theme_is_told_of_as_one(browser, lines):
    answer = browser.get("/static/css/shelterbelt.css")
    sent = len(b"".join(answer.streaming_content))
    answer.close()
    assert [(line["route"], line["bytes"]) for line in lines()] == [("static", sent)]


def test_a_failure_is_told_by_its_kind_and_its_way_and_not_by_its_words(browser, lines):
    browser.get("/fails/?note=Ruth Abel, asthma")
    failed, asked = lines()
    assert failed["error"] == "ValueError"
    assert failed["way"][-1].endswith(" fails")
    assert failed["request"] == asked["request"]
    assert asked["level"] == "error"
    assert "Ruth" not in json.dumps(failed)


def test_a_method_nobody_knows_is_no_word_in_the_figures(browser, lines):
    browser.generic("ruth@example.org", "/page/")
    assert lines()[-1]["method"] == "other"


def test_more_than_is_taken_is_refused_in_a_sentence_before_it_is_read(browser):
    class Unread(io.BytesIO):
        def read(self, *_):
            pytest.fail("it was read")

    answer = browser.post(
        "/reads/", CONTENT_LENGTH=str(131 * 1024 * 1024), **{"wsgi.input": Unread()}, content_type="text/plain"
    )
    assert answer.status_code == 413
    assert "up to 130 MB at once" in answer.content.decode()


def test_programs_are_refused_in_json(browser):
    answer = browser.post("/api/v1/drills", CONTENT_LENGTH=str(2**40), content_type="application/json")
    assert answer.status_code == 413
    assert "130 MB" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({f"field{number}": "1" for number in range(6000)}, "more fields than we take"),
        ({"text": "a" * 3 * 1024 * 1024}, "longer than we take"),
    ],
)
def test_a_form_with_too_much_is_refused_in_a_sentence(browser, sent, sentence):
    answer = browser.post("/reads/", sent)
    assert answer.status_code == 413
    assert sentence in answer.content.decode()


def test_too_many_files_are_refused_in_a_sentence(browser):
    answer = browser.post("/reads/", {f"file{number}": io.BytesIO(b"a") for number in range(21)})
    assert answer.status_code == 413
    assert "more files than we take" in answer.content.decode()
