"""What a loaded plan answers."""

import pytest
from django.utils import translation

from shelterbelt.strategy import Ask, Condition, Strategy, current, load
from shelterbelt.strategy.tests.small import PLAN


@pytest.fixture
def plan(tmp_path) -> Strategy:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return load(path)


def keys(asks: tuple[Ask, ...]) -> list[str]:
    return [ask.key for ask in asks]


@pytest.mark.parametrize(("language", "words"), [("en", "Water"), ("es", "Agua"), ("es-mx", "Agua"), ("vi", "Water")])
def test_words_follow_the_reader(plan, language, words):
    with translation.override(language):
        assert str(plan.area("A").title) == words


def test_without_a_language_words_are_english(plan):
    with translation.override(None):
        assert f"{plan.area('A').title}" == "Water"


def test_a_question_is_put_once_the_one_before_leads_to_it(plan):
    swimming = plan.output("A-O1")
    assert keys(swimming.asked({})) == ["water"]
    assert keys(swimming.asked({"water": True})) == ["water", "where"]
    assert keys(swimming.asked({"water": True, "where": "lake"})) == ["water", "where", "pupils"]


def test_an_answer_to_a_question_not_put_leads_nowhere(plan):
    assert keys(plan.output("A-O1").asked({"water": False, "where": "lake"})) == ["water"]


def test_only_required_questions_that_are_put_are_missing(plan):
    swimming = plan.output("A-O1")
    assert keys(swimming.missing({})) == ["water"]
    assert swimming.missing({"water": False}) == ()
    assert keys(swimming.missing({"water": True, "where": "lake"})) == ["pupils"]


@pytest.mark.parametrize(("answer", "put"), [(0, False), (3, True), (None, False)])
def test_a_number_above_zero_leads_on(answer, put):
    assert current_condition().holds({"procurements": answer}) is put


def current_condition() -> Condition:
    condition = current().output("E-O1").ask("evaluated_before_award").only_if
    assert condition is not None
    return condition


def test_the_plan_in_use_is_loaded_once():
    assert current() is current()


def test_a_plan_does_not_change(plan):
    with pytest.raises(ValueError, match="frozen"):
        plan.output("A-O1").kind = "count"


def test_outputs_can_stand_in_a_set(plan):
    assert len({plan.output("A-O1"), plan.output("B-O1"), plan.output("A-O1")}) == 2


def test_what_the_plan_does_not_have_is_said(plan):
    with pytest.raises(KeyError, match="no output Z-O1"):
        plan.output("Z-O1")
    with pytest.raises(KeyError, match="A-O1 asks no question depth"):
        plan.output("A-O1").ask("depth")


def test_an_output_knows_its_recommendations(plan):
    assert [each.id for each in plan.recommendations_for("A-O1")] == ["A-S1", "A-L1"]
    assert plan.recommendations_for("B-O1") == ()
    assert [each.level for each in plan.recommendations] == ["state", "local"]
