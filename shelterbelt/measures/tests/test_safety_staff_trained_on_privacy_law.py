"""I-O3: of the people who serve schools as coordinators and officers, those who attended; each counts once."""

from datetime import date

from shelterbelt.demo import factories
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment
from shelterbelt.strategy import current


def test_an_officer_at_two_schools_counts_once_in_the_state_and_once_in_each_district(
    state: Org, district: Org, school: Org
) -> None:
    ash_grove = factories.a_district("Ash Grove R-IV")
    far = factories.a_school("Far School", district=ash_grove)
    eli = factories.a_person("Eli Moss", office="school_resource_officer", at=school)
    Appointment.objects.create(person=eli, org=far, office="school_resource_officer", from_on=date(2026, 8, 1))
    factories.a_person("Ben Ito", office="district_coordinator", at=district)
    factories.a_person("Cora Lind", office="principal", at=school)
    attest(school, "I-O3", about=eli, attended=True, attended_on="2026-10-05")

    output, measured = current().output("I-O3"), Measured(state, TODAY)
    by_district = measured.figures(output, YEAR, "district")

    assert (measured.figure(output, YEAR).met, measured.figure(output, YEAR).concerned) == (1, 2)
    assert (by_district[district.pk].met, by_district[district.pk].concerned) == (1, 2)
    assert (by_district[ash_grove.pk].met, by_district[ash_grove.pk].concerned) == (1, 1)


def test_somebody_who_left_is_no_longer_counted(state: Org, school: Org) -> None:
    factories.a_person("Eli Moss", office="school_coordinator", at=school, until_on=date(2026, 12, 1))

    assert Measured(state, TODAY).figure(current().output("I-O3"), YEAR).units == 0
    autumn = Measured(state, TODAY, as_of=date(2026, 11, 30))
    assert autumn.figure(current().output("I-O3"), YEAR).units == 1


def test_a_training_of_last_year_does_not_count(state: Org, school: Org) -> None:
    eli = factories.a_person("Eli Moss", office="school_resource_officer", at=school)
    attest(school, "I-O3", about=eli, attended=True, attended_on="2026-06-30")

    assert Measured(state, TODAY).figure(current().output("I-O3"), YEAR).met == 0


def test_who_protects_a_school_is_not_counted_where_a_count_points_at_a_person(
    state: Org, district: Org, school: Org
) -> None:
    factories.a_person("Eli Moss", office="school_protection_officer", at=school)
    output, measured = current().output("I-O3"), Measured(state, TODAY)

    assert measured.figure(output, YEAR).units == 1
    assert measured.figures(output, YEAR, "district")[district.pk].units == 0
    assert Measured(state, TODAY, closed=False).figure(output, YEAR).units == 0


def test_the_second_line_counts_people_not_places(state: Org, district: Org, school: Org) -> None:
    eli = factories.a_person("Eli Moss", office="school_resource_officer", at=school)
    second = factories.a_school("Second School", district=district)
    Appointment.objects.create(person=eli, org=second, office="school_resource_officer", from_on=date(2026, 8, 1))
    attest(school, "I-O3", about=eli, attended=True, attended_on="2026-10-05")
    output, measured = current().output("I-O3"), Measured(state, TODAY)

    [everywhere] = second_lines(measured, output, YEAR)
    [here] = second_lines(measured, output, YEAR, district)
    assert dict(everywhere.parts)["school_resource_officer"] == 1
    assert dict(here.parts)["school_resource_officer"] == 1
