"""A requirements' file is checked when it is loaded, line by line."""

import pytest

from shelterbelt.drills import requirements

GOOD = """state: XX
requirements:
  - id: fire
    name: A fire drill
    source: A law
    basis: read
    binding: required
    from: 2020-07-01
    kinds: [fire]
    count: 2
    deadlines:
      - {by: 12-31, count: 1}
      - {by: 05-31, count: 2}
"""


def load(tmp_path, text):
    path = tmp_path / "xx.yaml"
    path.write_text(text, encoding="utf-8")
    return requirements.load(path)


def test_a_good_file_is_read(tmp_path):
    state, (rule,) = load(tmp_path, GOOD)
    assert (state, rule.id, rule.count) == ("XX", "fire", 2)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kinds: [fire]", "kinds: [yoga]", 9, "no kind of drill called `yoga`"),
        ("by: 12-31, count: 1", "by: 13-31, count: 1", 12, "month and day"),
        ("by: 12-31, count: 1", "by: 02-29, count: 1", 12, "every year has"),
        ("by: 05-31, count: 2", "by: 05-31, count: 3", 3, "must be for all 2"),
        ("by: 05-31, count: 2", "by: 10-31, count: 2", 3, "follow each other"),
        ("count: 2\n    dead", "count: 0\n    dead", 10, "whole number from 1"),
        ("    basis: read\n", "", 3, "`basis` is missing"),
        ("basis: read", "basis: guessed", 6, "`guessed`"),
        ("kinds: [fire]", "kind: fire", 9, "not a word of this format"),
        ("from: 2020-07-01", "from: soon", 8, "must be a date"),
        ("from: 2020-07-01", "from: 2020-07-01\n    until: 2019-07-01", 3, "before it begins"),
        ("kinds: [fire]", "counties: ['29']", 9, "five digits"),
        ("kinds: [fire]", "with: [choir]", 9, "no responder called `choir`"),
        ("kinds: [fire]", "kinds: [fire]\n    other_than: [bus]", 3, "Give one of them"),
        ("state: XX", "state: xx", 1, "must look like"),
        ("state: XX", "state: [", 3, "This is not YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, line, words):
    with pytest.raises(requirements.RequirementsError) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    problem = next(each for each in caught.value.problems if words in each.sentence)
    assert problem.line == line


def test_a_rule_written_anew_begins_when_the_old_one_has_ended(tmp_path):
    again = GOOD.split("requirements:\n")[1]
    with pytest.raises(requirements.RequirementsError, match="hasn't ended"):
        load(tmp_path, GOOD + again)
    ended = GOOD.replace("from: 2020-07-01", "from: 2020-07-01\n    until: 2024-07-01")
    _, both = load(tmp_path, ended + again.replace("2020-07-01", "2024-07-01"))
    assert len(both) == 2


def test_a_state_without_a_file_asks_for_nothing():
    assert requirements.for_state("ZZ") == ()
