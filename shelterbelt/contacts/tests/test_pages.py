"""Each role at each address, and what the pages do."""

import csv
import io

import pytest
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.contacts.models import Break, Contact, SchoolHours
from shelterbelt.contacts.tests.conftest import PEOPLE, TODAY

pytestmark = pytest.mark.django_db
KEEPERS = {"cora", "sol", "dee", "ben", "kim"}
DESK = {"ada", "sol", "cora"}
# By name of the address: who is shown it about Linden's chain, by GET; and who may send the form or press the button.
PAGES = {
    "chain": KEEPERS | {"ada"},
    "add": KEEPERS,
    "hours": KEEPERS,
    "import": KEEPERS,
    "gaps": {"cora", "sol"},
    "gaps_export": {"cora", "sol"},
    "mine": set(PEOPLE),
    "change": KEEPERS,
    "retire": KEEPERS,
    "wrong": KEEPERS | {"ada"},
}
BUTTONS = {
    "move": (KEEPERS, {"way": "up"}),
    "ask_again": (KEEPERS, {}),
    "called": (DESK, {"result": "answered"}),
    "say_yes": (set(), {}),
}


def address(name, boone, contact):
    given = {"chain": boone.school.pk, "add": boone.school.pk, "hours": boone.school.pk, "import": boone.school.pk}
    if name in given:
        return reverse(f"contacts:{name}", args=[given[name]])
    if name == "gaps_export":
        return reverse("contacts:gaps_export", args=["csv"])
    return reverse(f"contacts:{name}", args=[] if name in {"gaps", "mine"} else [contact.pk])


@pytest.mark.parametrize("who", PEOPLE)
def test_each_page_is_for_those_it_is_for(who, boone):
    contact = boone.confirmed()
    client = boone.client(who)
    shown = {name for name in PAGES if client.get(address(name, boone, contact)).status_code == 200}
    assert shown == {name for name, those in PAGES.items() if who in those}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_button_is_for_those_it_is_for(who, boone):
    contact = boone.confirmed(days_ago=300)
    client = boone.client(who)
    for name, (those, sent) in BUTTONS.items():
        status = client.post(address(name, boone, contact), sent).status_code
        assert (status == 302) is (who in those), name
        assert status in {302, 403, 404}


def test_nobody_signed_in_is_led_to_the_sign_in(boone, client):
    contact = boone.confirmed()
    for name in PAGES:
        assert client.get(address(name, boone, contact)).status_code == 302


ANSWERS = {
    "name": "Kim Hale", "title": "Counselor", "kind": "school_team", "hours": "always", "voice": "(573) 555-0100",
    "sms": "", "email": "kim@linden.example", "language": "en", "person": "",
}  # fmt: skip


def in_chain(boone):
    with acting_as_system("clock", today=TODAY, reason="test"):
        return list(Contact.objects.filter(org=boone.school).in_use().in_order())


