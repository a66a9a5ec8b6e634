"""A strategy file loads, or every reason why not is named with its line."""

from datetime import date

import pytest

from shelterbelt.strategy import StrategyError, load
from shelterbelt.strategy.__main__ import main
from shelterbelt.strategy.tests.small import PLAN

OUTPUT_LINE = "  - id: A-O1\n"


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def refused(write):
    """Change one thing in the small plan; hear what is wrong, each with its line."""

    def refused(old, new):
        assert PLAN.count(old) >= 1, old
        with pytest.raises(StrategyError) as caught:
            load(write(PLAN.replace(old, new, 1)))
        return [(problem.line, problem.sentence) for problem in caught.value.problems]

    return refused


def line_of(text: str) -> int:
    """The line on which a text of the plan begins."""
    return PLAN[: PLAN.index(text)].count("\n") + 1


def test_another_state_brings_its_own_plan(write):
    plan = load(write(PLAN))
    assert (plan.state, plan.output("A-O1").thresholds) == ("PR", {"min_pupils": 90})
    assert plan.output("A-O1").asks[1].counting == ("lake",)
    assert [rule.source for rule in plan.crosswalk_for("A-O1", on=date(2032, 6, 30))] == ["Water Act 7"]
    assert plan.crosswalk_for("A-O1", on=date(2032, 7, 1)) == ()


def test_no_and_yes_are_words_and_not_truth(write):
    assert load(write(PLAN)).output("A-O1").asks[1].choices[1].key == "no"


# The old words, the new ones, the words whose line is named, and what is said.
BROKEN = [
    (
        "    kind: count\n",
        "    kind: sum\n",
        "    kind: count\n",
        "`kind` is `sum`. It must be 'percentage', 'count' or 'established'.",
    ),
    ("    kind: count\n", "", "  - id: B-O1", "B-O1 has no `kind`."),
    (
        "    kind: count\n",
        "    kind: count\n    colour: red\n",
        "    unit: state",
        "`colour` is not a word of this format.",
    ),
    ("    kind: count\n", "    kind: count\n    kind: count\n", "    unit: state", "`kind` stands here twice."),
    ("id: B-O1", "id: B-01", "id: B-O1", "`B-01` is not an output's number. Write it as A-O1."),
    (
        "id: A-S1",
        "id: A1",
        "id: A-S1",
        "`A1` is not a recommendation's number. Write it as A-S1 (state) or A-L1 (local).",
    ),
    ("id: B-O1", "id: A-O1", "id: B-O1", f"`A-O1` stands here already, on line {line_of(OUTPUT_LINE)}."),
    ("id: B-O1", "id: B-O2", "id: B-O1", "B-O2 stands where B-O1 is expected."),
    ("id: A-S1", "id: A-S2", "id: A-S1", "A-S2 stands where A-S1 is expected."),
    ("id: B-O1", "id: C-O1", "id: B-O1", "C-O1 belongs to area C, which is not in this file."),
    ("area: B", "area: K", "area: B", "K belongs to area K, which is not in this file."),
    ("letter: B", "letter: C", "letter: B", "Area C stands where B is expected."),
    ("letter: B", "letter: A", "letter: B", "`A` stands here already, on line 8."),
    ("outputs: [A-O1]", "outputs: [A-O9]", "outputs: [A-O1]", "Output A-O9 is not in this file."),
    ("outputs: [A-O1]", "outputs: [A-O1, A-O1]", "outputs: [A-O1]", "Output A-O1 is named twice in one row."),
    ("{min_pupils: 90}", "{min_pupils: many}", "thresholds: {min", "`many` is not a number."),
    ("{min_pupils: 90}", "{min_pupils: true}", "thresholds: {min", "`True` is not a number."),
    ("      - key: pupils", "      - key: water", "      - key: pupils", "`water` stands here already, on line 34."),
    ("          - key: no", "          - key: lake", "          - key: no", "`lake` stands here already, on line 42."),
    ("from: 2031-07-01", "from: 2033-07-01", "until: 2032", "It ends on 2032-06-30, before it begins on 2033-07-01."),
    ("from: 2031-07-01", "from: 2031-17-01", "from: 2031-07", "`from` must be a date such as 2025-08-28."),
    (
        'until_year: "2040-41"',
        'until_year: "2029-30"',
        'until_year: "2040',
        "It ends in 2029-30, before it begins in 2031-32.",
    ),
    (
        'until_year: "2040-41"',
        'until_year: "2040-42"',
        'until_year: "2040',
        "`2040-42` is not a school year. Write it as 2026-27.",
    ),
    ("es: Agua}", "es: ''}", "title: {en: Water", "`es` is empty."),
    ("{en: Water, es: Agua}", "{en: Water}", "title: {en: Water", "`title` has no `es`."),
    ("{en: Water, es: Agua}", "Water", "title: {en: Water", "`title` must have parts of its own, each with a name."),
    (
        "{en: Water, es: Agua}",
        "{en: 7, es: Agua}",
        "title: {en: Water",
        "`en` must be words. A number or a date needs quotation marks.",
    ),
    ("version: 1\n", "version: 0\n", "version: 1", "`version` must be a whole number from 1."),
    ("version: 1\n", "version: one\n", "version: 1", "`version` must be a whole number from 1."),
    ("required: true\n", "required: often\n", "required: true", "`required` must be true or false."),
    ("    second_lines: []", "    second_lines: none", "    second_lines: []", "`second_lines` must be a list."),
    (
        "measure: fires",
        "measure: Fires!",
        "measure: fires",
        "`Fires!` is not a name here. Use small letters, digits and underscores.",
    ),
    (
        "measure: fires",
        "measure: swimming_taught",
        "measure: fires",
        "`swimming_taught` stands here already, on line 22.",
    ),
    (
        "alt_unit: district",
        "alt_unit: school",
        "alt_unit: district",
        "`alt_unit` must be school or district, and differ from `unit`.",
    ),
    (
        "only_if: {water: true}",
        "only_if: {pupils: true}",
        "only_if: {water",
        "`only_if` names `pupils`, but no question before this one has that name.",
    ),
    (
        "only_if: {where: [lake]}",
        "only_if: {where: [sea]}",
        "only_if: {where",
        "`where` cannot be answered with `sea`.",
    ),
    (
        "only_if: {water: true}",
        "only_if: water",
        "only_if: {water",
        "`only_if` names one earlier question and its answer, such as {has_officer: true}.",
    ),
    (
        "        kind: share",
        "        kind: number\n        at_most: where",
        "        label: {en: Share who swim",
        "`at_most` names `where`, but no number asked before has that name.",
    ),
    (
        "        kind: share",
        "        kind: share\n        at_least: 1",
        "        label: {en: Share who swim",
        "`at_least` goes with a question of kind number only.",
    ),
    (
        "        kind: share",
        "        kind: choice",
        "      - key: pupils",
        "pupils is a choice, so it needs two `choices` or more.",
    ),
    ("        kind: choice", "        kind: number", "        choices:", "where is no choice, so it has no `choices`."),
    ("source: attestation", "source: records", "    asks:\n", "A-O1 comes from records, so it asks nothing."),
    ("source: records", "source: attestation", "    asks: []", "B-O1 comes from attestation, so it needs a question."),
    (
        "    next_step: {en: Find",
        "    #",
        "  - id: A-L1",
        "A-L1 has no `next_step`. A local recommendation says what a school does next.",
    ),
    ("number: 1", "number: 2", "number: 1", "Note 2 stands where 1 is expected."),
    ("state: PR", "state: Prairie", "state: PR", "`Prairie` is not a state. Write its two capital letters."),
    (
        "id: prairie-2031",
        "id: Prairie 2031",
        "id: prairie",
        "`Prairie 2031` is not a name for a plan. Write it as missouri-2019.",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "stands", "sentence"), BROKEN, ids=[each[1].strip() or each[0].strip() for each in BROKEN]
)
def test_what_is_wrong_is_said_with_its_line(refused, old, new, stands, sentence):
    assert (line_of(stands), sentence) in refused(old, new)


