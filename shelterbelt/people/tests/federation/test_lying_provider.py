"""A provider that lies about who somebody is, or whose word isn't its own: refused with a sentence, and on record."""

import html

import pytest
from django.urls import reverse

from shelterbelt.core import clock
from shelterbelt.people.federation import documents
from shelterbelt.people.federation.actions import refuse
from shelterbelt.people.federation.actions.vouching import MOST_AN_HOUR
from shelterbelt.people.federation.models import RefusedSignIn
from shelterbelt.people.models import StandIn
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    TODAY,
    a_provider,
    by_lie,
    come_back,
    making,
    refusals,
    set_off,
    signed_in,
    someone,
)

pytestmark = pytest.mark.django_db

CORA = {"email": f"cora@{DOMAIN}", "email_verified": True}


DISTRUSTED = "can't be trusted"
NOT_VOUCHED = "can't for everybody"


def refused(client, liar, browser, reason, told):
    answer = by_lie(client, liar, browser)
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, signed_in(client)) == (403, 0)
    assert told in page
    assert refusals()[0].reason == reason
    return page.partition("<main")[2].partition("</main>")[0]


def test_when_it_tells_the_truth_it_is_believed(client, liar, cora, browser):
    liar.says(claims=CORA)
    assert by_lie(client, liar, browser).status_code == 302
    assert signed_in(client) == cora.person.pk


@pytest.fixture
def people(town, cora):
    someone("Ada Moss", "state_office", town.missouri, "ada@state.example")
    someone("Tia Analyst", "tip_analyst", town.missouri, f"tia@{DOMAIN}")
    someone("Finn Abel", "principal", town.far_school, f"finn@{DOMAIN}")
    someone("Wade Rowe", "responder", town.sheriff, f"wade@{DOMAIN}")
    someone("Olga Prior", "", None, f"olga@{DOMAIN}")
    someone("Nina Off", "staff", town.linden_creek, "nina@elsewhere.example")
    with making() as a:
        twice = a.a_person("Tess Both", office="staff", at=town.linden_creek, email=f"tess@{DOMAIN}")
        a.appoint(twice, "staff", town.far_school)
        lent = a.a_person("Sam Lent", office="staff", at=town.linden_creek, email=f"sam@{DOMAIN}")
        absent = a.a_person("Abe Away", email="abe@faraway.example")
        held = a.appoint(absent, "superintendent", town.far_away)
        StandIn.objects.create(
            appointment=held, org=town.far_away, person=lent, from_on=TODAY, until_on=clock.today().replace(year=2027),
            given_by=absent,
        )  # fmt: skip
        gone = a.a_person("Gus Gone", office="staff", at=town.linden_creek, email=f"gus@{DOMAIN}")
        gone.is_active = False
        gone.save()


LIES_ABOUT_PEOPLE = {
    "the state's office": ("ada@state.example", "foreign_domain"),
    "an analyst of the tip line with an address of the district": (f"tia@{DOMAIN}", "not_ours"),
    "a person of another district": (f"finn@{DOMAIN}", "not_ours"),
    "a deputy": (f"wade@{DOMAIN}", "not_ours"),
    "somebody without an office": (f"olga@{DOMAIN}", "not_ours"),
    "somebody who serves elsewhere too": (f"tess@{DOMAIN}", "not_ours"),
    "somebody who may act for another district's superintendent": (f"sam@{DOMAIN}", "not_ours"),
    "somebody whose account is closed": (f"gus@{DOMAIN}", "not_ours"),
    "nobody": (f"nobody@{DOMAIN}", "not_ours"),
    "their own, whose address lies elsewhere": ("nina@elsewhere.example", "foreign_domain"),
    "a domain that only looks like theirs": (f"cora@{DOMAIN}.evil.example", "foreign_domain"),
    "a domain below theirs": (f"cora@students.{DOMAIN}", "foreign_domain"),
    "two addresses in one": (f"cora@{DOMAIN},ada@state.example", "foreign_domain"),
    "SQL": (f"' or 1=1 --@{DOMAIN}", "not_ours"),
    "a null byte": (f"co\x00ra@{DOMAIN}", "no_address"),
}


def test_a_district_vouches_for_nobody_but_its_own_and_learns_nothing(client, liar, people, browser):
    seen = set()
    for email, reason in LIES_ABOUT_PEOPLE.values():
        liar.says(claims={"email": email, "email_verified": True})
        seen.add(refused(client, liar, browser, reason, NOT_VOUCHED))
        assert refusals()[0].address == ("" if "\x00" in email else email)
        assert refusals()[0].org == liar.row.org
    assert len(seen) == 1, "what is refused reads the same, whoever it is about"


UNCHECKED = [
    ({"email": f"cora@{DOMAIN}", "email_verified": False}, "unverified"),
    ({"email": f"cora@{DOMAIN}", "email_verified": "false"}, "unverified"),
    ({"email": f"cora@{DOMAIN}"}, "unverified"),
    ({"email": f"cora@{DOMAIN}", "email_verified": 1}, "unverified"),
    ({}, "no_address"),
    ({"email": [f"cora@{DOMAIN}"], "email_verified": True}, "no_address"),
    ({**CORA, "sub": "x" * 300}, "no_subject"),
    ({**CORA, "sub": ""}, "no_subject"),
]


def test_an_address_that_nobody_has_checked_finds_nobody(client, liar, cora, browser):
    for claims, reason in UNCHECKED:
        liar.says(claims=claims, userinfo={"sub": "subject-1"})
        refused(client, liar, browser, reason, NOT_VOUCHED)


