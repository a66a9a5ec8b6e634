from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.people.models import Appointment, Person

TODAY = date(2026, 11, 24)


def seen(by):
    with acting_as(by.person.pk, today=TODAY):
        return set(Person.objects.values_list("name", flat=True))


def test_a_protection_officer_is_known_inside_the_district_only(town, otto, ben, cora, ada, rita, finn):
    assert "Otto Quill" in seen(ben)
    assert "Otto Quill" in seen(cora)
    for who in (ada, rita, finn):
        assert "Otto Quill" not in seen(who)


@pytest.mark.parametrize("page", ["people:people", "people:at_org"])
def test_no_page_shows_a_protection_officer_to_the_state(enter, town, otto, ada, page):
    address = reverse(page, args=[town.linden_creek.pk] if page == "people:at_org" else [])
    shown = enter(ada).get(address).content.decode()
    assert "Otto Quill" not in shown


def test_the_page_says_that_the_list_may_be_longer(enter, town, ada):
    shown = enter(ada).get(reverse("people:at_org", args=[town.linden_creek.pk])).content.decode()
    assert "closed by law" in shown


def test_a_person_out_of_sight_is_not_there(enter, town, otto, ada, finn, cora):
    assert enter(ada).get(reverse("people:person", args=[otto.person.pk])).status_code == 404
    assert enter(finn).get(reverse("people:person", args=[cora.person.pk])).status_code == 404


def test_a_principal_sees_her_school_and_those_above_it(town, cora, ben, finn, ada):
    assert {"Cora Lindt", "Ben Hollis", "Ada Moss"} <= seen(cora)
    assert "Finn Abel" not in seen(cora)


def test_people_are_found_by_name_and_office(enter, town, ada, ben, cora, finn):
    client = enter(ada)
    shown = client.get(reverse("people:people"), {"office": "principal"}).content.decode()
    assert "Cora Lindt" in shown
    assert "Ben Hollis" not in shown
    shown = client.get(reverse("people:people"), {"name": "lindt"}).content.decode()
    assert "Cora Lindt" in shown
    assert "Finn Abel" not in shown
    assert "Nobody you can see fits" in client.get(reverse("people:people"), {"name": "zzz"}).content.decode()


@pytest.mark.parametrize("page", ["people:people", "people:at_org"])
def test_a_longer_list_asks_no_more_questions(
    enter, town, ben, cora, page, django_assert_max_num_queries, django_assert_num_queries
):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(60):
            a.a_person(f"Teacher {number}", office="staff", at=town.linden_creek)
    address = reverse(page, args=[town.linden_creek.pk] if page == "people:at_org" else [])
    client = enter(ben)
    with django_assert_max_num_queries(26):
        shown = client.get(address).content.decode()
    assert "Teacher 59" in shown or "Teacher 20" in shown
    assert "page=2" in shown


def test_a_person_shows_what_they_were_and_are(enter, town, ben, cora):
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        a.appoint(cora.person, "staff", town.oak_hill, from_on=date(2010, 8, 1), until_on=date(2015, 6, 1))
    shown = enter(ben).get(reverse("people:person", args=[cora.person.pk])).content.decode()
    assert "June 1, 2015" in shown
    assert "still held" in shown


def test_the_first_person_is_appointed_on_the_command_line(town, capsys):
    call_command("appoint", "first@example.gov", "Fay First", "--org", "MO", "--password-link")
    call_command("appoint", "first@example.gov", "Fay First", "--org", "MO")
    printed = capsys.readouterr().out
    assert "Fay First: State school safety office, Missouri." in printed
    assert "http://localhost:8000/sign-in/password/" in printed
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        assert Appointment.objects.filter(person__name="Fay First").count() == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["x@example.gov", "X", "--org", "KS"], "isn't in the directory yet"),
        (["x@example.gov", "X", "--org", "own:1"], "No organisation has the code"),
        (["x", "X", "--org", "MO"], "x is not an e-mail address"),
        (["x@example.gov", "X", "--org", "MO", "--office", "principal"], "no office at Missouri"),
    ],
)
def test_what_cannot_be_done_on_the_command_line_is_one_sentence(town, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("appoint", *arguments)
