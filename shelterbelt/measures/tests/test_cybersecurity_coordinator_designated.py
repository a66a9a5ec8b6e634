"""J-O1: a district has a cybersecurity coordinator."""

from datetime import date

from shelterbelt.demo import factories
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, designate
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_a_district_that_lost_its_coordinator_does_not_meet_it_and_one_that_never_said_did_not_report(
    state: Org, district: Org
) -> None:
    silent = factories.a_district("Ash Grove R-IV")
    designate(district, "cybersecurity_coordinator", from_on=date(2025, 1, 1), until_on=date(2026, 9, 1))

    assert answer_of(state, "J-O1", district.pk, as_of=date(2026, 8, 31)) == Answer.MET
    assert answer_of(state, "J-O1", district.pk) == Answer.NOT_MET
    assert answer_of(state, "J-O1", silent.pk) == Answer.NOT_REPORTED


def test_counted_in_schools_each_school_has_its_districts_answer(state: Org, district: Org, school: Org) -> None:
    factories.a_school("Second School", district=district)
    factories.a_school("Other School", district=factories.a_district("Ash Grove R-IV"))
    designate(district, "cybersecurity_coordinator")

    figure = Measured(state, TODAY).in_schools(current().output("J-O1"), YEAR).total

    assert (figure.met, figure.not_reported) == (2, 1)
