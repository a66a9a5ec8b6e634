"""Signing in with a SAML provider that runs as a process of its own, and everything forged in its name."""

import base64
import html
import re
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.authentication import get_authentication_records
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants

from shelterbelt.core import clock
from shelterbelt.people.federation import metadata
from shelterbelt.people.federation.actions import renew_metadata, use_once
from shelterbelt.people.federation.models import IdentityProvider, UsedAssertion
from shelterbelt.people.federation.saml import acs_address, checked, our_entity_id
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    a_provider,
    making,
    refusals,
    set_off,
    signed_in,
    someone,
)
from tests.providers.browsing import form_of
from tests.providers.forging import WRAPPINGS, Response
from tests.providers.running import key_and_certificate

pytestmark = pytest.mark.django_db


def posted(told, browser, address, login="cora"):
    """The form that the provider has the browser send to us."""
    page = browser.log_in(address, login)
    action, fields = form_of(page)
    assert action == acs_address(told.row)
    return fields


def taken_up(client, told, fields, *, poster=None):
    """Send it from the provider's page, so without our session, and go where that leads with the session again."""
    stranger = poster or Client(enforce_csrf_checks=True)
    answer = stranger.post(reverse("providers:acs", args=[told.row.pk]), fields)
    if answer.status_code != 302:
        return answer
    assert answer.cookies["assertion"]["httponly"]
    assert answer.cookies["assertion"]["samesite"] == "Lax"
    client.cookies["assertion"] = answer.cookies["assertion"].value
    return client.get(answer["Location"])


def by_saml(client, told, browser, login="cora", **sent):
    return taken_up(client, told, posted(told, browser, set_off(client, told.row, **sent), login))


def request_id(address):
    sent = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return re.search(r'ID="([^"]+)"', zlib.decompress(base64.b64decode(sent), -15).decode())[1]


@pytest.fixture
def true(client, saml, cora, saml_key):
    """A true answer to a sign-in that this client has begun; `true.but(...)` is a lie."""
    asked = request_id(set_off(client, saml.row))
    key, certificate = saml_key
    return Response(
        issuer=saml.row.issuer, audience=our_entity_id(saml.row), recipient=acs_address(saml.row), asked=asked,
        key=key, certificate=certificate,
    )  # fmt: skip


def test_a_principal_signs_in_with_the_districts_own_account(client, saml, cora, browser):
    saml.idp.knows("cora", email=f"cora@{DOMAIN}")
    answer = by_saml(client, saml, browser, next="/people/")
    assert answer["Location"] == "/people/"
    assert signed_in(client) == cora.person.pk
    client.logout()
    assert by_saml(client, saml, browser).status_code == 302
    assert signed_in(client) == cora.person.pk


def test_a_second_factor_there_counts_here_if_the_district_says_so(client, saml, cora, browser, rf):
    saml.idp.knows("cora", email=f"cora@{DOMAIN}", context="https://refeds.org/profile/mfa")
    by_saml(client, saml, browser)
    request = rf.get("/")
    request.session = client.session
    assert [record["method"] for record in get_authentication_records(request, cora.person)] == ["socialaccount", "mfa"]


def test_a_lie_about_an_address_is_refused(client, saml, town, browser):
    someone("Ada Moss", "state_office", town.missouri, "ada@state.example")
    saml.idp.knows("cora", email="ada@state.example")
    assert by_saml(client, saml, browser).status_code == 403
    assert (signed_in(client), refusals()[0].reason) == (0, "foreign_domain")


def test_what_we_forge_truly_is_believed(client, saml, true):
    """The lies below differ from this one in one thing each."""
    assert taken_up(client, saml, {"SAMLResponse": true.encoded()}).status_code == 302
    assert signed_in(client)