def test_the_principal_adds_the_first_contact(boone):
    client = boone.client("ben")
    empty = client.get(reverse("contacts:chain", args=[boone.school.pk])).content.decode()
    assert "Nobody is called here yet." in empty
    said = client.post(reverse("contacts:add", args=[boone.school.pk]), ANSWERS, follow=True).content.decode()
    assert "Kim Hale gets a message now" in said
    assert "573-555-0100" in said
    [contact] = in_chain(boone)
    assert (contact.voice, contact.place, contact.status) == ("+15735550100", 1, "unconfirmed")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("voice", "555-0100", "with its area code"),
        ("voice", "call the office", "no telephone number"),
        ("sms", "573-555-0100 x4", "sent to an extension"),
        ("voice", "573-155-0100", "no telephone number"),
        ("email", "kim at linden", "email address"),
        ("name", "", "required"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_lost(field, typed, sentence, boone):
    client = boone.client("ben")
    page = client.post(reverse("contacts:add", args=[boone.school.pk]), ANSWERS | {field: typed})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Counselor" in page.content.decode()
    assert in_chain(boone) == []


def test_a_contact_needs_a_way_to_be_reached(boone):
    page = boone.client("ben").post(
        reverse("contacts:add", args=[boone.school.pk]), ANSWERS | {"voice": "", "email": ""}
    )
    assert "Give at least one" in page.content.decode()


def test_changing_the_title_keeps_the_yes_and_changing_the_number_does_not(boone):
    contact = boone.confirmed(name="Kim Hale", voice="+15735550100", email="kim@linden.example")
    client, where = boone.client("ben"), reverse("contacts:change", args=[contact.pk])
    client.post(where, ANSWERS | {"title": "Head counselor"})
    assert in_chain(boone)[0].status == "confirmed"
    client.post(where, ANSWERS | {"voice": "573 555 0199"})
    assert in_chain(boone)[0].status == "unconfirmed"


def test_contacts_go_up_and_down_by_buttons(boone):
    first, second = boone.confirmed(name="A", place=1), boone.confirmed(name="B", place=2)
    client = boone.client("ben")
    client.post(reverse("contacts:move", args=[second.pk]), {"way": "up"})
    assert [each.name for each in in_chain(boone)] == ["B", "A"]
    client.post(reverse("contacts:move", args=[second.pk]), {"way": "up"})
    client.post(reverse("contacts:move", args=[first.pk]), {"way": "down"})
    assert [(each.name, each.place) for each in in_chain(boone)] == [("B", 1), ("A", 2)]


def test_whoever_is_taken_out_is_gone_and_forgotten(boone):
    contact = boone.confirmed(name="A", place=1)
    boone.confirmed(name="B", place=2)
    client = boone.client("ben")
    client.post(reverse("contacts:retire", args=[contact.pk]), {"because": "moved away"})
    assert [(each.name, each.place) for each in in_chain(boone)] == [("B", 1)]
    assert client.get(reverse("contacts:change", args=[contact.pk])).status_code == 404


def test_an_analyst_marks_a_number_as_wrong_and_cannot_put_in_another(boone):
    contact = boone.confirmed(voice="+15735550100", email="a@linden.example")
    client = boone.client("ada")
    said = {"channel": "voice", "because": "not in service"}
    page = client.post(reverse("contacts:wrong", args=[contact.pk]), said, follow=True).content.decode()
    assert "not in service" in page
    left = in_chain(boone)[0]
    assert (left.status, left.dead_channels) == ("bounced", ["voice"])
    assert client.post(reverse("contacts:change", args=[contact.pk]), ANSWERS).status_code == 403


def test_that_the_desk_read_a_chain_is_on_record_and_that_its_keeper_did_is_not(boone):
    boone.confirmed()
    for who in ("ben", "ada"):
        boone.client(who).get(reverse("contacts:chain", args=[boone.school.pk]))
    with acting_as_system("clock", today=TODAY, reason="test"):
        entries = AuditEntry.objects.filter(thing="contacts.chain").values_list("actor", "thing_id")
        assert list(entries) == [(f"person:{boone.people['ada'].pk}", str(boone.school.pk))]


def test_somebody_signed_in_says_yes_for_themselves(boone):
    contact = boone.contact(person=boone.people["tom"])
    client = boone.client("tom")
    assert "Yes, call me for Linden" in client.get(reverse("contacts:mine")).content.decode()
    assert client.get(reverse("contacts:chain", args=[boone.school.pk])).status_code == 200
    client.post(reverse("contacts:say_yes", args=[contact.pk]))
    assert (in_chain(boone)[0].status, in_chain(boone)[0].verified_how) == ("confirmed", "sign_in")


def test_the_district_enters_hours_and_breaks(boone):
    client, where = boone.client("dee"), reverse("contacts:hours", args=[boone.district.pk])
    client.post(where, {"form": "hours", "hours-opens_at": "08:15", "hours-closes_at": "15:15"})
    days = {"form": "break", "break-name": "Winter", "break-first_on": "2026-12-21", "break-last_on": "2027-01-01"}
    client.post(where, days)
    client.post(where, days)
    wrong = client.post(where, days | {"break-last_on": "2026-12-01"})
    assert wrong.status_code == 422
    assert "The last day comes before the first" in wrong.content.decode()
    with acting_as_system("clock", today=TODAY, reason="test"):
        assert str(SchoolHours.objects.get(org=boone.district)) == "08:15 to 15:15"
        [kept] = Break.objects.all()
    client.post(where, {"remove": str(kept.pk)})
    with acting_as_system("clock", today=TODAY, reason="test"):
        assert not Break.objects.exists()


TABLE = """school,name,voice,email,hours
Linden,Front office,573-555-0100,,school_hours
Linden,Ben Okafor,,ben@linden.example,
Birch,Front office,573 555 0111,,school hours
,On duty,573.555.0122,,after_hours
"""


def bring_in(client, org, text, **more):
    return client.post(reverse("contacts:import", args=[org.pk]), {"text": text} | more)


def test_a_district_brings_in_the_chains_of_its_schools_after_a_look(boone):
    client = boone.client("dee")
    looked = bring_in(client, boone.district, TABLE).content.decode()
    assert "4 new, 0 changed, 0 as they are" in looked
    assert in_chain(boone) == []
    assert bring_in(client, boone.district, TABLE, load="yes").status_code == 302
    assert [(each.name, each.place, each.hours) for each in in_chain(boone)] == [
        ("Front office", 1, "school_hours"),
        ("Ben Okafor", 2, "always"),
    ]
    again = bring_in(client, boone.district, TABLE.replace("0100", "0101")).content.decode()
    assert "0 new, 1 changed, 3 as they are" in again


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,voice\nKim,555", "Line 2: This is no telephone number"),
        ("school,name,voice\nWillow,Kim,573-555-0100", "Line 2: No school here is called “Willow”"),
        ("school,name\nLinden,Kim", "Line 2: There is no way to reach them"),
        ("name,voice,kind\nKim,573-555-0100,boss", "Line 2: “boss” is none of the words for kind"),
        ("name,phone\nKim,573-555-0100", "Line 1: There is no column “phone”"),
        ("school,voice\nLinden,573-555-0100", "“name” is missing"),
        ("name,email\nKim,kim@linden", "Line 2: “kim@linden” is no e-mail address."),
        ("code,name,voice\n999,Kim,573-555-0100", "No school here has the code “999”"),
    ],
)
def test_a_line_that_can_not_be_right_is_told_and_nothing_is_loaded(text, sentence, boone):
    page = bring_in(boone.client("dee"), boone.district, text, load="yes")
    assert page.status_code == 422
    assert sentence in page.content.decode()
    with acting_as_system("clock", today=TODAY, reason="test"):
        assert not Contact.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "\x00\x00", '"' * 50, "name," * 5000, "name;voice\nKim;573-555-0100"])
def test_odd_tables_are_answered(text, boone):
    assert bring_in(boone.client("dee"), boone.district, text).status_code in {200, 422}


def test_an_old_spreadsheets_letters_are_read(boone):
    table = "name;voice\nJosé Peña;573-555-0100\n".encode("cp1252")
    sent = {"file": io.BytesIO(table)}
    sent["file"].name = "contacts.csv"
    page = boone.client("ben").post(reverse("contacts:import", args=[boone.school.pk]), sent)
    assert "José Peña" in page.content.decode()


def test_the_gaps_leave_as_a_table_without_a_number(boone):
    boone.confirmed()
    boone.contact(boone.beside)
    answer = boone.client("sol").get(reverse("contacts:gaps_export", args=["csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["region", "district", "school", "contacts", "confirmed"]
    assert [row[2:] for row in rows[1:]] == [["Willow", "0", "0"], ["Birch", "1", "0"]]
    page = boone.client("sol").get(reverse("contacts:gaps")).content.decode()
    assert "Birch" in page
