"""The invented state: the same for the same seed, plausible in its sums, quick to load, true to the plan's questions."""

import json
import time
from collections import Counter
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from shelterbelt.access.scope import acting_as_system
from shelterbelt.attestations.demonstration.tables import ATTESTATION
from shelterbelt.attestations.models import Attestation
from shelterbelt.attestations.rules import check
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import loading
from shelterbelt.demo.ground import known_counties
from shelterbelt.demo.world import County, Ground
from shelterbelt.drills.demonstration.tables import DRILL
from shelterbelt.drills.models import Drill
from shelterbelt.drills.rules.standard_form import missing_from
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current

TODAY = date(2026, 11, 24)


def ground():
    counties = sorted(known_counties().items())
    made = (County(number, f"County {fips}", fips, *facts) for number, (fips, facts) in enumerate(counties, 2))
    return Ground(1, tuple(made), last_ids={"orgs_org": 200})


def invented(size=0.02, seed=1, today=TODAY):
    return loading.invented(ground(), size=size, years=6, seed=seed, today=today)


@pytest.fixture(scope="module")
def state():
    """A twentieth of the state: the world, and its rows by table."""
    world, tables = invented(0.05)
    rows: dict[str, list[Any]] = {}
    for each in tables:
        rows.setdefault(each.table, []).extend(each.rows)
    return SimpleNamespace(world=world, rows=rows)


def test_the_same_seed_invents_the_same_state():
    assert loading.digest(invented()[1]) == loading.digest(invented()[1])


def test_another_seed_invents_another_state():
    assert loading.digest(invented(seed=1)[1]) != loading.digest(invented(seed=2)[1])


def test_no_two_organisations_bear_one_name(state):
    names = Counter(row[2] for row in state.rows["orgs_org"])
    assert names.most_common(1)[0][1] == 1


def test_no_two_schools_are_alike(state):
    lives: dict[int, list[Any]] = {school.id: [] for school in state.world.schools}
    for row in state.rows["orgs_enrolment"]:
        lives[row[0]].append(row[1:3])
    for row in state.rows["drills_drill"]:
        drill = dict(zip(DRILL, row, strict=True))
        lives[drill["school_id"]].append((drill["kind"], drill["planned_on"], drill["held_on"]))
    for row in state.rows["attestations_attestation"]:
        said = dict(zip(ATTESTATION, row, strict=True))
        if said["org_id"] in lives:
            lives[said["org_id"]].append((said["output"], said["made_on"], said["answers"]))
    told = Counter(repr(life) for life in lives.values() if life)
    assert len(told) > 100
    assert told.most_common(1)[0][1] == 1


def test_regions_go_different_ways(state):
    """Where a county leans shows in what its schools report."""
    met: Counter[tuple[int, bool]] = Counter()
    county = {school.id: school.county.id for school in state.world.schools}
    for row in state.rows["attestations_attestation"]:
        said = dict(zip(ATTESTATION, row, strict=True))
        if said["output"] == "D-O1" and said["org_id"] in county:
            met[county[said["org_id"]], json.loads(said["answers"])["plan_in_force"]] += 1
    shares = [met[each, True] / (met[each, True] + met[each, False]) for each in county.values() if met[each, True] > 8]
    assert max(shares) - min(shares) > 0.15


def test_many_districts_are_small_and_a_few_large(state):
    sizes = sorted(len(district.schools) for district in state.world.districts if district.sector == "public")
    assert sizes[len(sizes) // 2] <= 3
    assert sizes[-1] >= 10


def test_district_codes_begin_with_their_county(state):
    counties = {district.id: district.county.code for district in state.world.districts}
    codes = [row for row in state.rows["orgs_identifier"] if row[1] == "state_district"]
    assert codes
    assert all(len(value) == 6 and value.startswith(counties[org]) for org, _, value, _ in codes)


def test_identifiers_name_one_organisation(state):
    named = Counter(row[1:] for row in state.rows["orgs_identifier"])
    assert named.most_common(1)[0][1] == 1


def test_nothing_happened_before_its_time(state):
    drills = [dict(zip(DRILL, row, strict=True)) for row in state.rows["drills_drill"]]
    assert all(drill["held_on"] is None or drill["held_on"] <= TODAY for drill in drills)
    assert all(drill["completed_on"] is None or drill["held_on"] <= drill["completed_on"] <= TODAY for drill in drills)
    reports = [dict(zip(ATTESTATION, row, strict=True)) for row in state.rows["attestations_attestation"]]
    assert all(report["made_on"] <= TODAY for report in reports)
    assert all(report["replaced_on"] is None or report["replaced_on"] >= report["made_on"] for report in reports)


def test_a_drill_is_complete_just_when_the_standard_form_says_so(state):
    drills = [SimpleNamespace(**dict(zip(DRILL, row, strict=True))) for row in state.rows["drills_drill"]]
    held = [drill for drill in drills if drill.status == "held"]
    assert all((drill.completed_on is not None) == (not missing_from(drill)) for drill in held)


def test_a_year_has_all_kinds_of_ends(state):
    ends = Counter(row[DRILL.index("status")] for row in state.rows["drills_drill"])
    assert min(ends["held"], ends["cancelled"], ends["scheduled"]) > 5
    assert ends["held"] > 0.85 * ends.total()


def test_every_report_is_one_that_the_form_would_accept(state):
    plan = current()
    for row in state.rows["attestations_attestation"]:
        report = dict(zip(ATTESTATION, row, strict=True))
        output, answers = plan.output(report["output"]), json.loads(report["answers"])
        checked = check(output, answers, SchoolYear(report["year"]), on=report["made_on"])
        assert not checked.problems, (output.id, answers)
        assert checked.answers == answers, output.id


def test_all_outputs_that_are_reported_have_reports(state):
    wanted = {output.id for output in current().outputs if output.source in {"attestation", "mixed"}}
    assert {row[2] for row in state.rows["attestations_attestation"]} == wanted


def test_later_years_report_more(state):
    years = Counter(row[ATTESTATION.index("year")] for row in state.rows["attestations_attestation"])
    assert years[2021] < years[2023] < years[2025]
    assert years[2026] < years[2025]  # the year has only begun


@pytest.mark.parametrize("today", [date(2026, 7, 1), date(2027, 2, 28), date(2028, 2, 29), date(2027, 6, 30)])
def test_any_day_can_be_today(today):
    _, tables = invented(today=today)
    assert sum(1 for rows in tables for _ in rows.rows) > 1000


@pytest.mark.django_db
def test_a_small_state_loads_quickly_and_once(capsys):
    started = time.perf_counter()
    call_command("load_demonstration", "--size", "0.02", "--today", TODAY.isoformat())
    assert time.perf_counter() - started < 20
    assert "Loaded" in capsys.readouterr().out
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        schools = Org.objects.schools().count()
        assert 40 < schools < 100
        assert Drill.objects.count() > 500
        assert Attestation.objects.count() > 1000
        later = Org.objects.create(kind="agency", service="fire", name="Later", state=Org.objects.get(kind="state"))
        assert later.pk > max(Org.objects.exclude(pk=later.pk).values_list("pk", flat=True))
    call_command("load_demonstration", "--if-missing")
    with pytest.raises(CommandError, match="empty one"):
        call_command("load_demonstration")


def test_sizes_that_make_no_state_are_refused():
    with pytest.raises(CommandError, match="--size"):
        call_command("load_demonstration", "--size", "0")
