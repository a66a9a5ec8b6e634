"""Somebody new is invited by the organisation that appoints them: once, not for long, while the office stands."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.people import telling
from shelterbelt.people.actions import accept, appoint, end_appointment, send_again, withdraw_invitation
from shelterbelt.people.models import Appointment, Invitation, Person

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
NEW = {"new_password1": "quite another sentence", "new_password2": "quite another sentence"}


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: NOW)


def everything():
    return acting_as_system("sign_in", today=TODAY, reason="test")


@pytest.fixture
def invite(town, sue, mailoutbox):
    """Sue appoints Nell principal of Linden Creek; the letter goes out; its address is given."""

    def by_mail(language="en", office="principal", email="nell@example.org"):
        with acting_as(sue.person.pk, today=TODAY):
            appoint(org=town.linden_creek, office=office, name="Nell Root", email=email, from_on=TODAY,
                    language=language, by=sue)  # fmt: skip
        with everything():
            invitation = Invitation.objects.get(person__email=email, org=town.linden_creek)
        telling.mail_invitation(invitation=invitation.pk)
        return invitation, link_in(mailoutbox[-1])

    return by_mail


def link_in(mail):
    return re.search(r"http\S+(/sign-in/invitation/\S+/)", mail.body)[1]


def token_in(link):
    return link.rstrip("/").rsplit("/", 1)[1]


def test_the_letter_comes_from_the_organisation_that_appoints(invite, mailoutbox):
    _, link = invite()
    [mail] = mailoutbox
    assert mail.to == ["nell@example.org"]
    assert mail.subject == "Cedar Fork R-II invites you to Shelterbelt"
    assert "Cedar Fork R-II has appointed you: Principal, Linden Creek Elementary" in mail.body
    with everything():
        kept = Invitation.objects.get().token_hash
        assert len(kept) == 64
        assert token_in(link) not in kept
        assert "token_hash" not in AuditEntry.objects.filter(thing="people_invitation").first().after


def test_a_letter_names_no_protection_officer(invite, mailoutbox):
    invite(office="school_protection_officer")
    assert "has appointed you to an office at Linden Creek Elementary" in mailoutbox[0].body
    assert "rotection" not in mailoutbox[0].body + mailoutbox[0].subject


def test_whoever_can_sign_in_already_is_not_invited(town, sue, cora):
    with acting_as(sue.person.pk, today=TODAY):
        appoint(org=town.oak_hill, office="principal", person=cora.person, from_on=TODAY, by=sue)
    with everything():
        assert not Invitation.objects.exists()


def test_the_link_lets_somebody_choose_a_password_once(invite, client, caplog):
    _, link = invite()
    moved = client.get(link)
    assert moved.headers["Location"] == "/sign-in/invitation/"
    assert "no-store" in moved.headers["Cache-Control"]
    form = client.get("/sign-in/invitation/")
    assert "Cedar Fork R-II has appointed you, Nell Root: Principal" in form.content.decode()
    assert "no-store" in form.headers["Cache-Control"]
    assert client.post("/sign-in/invitation/", NEW).headers["Location"] == "/sign-in/"
    with everything():
        assert Person.objects.get(email="nell@example.org").check_password("quite another sentence")
    replayed = Client().get(link, follow=True)
    assert replayed.status_code == 410
    assert "This invitation was used" in replayed.content.decode()
    [refused] = [line.msg for line in caplog.records if line.name == "shelterbelt.people.inviting"]
    assert (refused["event"], refused["why"]) == ("an invitation was refused", "used")
    client.get(link)
    assert client.post("/sign-in/invitation/", NEW).status_code == 410


def test_a_weak_password_is_refused_with_its_reason_and_the_link_still_works(invite, client):
    _, link = invite()
    client.get(link)
    page = client.post("/sign-in/invitation/", {"new_password1": "short", "new_password2": "short"})
    assert "at least 12 characters" in page.content.decode()
    assert client.get("/sign-in/invitation/").status_code == 200


def test_it_speaks_the_language_of_who_is_invited(invite, client, mailoutbox):
    _, link = invite(language="es")
    client.get(link)
    page = client.get("/sign-in/invitation/")
    assert page.headers["Content-Language"] == "es"
    client.cookies.load({"django_language": "en"})
    assert client.get("/sign-in/invitation/").headers["Content-Language"] == "en"


def test_an_old_an_invented_and_a_closed_persons_link_get_one_answer_for_one_effort(invite, monkeypatch):
    _, link = invite()
    answers = []

    def look(address):
        browser = Client()
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/sign-in/invitation/")
        answers.append((page.status_code, len(asked), re.sub(r'"[A-Za-z0-9]{64}"', "", page.content.decode())))

    with everything():
        Person.objects.filter(email="nell@example.org").update(is_active=False)
    look(link)
    with everything():
        Person.objects.filter(email="nell@example.org").update(is_active=True)
    monkeypatch.setattr("shelterbelt.core.clock.now", lambda: NOW + timedelta(days=14))
    look(link)
    look("/sign-in/invitation/invented/")
    look(f"/sign-in/invitation/{'x' * 5000}/")
    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert answers[0][0] == 410
    assert "This invitation does not work" in answers[0][2]


def test_when_the_office_has_ended_the_page_says_so_and_whom_to_ask(invite, client, sue):
    invitation, link = invite()
    with acting_as(sue.person.pk, today=TODAY):
        end_appointment(appointment=invitation.appointment, until_on=TODAY, by=sue)
    page = client.get(link, follow=True).content.decode()
    assert "Your office at Linden Creek Elementary ended on November 24, 2026" in page
    assert "ask Cedar Fork R-II" in page
    with pytest.raises(PermissionDenied, match="no longer works"):
        accept(token=token_in(link), password="quite another sentence", at=NOW, on=TODAY)


def test_sent_again_only_the_new_link_works(invite, client, sue, mailoutbox):
    invitation, link = invite()
    with acting_as(sue.person.pk, today=TODAY):
        again = send_again(invitation=invitation, by=sue, at=NOW)
    assert "taken back" in client.get(link, follow=True).content.decode()
    telling.mail_invitation(invitation=again.pk)
    assert client.get(link_in(mailoutbox[1]), follow=True).status_code == 200
    telling.mail_invitation(invitation=again.pk)
    assert client.get(link_in(mailoutbox[1]), follow=True).status_code == 410
    assert client.get(link_in(mailoutbox[2]), follow=True).status_code == 200


def test_taken_back_it_is_not_mailed_any_more(invite, client, sue, mailoutbox):
    invitation, link = invite()
    with acting_as(sue.person.pk, today=TODAY):
        withdraw_invitation(invitation=invitation, by=sue, at=NOW)
    assert client.get(link, follow=True).status_code == 410
    telling.mail_invitation(invitation=invitation.pk)
    assert len(mailoutbox) == 1


def test_two_invitations_of_one_person_are_used_with_the_first(town, invite, finn, mailoutbox, client):
    _, link = invite()
    with everything():
        nell = Person.objects.get(email="nell@example.org")
        other = Invitation.objects.create(
            appointment=Appointment.objects.create(person=nell, org=town.oak_hill, office="staff", from_on=TODAY),
            org=town.oak_hill, person=nell, sender=town.cedar_fork, made_by=finn.person, made_at=NOW,
            expires_at=NOW + timedelta(days=14),
        )  # fmt: skip
    telling.mail_invitation(invitation=other.pk)
    accept(token=token_in(link), password="quite another sentence", at=NOW, on=TODAY)
    assert "This invitation was used" in client.get(link_in(mailoutbox[1]), follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_is_told_that_it_was_used(invite):
    _, link = invite()
    start = Barrier(2)

    def press(password):
        browser = Client()
        browser.get(link)
        start.wait()
        try:
            return browser.post(
                "/sign-in/invitation/", {"new_password1": password, "new_password2": password}, follow=True
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        said = sorted(presses.map(press, ("the sentence of one", "the sentence of another")))
    assert said == [200, 410]


def test_the_list_shows_who_has_not_come_and_sends_again(invite, enter, town, sue, cora, ada):
    invitation, _ = invite()
    page = reverse("people:invitations", args=[town.linden_creek.pk])
    shown = enter(sue).get(page).content.decode()
    assert "Nell Root" in shown
    assert "Open until December 8, 2026" in shown
    again = enter(sue).post(reverse("people:send_again", args=[invitation.pk]), follow=True)
    assert "Nell Root gets a new mail" in again.content.decode()
    with everything():
        newer = Invitation.objects.exclude(pk=invitation.pk).get()
    back = enter(sue).post(reverse("people:withdraw_invitation", args=[newer.pk]), follow=True)
    assert "Taken back" in back.content.decode()
    assert enter(ada).get(page).status_code == 403
    assert enter(ada).post(reverse("people:send_again", args=[invitation.pk])).status_code == 404
    assert enter(cora).post(reverse("people:withdraw_invitation", args=[newer.pk])).status_code == 404


def test_an_empty_list_says_what_comes_here(enter, town, sue):
    page = enter(sue).get(reverse("people:invitations", args=[town.linden_creek.pk])).content.decode()
    assert "Nobody is waited for" in page


def test_by_sql_nobody_makes_a_link_or_reads_of_what_they_do_not_give(invite, sue, ada, cora, finn):
    invitation, _ = invite(office="school_protection_officer")
    for who in (ada, cora, finn):
        with acting_as(who.person.pk, today=TODAY):
            assert not Invitation.objects.exists()
            assert not AuditEntry.objects.filter(thing="people_invitation").exists() or who is cora
    with acting_as(sue.person.pk, today=TODAY):
        for change in ({"token_hash": "0" * 64}, {"accepted_at": NOW}):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Invitation.objects.filter(pk=invitation.pk).update(**change)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(expires_at=NOW + timedelta(days=99))
