"""What must hold whatever schools and districts say (MEASURES, invariants), tried on invented answers."""

import random
from datetime import timedelta
from typing import Any

import pytest

from shelterbelt.demo import factories
from shelterbelt.measures.lines import second_lines
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.rules import Figure
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest, hold
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current
from shelterbelt.strategy.model import Ask, Output


def _answer(ask: Ask, chance: random.Random) -> Any:
    match ask.kind:
        case "yes_no":
            return chance.random() < 0.8
        case "number":
            return chance.choice([0, 1, 1, 2, 3])
        case "share":
            return chance.choice([0, 50, 79, 80, 90, 100])
        case "date":
            return (YEAR.starts_on + timedelta(days=chance.randint(-60, 240))).isoformat()
        case "choice":
            return chance.choice([each.key for each in ask.choices] + list(ask.counting))


def _say(org: Org, output: Output, chance: random.Random) -> None:
    if output.asks and chance.random() < 0.85:
        answers = {ask.key: _answer(ask, chance) for ask in output.asks if ask.required or chance.random() < 0.7}
        attest(org, output.id, level=chance.choice([0, 1, 1, 2, 3, 4]), **answers)


def _invent(seed: int) -> Org:
    """A state of 5 districts and 15 schools in 3 counties that say this and that."""
    chance = random.Random(seed)  # noqa: S311  invention, not secrecy
    state = factories.a_state()
    counties = [factories.a_county(f"County {n}", fips=f"2900{n}") for n in (1, 3, 5)]
    for system in ("troop", "rpdc"):
        factories.a_region(system, "West", counties=(counties[0], counties[1]))
        factories.a_region(system, "East", counties=(counties[2],))
    for number in range(5):
        district = factories.a_district(f"District {number}", county=chance.choice(counties))
        orgs = [factories.a_school(f"School {number}.{each}", district=district) for each in range(3)]
        for school in orgs:
            for _ in range(chance.randint(0, 4)):
                hold(
                    school,
                    on=YEAR.starts_on + timedelta(days=chance.randint(-30, 240)),
                    complete=chance.random() < 0.7,
                    kind=chance.choice(["fire", "active_shooter", "tornado"]),
                    plan_part=chance.choice(["", "lockdown", "evacuation", "shelter"]),
                    law_enforcement_present=chance.random() < 0.7,
                    fire_present=chance.random() < 0.5,
                )
        for output in current().outputs:
            for org in orgs if output.unit == "school" else [district] if output.unit == "district" else []:
                _say(org, output, chance)
    return state


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_said_the_invariants_hold(scope: None, seed: int) -> None:
    state = _invent(seed)
    measured = Measured(state, TODAY)

    def met(output: str) -> set[int]:
        facts = measured.facts(current().output(output), YEAR)
        return set(facts.units[facts.answer == 2].tolist())

    plan_lines = {line.line.key: line.figure for line in second_lines(measured, current().output("D-O1"), YEAR)}
    any_plan = plan_lines["any_plan"]
    assert any_plan is not None
    assert met("D-O5") <= met("F-O5")
    assert all(len(met(output)) <= any_plan.met for output in ("D-O1", "D-O2", "D-O3", "D-O4"))
    assert met("J-O5") <= met("J-O2")
    assert met("J-O4") <= met("F-O2")
    assert met("J-O4") <= met("F-O3")
    for output in current().outputs:
        if output.kind == "percentage" and output.unit != "person":
            whole = measured.figure(output, YEAR)
            for axis in measured.placement(YEAR).axes:
                parts = sum(measured.figures(output, YEAR, axis).values(), Figure())
                assert parts == whole, (output.id, axis)


def test_level_0_never_meets_anything(scope: None) -> None:
    school = factories.a_school()
    for output in current().outputs:
        if output.unit == "school" and output.asks:
            yes: dict[str, Any] = {ask.key: True for ask in output.asks}
            attest(school, output.id, level=0, **yes)

    measured = Measured(factories.a_state(), TODAY)
    assert all(measured.figure(output, YEAR).met == 0 for output in current().outputs if output.unit == "school")
