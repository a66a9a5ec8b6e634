"""A plan goes to the sheriff in parts: who may share it, who sees what, and when that ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.approvals.actions import agree
from shelterbelt.approvals.models import Approval
from shelterbelt.core import clock
from shelterbelt.delivery.models import Message
from shelterbelt.demo import factories as a
from shelterbelt.orgs.models import Jurisdiction
from shelterbelt.plans import actions
from shelterbelt.plans.actions.sharing import acknowledge, note_opening, revoke_share, share_plan
from shelterbelt.plans.actions.telling_agencies import tell_agency, untold
from shelterbelt.plans.models import Opening, Plan, Receipt, SeenPart, SeenPlan, Share, Version
from shelterbelt.plans.policy.sharing import may_share_with
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.queries.sharing import holders, not_yet_shared
from shelterbelt.plans.tests.conftest import NOW, TODAY

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def plan(adopted) -> Plan:
    """Linden's plan, in force."""
    plan: Plan = adopted("linden").plan
    return plan


@pytest.fixture
def give(acting, plan):
    """`give(agency)` shares the lockdown annex, by the principal."""

    def share(agency, *, parts=("lockdown",), who="ben", until_on=None):
        with acting(who) as by:
            return share_plan(
                plan=plan, agency=agency, parts=list(parts), purpose="To train.", until_on=until_on, by=by, at=NOW
            )

    return share


def seen_by(town, name, on=TODAY) -> list[tuple[str, str]]:
    """Whose parts somebody reads on a day."""
    with acting_as(town.people[name].pk, today=on):
        return [(part.share.org.name, part.key) for part in SeenPart.objects.select_related("share__org")]


def test_the_sheriffs_deputy_reads_exactly_what_was_shared(town, give):
    give(town.sheriff)
    assert seen_by(town, "ruth") == [("Linden Creek Elementary", "lockdown")]
    with acting_as(town.people["ruth"].pk, today=TODAY):
        assert "How lockdown works here" in SeenPart.objects.get().html
        assert SeenPlan.objects.get().parts == ["lockdown"]


def test_nobody_else_reads_it_as_an_agency(town, give):
    give(town.sheriff)
    for name in ("pete", "otto", "bea", "greta", "tom"):
        assert seen_by(town, name) == [], name


