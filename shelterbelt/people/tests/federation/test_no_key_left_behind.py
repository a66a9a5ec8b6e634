"""Whoever is in on a provider's word alone leaves no key of their own behind."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from shelterbelt.people.models import Person
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.conftest import PASSWORD, making
from shelterbelt.people.tests.federation.conftest import DOMAIN, by_lie

pytestmark = pytest.mark.django_db

KEYS = ("add_app", "add_passkey", "recovery_codes", "change_password")
NEW = {"new_password1": "another long sentence", "new_password2": "another long sentence"}


@pytest.fixture
def within(client, liar, cora, browser):
    """Cora's session, or whoever's her district's provider says is Cora."""
    with making():
        liar.row.second_factor_claims = ["mfa"]
        liar.row.save()
    liar.says(claims={"email": f"cora@{DOMAIN}", "email_verified": True, "amr": ["mfa"]})
    assert by_lie(client, liar, browser).status_code == 302
    return client


@pytest.fixture
def has_password(cora):
    with signing_in("test"):
        cora.person.set_password(PASSWORD)
        cora.person.save()


def own(kind="password"):
    return reverse(f"people:{kind}")


@pytest.mark.parametrize("page", KEYS)
def test_who_has_no_key_of_their_own_reads_how_to_get_one(page, within):
    for answer in (within.get(own(page), follow=True), within.post(own(page), NEW, follow=True)):
        assert "keys that outlast it" in answer.content.decode()
        assert answer.redirect_chain[-1][0] == own("second_factors")
    with signing_in("test"):
        assert not Authenticator.objects.exists()
        assert not Person.objects.get(email=f"cora@{DOMAIN}").has_usable_password()


@pytest.mark.parametrize("page", KEYS)
def test_who_has_one_proves_with_it_first(page, has_password, within):
    answer = within.post(own(page), NEW)
    assert answer["Location"].startswith(own("again"))
    assert "Prove here first that it is you" in within.get(answer["Location"]).content.decode()
    assert within.post(own("again"), {"password": "x"}).status_code == 200
    assert within.get(own(page)).status_code == 302
    assert within.post(own("again"), {"password": PASSWORD}).status_code == 302
    assert within.get(own(page)).status_code == 200


def test_a_second_factor_proved_at_the_provider_is_none_of_their_own(cora, client, liar, browser):
    with signing_in("test"):
        TOTP.activate(cora.person, "JBSWY3DPEHPK3PXP")
    liar.says(claims={"email": f"cora@{DOMAIN}", "email_verified": True, "amr": ["mfa"]})
    with making():
        liar.row.second_factor_claims = ["mfa"]
        liar.row.save()
    by_lie(client, liar, browser)
    assert client.post(own("recovery_codes"))["Location"].startswith(own("again"))


def test_in_a_session_begun_with_a_password_nothing_more_is_asked(client, has_password, cora):
    client.post(own("sign_in"), {"email": cora.person.email, "password": PASSWORD})
    assert client.get(own("add_app")).status_code == 200
