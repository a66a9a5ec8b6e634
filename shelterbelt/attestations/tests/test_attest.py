from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shelterbelt.access.scope import acting_as
from shelterbelt.attestations.actions import attest, attest_for_people, attest_for_schools
from shelterbelt.attestations.models import Attestation, Level
from shelterbelt.attestations.queries import attestation_in_force
from shelterbelt.core.school_year import SchoolYear

TODAY = date(2026, 11, 24)
YEAR = SchoolYear(2026)


def say(by, org, output, answers, *, on=TODAY, **more):
    with acting_as(by.person.pk, today=TODAY):
        return attest(org=org, output=output, year=YEAR, answers=answers, by=by, on=on, **more)


def test_a_principal_reports_for_her_school(town, cora, plan):
    output = plan.output("B-O2")
    made = say(cora, town.linden_creek, output, {"trained_staff": 2}, statement=" Two teachers. ")
    assert (made.level, made.statement, made.answers) == (Level.SELF_ATTESTED, "Two teachers.", {"trained_staff": 2})
    with acting_as(cora.person.pk, today=TODAY):
        assert attestation_in_force(town.linden_creek, output, YEAR, TODAY) == made


def test_a_new_report_replaces_the_old_and_both_keep_their_days(town, cora, plan):
    output, before = plan.output("B-O2"), TODAY - timedelta(days=30)
    old = say(cora, town.linden_creek, output, {"trained_staff": 1}, on=before)
    new = say(cora, town.linden_creek, output, {"trained_staff": 2})
    with acting_as(cora.person.pk, today=TODAY):
        assert attestation_in_force(town.linden_creek, output, YEAR, TODAY) == new
        assert attestation_in_force(town.linden_creek, output, YEAR, TODAY - timedelta(days=1)) == old


def test_a_slip_put_right_on_the_same_day_never_counts(town, cora, plan):
    output = plan.output("B-O2")
    say(cora, town.linden_creek, output, {"trained_staff": 20})
    right = say(cora, town.linden_creek, output, {"trained_staff": 2})
    with acting_as(cora.person.pk, today=TODAY):
        assert Attestation.objects.in_force(TODAY).get() == right


def test_what_follows_from_drills_is_not_attested(town, cora, plan):
    with pytest.raises(PermissionDenied, match="Record the drills; this output follows from them"):
        say(cora, town.linden_creek, plan.output("D-O5"), {})


def test_what_follows_from_a_designation_is_not_attested(town, ben, plan):
    with pytest.raises(PermissionDenied, match="Designate somebody"):
        say(ben, town.cedar_fork, plan.output("J-O1"), {})


def test_an_output_is_reported_by_its_unit(town, cora, plan):
    with pytest.raises(PermissionDenied, match="asked of each district, and Linden Creek Elementary is none"):
        say(cora, town.linden_creek, plan.output("E-O1"), {"procurements": 0})


def test_wrong_answers_come_back_question_by_question(town, cora, plan):
    with pytest.raises(ValidationError) as caught:
        say(cora, town.linden_creek, plan.output("B-O4"), {"team_covers": True, "meetings": -1})
    assert caught.value.message_dict == {
        "roles_filled": ["This question needs an answer."],
        "meetings": ["Write zero or more."],
    }


@pytest.mark.parametrize("who", ["finn", "rita", "ada"])
def test_others_do_not_speak_for_a_school(town, plan, request, who):
    with pytest.raises(PermissionDenied, match="Only the principal"):
        say(request.getfixturevalue(who), town.linden_creek, plan.output("B-O2"), {"trained_staff": 2})


@pytest.mark.parametrize("who", ["ben", "sue"])
def test_the_district_speaks_for_its_school(town, plan, request, who):
    say(request.getfixturevalue(who), town.linden_creek, plan.output("B-O2"), {"trained_staff": 2})


def test_a_principal_does_not_speak_for_the_district(town, cora, plan):
    with pytest.raises(PermissionDenied, match="Only the superintendent"):
        say(cora, town.cedar_fork, plan.output("E-O1"), {"procurements": 0})


def test_the_state_reports_its_own_counts(town, ada, ben, plan):
    answers = {"received": 5, "tests": 0, "spam": 0, "duplicates": 0, "agency_notices": 0}
    say(ada, town.missouri, plan.output("A-O2"), answers)
    with pytest.raises(PermissionDenied, match="state school safety office"):
        say(ben, town.missouri, plan.output("A-O2"), answers)


