"""The plan of Missouri, as it stands in its file."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from shelterbelt.strategy import Strategy, load

FILE = Path(__file__).parents[3] / "strategies/missouri-2019.yaml"

ANSWERS_TO = """
A-S1: A-O1           A-S2: A-O2 A-O3  B-S1: B-O1           B-S2: B-O2      B-S3: B-O3      C-S1: C-O2
C-S2: C-O1           D-S1: D-O1       D-S2: D-O4           D-S3:           E-S1: E-O1      E-S2: E-O2
F-S1: F-O1           F-S2:            F-S3: F-O4           F-S4: F-O2 F-O3 G-S1:           G-S2:
G-S3: G-O4           G-S4: G-O3       H-S1: H-O1           H-S2: H-O1      I-S1:           I-S2:
I-S3: I-O2           J-S1: J-O4       J-S2:
A-L1: J-O4 F-O2 F-O3 A-L2:            A-L3: A-O2           B-L1: B-O2 B-O3 B-L2: B-O4      C-L1: C-O1
C-L2: C-O2           D-L1: D-O1       D-L2: D-O2           D-L3: D-O3      D-L4: D-O4      D-L5: D-O5
E-L1: E-O1           E-L2: E-O2       E-L3:                F-L1: F-O1      F-L2:           F-L3: F-O4 F-O5
G-L1:                G-L2: G-O3 G-O4  G-L3: G-O2           G-L4:           H-L1:           H-L2: H-O1 H-O2
I-L1: I-O2           I-L2: I-O3       J-L1: J-O4           J-L2: J-O1      J-L3: J-O2      J-L4: J-O5
J-L5: J-O3
"""


@pytest.fixture(scope="module")
def plan() -> Strategy:
    return load(FILE)


def test_it_has_ten_areas_from_a_to_j(plan):
    assert "".join(area.letter for area in plan.areas) == "ABCDEFGHIJ"


def test_it_has_35_outputs(plan):
    assert Counter(output.area for output in plan.outputs) == Counter(A=3, B=4, C=2, D=5, E=2, F=5, G=4, H=2, I=3, J=5)
    assert len(plan.outputs) == 35


def test_it_asks_27_things_of_the_state(plan):
    found = Counter(each.area for each in plan.state_recommendations)
    assert found == Counter(A=2, B=3, C=2, D=3, E=2, F=4, G=4, H=2, I=3, J=2)
    assert len(plan.state_recommendations) == 27


def test_it_asks_31_things_of_schools(plan):
    found = Counter(each.area for each in plan.local_recommendations)
    assert found == Counter(A=3, B=2, C=2, D=5, E=3, F=3, G=4, H=2, I=2, J=5)
    assert len(plan.local_recommendations) == 31


def test_it_has_four_notes_besides(plan):
    assert [note.number for note in plan.notes] == [1, 2, 3, 4]


def test_each_recommendation_is_shown_by_the_outputs_the_definition_names(plan):
    expected: dict[str, list[str]] = {}
    for word in ANSWERS_TO.split():
        if word.endswith(":"):
            expected[word[:-1]] = []
        else:
            expected[list(expected)[-1]].append(word)
    assert {each.id: list(each.outputs) for each in plan.recommendations} == expected


def test_two_outputs_have_no_recommendation(plan):
    assert [output.id for output in plan.outputs if not plan.recommendations_for(output.id)] == ["G-O1", "I-O1"]


def test_27_outputs_are_percentages_6_are_counts_and_2_are_established_or_not(plan):
    assert Counter(output.kind for output in plan.outputs) == {"percentage": 27, "count": 6, "established": 2}


def test_districts_answer_for_what_districts_do(plan):
    districts = {output.id for output in plan.outputs if output.unit == "district"}
    assert districts == {"E-O1", "F-O2", "F-O3", "G-O1", "G-O2", "J-O1", "J-O2", "J-O4", "J-O5"}
    assert [output.id for output in plan.outputs if output.unit == "person"] == ["I-O3"]
    assert plan.output("I-O3").answered_by == "district"


def test_what_must_not_be_seen_below_the_state_is_marked(plan):
    assert {output.id for output in plan.outputs if output.visibility == "state"} == {"A-O2", "A-O3", "G-O1", "I-O1"}


def test_drills_come_from_records_and_offices_from_designations(plan):
    special = {output.id: output.source for output in plan.outputs if output.source != "attestation"}
    assert special == {
        "A-O1": "designation",
        "B-O1": "designation",
        "J-O1": "designation",
        "D-O5": "records",
        "F-O5": "records",
        "F-O4": "mixed",
    }


def test_whoever_may_say_not_applicable_is_asked_what_decides_it(plan):
    deciding = {
        "E-O1": "procurements",
        "F-O2": "held_in_region",
        "F-O3": "conference_held",
        "G-O2": "has_officer",
        "G-O3": "serving",
        "G-O4": "serving",
        "J-O4": "weekly_update",
    }
    assert {output.id for output in plan.outputs if output.not_applicable} == set(deciding)
    assert all(plan.output(output_id).ask(key).required for output_id, key in deciding.items())


def test_thresholds_stand_where_the_definition_has_a_number(plan):
    assert plan.output("D-O1").thresholds["min_score"] == 80
    assert plan.output("D-O3").thresholds["min_staff_share"] == 90
    assert plan.output("B-O2").thresholds["valid_years"] == 3


def test_the_drills_a_school_writes_up_answer_the_law_and_the_standard_too(plan):
    rules = {rule.source for rule in plan.crosswalk_for("D-O5", on=date(2026, 9, 1))}
    assert {"RSMo 170.315", "MSIP 6 L10.D"} <= rules


def test_a_law_not_yet_in_force_is_not_named(plan):
    assert not [rule for rule in plan.crosswalk_for("D-O4", on=date(2025, 8, 27)) if rule.source == "RSMo 160.480"]
    assert [rule for rule in plan.crosswalk_for("D-O4", on=date(2025, 8, 28)) if rule.source == "RSMo 160.480"]


def test_every_point_of_the_accreditation_standard_is_there(plan):
    assert {rule.source for rule in plan.crosswalk if "L10" in rule.source} == {f"MSIP 6 L10.{x}" for x in "ABCDEFG"}


def test_every_area_has_a_resource_and_the_list_says_where_it_comes_from(plan):
    assert all(plan.resources_for(area.letter) for area in plan.areas)
    assert plan.resources_note is not None