def test_unmarked_addresses_count_only_where_the_district_says_so(client, liar, cora, browser):
    with making():
        liar.row.unmarked_addresses = True
        liar.row.save()
    liar.says(claims={"email": f"cora@{DOMAIN}"})
    assert by_lie(client, liar, browser).status_code == 302
    client.logout()
    liar.says(claims={"email": f"cora@{DOMAIN}", "email_verified": False})
    refused(client, liar, browser, "unverified", NOT_VOUCHED)


UNTRUE = {
    "unsigned": {"header": {"alg": "none"}},
    "signed with the secret we share": {"header": {"alg": "HS256"}, "key": "s" * 40},
    "signed with another key under a known name": {"key": "other"},
    "signed with a key that nobody knows": {"key": "other", "header": {"kid": "other"}},
    "of another issuer": {"claims": {**CORA, "iss": "https://accounts.example"}},
    "for another party": {"claims": {**CORA, "aud": "somebody-else"}},
    "for two, made for the other": {"claims": {**CORA, "aud": ["shelterbelt", "other"], "azp": "other"}},
    "for two, without saying for whom": {"claims": {**CORA, "aud": ["shelterbelt", "other"]}},
    "expired": {"claims": {**CORA, "exp": ["now", -120]}},
    "of tomorrow": {"claims": {**CORA, "iat": ["now", 7200]}},
    "of yesterday": {"claims": {**CORA, "iat": ["now", -86400], "exp": ["now", 3600]}},
    "without an end": {"claims": {**CORA, "exp": None}},
    "without a subject": {"claims": {**CORA, "sub": None}},
    "with a number for a subject": {"claims": {**CORA, "sub": 7}},
    "of another session": {"claims": {**CORA, "nonce": "another"}},
    "without a nonce": {"claims": {**CORA, "nonce": None}},
    "with a list for a nonce": {"claims": {**CORA, "nonce": ["x"]}},
}


def test_a_token_that_is_not_the_providers_word_for_us_now_is_refused(client, liar, cora, browser):
    for lie in UNTRUE.values():
        liar.says(**{"claims": CORA, **lie})
        refused(client, liar, browser, "not_genuine", DISTRUSTED)


def test_an_answer_in_the_name_of_another_provider_is_refused(client, liar, cora, browser):
    liar.says(claims=CORA, response={"iss": "https://accounts.example"})
    refused(client, liar, browser, "not_genuine", DISTRUSTED)


def test_userinfo_about_somebody_else_is_refused(client, liar, cora, browser):
    liar.says(userinfo={**CORA, "sub": "subject-2"})
    refused(client, liar, browser, "not_genuine", DISTRUSTED)


def test_userinfo_about_the_same_subject_is_taken(client, liar, cora, browser):
    liar.says(userinfo={**CORA, "sub": "subject-1"})
    assert by_lie(client, liar, browser).status_code == 302


def test_a_document_of_another_issuer_is_not_taken(client, liar, cora):
    liar.says(discovery={"issuer": "https://accounts.example"})
    answer = client.post(reverse("providers:begin", args=[liar.row.pk]))
    assert answer.status_code == 503
    assert "names another issuer" in refusals()[0].detail


def test_people_are_led_to_https_only(client, liar):
    liar.says(discovery={"authorization_endpoint": "javascript:alert(1)"})
    assert client.post(reverse("providers:begin", args=[liar.row.pk])).status_code == 503


def test_new_keys_are_found_when_they_are_first_used(client, liar, cora, browser, monkeypatch):
    liar.says(claims=CORA)
    by_lie(client, liar, browser)
    client.logout()
    monkeypatch.setattr(documents, "BETWEEN_RENEWALS", 0.0)
    liar.says(claims=CORA, published=["first", "second"], key="second", header={"kid": "second"})
    assert by_lie(client, liar, browser).status_code == 302
    assert signed_in(client) == cora.person.pk


def test_a_withdrawn_key_signs_nothing_any_more(client, liar, cora, browser):
    liar.says(claims=CORA, published=["second"])
    refused(client, liar, browser, "not_genuine", DISTRUSTED)


def test_what_it_says_is_no_markup(client, liar, enter, sue, browser):
    liar.says(claims={"email": f"<script>alert(1)</script>@{DOMAIN}", "email_verified": True})
    by_lie(client, liar, browser)
    shown = enter(sue).get(reverse("providers:provider", args=[liar.row.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


def test_nobody_fills_the_record_with_nonsense(client, liar, db):
    with making():
        RefusedSignIn.objects.bulk_create(
            RefusedSignIn(provider=liar.row, org=liar.row.org, at=clock.now(), reason="silent")
            for _ in range(MOST_AN_HOUR)
        )
    refuse(provider=liar.row, reason=RefusedSignIn.Reason.NOT_GENUINE, at=clock.now())
    assert len(refusals()) == MOST_AN_HOUR


def test_two_districts_dont_answer_for_each_other(client, liar, town, sue, cora, browser):
    """A way back belongs to one provider: the state of one isn't known at another."""
    other = a_provider(town.far_away, sue, protocol="openid_connect", issuer="https://faraway.example",
                       client_id="shelterbelt", domains=("faraway.example",))  # fmt: skip
    liar.says(claims=CORA)
    browser.open(set_off(client, liar.row))
    moved = browser.address.replace(f"/with/{liar.row.pk}/", f"/with/{other.pk}/")
    assert come_back(client, moved).status_code == 403
    assert signed_in(client) == 0
