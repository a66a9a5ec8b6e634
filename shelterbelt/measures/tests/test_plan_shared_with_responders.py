"""D-O4: received, not only sent."""

from datetime import UTC, date, datetime

import pytest

from shelterbelt.demo import factories
from shelterbelt.measures.definitions.plan_shared_with_responders import evidence
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, Judge, answer_of, attest
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Plan, Receipt, Share, Version
from shelterbelt.strategy import current

CASES = [
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.MET,
        "police and fire",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "shared",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "fire did not acknowledge",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "shared",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "police did not",
    ),
    (
        {
            "plan_in_force": True,
            "law_enforcement": "acknowledged",
            "fire": "not_shared",
            "emergency_medical": "acknowledged",
            "emergency_management": "not_shared",
        },
        Answer.MET,
        "police and EMS",
    ),
    (
        {
            "plan_in_force": False,
            "law_enforcement": "acknowledged",
            "fire": "acknowledged",
            "emergency_medical": "not_shared",
            "emergency_management": "not_shared",
        },
        Answer.NOT_MET,
        "no plan in force",
    ),
]


@pytest.mark.parametrize(("answers", "expected", "because"), CASES)
def test_police_and_another_responder_must_have_acknowledged(
    judge: Judge, answers: dict[str, object], expected: Answer, because: str
) -> None:
    assert judge("D-O4", **answers) == expected, because


def adopt(school: Org, *, number: int = 1, from_on: date = date(2026, 8, 1), until_on: date | None = None) -> Version:
    """A version of a school's plan, in force from a day on."""
    plan, _new = Plan.objects.get_or_create(org=school, defaults={"begun_at": NOON})
    version: Version = Version.objects.create(
        plan=plan, org=school, number=number, state="superseded" if until_on else "in_force", begun_on=from_on,
        content=[], sha256="0" * 64, frozen_at=NOON, adopted_on=from_on, from_on=from_on, until_on=until_on,
    )  # fmt: skip
    return version


def acknowledge(version: Version, service: str, *, at: datetime, revoked_at: datetime | None = None) -> None:
    """That an agency of a service has it."""
    agency = factories.an_agency(service, f"{service} {version.pk}", serves=version.org)
    share = Share.objects.create(
        plan=version.plan, org=version.org, agency=agency, parts=["lockdown"], purpose="x", from_on=date(2026, 8, 1),
        shared_at=NOON, revoked_at=revoked_at, revoked_because="Over." if revoked_at else "",
    )  # fmt: skip
    Receipt.objects.create(
        share=share, version=version, org=version.org, agency=agency, name="Ruth", acknowledged_at=at
    )


NOON = datetime(2026, 9, 1, 18, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 18, tzinfo=UTC)
"""The day after the figures are asked for."""
HAND_JUDGED: list[tuple[list[tuple[str, datetime]], Answer, str]] = [
    ([("law_enforcement", NOON), ("fire", NOON)], Answer.MET, "police and fire"),
    ([("law_enforcement", NOON), ("ems", NOON)], Answer.MET, "police and ambulance"),
    ([("law_enforcement", NOON), ("emergency_management", NOON)], Answer.MET, "police and emergency management"),
    ([("law_enforcement", NOON)], Answer.NOT_MET, "police alone"),
    ([("fire", NOON), ("ems", NOON)], Answer.NOT_MET, "no police"),
    ([("law_enforcement", NOON), ("dispatch", NOON)], Answer.NOT_MET, "dispatch is no first responder here"),
    ([("law_enforcement", NOON), ("fire", LATER)], Answer.NOT_MET, "fire not yet on March 1"),
    ([], Answer.NOT_MET, "in force, and nobody has it"),
]


@pytest.mark.parametrize(("receipts", "expected", "because"), HAND_JUDGED)
def test_a_school_with_a_version_in_force_is_judged_by_its_receipts(
    state: Org, school: Org, receipts: list[tuple[str, datetime]], expected: Answer, because: str
) -> None:
    version = adopt(school)
    for service, at in receipts:
        acknowledge(version, service, at=at)
    assert answer_of(state, "D-O4", school.pk) == expected, because


def test_a_new_version_asks_again(state: Org, school: Org) -> None:
    first = adopt(school, until_on=date(2026, 11, 1))
    for service in ("law_enforcement", "fire"):
        acknowledge(first, service, at=NOON)
    adopt(school, number=2, from_on=date(2026, 11, 1))
    assert answer_of(state, "D-O4", school.pk) == Answer.NOT_MET


def test_what_was_taken_back_no_longer_counts(state: Org, school: Org) -> None:
    version = adopt(school)
    acknowledge(version, "law_enforcement", at=NOON)
    acknowledge(version, "fire", at=NOON, revoked_at=NOON)
    assert answer_of(state, "D-O4", school.pk) == Answer.NOT_MET


def test_a_record_outweighs_what_was_attested_and_a_mere_draft_does_not(state: Org, school: Org) -> None:
    attest(school, "D-O4", **CASES[0][0])
    Plan.objects.create(org=school, begun_at=NOON)
    assert answer_of(state, "D-O4", school.pk) == Answer.MET
    adopt(school)
    assert answer_of(state, "D-O4", school.pk) == Answer.NOT_MET


def test_the_trio_of_the_statute_is_a_line_of_its_own(state: Org, school: Org, district: Org) -> None:
    version, other = adopt(school), adopt(factories.a_school("Oak", district=district))
    for service in ("law_enforcement", "fire", "emergency_management"):
        acknowledge(version, service, at=NOON)
    for service in ("law_enforcement", "fire", "ems"):
        acknowledge(other, service, at=NOON)
    [line] = second_lines(Measured(state, TODAY), current().output("D-O4"), YEAR)
    assert line.figure is not None
    assert line.figure.met == 1


def test_the_page_that_says_why_names_who_has_it(state: Org, school: Org) -> None:
    version = adopt(school)
    acknowledge(version, "dispatch", at=NOON)
    acknowledge(version, "law_enforcement", at=NOON)
    asked = Measured(state, TODAY).asked(current().output("D-O4"), YEAR)
    assert [row.counts for row in evidence(asked, school.pk)] == [False, True]
