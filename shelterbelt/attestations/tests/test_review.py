from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.actions import attest, attest_for_people, review
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.tests.conftest import making
from shelterbelt.core.school_year import SchoolYear

TODAY = date(2026, 11, 24)


@pytest.fixture
def report(town, cora, plan):
    with acting_as(cora.person.pk, today=TODAY):
        return attest(
            org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2026),
            answers={"trained_staff": 2}, by=cora, on=TODAY,
        )  # fmt: skip


def look_at(report, by, level):
    with acting_as(by.person.pk, today=TODAY):
        return review(attestation=report, level=level, by=by, on=TODAY)


def test_the_district_reviews_and_the_state_verifies(report, ben, ada):
    look_at(report, ben, Level.REVIEWED)
    look_at(report, ada, Level.STATE_VERIFIED)
    with acting_as(ada.person.pk, today=TODAY):
        assert Attestation.objects.with_level(TODAY).get().level_on == Level.STATE_VERIFIED
        assert Attestation.objects.get().level == Level.SELF_ATTESTED


def test_nobody_reviews_what_they_made(town, ben, plan):
    with acting_as(ben.person.pk, today=TODAY):
        own = attest(
            org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2026),
            answers={"trained_staff": 2}, by=ben, on=TODAY,
        )  # fmt: skip
    with pytest.raises(PermissionDenied, match="Somebody else"):
        look_at(own, ben, Level.REVIEWED)


@pytest.mark.parametrize(
    ("who", "level", "sentence"),
    [
        ("ben", Level.STATE_VERIFIED, "Only the state"),
        ("rita", Level.REVIEWED, "Only the superintendent"),
        ("ada", Level.REVIEWED, "Only the superintendent"),
        ("ada", Level.DOCUMENTED, "reviewed or verified"),
    ],
)
def test_each_level_has_its_reviewer(report, request, who, level, sentence):
    with pytest.raises(PermissionDenied, match=sentence):
        look_at(report, request.getfixturevalue(who), level)


def test_a_verified_report_is_not_taken_back_to_reviewed(report, ada, ben):
    look_at(report, ada, Level.STATE_VERIFIED)
    with pytest.raises(PermissionDenied, match="already verified by the state"):
        look_at(report, ben, Level.REVIEWED)


def test_a_replaced_report_is_not_reviewed(report, town, cora, ben, plan):
    with acting_as(cora.person.pk, today=TODAY):
        attest(
            org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2026),
            answers={"trained_staff": 3}, by=cora, on=TODAY,
        )  # fmt: skip
    with pytest.raises(PermissionDenied, match="replaced"):
        look_at(report, ben, Level.REVIEWED)


def test_a_district_s_report_of_its_officers_stays_with_the_district(town, ben, sue, ada, rita, plan, enter):
    with acting_as(ben.person.pk, today=TODAY):
        made = attest(
            org=town.cedar_fork, output=plan.output("G-O1"), year=SchoolYear(2026),
            answers={"campuses": 2, "campuses_with_officer": 1}, by=ben, on=TODAY,
        )  # fmt: skip
    page = reverse("attestations:review", args=[made.pk])
    for outside in (ada, rita):
        answer = enter(outside).get(page)
        assert answer.status_code == 403
        assert "stay with the district" in answer.content.decode()
        assert enter(outside).post(page).status_code == 403
    assert enter(sue).get(page).status_code == 200


def test_a_report_about_a_protection_officer_is_seen_in_the_district_only(town, ben, ada, rita, cora, plan):
    with making() as a:
        otto = a.a_person("Otto Quill", office="school_protection_officer", at=town.linden_creek)
        cole = a.a_person("Cole Marsh", office="school_coordinator", at=town.linden_creek)
    with acting_as(cora.person.pk, today=TODAY):
        attest_for_people(
            org=town.linden_creek, output=plan.output("I-O3"), year=SchoolYear(2026),
            attended={otto: True, cole: True}, attended_on=TODAY, by=cora, on=TODAY,
        )  # fmt: skip
    seen = {}
    for who in (cora, ben, ada, rita):
        with acting_as(who.person.pk, today=TODAY):
            seen[who.person.name] = set(Attestation.objects.values_list("about", flat=True))
    both = {otto.pk, cole.pk}
    assert seen == {"Cora Lindt": both, "Ben Hollis": both, "Ada Moss": {cole.pk}, "Rita Voss": {cole.pk}}
    with acting_as_system("measures", today=TODAY, reason="test"):
        assert Attestation.objects.count() == 2
