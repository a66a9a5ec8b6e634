"""Connecting a provider: who may, in which order, what is asked, what is kept; and the second wall below."""

from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as
from shelterbelt.core import clock
from shelterbelt.people.federation import actions
from shelterbelt.people.federation.models import ClaimedDomain, IdentityProvider, RefusedSignIn
from shelterbelt.people.federation.policy import may_connect_provider
from shelterbelt.people.federation.queries import reach_of
from shelterbelt.people.federation.rules import CONNECTED_BY, Known, Said, domain_fault, plain, why_not
from shelterbelt.people.models import StandIn
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.federation.conftest import (
    DOMAIN,
    TODAY,
    a_provider,
    by_lie,
    come_back,
    making,
    off_to_try,
    signed_in,
    someone,
)

pytestmark = pytest.mark.django_db

CORA = {"email": f"cora@{DOMAIN}", "email_verified": True}


def page(client, called, *args, **sent):
    address = reverse(f"providers:{called}", args=args)
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    return answer.status_code, answer.content.decode()


def test_the_whole_way_from_nothing_to_the_first_sign_in(client, town, sue, ada, cora, liar, enter, browser):
    with making():
        liar.row.domains.all().update(released_at=clock.now())
    district = town.cedar_fork
    liar.says(claims={"email": f"sonja@{DOMAIN}", "email_verified": True, "amr": ["mfa"]})
    sonja = someone("Sonja Top", "superintendent", district)
    enter(sonja)
    status, shown = page(client, "connect", district.pk, "openid_connect", name="Cedar Fork accounts",
                         issuer=liar.idp.url, client_id="shelterbelt", secret="s" * 40, second_factor_claims="mfa\n")  # fmt: skip
    assert status == 200
    with making():
        row = IdentityProvider.objects.get(name="Cedar Fork accounts")
    assert f"{'http://testserver'}/sign-in/with/{row.pk}/callback/" in shown
    assert "s" * 40 not in shown
    assert "not turned on yet" in shown
    assert page(client, "start", row.pk, x="")[0] == 403

    assert "claimed" in page(client, "claim", row.pk, domain=f"@{DOMAIN.upper()}.")[1]
    browser.open(off_to_try(client, row))
    said = come_back(client, browser.address).content.decode()
    assert "wouldn't let you in yet" in said
    assert signed_in(client) == sonja.person.pk
    assert page(client, "start", row.pk, x="")[0] == 403

    enter(ada)
    assert DOMAIN in page(client, "overview")[1]
    with making():
        claim = row.domains.get()
    assert "speaks for" in page(client, "confirm_domain", claim.pk, x="")[1]

    enter(sonja)
    browser.open(off_to_try(client, row))
    assert "this would let you in" in come_back(client, browser.address).content.decode()
    assert "From now on people sign in with" in page(client, "start", row.pk, x="")[1]
    client.logout()

    liar.says(claims=CORA)
    liar.row = row
    assert by_lie(client, liar, browser).status_code == 302
    assert signed_in(client) == cora.person.pk
    enter(sonja)
    shown = page(client, "provider", row.pk)[1]
    assert "Cora Lindt" in shown
    assert "will be found by address" in page(client, "forget", row.pk, cora.person.pk, x="")[1]


def test_a_try_signs_nobody_in(client, liar, cora, enter, sue, browser):
    liar.says(claims=CORA)
    enter(sue)
    browser.open(off_to_try(client, liar.row))
    assert "What Cedar Fork R-II said about you" in come_back(client, browser.address).content.decode()
    assert signed_in(client) == sue.person.pk


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        ("sue", "cedar_fork", True),
        ("ben", "cedar_fork", True),
        ("cora", "cedar_fork", False),
        ("ada", "cedar_fork", False),
        ("rita", "cedar_fork", False),
        ("sue", "far_away", False),
        ("sue", "linden_creek", False),
        ("ada", "missouri", True),
        ("wade", "sheriff", True),
        ("wade", "cedar_fork", False),
        ("rita", "region", False),
    ],
)
def test_each_connects_for_their_own_only(who, where, may, request, town):
    by, org = request.getfixturevalue(who), getattr(town, where)
    assert (may_connect_provider(by, org) is None) == may
    with acting_as(by.person.pk, today=TODAY):
        if not may:
            with pytest.raises(PermissionDenied):
                actions.connect_provider(org=org, protocol="saml", by=by, at=clock.now(), name="x", metadata="x")
        seen = IdentityProvider(
            org=org, protocol="saml", name="x", issuer="x", added_by=by.person, added_at=clock.now()
        )
        if may:
            seen.save()
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                seen.save()


def test_who_connects_is_the_same_in_both_walls(town, sue, as_owner):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = 'people_connects'")
        source = cursor.fetchone()[0]
    for kind, offices in CONNECTED_BY.items():
        [line] = [line for line in source.splitlines() if f"kind = '{kind}'" in line]
        assert {office for office in offices if f"'{office}'" in line} == set(offices)
        assert line.count("'") == 2 * (1 + len(offices))


