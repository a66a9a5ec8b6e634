"""Why a number is what it is: the answer, the records behind it, what is missing, and what to do."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report
from shelterbelt.home.tests.drills import hold
from shelterbelt.measures.rules import Answer
from shelterbelt.plans.models import Plan, Receipt, Share, Version


def page(org: object, output: str, query: str = "") -> str:
    return reverse("home:why", args=[org.pk, output]) + query  # type: ignore[attr-defined]


@pytest.fixture
def cora(signed_in: SignedIn) -> Client:
    return signed_in("cora")


def test_every_drill_of_the_year_is_listed_with_whether_it_counts(small: Small, cora: Client) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))
    hold(small.linden_creek, on=date(2026, 10, 10), plan_part="")
    hold(small.linden_creek, on=date(2025, 10, 10))

    reason = cora.get(page(small.linden_creek, "D-O5")).context["reason"]

    assert [(record.evidence.on, record.evidence.counts) for record in reason.records] == [
        (date(2026, 9, 10), True),
        (date(2026, 10, 10), False),
    ]
    assert reason.answer == Answer.NOT_MET
    assert reason.missing == ("1 of the 2 records it takes count so far.",)


def test_the_button_records_the_next_drill(small: Small, cora: Client) -> None:
    doing = cora.get(page(small.linden_creek, "F-O5")).context["reason"].doing

    assert doing.address == reverse("drills:record", args=[small.linden_creek.pk])


def test_what_stands_in_the_way_is_named_by_its_question(small: Small, cora: Client) -> None:
    report(small.linden_creek, "B-O2", trained_staff=0)

    reason = cora.get(page(small.linden_creek, "B-O2")).context["reason"]

    assert reason.answer == Answer.NOT_MET
    assert len(reason.missing) == 1
    assert reason.missing[0].startswith("Answered with none: How many people now on your staff")


def test_without_a_report_the_page_says_what_one_would_say(small: Small, cora: Client) -> None:
    reason = cora.get(page(small.linden_creek, "B-O2")).context["reason"]

    assert reason.answer == Answer.NOT_REPORTED
    assert reason.questions
    assert reason.doing.address == reverse("attestations:attest", args=[small.linden_creek.pk, "B-O2", "2026-27"])


def test_a_past_day_has_its_own_records(small: Small, cora: Client) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))
    hold(small.linden_creek, on=date(2026, 10, 10))

    then = cora.get(page(small.linden_creek, "F-O5", "?as_of=2026-09-30")).context["reason"]

    assert (then.answer, len(then.records)) == (Answer.NOT_MET, 1)


def test_who_holds_the_plan_is_told_and_led_to_only_for_those_who_keep_it(small: Small, signed_in: SignedIn) -> None:
    school, noon = small.linden_creek, datetime(2026, 9, 1, 18, tzinfo=UTC)
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        plan = Plan.objects.create(org=school, begun_at=noon)
        version = Version.objects.create(
            plan=plan, org=school, number=1, state="in_force", begun_on=noon.date(), content=[], sha256="0" * 64,
            frozen_at=noon, adopted_on=noon.date(), from_on=noon.date(),
        )  # fmt: skip
        police = factories.an_agency("law_enforcement", "Cedar Fork Police", serves=school)
        share = Share.objects.create(
            plan=plan, org=school, agency=police, parts=["lockdown"], purpose="x", from_on=noon.date(), shared_at=noon
        )
        Receipt.objects.create(
            share=share, version=version, org=school, agency=police, name="Ruth", acknowledged_at=noon
        )
        officer = factories.a_person("Rosa", office="school_resource_officer", at=school)
    rosa = Client()
    rosa.force_login(officer)

    [for_cora] = signed_in("cora").get(page(school, "D-O4")).context["reason"].records
    [for_rosa] = rosa.get(page(school, "D-O4")).context["reason"].records

    assert for_cora.address == reverse("plans:shares", args=[school.pk])
    assert (for_rosa.evidence.what, for_rosa.address) == ("Cedar Fork Police", None)


def test_the_district_reviews_what_a_school_reported(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    for_ben = signed_in("ben").get(page(small.linden_creek, "B-O2")).context["reason"].records[0]
    for_cora = signed_in("cora").get(page(small.linden_creek, "B-O2")).context["reason"].records[0]

    assert for_ben.review.verb == "Review this report"
    assert for_cora.review is None


def test_a_school_sees_its_districts_answer_without_the_districts_records(small: Small, cora: Client) -> None:
    report(small.cedar_fork, "G-O2", has_officer=False)

    answer = cora.get(page(small.linden_creek, "G-O2"))

    assert answer.context["whose"] == "district"
    assert answer.context["reason"].records == ()
    assert answer.context["district_address"] == ""


def test_people_are_counted_and_not_named(small: Small, cora: Client) -> None:
    html = cora.get(page(small.linden_creek, "I-O3")).content.decode()

    assert "Nobody serves this school as coordinator or officer" in html


def test_a_protection_officer_is_counted_for_the_own_district_only(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.a_person("Eli Moss", office="school_protection_officer", at=small.linden_creek)

    def counted(who: str) -> int:
        figure = signed_in(who).get(page(small.linden_creek, "I-O3")).context["reason"].figure
        return int(figure.units)

    assert [counted("cora"), counted("ben")] == [1, 1]
    assert [counted("ada"), counted("rhea")] == [0, 0]


def test_what_is_counted_for_the_state_says_so(small: Small, cora: Client) -> None:
    assert "counted once for the whole state" in cora.get(page(small.linden_creek, "F-O1")).content.decode()


def test_the_state_sees_its_own_number_and_the_report_behind_it(small: Small, signed_in: SignedIn) -> None:
    report(small.state, "H-O1", joint_applications=3)

    answer = signed_in("ada").get(page(small.state, "H-O1"))

    assert answer.status_code == 200
    assert len(answer.context["reason"].records) == 1


def test_a_district_asked_about_an_output_of_schools_is_led_to_its_figure(small: Small, signed_in: SignedIn) -> None:
    answer = signed_in("ben").get(page(small.cedar_fork, "F-O5"))

    assert answer.url == reverse("home:output", args=["F-O5"]) + f"?year=2026-27&within={small.cedar_fork.pk}"


def test_the_rules_the_same_records_answer_are_named(small: Small, cora: Client) -> None:
    assert "RSMo 170.315" in cora.get(page(small.linden_creek, "D-O5")).content.decode()


def test_an_output_the_plan_does_not_have_is_not_found(small: Small, cora: Client) -> None:
    assert cora.get(page(small.linden_creek, "Z-O9")).status_code == 404


@pytest.mark.parametrize("name", ["cora", "ben"])
def test_another_school_is_refused_with_a_sentence(small: Small, signed_in: SignedIn, name: str) -> None:
    answer = signed_in(name).get(page(small.far_school, "F-O5"))

    assert answer.status_code == 403
    assert "This page is for the people of this organization" in answer.content.decode()


def test_an_officer_on_every_campus_is_for_the_district_itself(small: Small, signed_in: SignedIn) -> None:
    assert signed_in("ben").get(page(small.cedar_fork, "G-O1")).status_code == 200
    assert signed_in("ada").get(page(small.cedar_fork, "G-O1")).status_code == 403
