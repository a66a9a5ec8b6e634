"""The frame of every page, and the pages for when something is wrong."""

import re
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from shelterbelt.ui import navigation

PAGE = '{% extends "base.html" %}{% block heading %}Drills{% endblock %}{% block content %}<p>Ten.</p>{% endblock %}'


def shown(name: str, language: str = "en", **context: object) -> str:
    with translation.override(language):
        return render_to_string(name, context, request=RequestFactory().get("/here/"))


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_error_page_has_one_heading_and_a_way_on(name, language):
    page = shown(name, language)
    assert page.count("<h1") == 1
    assert f'<html lang="{language}"' in page
    assert 'href="#main"' in page


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_pages_for_a_broken_site_need_no_request(name):
    page = render_to_string(name)
    assert page.count("<h1") == 1
    assert "<script" not in page


def test_a_refusal_is_the_text_of_the_403():
    assert "Only the tip desk can refer a tip." in shown("403.html", exception="Only the tip desk can refer a tip.")


def test_the_strip_says_that_the_schools_are_invented(settings):
    settings.DEMONSTRATION = True
    assert "Demonstration: invented schools." in shown("404.html")
    settings.DEMONSTRATION = False
    assert "invented schools" not in shown("404.html")


def test_the_header_names_the_state(settings):
    settings.STATE = "KS"
    assert "Kansas school safety" in shown("404.html")


def test_a_place_that_does_not_exist_is_left_out(monkeypatch):
    monkeypatch.setattr(navigation, "PLACES", (navigation.Place("no:where", "Nowhere", navigation.anyone),))
    assert navigation.entries(RequestFactory().get("/")) == []


def test_the_other_language_is_one_button_away():
    page = shown("404.html", "es")
    assert '<form method="post" action="/language/">' in page
    assert 'name="language" value="en" lang="en">English</button>' in page
    assert 'name="next" value="/here/"' in page


def test_the_menu_is_that_of_the_person():
    request = RequestFactory().get("/drills/mine/")
    assert navigation.entries(request) == []

    request.person, request.standing = "Dana", SimpleNamespace(is_state_office=False, offices=frozenset(), holdings=())
    assert [(entry.url, entry.current) for entry in navigation.entries(request)] == [
        ("/home/start/", ""),
        ("/drills/mine/", "page"),
    ]

    request.standing = SimpleNamespace(is_state_office=True, offices=frozenset(), holdings=())
    assert "/home/state/" in [entry.url for entry in navigation.entries(request)]


def test_the_menu_marks_where_one_is():
    assert navigation._current("/drills/", "/drills/") == "page"
    assert navigation._current("/drills/", "/drills/12/") == "true"
    assert navigation._current("/", "/drills/") == ""


def test_who_has_not_signed_in_sees_no_page_of_their_own():
    assert not [place for place in navigation.PLACES if place.seen_by(RequestFactory().get("/"))]


@pytest.mark.parametrize("name", ["404.html", "500.html"])
def test_a_page_loads_only_from_its_own_site_and_holds_no_script_or_style(name):
    page = shown(name)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))
    assert all(
        address.startswith("/") for address in re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', page)
    )
