"""Files of the theme are kept by browsers for good, under names that change with their content; the worker is not."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.test import Client

pytestmark = pytest.mark.django_db
FINGERPRINT = re.compile(r"\.[0-9a-f]{12}\.\w+$")


@pytest.mark.parametrize("name", ["css/shelterbelt.css", "js/forms.js", "js/htmx.js", "img/icons.svg"])
def test_a_page_asks_for_a_name_that_tells_the_content(name):
    assert FINGERPRINT.search(static(name))


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_such_a_file_is_kept_for_good(encoding):
    answer = Client().get(static("css/shelterbelt.css"), headers={"accept-encoding": encoding})
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert answer.get("Content-Encoding", "") == encoding
    assert "Access-Control-Allow-Origin" not in answer
    assert b"".join(answer.streaming_content)


def test_a_plain_name_is_kept_for_a_minute():
    answer = Client().get("/static/css/shelterbelt.css")
    assert answer["Cache-Control"] == "max-age=60, public"
    assert b"".join(answer.streaming_content)


def test_the_theme_asks_for_its_pictures_and_fonts_by_such_names():
    for name in ("css/shelterbelt.css", "css/fonts.css"):
        with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
            style = file.read().decode()
        asked = [found for found in re.findall(r'url\("?([^")]+)', style) if not found.startswith("data:")]
        assert asked
        assert not [found for found in asked if not FINGERPRINT.search(found)]


def test_the_service_worker_stays_where_it_is_and_is_asked_for_anew():
    answer = Client().get("/schools/drill-worker.js")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")


def test_what_was_not_built_keeps_its_name():
    assert static("img/nowhere.svg") == "/static/img/nowhere.svg"
