"""Figures for programs: the pages' own numbers, with the pages' own refusals."""

from datetime import date
from typing import Any

import pytest

from shelterbelt.home.tests.conftest import SignedIn, Small, report
from shelterbelt.home.tests.drills import hold
from shelterbelt.home.tests.test_output import readings
from shelterbelt.strategy import current


@pytest.fixture
def ask(signed_in: SignedIn) -> Any:
    """`ask("cora", "/me")` is a status and what was answered."""

    def of(who: str, address: str) -> tuple[int, Any]:
        answer = signed_in(who).get(f"/api/v1{address}")
        return answer.status_code, answer.json()

    return of


def test_me_is_my_offices_today(small: Small, ask: Any) -> None:
    status, told = ask("cora", "/me")

    assert (status, told["name"], told["today"], told["school_year"]) == (200, "Cora", "2026-11-24", "2026-27")
    assert told["offices"] == [
        {
            "office": "principal",
            "title": "Principal",
            "organisation": {"id": small.linden_creek.pk, "name": small.linden_creek.name, "kind": "school"},
        }
    ]


def test_every_output_of_the_plan_is_listed(ask: Any) -> None:
    assert [each["id"] for each in ask("cora", "/outputs")[1]["outputs"]] == [each.id for each in current().outputs]


def test_a_figure_has_numerator_denominator_and_bounds(small: Small, ask: Any) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2, level=3)
    report(small.maple_hill, "B-O2", trained_staff=0)

    _, told = ask("ada", f"/organisations/{small.state.pk}/outputs")

    [counts] = [each["counts"] for each in told["outputs"] if each["output"] == "B-O2"]
    assert (counts["numerator"], counts["denominator"], counts["not_met"], counts["not_reported"]) == (1, 3, 1, 1)
    assert (round(counts["percent"], 1), round(counts["percent_at_most"], 1), counts["verified"]) == (33.3, 66.7, 1)
    assert (told["school_year"], told["as_of"]) == ("2026-27", "2026-11-24")


def test_a_schools_figure_is_its_own_answer_and_never_the_states(small: Small, ask: Any) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    status, told = ask("cora", f"/organisations/{small.linden_creek.pk}/outputs")

    shown = {each["output"]: each["counts"] for each in told["outputs"]}
    assert status == 200
    assert (shown["B-O2"]["numerator"], shown["B-O2"]["denominator"]) == (1, 1)
    assert not {each.id for each in current().outputs if each.unit == "state"} & set(shown)
    assert all(counts["denominator"] + counts["not_applicable"] <= 1 for counts in shown.values())


def test_another_schools_figures_are_refused_with_the_pages_sentence(small: Small, ask: Any) -> None:
    for address in (
        f"/organisations/{small.maple_hill.pk}/outputs",
        f"/organisations/{small.far_school.pk}/outputs/B-O2",
    ):
        status, told = ask("cora", address)
        assert (status, told["detail"]) == (
            403, "This page is for the people of this organization and those above it."
        )  # fmt: skip


def test_why_lists_the_records_and_what_is_missing(small: Small, ask: Any) -> None:
    hold(small.linden_creek, on=date(2026, 9, 10))

    _, told = ask("cora", f"/organisations/{small.linden_creek.pk}/outputs/D-O5")

    assert (told["whose"], told["answer"]) == ("own", "not_met")
    assert [(each["on"], each["counts"]) for each in told["records"]] == [("2026-09-10", True)]
    assert told["missing"] == ["1 of the 2 records it takes count so far."]


@pytest.mark.parametrize("output", [each.id for each in current().outputs])
def test_every_output_says_why_wherever_it_is_shown(small: Small, ask: Any, output: str) -> None:
    for org in (small.state, small.region, small.cedar_fork, small.linden_creek):
        assert ask("ada", f"/organisations/{org.pk}/outputs/{output}")[0] in {200, 403}


def test_groups_add_up_and_come_in_parts(small: Small, ask: Any) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    _, told = ask("ada", "/outputs/b-o2/groups?axis=district&limit=1")

    assert (told["count"], [each["name"] for each in told["groups"]]) == (2, ["Cedar Fork R-II"])
    assert told["groups"][0]["counts"]["denominator"] == 2
    status, told = ask("ada", "/outputs/B-O2/groups?axis=horoscope")
    assert (status, list(told["errors"])) == (422, ["axis"])


def test_reading_a_list_of_units_is_noted(small: Small, ask: Any) -> None:
    status, told = ask("ben", f"/outputs/B-O2/units?answer=not_reported&within={small.cedar_fork.pk}")

    assert (status, told["count"]) == (200, 2)
    assert [entry.thing for entry in readings()] == ["home.units"]
    assert ask("ben", f"/outputs/B-O2/units?within={small.far_district.pk}")[0] == 403


@pytest.mark.parametrize(
    "query", ["year=1950-51", "year=2026-28", "year=soon", "as_of=2999-01-01", "as_of=2020-01-01&year=2026-27"]
)
def test_a_year_or_day_without_figures_is_refused(small: Small, ask: Any, query: str) -> None:
    assert ask("ada", f"/organisations/{small.state.pk}/outputs?{query}")[0] == 422
