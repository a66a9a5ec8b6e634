"""The tags of every page."""

import re

import pytest
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError

from shelterbelt.ui.messages import ROOT
from shelterbelt.ui.tests.reading import drawn, group


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn('{% icon "event" %}')
    assert 'role="img" aria-label="Late"' in drawn('{% icon "event" label="Late" size=4 %}')


def test_every_icon_that_pages_name_is_built():
    built = (ROOT / "assets/icons.txt").read_text(encoding="utf-8").split()
    named = {
        name
        for page in ROOT.glob("shelterbelt/*/templates/**/*.html")
        for name in re.findall(r'(?:{% icon |icon_name=|icon_name\|default:)"(\w+)"', page.read_text(encoding="utf-8"))
    }
    assert sorted(named - set(built)) == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("met", "Met"),
        ("not_met", "Not met"),
        ("not_reported", "Not reported"),
        ("not_applicable", "Does not apply"),
    ],
)
def test_a_status_is_an_icon_with_words(status, words):
    page = drawn("{% status_tag status %}", status=status)
    assert "<svg" in page
    assert page.endswith(f"{words}</span>")


def test_a_missing_share_is_a_dash_that_is_read_as_no_value():
    assert drawn("{% percent value %}", value=None).endswith('<span class="sr-only">no value</span>')


def test_a_bar_says_what_it_shows():
    page = drawn('{% bar 50 40 70 label="Boone" %}')
    assert 'aria-label="Boone: 50%; between 40% and 70% once all have reported"' in page


def test_a_line_says_what_it_shows():
    page = drawn('{% sparkline values "Drills" %}', values=[("2024-25", 40), ("2025-26", 50)])
    assert 'aria-label="Drills: 2024-25 40%, 2025-26 50%"' in page


def test_a_card_leads_somewhere():
    page = drawn('{% card heading="Plan" link="/plan" %}<p>Adopted.</p>{% endcard %}')
    assert '<a href="/plan">Plan</a></h2> <p>Adopted.</p>' in page


def test_a_summary_box_is_named_by_its_heading():
    page = drawn('{% summary_box "This week" %}<p>Nothing.</p>{% endsummary_box %}')
    name = group(r'aria-labelledby="([^"]+)"', page)
    assert f'id="{name}">This week<' in page


def test_an_alert_of_an_unknown_kind_is_refused():
    with pytest.raises(TemplateSyntaxError, match="none of"):
        drawn('{% alert "purple" %}x{% endalert %}')


def test_a_button_posts_with_its_token():
    page = drawn('{% button_form "Adopt" "/adopt" %}<input type="hidden" name="plan" value="1">{% endbutton_form %}')
    assert '<form class="act" method="post" action="/adopt">' in page
    assert "csrfmiddlewaretoken" in page
    assert '<button class="usa-button" type="submit">Adopt</button>' in page


def test_a_refused_button_is_grey_and_says_why():
    page = drawn('{% button_form "Adopt" "/adopt" refusal=why %}{% endbutton_form %}', why="Only a principal <can>.")
    assert "<form" not in page
    assert 'aria-disabled="true"' in page
    name = group(r'aria-describedby="([^"]+)"', page)
    assert f'id="{name}">Only a principal &lt;can&gt;.</p>' in page


@pytest.mark.parametrize(
    ("level", "kind"), [(10, "info"), (20, "info"), (25, "success"), (30, "warning"), (40, "error")]
)
def test_a_message_looks_like_its_level(level, kind):
    assert drawn("{{ message|alert_kind }}", message=Message(level, "x")) == kind


def test_pages_are_offered_around_the_one_shown_and_keep_the_question():
    page = drawn('{% include "ui/pagination.html" %}', page_obj=Paginator(range(300), 20).page(6))
    assert re.findall(r">(\d+)</a>", page) == ["1", "5", "6", "7", "15"]
    assert 'href="?a=1&amp;page=7"' in page
    assert 'aria-current="page">6<' in page


def test_one_page_needs_no_pagination():
    assert drawn('{% include "ui/pagination.html" %}', page_obj=Paginator(range(3), 20).page(1)) == ""