def test_all_that_is_wrong_is_said_at_once(write):
    text = (
        PLAN.replace("kind: count", "kind: sum")
        .replace("outputs: [A-O1]", "outputs: [C-O1]")
        .replace("state: PR", "state: P")
    )
    with pytest.raises(StrategyError) as caught:
        load(write(text))
    assert [problem.line for problem in caught.value.problems] == [
        line_of("state: PR"),
        line_of("kind: count"),
        line_of("outputs: [A-O1]\n  - id: A-L1"),
        line_of("outputs: [A-O1]\n    next_step"),
        line_of("outputs: [A-O1]\n    from"),
    ]


def test_one_wrong_row_does_not_make_others_wrong(refused):
    assert len(refused("good_direction: up", "good_direction: upwards")) == 1


def test_a_file_that_is_not_yaml_is_refused_with_its_line(refused):
    [(line, sentence)] = refused("state: PR", "state: [PR")
    assert (line, sentence[:17]) == (4, "This is not YAML:")


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b\n"])
def test_a_file_without_a_plan_is_refused(write, text):
    with pytest.raises(StrategyError, match=r"line 1: The file holds no plan\."):
        load(write(text))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(StrategyError, match="cannot be read"):
        load(tmp_path / "nowhere.yaml")


def test_the_command_says_in_one_line_that_a_file_is_sound(write, capsys):
    assert main([str(write(PLAN))]) == 0
    assert "is sound: Prairie plan, version 1. 2 areas, 2 outputs, 1 state and 1 local" in capsys.readouterr().out


def test_the_command_names_file_and_line_of_what_is_wrong(write, capsys):
    path = write(PLAN.replace("state: PR", "state: P"))
    assert main([str(path)]) == 1
    assert f"{path}, line 3: `P` is not a state." in capsys.readouterr().err


def test_the_command_asks_for_a_file(capsys):
    assert main([]) == 2
    assert "Name a file" in capsys.readouterr().err