def test_others_see_nothing_of_it(client, liar, enter, finn, cora, ada, rita):
    address = reverse("providers:provider", args=[liar.row.pk])
    for stranger in (finn, cora, rita):
        assert enter(stranger).get(address).status_code == 404
        with acting_as(stranger.person.pk, today=TODAY):
            assert not IdentityProvider.objects.exists()
            assert not ClaimedDomain.objects.exists()
            assert not RefusedSignIn.objects.exists()
    assert enter(ada).get(address).status_code == 200
    assert enter(ada).get(reverse("providers:change", args=[liar.row.pk])).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302


def test_a_district_confirms_no_domain_by_any_way(liar, sue, enter, client, town):
    with making():
        claim = ClaimedDomain.objects.create(
            provider=liar.row,
            org=town.cedar_fork,
            domain="state.example",
            claimed_by=sue.person,
            claimed_at=clock.now(),
        )
    assert page(enter(sue), "confirm_domain", claim.pk, x="")[0] == 403
    all_of = "from people_identityprovider"
    tried = (
        "update people_claimeddomain set confirmed_at = now()",
        "update people_claimeddomain set domain = 'state.example' where confirmed_at is not null",
        (
            "insert into people_claimeddomain (provider_id, org_id, domain, claimed_by_id, claimed_at, confirmed_at) "
            f"select id, org_id, 'x.example', {sue.person.pk}, now(), now() {all_of}"
        ),
        f"update people_identityprovider set org_id = {town.missouri.pk}",
        (
            "insert into people_refusedsignin (provider_id, org_id, at, reason, detail, address, subject) "
            f"select id, org_id, now(), 'silent', '', '', '' {all_of}"
        ),
        f"insert into people_usedassertion (provider_id, digest, expires_at) select id, 'x', now() {all_of}",
        (
            "insert into socialaccount_socialaccount (user_id, provider, uid, last_login, date_joined, extra_data) "
            f"values ({sue.person.pk}, '{liar.row.pk}', 'x', now(), now(), '{{}}')"
        ),
    )
    for statement in tried:
        with acting_as(sue.person.pk, today=TODAY), pytest.raises(DatabaseError), transaction.atomic():
            by_hand(statement)