def test_forged_answers_are_refused(client, saml, true):
    key, certificate = key_and_certificate()
    lies = {
        "unsigned": true.but(signs=()),
        "signed around an unsigned assertion": true.but(signs=("response",)),
        "signed by somebody else": true.but(key=key, certificate=certificate),
        "signed by somebody else under the right certificate": true.but(key=key),
        "signed with SHA-1": true.but(algorithm=Constants.RSA_SHA1, digest=Constants.SHA1),
        "of another issuer": true.but(issuer="https://idp.example"),
        "for another party": true.but(audience="https://elsewhere.example"),
        "for nobody named": true.but(audience=""),
        "for another address": true.but(recipient="https://elsewhere.example/acs"),
        "for an address that begins like ours": true.but(recipient=true.recipient + "elsewhere/"),
        "for no address": true.but(recipient="", destination=true.recipient),
        "sent elsewhere": true.but(destination="https://elsewhere.example/acs"),
        "to no request": true.but(asked="", confirmed_for=""),
        "to a request of another, dressed as ours": true.but(confirmed_for="_another"),
        "to a request that its signature doesn't hold": true.but(confirmed_for=""),
        "expired": true.but(confirmation_ends_in=-1),
        "expired long ago": true.but(ends_in=-30, confirmation_ends_in=-30),
        "not valid yet": true.but(starts_in=30),
        "valid for ever": true.but(ends_in=60 * 24 * 365, confirmation_ends_in=60 * 24 * 365),
        "without an end": true.but(confirmation_ends_in=None),
        "with an entity": true.but(prologue='<!DOCTYPE r [<!ENTITY a "cora-1">]>', subject="&a;", signs=()),
        "with a file": true.but(prologue='<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>', email="&a;", signs=()),
        "with a bomb": true.but(prologue='<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>', email="&b;", signs=()),
    }  # fmt: skip
    for name, lie in lies.items():
        answer = taken_up(client, saml, {"SAMLResponse": lie.encoded()})
        assert (answer.status_code, signed_in(client)) == (403, 0), name
        assert refusals()[0].reason == "not_genuine", name
    assert taken_up(client, saml, {"SAMLResponse": true.encoded()}).status_code == 302, "and the truth still works"


def test_wrapped_signatures_are_refused(client, saml, true):
    for how in WRAPPINGS:
        answer = taken_up(client, saml, {"SAMLResponse": true.wrapped(how)})
        assert (answer.status_code, signed_in(client)) == (403, 0), how


def test_changed_after_signing_is_refused(client, saml, true):
    for what, instead in {"cora@": "ada@", "cora-1": "ada-1", "cora@ced": "cora@<!---->ced"}.items():
        changed = true.encoded(true.xml().replace(what, instead))
        answer = taken_up(client, saml, {"SAMLResponse": changed})
        # A comment changes nothing that is signed, and cuts nothing off (CVE-2017-11427 and the like).
        assert signed_in(client) == 0 or "<!--" in instead
        assert answer.status_code == (302 if "<!--" in instead else 403)


def test_nonsense_is_no_answer(client, saml):
    for sent in ("", "!", "PHhtbD4=", base64.b64encode(b"<a/>").decode(), "A" * 300_000, "\x00", "é"):
        answer = client.post(reverse("providers:acs", args=[saml.row.pk]), {"SAMLResponse": sent})
        assert answer.status_code == 403, sent[:20]
    assert client.post(reverse("providers:acs", args=[saml.row.pk])).status_code == 403


def test_an_answer_is_good_once(client, saml, true):
    sent = {"SAMLResponse": true.encoded()}
    assert taken_up(client, saml, sent).status_code == 302
    client.logout()
    assert taken_up(client, saml, sent).status_code == 403
    assert signed_in(client) == 0
    with making():
        assert UsedAssertion.objects.count() == 1


def test_an_assertion_that_let_somebody_in_is_refused_though_the_browser_asked(client, saml, true):
    xml = true.xml()
    found = checked(saml.row, true.encoded(xml), at=clock.now())
    assert use_once(provider=saml.row, digest=found.digest, expires_at=found.expires_at)
    answer = taken_up(client, saml, {"SAMLResponse": true.encoded(xml)})
    assert (answer.status_code, signed_in(client)) == (403, 0)
    assert refusals()[0].reason == "used"


def test_an_answer_is_good_in_the_browser_that_asked_only(client, saml, true):
    thief = Client()
    assert taken_up(thief, saml, {"SAMLResponse": true.encoded()}).status_code == 403
    assert signed_in(thief) == 0


