"""The front page: for everybody, in two languages, without script."""

import pytest
from django.test import Client
from django.urls import reverse

from shelterbelt.strategy import current


@pytest.fixture
def page(db: None) -> str:
    return Client().get(reverse("home:front")).content.decode()


def test_everybody_sees_the_ten_focus_areas_and_what_is_measured(page: str) -> None:
    for area in current().areas:
        assert str(area.title) in page
    assert "Two drills that test the plan" in page


def test_help_stands_on_the_front_page(page: str) -> None:
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page


def test_the_front_page_needs_no_script_and_promises_no_tip_line(page: str) -> None:
    assert "<script" not in page
    assert "tip line opens" not in page


def test_the_front_page_speaks_spanish(db: None) -> None:
    html = Client(headers={"accept-language": "es"}).get(reverse("home:front")).content.decode()

    assert 'lang="es"' in html
    assert "Ayuda ahora mismo" in html
    assert "Planes de emergencia" in html


def test_a_demonstration_shows_its_way_in_and_nothing_else_does(db: None, settings) -> None:
    settings.DEMONSTRATION = True
    assert "Enter the demonstration" in Client().get("/").content.decode()
    settings.DEMONSTRATION = False
    assert "Enter the demonstration" not in Client().get("/").content.decode()


def test_whoever_watches_the_site_gets_an_answer_without_the_database(db: None, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")
