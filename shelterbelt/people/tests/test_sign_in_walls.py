"""What the database refuses about what people sign in with."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.db import ProgrammingError, connection, transaction

from shelterbelt.access.scope import acting_as
from shelterbelt.people.sign_in import signing_in

TODAY = date(2026, 11, 24)


@pytest.fixture
def secret(cora):
    """Cora's app on her phone."""
    text = generate_totp_secret()
    with signing_in("test"):
        TOTP.activate(cora.person, text)
    return text


def test_each_sees_their_own_factors_and_nobody_anybody_elses(cora, ada, secret):
    with acting_as(cora.person.pk, today=TODAY):
        assert Authenticator.objects.count() == 1
    with acting_as(ada.person.pk, today=TODAY):
        assert not Authenticator.objects.exists()
        assert Authenticator.objects.filter(user_id=cora.person.pk).update(type="x") == 0
        assert Authenticator.objects.filter(user_id=cora.person.pk).delete()[0] == 0
    assert not Authenticator.objects.exists()


def test_nobody_gives_another_person_a_factor(cora, ada):
    for make in (
        lambda: TOTP.activate(cora.person, generate_totp_secret()),
        lambda: EmailAddress.objects.create(user=cora.person, email="ada@example.org", verified=True),
        lambda: SocialAccount.objects.create(user=cora.person, provider="x", uid="1"),
        lambda: SocialApp.objects.create(provider="x", name="x", client_id="x"),
    ):
        with (
            acting_as(ada.person.pk, today=TODAY),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            make()


def test_tokens_belong_to_whoever_the_account_belongs_to(cora, ada):
    with signing_in("test"):
        account = SocialAccount.objects.create(user=cora.person, provider="x", uid="1")
        SocialToken.objects.create(account=account, token="t")
    with acting_as(cora.person.pk, today=TODAY):
        assert SocialToken.objects.count() == 1
    with acting_as(ada.person.pk, today=TODAY):
        assert not SocialToken.objects.exists()


def test_a_secret_is_sealed_in_the_table_and_in_no_line_of_the_trail(cora, secret, as_owner):
    with signing_in("test"), connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        [(kept,)] = cursor.fetchall()
        cursor.execute("select was, became, before, after from access_auditentry where thing = 'mfa_authenticator'")
        trail = str(cursor.fetchall())
    assert secret not in kept
    assert secret not in trail
    assert "secret" not in trail
    with acting_as(cora.person.pk, today=TODAY):
        [factor] = Authenticator.objects.all()
        assert factor.wrap().instance.data["secret"] != secret
