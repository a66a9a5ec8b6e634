"""How a provider stands beside passwords, second factors, sessions and the office that asks for more."""

import html
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from shelterbelt.core import clock
from shelterbelt.people.models import SignIn
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.conftest import PASSWORD, TODAY, making
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    a_provider,
    by_lie,
    off_to_try,
    signed_in,
    someone,
)

pytestmark = pytest.mark.django_db

CORA = {"email": f"cora@{DOMAIN}", "email_verified": True}


@pytest.fixture
def has_password(cora):
    with signing_in("test"):
        cora.person.set_password(PASSWORD)
        cora.person.save()
    return cora


def by_password(client, person, password=PASSWORD):
    return client.post(reverse("people:sign_in"), {"email": person.email, "password": password, "next": "/people/"})


def test_both_ways_stand_side_by_side(client, liar, has_password, browser):
    answer = by_password(client, has_password.person)
    assert answer["Location"] == "/people/"
    client.logout()
    liar.says(claims=CORA)
    by_lie(client, liar, browser)
    with signing_in("test"):
        ways = list(SignIn.objects.filter(person=has_password.person).order_by("pk").values_list("way", flat=True))
        devices = set(SignIn.objects.values_list("device", flat=True))
    assert ways == ["password", "provider"]
    assert len(devices) == 1, "the device is named whichever way one came"


def test_the_sign_in_page_offers_the_provider_to_an_address_of_its_domain(client, liar, has_password):
    for address in (has_password.person.email, f"nobody@{DOMAIN}"):
        shown = client.post(reverse("people:sign_in"), {"email": address, "password": ""}).content.decode()
        assert "Sign in with Cedar Fork R-II" in shown
    shown = client.post(reverse("people:sign_in"), {"email": "ada@state.example", "password": "x"}).content.decode()
    assert "Sign in with Cedar Fork R-II" not in shown


def test_where_it_is_required_the_right_password_leads_to_it(client, liar, has_password, browser):
    with making():
        liar.row.required = True
        liar.row.save()
    answer = by_password(client, has_password.person)
    assert (answer.status_code, signed_in(client)) == (403, 0)
    shown = html.unescape(answer.content.decode())
    assert "signs its people in itself" in shown
    assert 'name="next" value="/people/"' in shown
    wrong = by_password(client, has_password.person, "another long sentence").content.decode()
    assert "signs its people in itself" not in wrong
    liar.says(claims=CORA)
    assert by_lie(client, liar, browser).status_code == 302
    assert signed_in(client) == has_password.person.pk


def test_who_can_turn_it_off_gets_in_by_password_and_lifts_it_for_all(client, liar, has_password, town):
    sonja = someone("Sonja Top", "superintendent", town.cedar_fork)
    with signing_in("test"):
        sonja.person.set_password(PASSWORD)
        sonja.person.save()
    with making():
        liar.row.required = True
        liar.row.save()
    assert by_password(client, sonja.person).status_code == 302
    assert client.post(reverse("providers:lift", args=[liar.row.pk])).status_code == 302
    client.logout()
    assert by_password(client, has_password.person).status_code == 302


def test_turning_it_off_ends_the_sessions_that_began_with_it(client, liar, cora, browser):
    liar.says(claims=CORA)
    by_lie(client, liar, browser)
    assert client.get("/people/").status_code == 200
    with making():
        liar.row.until_on = TODAY
        liar.row.save()
    assert client.get("/people/").status_code == 302
    assert signed_in(client) == 0
    with signing_in("test"):
        assert SignIn.objects.get().ended == "provider"


def test_an_office_elsewhere_ends_such_a_session_too(client, liar, cora, browser, town):
    liar.says(claims=CORA)
    by_lie(client, liar, browser)
    with making() as a:
        a.appoint(cora.person, "staff", town.far_school)
    assert client.get("/people/").status_code == 302
    assert signed_in(client) == 0


def test_sessions_by_password_ask_nothing_about_providers(client, liar, has_password):
    by_password(client, has_password.person)
    with making():
        liar.row.until_on = TODAY
        liar.row.save()
    assert client.get("/people/").status_code == 200


@pytest.mark.parametrize(("methods", "asked"), [(["pwd"], True), (["pwd", "mfa"], False)])
def test_whoever_has_a_second_factor_shows_it_unless_the_provider_asked_for_one(
    methods, asked, client, liar, cora, browser
):
    with signing_in("test"):
        TOTP.activate(cora.person, "JBSWY3DPEHPK3PXP")
        assert Authenticator.objects.count() == 1
    with making():
        liar.row.second_factor_claims = ["mfa"]
        liar.row.save()
    liar.says(claims={**CORA, "amr": methods})
    answer = by_lie(client, liar, browser, next="/people/")
    assert answer["Location"] == (reverse("people:second_factor") if asked else "/people/")
    assert signed_in(client) == (0 if asked else cora.person.pk)


def test_the_state_has_its_own_for_its_regions_and_its_second_factor_counts(client, liar, town, ada, browser):
    stan = someone("Stan State", "region_coordinator", town.region, "stan@state.example")
    state = a_provider(
        town.missouri, ada, protocol="openid_connect", issuer=liar.row.issuer, client_id="shelterbelt",
        domains=("state.example",), second_factor_claims=["mfa"],
    )  # fmt: skip
    liar.row = state
    liar.says(claims={"email": "stan@state.example", "email_verified": True, "amr": ["mfa"]})
    assert by_lie(client, liar, browser).status_code == 302
    assert client.get("/people/").status_code == 200
    client.logout()
    liar.says(claims={"sub": "s2", **CORA})
    assert by_lie(client, liar, browser).status_code == 403, "not for a district's people"
    client.logout()
    liar.says(claims={"email": stan.person.email, "email_verified": True})
    assert by_lie(client, liar, browser).status_code == 302
    answer = client.get("/people/")
    assert answer["Location"].startswith(reverse("people:second_factors")), "his office asks for one"


def test_what_is_sensitive_asks_again_who_they_are(client, liar, enter, sue):
    enter(sue)
    session = client.session
    assert session["_auth_user_id"]  # read now, or reading would put back what is written next
    session.reauthenticated_at = clock.now() - timedelta(hours=1)
    session.save()
    answer = client.post(reverse("providers:require", args=[liar.row.pk]))
    assert answer["Location"].startswith(reverse("people:again"))
    answer = client.post(reverse("providers:test", args=[liar.row.pk]))
    assert answer["Location"].startswith(reverse("people:again"))
    assert client.post(reverse("providers:stop", args=[liar.row.pk])).status_code == 302, "off is off at once"
    with making():
        liar.row.refresh_from_db()
    assert liar.row.until_on == TODAY


def test_nobody_tries_a_provider_as_nobody(client, liar, enter, sue, cora, browser):
    """A try that was begun by somebody who has signed out since signs nobody in."""
    liar.says(claims=CORA)
    enter(sue)
    browser.open(off_to_try(client, liar.row))
    client.logout()
    assert client.get(browser.address.partition("testserver")[2]).status_code == 403
    assert signed_in(client) == 0
