import re
from datetime import date

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.people import tasks
from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import enter_as, password_link

TODAY = date(2026, 11, 24)
PASSWORD = "a long and quiet sentence"
NEXT = "/people/"


def sign_in(client, email, password, onward=NEXT):
    return client.post(reverse("people:sign_in"), {"email": email, "password": password, "next": onward})


def test_address_and_password_open_the_way_that_was_asked_for(client, cora):
    answer = sign_in(client, "Cora-Lindt@Example.org", PASSWORD)
    assert answer.headers["Location"] == NEXT
    assert client.get(NEXT).status_code == 200
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        assert Person.objects.get(pk=cora.person.pk).last_login is not None


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, cora):
    wrong = sign_in(client, cora.person.email, "something else").content.decode()
    unknown = sign_in(client, "nobody@example.org", PASSWORD).content.decode()
    assert "We don&#x27;t know this address with this password" in wrong
    bare = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[^"]*@[^"]*"', "", page) for page in (wrong, unknown)
    ]
    assert bare[0] == bare[1]


def test_what_was_typed_stays_but_never_the_password(client, cora):
    page = sign_in(client, cora.person.email, "something else").content.decode()
    assert cora.person.email in page
    assert "something else" not in page


def test_an_account_that_was_closed_cannot_sign_in(client, cora):
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        Person.objects.filter(pk=cora.person.pk).update(is_active=False)
    assert sign_in(client, cora.person.email, PASSWORD).status_code == 200


def test_the_session_gets_a_new_key(client, cora):
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    sign_in(client, cora.person.email, PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "schools", "people:people", "x y"]
)
def test_somebody_signed_in_is_led_to_our_own_pages_only(enter, cora, onward, settings):
    settings.LOGIN_REDIRECT_URL = "/people/"
    answer = enter(cora).get(reverse("people:sign_in"), {"next": onward})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/")


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "schools"])
def test_signing_in_leads_to_our_own_pages_only(client, cora, onward, settings):
    settings.LOGIN_REDIRECT_URL = "/people/"
    assert sign_in(client, cora.person.email, PASSWORD, onward).headers["Location"] == "/people/"


def test_signing_out_ends_the_session_and_needs_a_button(enter, cora):
    client = enter(cora)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert SESSION_KEY not in client.session
    assert client.get("/people/").status_code == 302


def test_a_page_for_people_sends_strangers_to_the_sign_in(client, db):
    answer = client.get("/people/")
    assert answer.headers["Location"] == "/sign-in/?next=/people/"


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_a_link_says_the_same_for_any_address(client, cora, known, mailoutbox):
    email = cora.person.email if known else "nobody@example.org"
    page = client.post(reverse("people:forgotten"), {"email": email}).content.decode()
    assert f"If {email} is an address we know" in page


def link_in(mail):
    return re.search(r"http\S+(/sign-in/password/\S+)", mail.body)[1]


def test_a_link_sets_a_password_once_and_ends_other_sessions(enter, cora, mailoutbox):
    client = enter(cora)
    tasks.mail_password_link(person=cora.person.pk)
    from django.test import Client

    phone = Client()
    [mail] = mailoutbox
    assert mail.to == [cora.person.email]
    form = phone.get(link_in(mail))
    assert form.headers["Location"].endswith("/choose/")
    new = {"new_password1": "quite another sentence", "new_password2": "quite another sentence"}
    assert phone.post(form.headers["Location"], new).headers["Location"] == "/sign-in/"
    assert client.get("/people/").status_code == 302
    assert phone.get(link_in(mail), follow=True).status_code == 410
    assert sign_in(phone, cora.person.email, "quite another sentence").status_code == 302


def test_a_weak_password_is_refused_with_its_reason(client, cora):
    with acting_as_system("sign_in", today=TODAY, reason="test"):
        link = password_link(Person.objects.get(pk=cora.person.pk))
    address = client.get(link.removeprefix("http://localhost:8000")).headers["Location"]
    page = client.post(address, {"new_password1": "short", "new_password2": "short"}).content.decode()
    assert "at least 12 characters" in page


@pytest.mark.parametrize("reference", ["MQ", "x", "////", "-1"])
def test_an_invented_link_is_spent(client, db, reference):
    address = f"/sign-in/password/{reference.strip('/') or 'a'}/abc-def/"
    assert client.get(address, follow=True).status_code == 410


def test_nobody_is_mailed_for_an_unknown_address(db, mailoutbox):
    tasks.mail_password_link(person=0)
    assert mailoutbox == []


@pytest.mark.parametrize("page", ["people:sign_in", "people:forgotten"])
def test_the_pages_before_signing_in_are_there_in_spanish(client, db, page):
    assert client.get(reverse(page), headers={"Accept-Language": "es"}).headers["Content-Language"] == "es"


def test_only_a_demonstration_lets_people_in_without_a_password(cora, rf, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(RuntimeError, match="Only a demonstration"):
        enter_as(rf.get("/"), cora.person)


def test_in_a_demonstration_a_click_is_enough(client, cora, settings):
    from django.test import RequestFactory

    from shelterbelt.people.sessions import SessionStore

    settings.DEMONSTRATION = True
    request = RequestFactory().get("/")
    request.session = SessionStore()
    enter_as(request, cora.person)
    assert request.session[SESSION_KEY] == str(cora.person.pk)
