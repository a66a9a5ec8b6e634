from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from shelterbelt.access.scope import acting_as
from shelterbelt.attestations.actions import attest, review
from shelterbelt.attestations.models import Attestation, Level
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