def test_a_year_that_has_not_begun_cannot_be_reported(town, cora, plan):
    with acting_as(cora.person.pk, today=TODAY), pytest.raises(PermissionDenied, match="2027-28 hasn't begun"):
        attest(
            org=town.linden_creek, output=plan.output("B-O2"), year=SchoolYear(2027),
            answers={"trained_staff": 1}, by=cora, on=TODAY,
        )  # fmt: skip


def test_a_person_who_serves_is_reported_by_name(town, cora, ben, plan):
    with acting_as(ben.person.pk, today=TODAY):
        [made] = attest_for_people(
            org=town.cedar_fork, output=plan.output("I-O3"), year=YEAR, attended={ben.person: True},
            attended_on=TODAY, by=ben, on=TODAY,
        )  # fmt: skip
        assert (made.about, made.answers) == (ben.person, {"attended": True, "attended_on": "2026-11-24"})
    with pytest.raises(PermissionDenied, match="doesn't serve"):
        say(ben, town.cedar_fork, plan.output("I-O3"), {"attended": True}, about=cora.person)
    with pytest.raises(PermissionDenied, match="for each person"):
        say(ben, town.cedar_fork, plan.output("I-O3"), {"attended": True})
    with pytest.raises(PermissionDenied, match="not about people"):
        say(cora, town.linden_creek, plan.output("B-O2"), {"trained_staff": 2}, about=cora.person)


def test_who_took_part_did_so_on_a_day_of_the_school_year(town, ben, plan):
    for day, sentence in ((None, "needs an answer"), (date(2026, 6, 30), "Write a day from July 1, 2026")):
        with acting_as(ben.person.pk, today=TODAY), pytest.raises(ValidationError, match=sentence):
            attest_for_people(
                org=town.cedar_fork, output=plan.output("I-O3"), year=YEAR, attended={ben.person: True},
                attended_on=day, by=ben, on=TODAY,
            )  # fmt: skip


def say_for(by, town, schools, output, answers):
    with acting_as(by.person.pk, today=TODAY):
        return attest_for_schools(
            district=town.cedar_fork, schools=schools, output=output, year=YEAR, answers=answers, by=by, on=TODAY
        )


def test_a_district_reports_for_several_schools_at_once(town, ben, cora, plan):
    say(cora, town.linden_creek, plan.output("J-O3"), {"training_held": False}, on=TODAY - timedelta(days=3))
    made = say_for(ben, town, [town.linden_creek, town.oak_hill], plan.output("J-O3"), {"training_held": True})
    assert {each.org for each in made} == {town.linden_creek, town.oak_hill}
    with acting_as(ben.person.pk, today=TODAY):
        assert Attestation.objects.in_force(TODAY).filter(answers__training_held=True).count() == 2


def test_the_number_of_steps_does_not_grow_with_the_schools(town, ben, plan, django_assert_max_num_queries):
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import factories as a

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        schools = [a.a_school(f"School {number}", district=town.cedar_fork) for number in range(30)]
    with django_assert_max_num_queries(14):
        say_for(ben, town, schools, plan.output("J-O3"), {"training_held": True})


def test_a_district_reports_for_no_school_but_its_own(town, ben, cora, plan):
    with pytest.raises(PermissionDenied, match="Far School is not a school of Cedar Fork"):
        say_for(ben, town, [town.linden_creek, town.far_school], plan.output("J-O3"), {"training_held": True})
    with acting_as(ben.person.pk, today=TODAY):
        assert not Attestation.objects.exists()
    with pytest.raises(PermissionDenied, match="Only the superintendent"):
        say_for(cora, town, [town.linden_creek], plan.output("J-O3"), {"training_held": True})
    with pytest.raises(PermissionDenied, match="not asked of schools"):
        say_for(ben, town, [town.linden_creek], plan.output("E-O1"), {"procurements": 0})
    with pytest.raises(ValidationError, match="at least one school"):
        say_for(ben, town, [], plan.output("J-O3"), {"training_held": True})


def test_a_report_of_another_district_does_not_exist(town, cora, finn, plan):
    say(cora, town.linden_creek, plan.output("B-O2"), {"trained_staff": 2})
    with acting_as(finn.person.pk, today=TODAY):
        assert not Attestation.objects.exists()
