"""No state officer becomes another through the state's own provider, and none speaks for what two have to give."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from shelterbelt.access.scope import acting_as
from shelterbelt.approvals import actions as approvals
from shelterbelt.approvals.models import Approval
from shelterbelt.core import clock
from shelterbelt.people.federation import actions
from shelterbelt.people.federation.models import ClaimedDomain, RefusedSignIn
from shelterbelt.people.federation.queries import binding, still_vouches
from shelterbelt.people.federation.rules import Said, may_be_vouched_for
from shelterbelt.people.models import Appointment, StandIn
from shelterbelt.people.rules import TWO_PERSON_OFFICES
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.tests.conftest import TODAY, making
from shelterbelt.people.tests.federation.conftest import DOMAIN, a_provider, someone

pytestmark = pytest.mark.django_db

STATE = "state.example"


@pytest.fixture
def bea(town):
    """At the state office too."""
    return someone("Bea Two", "state_office", town.missouri, f"bea@{STATE}")


@pytest.fixture
def of_the_state(town, ada):
    return a_provider(
        town.missouri, ada, protocol="openid_connect", issuer="https://idp.example", client_id="c", domains=(),
        live=False,
    )  # fmt: skip


def claimed(row, by):
    with acting_as(by.person.pk, today=TODAY):
        return actions.claim_domain(provider=row, domain=STATE, by=by, at=clock.now())


def test_nobody_confirms_the_domain_they_claimed(of_the_state, ada, bea, client, enter):
    claim = claimed(of_the_state, ada)
    with acting_as(ada.person.pk, today=TODAY), pytest.raises(PermissionDenied, match="claimed this domain yourself"):
        actions.confirm_domain(claim=claim, by=ada, at=clock.now())
    assert "claimed this domain yourself" in enter(ada).get(reverse("providers:overview")).content.decode()
    with acting_as(bea.person.pk, today=TODAY):
        assert actions.confirm_domain(claim=claim, by=bea, at=clock.now()).confirmed_by == bea.person


def test_nor_does_the_database_let_them(of_the_state, ada, bea):
    claimed(of_the_state, ada)
    tried = (
        f"update people_claimeddomain set confirmed_at = now(), confirmed_by_id = {ada.person.pk}",
        f"update people_claimeddomain set confirmed_at = now(), confirmed_by_id = {bea.person.pk}",
        f"update people_claimeddomain set claimed_by_id = {bea.person.pk}",
        (
            "insert into people_claimeddomain (provider_id, org_id, domain, claimed_by_id, claimed_at) "
            f"select id, org_id, 'x.example', {bea.person.pk}, now() from people_identityprovider"
        ),
    )
    for statement in tried:
        with acting_as(ada.person.pk, today=TODAY), pytest.raises(DatabaseError, match="claim"), transaction.atomic():
            by_hand(statement)


def by_hand(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def live(town, ada):
    return a_provider(
        town.missouri, ada, protocol="openid_connect", issuer="https://idp.example", client_id="c", domains=(STATE,),
        required=True,
    )  # fmt: skip


def word(row, person):
    said = Said("s1", person.email, verified=True, methods=frozenset({"mfa"}))
    return actions.vouch(provider=row, said=said, today=TODAY, at=clock.now())


@pytest.mark.parametrize("office", sorted(TWO_PERSON_OFFICES))
def test_no_provider_speaks_for_offices_that_two_people_give(office, town, live):
    stan = someone("Stan State", office, town.missouri, f"stan@{STATE}")
    assert word(live, stan.person) == RefusedSignIn.Reason.OWN_KEYS
    with signing_in("test"):
        assert binding(stan.person, TODAY) is None
        assert not still_vouches(live.reference, stan.person, TODAY)


def test_nor_for_who_may_act_for_one(town, live, bea):
    rob = someone("Rob Region", "region_coordinator", town.region, f"rob@{STATE}")
    assert word(live, rob.person) == rob.person
    with making():
        held = Appointment.objects.get(person=bea.person)
        StandIn.objects.create(
            appointment=held, org=held.org, person=rob.person, given_by=bea.person, from_on=TODAY,
            until_on=TODAY.replace(month=12),
        )  # fmt: skip
    assert word(live, rob.person) == RefusedSignIn.Reason.OWN_KEYS
    with signing_in("test"):
        assert not still_vouches(live.reference, rob.person, TODAY)


def test_for_all_others_it_may():
    assert may_be_vouched_for({"principal", "region_coordinator"})
    assert not may_be_vouched_for({"principal", "state_office"})


@pytest.mark.parametrize(("changed", "stays"), [({"client_id": "other"}, False), ({"name": "Another name"}, True)])
def test_a_provider_that_answers_as_another_speaks_for_no_domain(changed, stays, liar, sue):
    kept = {"name": "Cedar Fork", "issuer": liar.idp.url, "client_id": "shelterbelt"}
    with acting_as(sue.person.pk, today=TODAY):
        actions.stop_provider(provider=liar.row, by=sue)
        actions.change_provider(provider=liar.row, by=sue, at=clock.now(), **kept | changed)
        assert ClaimedDomain.objects.confirmed().filter(domain=DOMAIN).exists() == stays
        liar.row.refresh_from_db()
        assert liar.row.tested_at is None


def test_whoever_changes_it_reads_that_its_domains_are_to_be_claimed_anew(liar, sue, enter):
    with making():
        liar.row.until_on = TODAY
        liar.row.save()
    sent = {"name": "Cedar Fork", "issuer": liar.idp.url, "client_id": "other", "secret": ""}
    answer = enter(sue).post(reverse("providers:change", args=[liar.row.pk]), sent, follow=True)
    assert "claim its domains again" in answer.content.decode()


@pytest.fixture
def at_liar(town, ada, liar):
    """The state's own provider, turned off: what it is trusted with may be changed."""
    return a_provider(
        town.missouri, ada, protocol="openid_connect", issuer=liar.idp.url, client_id="c", domains=(), live=False,
    )  # fmt: skip