def test_the_answer_kept_between_two_requests_cant_be_made_up(client, saml, true):
    finish = reverse("providers:finish", args=[saml.row.pk])
    for value in ("", "x", "abc.def"):
        client.cookies["assertion"] = value
        assert client.get(finish).status_code == 403
    assert signed_in(client) == 0


def test_relay_state_leads_nowhere(client, saml, true):
    sent = {"SAMLResponse": true.encoded(), "RelayState": "https://elsewhere.example/"}
    assert taken_up(client, saml, sent)["Location"] == reverse("home:start")


def test_a_name_that_changes_each_time_names_nobody(client, saml, true):
    lie = true.but(form=Constants.NAMEID_TRANSIENT)
    assert taken_up(client, saml, {"SAMLResponse": lie.encoded()}).status_code == 403
    assert refusals()[0].reason == "no_subject"


def test_metadata_that_ended_let_nobody_in(client, saml, true):
    with making():
        IdentityProvider.objects.filter(pk=saml.row.pk).update(metadata_ends_at=clock.now())
    assert taken_up(client, saml, {"SAMLResponse": true.encoded()}).status_code == 403
    assert "expired" in refusals()[0].detail


def test_new_certificates_come_with_the_metadata(saml, settings):
    with making():
        row = IdentityProvider.objects.get(pk=saml.row.pk)
        row.metadata_url, row.metadata = f"{saml.idp.url}/metadata", "old"
        row.save()
        assert renew_metadata(provider=row)
        assert saml.idp.url in row.metadata
        row.metadata_url = f"{saml.idp.url}/nothing-there"
        assert not renew_metadata(provider=row)
        row.metadata_url, row.issuer = f"{saml.idp.url}/metadata", "https://another.example"
        assert not renew_metadata(provider=row), "metadata of another don't replace ours"


def test_our_metadata_tell_the_provider_who_we_are(client, saml, sue):
    told = client.get(reverse("providers:metadata", args=[saml.row.pk]))
    text = html.unescape(told.content.decode())
    assert our_entity_id(saml.row) in text
    assert acs_address(saml.row) in text
    assert 'WantAssertionsSigned="true"' in text
    other = a_provider(saml.row.org, sue, protocol="openid_connect", issuer="https://idp.example", domains=())
    for page in ("metadata", "finish"):
        assert client.get(reverse(f"providers:{page}", args=[other.pk])).status_code in {403, 404}
    assert client.post(reverse("providers:acs", args=[other.pk])).status_code == 404
    assert client.get(reverse("providers:callback", args=[saml.row.pk])).status_code == 404


WRONG_METADATA = {
    "isn't the XML": "no XML",
    "exactly one": "<a/>",
    "isn't the XML of SAML": '<!DOCTYPE r [<!ENTITY a "x">]><r>&a;</r>',
}


@pytest.mark.parametrize("said", WRONG_METADATA)
def test_metadata_that_are_none_are_told(said):
    with pytest.raises(ValidationError, match=said):
        metadata.read(WRONG_METADATA[said])


def test_each_fault_of_metadata_is_told(saml):
    good = saml.row.metadata
    assert metadata.read(good).entity_id == saml.idp.url
    faults = {
        "no certificate": re.sub(r"<KeyDescriptor.*</KeyDescriptor>", "", good),
        "can't be read": re.sub(r"(<ds:X509Certificate>)[^<]+", r"\1AAAA", good),
        "no sign-on address": re.sub(r"<SingleSignOnService.*?</SingleSignOnService>", "", good),
        "must begin with https": good.replace(f'Location="{saml.idp.url}', 'Location="http://idp.example'),
        "no entity ID": re.sub(r'entityID="[^"]*"', 'entityID=""', good),
        "validUntil": good.replace("<EntityDescriptor", '<EntityDescriptor validUntil="some day"'),
        "too long": good + " " * 600_000,
    }
    for said, text in faults.items():
        with pytest.raises(ValidationError, match=said):
            metadata.read(text)
    dated = good.replace("<EntityDescriptor", '<EntityDescriptor validUntil="2030-01-01T00:00:00Z"')
    assert metadata.read(dated).ends_at.year == 2030
