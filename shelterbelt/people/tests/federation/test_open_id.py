"""Signing in with a certified OpenID Connect provider that runs as a process of its own."""

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    by_open_id,
    come_back,
    making,
    refusals,
    set_off,
    signed_in,
    someone,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def idp(open_id):
    open_id.idp.knows("cora", email=f"cora@{DOMAIN}", email_verified=True)
    return open_id.idp


def test_a_principal_signs_in_with_the_districts_own_account(client, open_id, idp, cora, browser, enqueued):
    answer = by_open_id(client, open_id, browser, next="/people/")
    assert answer.status_code == 302
    assert answer["Location"] == "/people/"
    assert signed_in(client) == cora.person.pk
    with signing_in("test"):
        link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.user_id, link.extra_data) == (
        open_id.row.reference,
        "cora",
        cora.person.pk,
        {},
    )
    assert enqueued("people.tell_of_change") == [{"person": cora.person.pk, "what": "provider_linked"}]


def test_where_they_were_going_is_an_address_of_ours_or_forgotten(client, open_id, idp, cora, browser):
    answer = by_open_id(client, open_id, browser, next="https://elsewhere.example/")
    assert answer["Location"] == reverse("home:start")


def test_afterwards_the_subject_counts_and_the_address_is_not_needed(client, open_id, idp, cora, browser):
    by_open_id(client, open_id, browser)
    client.logout()
    idp.knows("cora")
    by_open_id(client, open_id, browser)
    assert signed_in(client) == cora.person.pk


def test_another_address_for_a_known_subject_is_refused(client, open_id, idp, cora, browser):
    by_open_id(client, open_id, browser)
    client.logout()
    someone("Dora Fell", "principal", cora.holdings[0].org)
    idp.knows("cora", email=f"dora@{DOMAIN}", email_verified=True)
    answer = by_open_id(client, open_id, browser)
    assert (answer.status_code, signed_in(client)) == (403, 0)
    assert refusals()[0].reason == "other_address"


def test_another_subject_with_the_address_of_somebody_linked_is_refused(client, open_id, idp, cora, browser):
    by_open_id(client, open_id, browser)
    client.logout()
    browser.cookies.clear()
    idp.knows("impostor", email=f"cora@{DOMAIN}", email_verified=True)
    answer = by_open_id(client, open_id, browser, "impostor")
    assert (answer.status_code, signed_in(client)) == (403, 0)
    assert refusals()[0].reason == "other_subject"


def test_a_code_is_good_once(client, open_id, idp, cora, browser):
    by_open_id(client, open_id, browser)
    client.logout()
    answer = come_back(client, browser.address)
    assert answer.status_code == 403
    assert b"begun too long ago" in answer.content
    assert signed_in(client) == 0


def test_a_stolen_way_back_is_good_in_no_other_browser(client, open_id, idp, cora, browser):
    browser.log_in(set_off(client, open_id.row), "cora")
    thief = Client()
    set_off(thief, open_id.row)
    assert come_back(thief, browser.address).status_code == 403
    assert signed_in(thief) == 0
    assert come_back(client, browser.address).status_code == 302
    assert signed_in(client) == cora.person.pk


def test_a_code_of_somebody_elses_sign_in_is_not_taken(client, open_id, idp, cora, browser):
    """The code is bound to the verifier (PKCE) and the nonce of the session that asked for it."""
    browser.log_in(set_off(client, open_id.row), "cora")
    stolen = browser.address
    victim = Client()
    state = set_off(victim, open_id.row).partition("state=")[2].partition("&")[0]
    mixed = stolen.replace(stolen.partition("state=")[2].partition("&")[0], state)
    assert come_back(victim, mixed).status_code == 403
    assert signed_in(victim) == 0
    assert refusals()[0].reason == "not_genuine"


def test_breaking_off_there_changes_nothing_here(client, open_id, idp):
    state = set_off(client, open_id.row).partition("state=")[2].partition("&")[0]
    back = reverse("providers:callback", args=[open_id.row.pk])
    answer = client.get(back, {"error": "access_denied", "state": state, "iss": open_id.row.issuer})
    assert answer.status_code == 403
    assert b"broken off" in answer.content
    assert refusals()[0].reason == "declined"


def test_a_second_factor_there_counts_here_if_the_district_says_so(client, open_id, idp, cora, browser, rf):
    idp.knows("cora", email=f"cora@{DOMAIN}", email_verified=True, amr=["pwd", "mfa"])
    by_open_id(client, open_id, browser)
    request = rf.get("/")
    request.session = client.session
    methods = [(record["method"], record.get("type")) for record in get_authentication_records(request, cora.person)]
    assert methods == [("socialaccount", None), ("mfa", "provider")]


def test_nobody_is_made_by_a_provider(client, open_id, idp, browser):
    with making():
        before = Person.objects.count()
    idp.knows("newcomer", email=f"newcomer@{DOMAIN}", email_verified=True)
    assert by_open_id(client, open_id, browser, "newcomer").status_code == 403
    with making():
        assert Person.objects.count() == before
    assert refusals()[0].reason == "not_ours"


def test_a_provider_that_is_off_or_unknown_is_not_there(client, open_id, idp):
    with making():
        open_id.row.until_on = open_id.row.from_on
        open_id.row.save()
    assert client.post(reverse("providers:begin", args=[open_id.row.pk])).status_code == 404
    assert client.post(reverse("providers:begin", args=[999999])).status_code == 404
    assert client.post(reverse("providers:begin", args=[10**30])).status_code == 404


def test_it_is_offered_to_addresses_of_its_domain(client, open_id):
    shown = client.post(reverse("providers:choose"), {"email": f"whoever@{DOMAIN.upper()}"}).content.decode()
    assert "Sign in with Cedar Fork R-II" in shown
    shown = client.post(reverse("providers:choose"), {"email": "ada@state.example"}).content.decode()
    assert "Sign in with Cedar Fork R-II" not in shown
    assert "Use your password" in shown
