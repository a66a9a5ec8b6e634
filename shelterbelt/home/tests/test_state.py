"""The state's page says what hand counting says, and only to the state's office."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.models import Designation
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report

PAGE = reverse("home:state")


def row_of(client: Client, output: str, query: str = "") -> str:
    """The text of one output's row, without its tags' names."""
    html = client.get(PAGE + query).content.decode()
    start = html.index(f'<span class="outputs__id">{output}</span>')
    return html[start : html.index("</tr>", start)]


def test_one_of_three_schools_meets_and_two_are_silent(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    row = row_of(signed_in("ada"), "B-O2")

    assert "<span>33.3%</span>" in row
    assert "33.3%; between 33.3% and 100% once all have reported" in row
    assert '3 <span class="quiet">schools</span>' in row


def test_half_of_those_it_concerns_leaves_out_whom_it_does_not_apply_to(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        third = factories.a_district("Ash Grove R-IV", county=small.county)
    report(small.cedar_fork, "E-O1", procurements=2, evaluated_before_award=2)
    report(small.far_district, "E-O1", procurements=2, evaluated_before_award=1)
    report(third, "E-O1", procurements=0)

    row = row_of(signed_in("ada"), "E-O1")

    assert "<span>50%</span>" in row
    assert '2 <span class="quiet">districts</span>' in row


def test_a_past_day_shows_what_was_true_then(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2, on=date(2026, 9, 1))
    report(small.maple_hill, "B-O2", trained_staff=1, on=date(2026, 10, 15))
    ada = signed_in("ada")

    assert "<span>66.7%</span>" in row_of(ada, "B-O2")
    assert "<span>33.3%</span>" in row_of(ada, "B-O2", "?as_of=2026-10-14")
    assert "<span>66.7%</span>" in row_of(ada, "B-O2", "?year=2026-27&as_of=2026-10-15")
    assert "<span>0%</span>" in row_of(ada, "B-O2", "?year=2025-26")


def test_an_office_is_in_place_from_its_day_on(small: Small, signed_in: SignedIn) -> None:
    ada = signed_in("ada")
    assert "Not in place" in row_of(ada, "A-O1")

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Designation.objects.create(
            org=small.state, duty="state_safety_coordinator", holder="Ada Park", from_on=date(2026, 11, 1)
        )

    assert "In place" in row_of(ada, "A-O1")
    assert "Not in place" in row_of(ada, "A-O1", "?as_of=2026-10-31")


def test_a_number_nobody_reported_is_no_zero(small: Small, signed_in: SignedIn) -> None:
    ada = signed_in("ada")
    assert "no value" in row_of(ada, "A-O2")

    report(small.state, "A-O2", received=1234)

    assert "<strong>1,234</strong>" in row_of(ada, "A-O2")


def test_a_good_year_is_shown_although_the_day_makes_no_sense(signed_in: SignedIn) -> None:
    assert signed_in("ada").get(PAGE + "?year=2024-25&as_of=someday").context["look"].year.slug == "2024-25"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?as_of=0001-01-01", "Figures begin on"),
        ("?as_of=someday", "This is not a day. Write it as 2026-10-31."),
        ("?as_of=2026-11-25", "This day is still to come. Choose today or a day before."),
        ("?year=2025-26&as_of=2026-10-01", "is not in 2025-26. Choose the year 2026-27, or another day."),
        ("?year=nineteen", "Choose one of the years offered."),
    ],
)
def test_a_day_or_year_that_makes_no_sense_gets_a_sentence_and_stays(
    signed_in: SignedIn, query: str, sentence: str
) -> None:
    answer = signed_in("ada").get(PAGE + query)

    assert answer.status_code == 200
    html = answer.content.decode()
    assert sentence in html
    assert "As of" not in query or query.split("as_of=")[1] in html


def test_the_map_colours_counties_by_their_fips_numbers(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    html = signed_in("ada").get(f"{PAGE}?map=B-O2").content.decode()

    assert "Boone: 50%, 1 of 2" in html
    assert "Adair: 0%, 0 of 1" in html
    assert f'href="{reverse("home:region", args=[small.county.pk])}?year=2026-27"' in html


@pytest.mark.parametrize("name", ["rhea", "ben", "cora"])
def test_others_are_refused_with_a_sentence(signed_in: SignedIn, name: str) -> None:
    answer = signed_in(name).get(PAGE)

    assert answer.status_code == 403
    assert "This page is for the state school safety office." in answer.content.decode()


def test_whoever_has_not_signed_in_is_asked_to(db: None) -> None:
    assert Client().get(PAGE).status_code == 302


def test_a_second_look_asks_the_database_little_however_many_schools_there_are(
    small: Small, signed_in: SignedIn
) -> None:
    ada = signed_in("ada")
    ada.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        ada.get(PAGE)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(12):
            factories.a_school(f"School {number}", district=small.far_district)
    ada.get(PAGE)
    with CaptureQueriesContext(connection) as many:
        ada.get(PAGE)

    assert len(many) == len(few) <= 20