def asked_to_change(row, by, **changed):
    kept = {"name": row.name, "issuer": row.issuer, "client_id": row.client_id}
    with acting_as(by.person.pk, today=TODAY):
        return actions.change_provider(provider=row, by=by, at=clock.now(), **kept | changed)


@pytest.mark.parametrize(
    "changed", [{"unmarked_addresses": True}, {"second_factor_claims": ["acr=mfa"]}, {"client_id": "other"}]
)
def test_what_the_state_trusts_its_provider_with_is_changed_by_two(changed, at_liar, ada, bea):
    asked = asked_to_change(at_liar, ada, **changed)
    [(name, value)] = changed.items()
    with acting_as(ada.person.pk, today=TODAY):
        at_liar.refresh_from_db()
    assert getattr(at_liar, name) != value

    with acting_as(ada.person.pk, today=TODAY), pytest.raises(PermissionDenied, match="second person"):
        approvals.agree(approval=asked, by=ada, at=clock.now())
    with acting_as(bea.person.pk, today=TODAY):
        assert approvals.agree(approval=asked, by=bea, at=clock.now()).decision == "agreed"
        at_liar.refresh_from_db()
    assert getattr(at_liar, name) == value


def test_its_name_and_our_secret_there_are_changed_by_one(at_liar, ada):
    changed = asked_to_change(at_liar, ada, name="Ours", secret="told to nobody else")
    assert (changed.name, changed.secret()) == ("Ours", "told to nobody else")


def test_a_secret_waits_for_no_second_person_and_is_kept_in_no_question(at_liar, ada):
    with pytest.raises(ValidationError, match="by itself"):
        asked_to_change(at_liar, ada, client_id="other", secret="told to nobody else")
    with acting_as(ada.person.pk, today=TODAY):
        assert not Approval.objects.exists()


def test_the_page_leads_to_the_question(at_liar, ada, enter):
    sent = {"name": at_liar.name, "issuer": at_liar.issuer, "client_id": "other", "secret": ""}
    answer = enter(ada).post(reverse("providers:change", args=[at_liar.pk]), sent, follow=True)
    assert "Those who may decide are told by mail" in answer.text
    assert "Change the identity provider" in answer.text


@pytest.mark.django_db(transaction=True)
def test_the_database_takes_no_change_by_one_either(at_liar, ada):
    with pytest.raises(DatabaseError, match="Two people are needed"), acting_as(ada.person.pk, today=TODAY):
        by_hand("update people_identityprovider set unmarked_addresses = true")
    with acting_as(ada.person.pk, today=TODAY):
        by_hand("update people_identityprovider set name = 'Ours'")
