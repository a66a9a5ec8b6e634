"""The reference says what the rules say."""

from pathlib import Path

from shelterbelt.drills import requirements, rules

PAGE = Path(__file__).parents[3] / "docs/reference/drill-requirements.md"


def test_every_rule_stands_in_the_reference():
    page = PAGE.read_text(encoding="utf-8")
    for rule in requirements.for_state("MO"):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{rule.id}` |"))
        assert rule.source in row
        assert str(rule.count) in row
        assert f"1 July {rule.from_.year}" in row
        assert rule.basis in row


def test_every_word_of_the_file_is_explained():
    page = PAGE.read_text(encoding="utf-8")
    for name, field in requirements.Requirement.model_fields.items():
        assert f"`{field.alias or name}`" in page


def test_the_moves_are_those_of_the_rules():
    page = PAGE.read_text(encoding="utf-8")
    moves = [f"- {here} → {there}" for here, nexts in rules.NEXT.items() for there in nexts]
    assert sorted(line for line in page.splitlines() if " → " in line) == sorted(moves)
