"""Reading the trail: who finds what, in which words, and that looking is on it too."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import shelterbelt
from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.assessments.models import Procurement
from shelterbelt.attestations.models import Attestation
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.people.models import Appointment
from shelterbelt.trail import queries, words
from shelterbelt.trail.queries import Search

TODAY = date(2026, 11, 2)


@pytest.fixture
def town(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        cedar, ash = factories.a_district("Cedar Fork R-II"), factories.a_district("Ash Grove R-IV")
        linden = factories.a_school("Linden Creek", district=cedar)
        willow = factories.a_school("Willow", district=ash)
        people = {
            "ada": factories.a_person("Ada Stone", office="state_office", at=factories.a_state()),
            "ben": factories.a_person("Ben Ortiz", office="district_coordinator", at=cedar),
            "cora": factories.a_person("Cora Lane", office="principal", at=linden),
            "dan": factories.a_person("Dan Reyes", office="principal", at=willow),
            "nell": factories.a_person("Nell Root", office="staff", at=linden),
        }
    people |= {"linden": linden, "willow": willow, "cedar": cedar}
    _reports(people["cora"], linden, "ours")
    _reports(people["dan"], willow, "theirs")
    return people


def _reports(person, school, words):
    with acting_as(person.pk, today=TODAY, reason="report"):
        row = Attestation.objects.create(org=school, output="B-O2", year=2026, made_on=TODAY, statement=words)
        Attestation.objects.filter(pk=row.pk).update(statement=f"{words}, corrected")


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def looked(reader, /, **asked):
    return browser(reader).get(reverse("trail:search"), asked)


def test_a_coordinator_reads_what_was_done_in_the_district_in_words(town):
    page = looked(town["ben"], thing="attestations_attestation").text
    assert "Cora Lane added a report" in page
    assert "Cora Lane changed a report" in page
    assert "Linden Creek" in page
    assert "Dan Reyes" not in page


def test_the_state_reads_every_district_s(town):
    page = looked(town["ada"], thing="attestations_attestation").text
    assert "Cora Lane changed a report" in page
    assert "Dan Reyes changed a report" in page


def test_staff_see_what_they_did_themselves_and_are_told_why_no_more(town):
    refused = looked(town["nell"])
    assert refused.status_code == 403
    assert "You can see what you did yourself" in refused.text
    assert browser(town["nell"]).get(reverse("trail:mine")).status_code == 200
    assert "Who did what" not in browser(town["nell"]).get(reverse("home:start")).text


def test_what_i_did_holds_my_own_acts_only(town):
    page = browser(town["cora"]).get(reverse("trail:mine")).text
    assert "Cora Lane changed a report" in page
    assert "The system" not in page


def test_search_is_by_person_thing_place_and_time(town):
    assert "Cora Lane changed a report" in looked(town["ben"], person="cora", verb="update").text
    assert "Nothing on the trail fits" in looked(town["ben"], person="nell", verb="update").text
    assert "Cora Lane" in looked(town["ada"], place="Linden Creek", thing="attestations_attestation").text
    assert "Nothing on the trail fits" in looked(town["ada"], until="2019-07-01").text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"person": "nobody of that name"}, "Nobody you can see is called"),
        ({"person": "e"}, "Several fit, write more of the name"),
        ({"since": "2026-02-30"}, "Enter a valid date"),
        ({"since": "2026-11-02", "until": "2026-11-01"}, "before the first"),
        ({"until": "9999-12-31"}, "Ensure this value is less than"),
        ({"since": "0001-01-01"}, "Ensure this value is greater than"),
        ({"thing": "pg_authid"}, "valid choice"),
    ],
)
def test_what_can_t_be_looked_for_is_said(town, asked, sentence):
    page = looked(town["ada"], **asked)
    assert page.status_code == 422
    assert sentence in page.text


@pytest.mark.parametrize("before", ["0", "x", "-1", "²", "9" * 40])
def test_an_odd_page_is_no_fault(town, before):
    assert looked(town["ada"], before=before).status_code == 200


def test_who_cannot_be_seen_is_not_named(town):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        Appointment.objects.filter(person=town["cora"]).update(until_on=TODAY)
        entry = AuditEntry.objects.filter(thing="attestations_attestation", actor=f"person:{town['dan'].pk}").latest(
            "id"
        )
    assert browser(town["ben"]).get(reverse("trail:entry", args=[entry.pk])).status_code == 404


def test_an_entry_shows_what_stood_before_and_afterwards(town):
    with acting_as(town["ben"].pk, today=TODAY):
        entry = AuditEntry.objects.filter(thing="attestations_attestation", verb="update").latest("id")
    page = browser(town["ben"]).get(reverse("trail:entry", args=[entry.pk])).text
    assert "ours, corrected" in page
    assert "<dd>report</dd>" in page
    assert "Everything that happened to this record" in page
    history = looked(town["ben"], thing=entry.thing, record=entry.thing_id).text
    assert "Cora Lane added a report" in history
    assert "Cora Lane changed a report" in history


def test_that_somebody_looked_is_on_the_trail(town):
    looked(town["ben"], person="cora")
    with acting_as(town["ada"].pk, today=TODAY):
        entry = AuditEntry.objects.filter(verb="read", thing="trail.search").latest("id")
    assert entry.actor == f"person:{town['ben'].pk}"
    assert entry.reason == "person=cora"


def test_pages_follow_each_other_without_gaps_or_doubles(town):
    with acting_as(town["ada"].pk, today=TODAY):
        everything = [entry.pk for entry in queries.found(Search())]
        seen, before = [], None
        while True:
            page, before = queries.a_page(Search(), before=before, size=7)
            seen += [entry.pk for entry in page]
            if before is None:
                break
    assert seen == everything
    assert len(seen) > 14


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_file_holds_what_the_search_finds_and_is_on_the_trail(town, form):
    asked = {"thing": "attestations_attestation"}
    answer = browser(town["ben"]).get(reverse("trail:export", args=[form]), asked)
    text = b"".join(answer).decode()
    rows = (
        list(csv.DictReader(io.StringIO(text))) if form == "csv" else [json.loads(line) for line in text.splitlines()]
    )
    assert [row["verb"] for row in rows] == ["update", "insert"]
    assert {row["organisation"] for row in rows} == {"Linden Creek"}
    assert "ours, corrected" in str(rows[0]["after"])
    with acting_as(town["ada"].pk, today=TODAY):
        assert AuditEntry.objects.filter(thing="trail.export", actor=f"person:{town['ben'].pk}").exists()


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_amounts_stand_in_the_file_to_the_last_digit(town, form):
    with acting_as(town["ben"].pk, today=TODAY, reason="purchase"):
        Procurement.objects.create(
            org=town["cedar"], title="Door locks", category="locks", need="Doors that do not lock", considered_on=TODAY,
            estimated_cost=Decimal("12000.50"),
        )  # fmt: skip
    answer = browser(town["ben"]).get(reverse("trail:export", args=[form]), {"thing": "assessments_procurement"})
    assert answer.status_code == 200
    assert "12000.50" in b"".join(answer).decode()


READS = re.compile(r'note_(?:closed_)?reading\(\s*"([^"]+)"')


def test_whatever_is_noted_as_read_has_words_and_can_be_looked_for():
    rooms = Path(shelterbelt.__file__).parent
    files = [file for file in rooms.rglob("*.py") if "tests" not in file.parts]
    noted = {name for file in files for name in READS.findall(file.read_text(encoding="utf-8"))}
    assert "assessments.due" in noted
    assert {name for name in noted if not words.is_known(name)} == set()


def test_no_other_form_of_file_exists(town):
    assert browser(town["ben"]).get(reverse("trail:export", args=["exe"])).status_code == 404


def test_more_entries_ask_no_more_questions(town, django_assert_max_num_queries):
    client = browser(town["ada"])
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("trail:search"), {"thing": "attestations_attestation"})
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(reverse("trail:search")).context["entries"]) > 10


def test_how_somebody_signs_in_is_on_nobody_else_s_trail(town):
    assert all(
        told.entry.about == town["ben"].pk for told in looked(town["ben"], thing="people_signin").context["entries"]
    )
    with acting_as(town["ada"].pk, today=TODAY):
        strangers = AuditEntry.objects.filter(thing="people_signin").exclude(about=town["ada"].pk)
        assert not strangers.exists()


def test_an_entry_leads_to_all_that_happened_to_what_was_read(town):
    looked(town["ben"], person="cora")
    assert looked(town["ada"], thing="trail.search", record="").status_code == 200
    assert looked(town["ada"], thing="people_invitation", record="7").status_code == 200


def test_nobody_is_sent_to_the_sign_in(town):
    for address in ("/trail/", "/trail/mine/", "/trail/found.csv"):
        assert Client().get(address).headers["Location"].startswith("/sign-in/")
