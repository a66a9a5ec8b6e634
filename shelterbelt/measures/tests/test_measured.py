"""Live figures: a record counts in the next look; what stands still isn't computed again."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from shelterbelt.attestations.models import Attestation
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import factories
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import TODAY, YEAR, answer_of, attest, hold
from shelterbelt.orgs.models import Membership, Org
from shelterbelt.strategy import current


def test_a_record_counts_in_the_next_look(state: Org, school: Org) -> None:
    output = current().output("F-O5")
    hold(school)
    assert Measured(state, TODAY).figure(output, YEAR).met == 0

    hold(school, on=date(2026, 12, 1))
    assert Measured(state, TODAY).figure(output, YEAR).met == 1


def test_a_second_look_without_news_reads_only_the_change_notes(
    state: Org, school: Org, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for output in current().outputs:
        if output.kind != "count":
            Measured(state, TODAY).figure(output, YEAR)

    measured = Measured(state, TODAY)
    with django_assert_max_num_queries(1) as queries:
        measured.prepare([YEAR])
    assert "core_change" in queries.captured_queries[0]["sql"]
    facts = {output.id: measured.facts(output, YEAR) for output in current().outputs if output.kind != "count"}
    again = Measured(state, TODAY)
    assert all(again.facts(current().output(key), YEAR) is found for key, found in facts.items())


def test_a_change_to_one_output_leaves_the_others_kept(state: Org, school: Org) -> None:
    measured = Measured(state, TODAY)
    before = {key: measured.facts(current().output(key), YEAR) for key in ("B-O2", "B-O3")}

    attest(school, "B-O2", trained_staff=1)

    after = {key: Measured(state, TODAY).facts(current().output(key), YEAR) for key in ("B-O2", "B-O3")}
    assert after["B-O3"] is before["B-O3"]
    assert after["B-O2"] is not before["B-O2"]


def test_an_undone_change_is_not_remembered(state: Org, school: Org) -> None:
    from django.db import transaction

    with transaction.atomic():
        attest(school, "B-O2", trained_staff=1)
        assert answer_of(state, "B-O2", school.pk) == Answer.MET
        transaction.set_rollback(True)

    attest(school, "B-O2", trained_staff=0)
    assert answer_of(state, "B-O2", school.pk) == Answer.NOT_MET


def test_a_school_that_moved_counts_for_the_district_of_the_day_asked(state: Org, district: Org, school: Org) -> None:
    new = factories.a_district("Ash Grove R-IV")
    Membership.objects.filter(member=school, axis="district").update(until_on=date(2027, 1, 1))
    Membership.objects.create(member=school, group=new, axis="district", from_on=date(2027, 1, 1))
    output = current().output("B-O2")

    autumn = Measured(state, TODAY, as_of=date(2026, 12, 31)).figures(output, YEAR, "district")
    winter = Measured(state, TODAY, as_of=date(2027, 1, 1)).figures(output, YEAR, "district")

    assert (autumn[district.pk].units, new.pk in autumn and autumn[new.pk].units) == (1, 0)
    assert winter[new.pk].units == 1


def test_a_closed_school_leaves_the_denominator_and_stays_in_the_past(state: Org, district: Org, school: Org) -> None:
    factories.a_school("Old School", district=district, closed_on=date(2026, 8, 1))
    output = current().output("B-O2")

    assert Measured(state, TODAY).figure(output, YEAR).units == 1
    assert Measured(state, TODAY).figure(output, SchoolYear(2025)).units == 2


def test_a_replaced_attestation_counts_until_the_day_it_was_replaced(state: Org, school: Org) -> None:
    old = attest(school, "B-O2", trained_staff=1)
    old.replaced_on = date(2026, 12, 1)
    old.save()
    attest(school, "B-O2", on=date(2026, 12, 1), trained_staff=0)

    assert answer_of(state, "B-O2", school.pk, as_of=date(2026, 11, 30)) == Answer.MET
    assert answer_of(state, "B-O2", school.pk) == Answer.NOT_MET


def test_a_review_raises_the_level_from_its_day_on(state: Org, school: Org) -> None:
    made = attest(school, "B-O2", trained_staff=1)
    made.reviewed_on, made.reviewed_level = date(2026, 11, 1), 3
    made.save()
    output = current().output("B-O2")

    assert Measured(state, TODAY, as_of=date(2026, 10, 31)).figure(output, YEAR).verified == 0
    assert Measured(state, TODAY).figure(output, YEAR).verified == 1


@pytest.mark.parametrize(
    "output", [each for each in current().outputs if each.kind == "percentage"], ids=lambda o: o.id
)
def test_every_percentage_starts_with_nobody_reported(state: Org, school: Org, output: object) -> None:
    figure = Measured(state, TODAY).figure(output, YEAR)  # type: ignore[arg-type]

    assert (figure.met, figure.not_met, figure.not_applicable) == (0, 0, 0)


def test_what_is_written_up_after_the_year_counts_for_it_once_it_is_known(state: Org, school: Org) -> None:
    last_year = SchoolYear(2025)
    for day in (date(2026, 5, 4), date(2026, 6, 12)):
        drill = hold(school, on=day)
        drill.completed_on = date(2026, 7, 2)
        drill.save()
    attest(school, "B-O2", on=date(2026, 7, 20), trained_staff=1)
    Attestation.objects.filter(org=school).update(year=last_year.starts)

    def known(day: date | None) -> list[int]:
        measured = Measured(state, TODAY, as_of=day)
        return [measured.figure(current().output(output), last_year).met for output in ("F-O5", "B-O2")]

    assert known(date(2026, 6, 30)) == [0, 0]
    assert known(date(2026, 7, 2)) == [1, 0]
    assert known(None) == [1, 1]