def test_an_agency_reads_no_version_and_no_section_past_the_parts(town, give):
    give(town.sheriff)
    with acting_as(town.people["ruth"].pk, today=TODAY), connection.cursor() as cursor:
        for table in ("plans_version", "plans_section", "plans_plan", "plans_sectionrevision", "plans_plancontact"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute("select count(*) from plans_seen_part where key = 'evacuate'")
        assert cursor.fetchone() == (0,)


def test_the_line_of_the_public_may_not_even_ask(town, give, as_owner):
    give(town.sheriff)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set local role shelterbelt_public")
        for table in ("plans_seen", "plans_seen_part", "plans_share", "plans_version", "plans_receipt"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                cursor.execute(f"select * from {table}")
        cursor.execute("set local role none")


def test_without_a_scope_there_is_nothing(town, give):
    give(town.sheriff)
    assert (SeenPart.objects.count(), SeenPlan.objects.count(), Share.objects.count()) == (0, 0, 0)


def test_the_day_a_jurisdiction_ends_everything_is_gone(town, give):
    give(town.sheriff)
    with acting_as_system("install", today=TODAY, reason="test"):
        Jurisdiction.objects.filter(agency=town.sheriff).update(until_on=TOMORROW)
    assert seen_by(town, "ruth") != []
    assert seen_by(town, "ruth", TOMORROW) == []
    with acting_as(town.people["ruth"].pk, today=TOMORROW):
        assert not Share.objects.exists()
        assert not SeenPlan.objects.exists()


def test_an_agency_whose_jurisdiction_ended_yesterday_is_refused_with_a_sentence(town, give, acting, plan):
    with acting_as_system("install", today=TODAY, reason="test"):
        Jurisdiction.objects.filter(agency=town.sheriff).update(until_on=TODAY)
    with pytest.raises(PermissionDenied, match="has not served Linden Creek Elementary since October 15, 2026"):
        give(town.sheriff)
    with acting("ben") as ben:
        assert "correct the directory" in str(may_share_with(ben, plan, town.sheriff))
    assert not Approval.objects.exists()


def test_a_school_that_left_the_district_is_no_longer_seen(town, give):
    give(town.sheriff)
    with acting_as_system("install", today=TODAY, reason="test"):
        town.linden.memberships.filter(axis="district").update(until_on=TOMORROW)
    assert seen_by(town, "ruth", TOMORROW) == []


def test_what_was_taken_back_is_gone_at_once(town, give, acting):
    share = give(town.sheriff)
    with acting("ben") as ben:
        with pytest.raises(ValidationError, match="Say why"):
            revoke_share(share=share, because=" ", by=ben, at=NOW)
        revoke_share(share=share, because="The officer left.", by=ben, at=NOW)
    assert seen_by(town, "ruth") == []


def test_a_share_until_a_day_holds_up_to_it(town, give):
    give(town.sheriff, until_on=TOMORROW)
    assert seen_by(town, "ruth") != []
    assert seen_by(town, "ruth", TOMORROW) == []


def test_other_parts_take_the_place_of_those_before(town, give):
    first = give(town.sheriff)
    give(town.sheriff, parts=("evacuate",))
    assert seen_by(town, "ruth") == [("Linden Creek Elementary", "evacuate")]
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Share.objects.get(pk=first.pk).revoked_because


def test_a_part_that_is_not_in_force_can_not_be_shared(town, give):
    with pytest.raises(ValidationError, match="not in the version in force"):
        give(town.sheriff, parts=("lockdown", "nonsense"))
    with pytest.raises(ValidationError, match="at least one part"):
        give(town.sheriff, parts=())


def test_outside_of_those_who_serve_a_second_person_agrees(town, give, acting, monkeypatch):
    monkeypatch.setattr(clock, "now", timezone.now)  # the database closes approvals by its own clock
    asked = give(town.far_police)
    assert isinstance(asked, Approval)
    assert seen_by(town, "pete") == []
    with acting("sue") as sue:
        done = agree(approval=Approval.objects.get(), by=sue, at=timezone.now())
        assert done.decision == "agreed", done.outcome
        assert Share.objects.get().is_outside
    assert seen_by(town, "pete") == [("Linden Creek Elementary", "lockdown")]


def test_the_one_who_asked_is_not_the_second_person(town, give, acting):
    give(town.far_police)
    with acting("ben") as ben, pytest.raises(PermissionDenied, match="second person"):
        agree(approval=Approval.objects.get(), by=ben, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_database_takes_no_share_outside_on_one_word(town, acting, plan):
    with pytest.raises(ProgrammingError, match="Two people are needed"), acting("ben") as ben:
        Share.objects.create(
            plan=plan, org=town.linden, agency=town.far_police, parts=["lockdown"], purpose="x", from_on=TODAY,
            is_outside=True, shared_by=ben.person, shared_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("name", ["tom", "otto", "cora", "greta", "ruth", "bea"])
def test_only_who_keeps_the_plan_shares_it(town, give, name):
    with pytest.raises(PermissionDenied):
        give(town.sheriff, who=name)


def test_a_receipt_is_given_per_version_and_a_new_version_asks_again(town, give, acting, plan, write):
    give(town.sheriff)
    with acting("ruth") as ruth:
        first = acknowledge(seen=SeenPlan.objects.get(), by=ruth, at=NOW)
        assert acknowledge(seen=SeenPlan.objects.get(), by=ruth, at=NOW) == first
    with acting("ben"):
        assert [each.state for each in holders(plan, TODAY)] == ["acknowledged"]
    with acting("ben") as ben:
        draft = draft_of(plan)
    write(plan, "lockdown", "<p>Lock every door.</p>")
    with acting("sue") as sue:
        version = actions.send_to_review(version=draft, by=sue, at=NOW)
        actions.adopt(version=version, adopted_on=TODAY, meeting="Special meeting", by=sue, at=NOW)
    with acting("ben") as ben:
        assert [each.state for each in holders(plan, TODAY)] == ["waiting"]
        assert ben.person
    with acting("ruth"):
        assert SeenPlan.objects.get().number == 2
        assert "Lock every door" in SeenPart.objects.get().html
        assert Receipt.objects.count() == 1


def test_an_agency_can_not_acknowledge_what_it_does_not_hold(town, give, acting):
    share = give(town.sheriff)
    version = share.plan.versions
    with acting_as_system("install", today=TODAY, reason="test"):
        number = version.in_force().get().pk
    for name in ("pete", "ben"):
        told = {"share": share, "version_id": number, "org": town.linden, "agency": town.sheriff}
        with acting(name) as by, pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Receipt.objects.create(**told, acknowledged_by=by.person, acknowledged_at=NOW)
        with acting("ruth"), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Receipt.objects.create(**told, acknowledged_by=town.people[name], acknowledged_at=NOW)


def test_every_opening_is_seen_by_the_school_and_not_by_the_school_beside(town, give, acting):
    give(town.sheriff)
    with acting("ruth") as ruth:
        note_opening(seen=SeenPlan.objects.get(), how="read", by=ruth, at=NOW)
    with acting("ben"):
        assert [(each.name, each.how) for each in Opening.objects.all()] == [("ruth", "read")]
    for name in ("bea", "otto", "pete"):
        with acting(name):
            assert not Opening.objects.exists(), name


def test_who_serves_and_holds_nothing_is_listed(town, give, acting, plan):
    give(town.sheriff)
    with acting("ben"):
        assert [agency.name for agencies in not_yet_shared(plan, TODAY).values() for agency in agencies] == [
            "Cedar Fork Fire"
        ]


def test_the_agency_is_told_once_per_version_without_a_word_of_the_plan(town, give):
    share = give(town.sheriff)
    with acting_as_system("delivery", today=TODAY, reason="test"):
        assert untold() == [str(share.pk)]
        assert tell_agency(share_id=str(share.pk), at=NOW)
        assert not tell_agency(share_id=str(share.pk), at=NOW)
        assert untold() == []
        message = Message.objects.get(purpose="plans.shared")
        assert [each.name for each in message.recipients.all()] == ["ruth"]
        assert "lockdown" not in str(message.words).lower()
        assert "version 1" in message.words["en"]["text"]


def test_a_statewide_agency_serves_every_school(town, give):
    with acting_as_system("install", today=TODAY, reason="test"):
        patrol = a.an_agency("law_enforcement", "State Patrol", serves=town.state)
        town.people["quinn"] = a.a_person("quinn", office="responder", at=patrol)
    assert not isinstance(give(patrol), Approval)
    assert seen_by(town, "quinn") == [("Linden Creek Elementary", "lockdown")]


def test_a_draft_and_a_superseded_version_are_not_read(town, give, acting):
    share = give(town.sheriff)
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Version.objects.filter(plan=share.plan).count() == 2
    with acting("ruth"):
        assert [each.number for each in SeenPlan.objects.all()] == [1]