def by_hand(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_domain_claimed_by_two_is_confirmed_for_neither(town, sue, ada, finn, liar):
    far = a_provider(town.far_away, finn, protocol="saml", issuer="https://far.example", domains=(), live=False)
    with making():
        claims = [
            ClaimedDomain.objects.create(
                provider=row, org=row.org, domain="shared.example", claimed_by=sue.person, claimed_at=clock.now()
            )
            for row in (liar.row, far)
        ]
    with acting_as(ada.person.pk, today=TODAY):
        with pytest.raises(ValidationError, match=r"Far Away R-I claims shared\.example too"):
            actions.confirm_domain(claim=claims[0], by=ada, at=clock.now())
        actions.release_domain(claim=claims[1], by=ada, at=clock.now())
        assert actions.confirm_domain(claim=claims[0], by=ada, at=clock.now()).confirmed_by == ada.person


def test_the_domain_of_the_states_people_is_nobody_elses(town, sue, ada, liar):
    someone("Stan State", "state_office", town.missouri, "stan@state.example")
    with making():
        claim = ClaimedDomain.objects.create(
            provider=liar.row,
            org=town.cedar_fork,
            domain="state.example",
            claimed_by=sue.person,
            claimed_at=clock.now(),
        )
    with acting_as(ada.person.pk, today=TODAY), pytest.raises(ValidationError, match="can't be anybody else's"):
        actions.confirm_domain(claim=claim, by=ada, at=clock.now())


FAULTS = {
    "gmail.com": "public_mail",
    "K12.mo.us": "spelling",
    "k12.mo.us": "shared",
    "mo.us": "shared",
    "com": "shared",
    "cedarfork": "spelling",
    "cedar fork.org": "spelling",
    "-x.org": "spelling",
    "x..org": "spelling",
    "1.2.3.4": "spelling",
    "a" * 64 + ".org": "spelling",
    "cedarfork.k12.mo.us": None,
    "cedarfork.org": None,
    "xn--e1afmkfd.org": None,
}


@pytest.mark.parametrize("domain", FAULTS)
def test_which_domains_can_be_claimed(domain):
    assert domain_fault(domain) == FAULTS[domain]


def test_a_domain_that_cant_be_claimed_is_told_and_stays_written(client, liar, enter, sue):
    status, shown = page(enter(sue), "claim", liar.row.pk, domain="gmail.com")
    assert status == 200
    assert "Anybody gets an address there" in shown
    assert 'value="gmail.com"' in shown
    assert "claimed for this provider already" in page(client, "claim", liar.row.pk, domain=DOMAIN)[1]


def test_a_provider_that_doesnt_answer_is_not_kept(client, town, sue, enter):
    sent = {"name": "X", "issuer": "https://127.0.0.1:1", "client_id": "x", "secret": "y" * 40}
    status, shown = page(enter(sue), "connect", town.cedar_fork.pk, "openid_connect", **sent)
    assert status == 200
    assert "no useful answer" in shown
    assert 'value="https://127.0.0.1:1"' in shown
    assert "y" * 40 not in shown
    shown = page(client, "connect", town.cedar_fork.pk, "saml", name="X", metadata_url="http://idp.example/")[1]
    assert "got none" in shown
    shown = page(client, "connect", town.cedar_fork.pk, "saml", name="X", metadata="<a/>")[1]
    assert "exactly one identity provider" in shown
    shown = page(client, "connect", town.cedar_fork.pk, "saml", name="X")[1]
    assert "Give either the address" in shown
    assert page(client, "connect", town.cedar_fork.pk, "carrier-pigeon", name="X")[0] == 404
    with making():
        assert not IdentityProvider.objects.exists()


def test_a_name_that_isnt_the_issuers_own_is_told(client, liar, town, sue, enter):
    sent = {"name": "X", "issuer": f"{liar.idp.url}/", "client_id": "x", "secret": "y" * 40}
    assert "exactly as it writes it" in page(enter(sue), "connect", town.cedar_fork.pk, "openid_connect", **sent)[1]


def test_changing_a_provider_means_testing_it_again_and_forgets_other_peoples_names(
    client, liar, cora, sue, enter, browser
):
    liar.says(claims=CORA)
    by_lie(client, liar, browser)
    client.logout()
    sent = {"name": "New", "issuer": liar.idp.url, "client_id": "new", "secret": ""}
    assert "Turn it off before" in page(enter(sue), "change", liar.row.pk, **sent)[1]
    page(client, "stop", liar.row.pk, x="")
    assert "Test the connection again" in page(client, "change", liar.row.pk, **sent)[1]
    with making():
        liar.row.refresh_from_db()
    assert (liar.row.client_id, liar.row.secret(), liar.row.tested_at) == ("new", "s" * 40, None)
    with making():
        liar.row.issuer = "https://before.example"
        liar.row.save()
    with acting_as(sue.person.pk, today=TODAY):
        actions.change_provider(
            provider=liar.row, by=sue, at=clock.now(), name="New", issuer=liar.idp.url, client_id="new"
        )
    with signing_in("test"):
        assert not SocialAccount.objects.exists()


def test_the_secret_is_read_from_neither_the_table_nor_the_trail(liar, town, sue, ada):
    with acting_as(sue.person.pk, today=TODAY):
        row = IdentityProvider(org=town.cedar_fork, protocol="openid_connect", name="X", issuer="x",
                               added_by=sue.person, added_at=clock.now(), metadata="<x/>")  # fmt: skip
        row.seal_secret("in no clear text")
        row.save()
    assert "clear" not in row.sealed_secret
    assert row.secret() == "in no clear text"
    with acting_as(ada.person.pk, today=TODAY):
        kept = AuditEntry.objects.get(thing="people_identityprovider", thing_id=str(row.pk), verb="insert").after
    assert {"sealed_secret", "metadata"}.isdisjoint(kept)
    assert kept["issuer"] == "x"


def test_whoever_stands_in_connects_nothing(town, sue, ben):
    lent = replace(sue, acting_for=StandIn(person=ben.person))
    assert "outlast" in str(may_connect_provider(lent, town.cedar_fork))


def test_whom_it_reaches(town):
    with making():
        assert reach_of(town.cedar_fork, TODAY) == {town.cedar_fork.pk, town.linden_creek.pk, town.oak_hill.pk}
        assert reach_of(town.sheriff, TODAY) == {town.sheriff.pk}
        assert reach_of(town.missouri, TODAY) == {town.missouri.pk, town.region.pk}


def test_the_words_of_vouching():
    known = Known(email="Cora@Cedarfork.example", offices_at=frozenset({1}), linked_to=None)
    asks = {"domains": [DOMAIN], "reach": [1, 2], "unmarked_count": False}
    assert why_not(Said("s", f"CORA@{DOMAIN}", verified=True), known, **asks) is None
    assert why_not(Said("s", verified=True), Known(known.email, frozenset({1}), "s"), **asks) is None
    assert why_not(Said("s", verified=True), Known("a@gone.example", frozenset({1}), "s"), **asks) == "foreign_domain"
    assert why_not(Said("s", verified=True), Known(known.email, frozenset(), "s"), **asks) == "not_ours"
    assert plain("a\nb") == plain(None) == ""
