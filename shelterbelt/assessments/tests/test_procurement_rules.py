"""What is decided about purchases without a database: order of days, scores, clauses, versions."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shelterbelt.assessments.models import procurement
from shelterbelt.assessments.rules import buying_data, clause_library, procurement_states
from shelterbelt.assessments.rules.buying_differences import differences
from shelterbelt.assessments.rules.buying_methods import funding_sources, methods_on, scale
from shelterbelt.assessments.rules.procurement_entry import problems_of_amount, problems_of_day, problems_of_evaluation
from shelterbelt.assessments.rules.procurement_judging import Purchase, is_evaluated_first, why_not_evaluated_first
from shelterbelt.assessments.rules.product_templates import (
    Given,
    ProductTemplate,
    product_templates,
    score_of,
    template_on,
    unanswered,
)
from shelterbelt.core.environment import SettingError

TODAY = date(2026, 11, 24)
AWARD = date(2026, 10, 20)


def a_purchase(**more: object) -> Purchase:
    given = {
        "method": "template", "method_recognized": True, "method_chosen_on": date(2026, 9, 1),
        "evaluated_on": date(2026, 10, 1), "awarded_on": AWARD,
    }  # fmt: skip
    return Purchase(**(given | more))  # type: ignore[arg-type]


JUDGED = [
    ({}, True, "method, evaluation, award, in this order"),
    ({"evaluated_on": date(2026, 10, 19)}, True, "the day before is before"),
    ({"evaluated_on": AWARD}, False, "the same day is not before"),
    ({"evaluated_on": date(2026, 10, 21)}, False, "the day after"),
    ({"evaluated_on": None}, False, "never evaluated"),
    ({"method": "", "method_recognized": False, "method_chosen_on": None}, False, "without a method"),
    ({"method": "price_only", "method_recognized": False}, False, "prices compared are no evaluation"),
    ({"method_chosen_on": date(2026, 10, 1)}, True, "method and evaluation on one day"),
    ({"method_chosen_on": date(2026, 10, 2)}, False, "a method chosen after the evaluation"),
]


@pytest.mark.parametrize(("more", "counts", "because"), JUDGED)
def test_only_an_evaluation_by_a_recognized_method_dated_before_the_award_counts(
    more: dict[str, object], counts: bool, because: str
) -> None:
    assert is_evaluated_first(a_purchase(**more)) is counts, because


def test_every_reason_is_said() -> None:
    poor = a_purchase(method="none", method_recognized=False, evaluated_on=AWARD)
    assert [str(reason) for reason in why_not_evaluated_first(poor)] == [
        "The chosen method is not a recognized one.",
        "The evaluation and the award are dated the same day. It must be dated before.",
    ]


def test_a_purchase_that_nobody_evaluated_can_still_be_written_down() -> None:
    assert procurement_states.may_become("considered", "awarded")
    assert not procurement_states.may_become("considered", "bought")


def test_records_and_rules_mean_the_same_by_open_and_awarded() -> None:
    assert set(procurement.OPEN) == procurement_states.OPEN
    assert set(procurement.AWARDED) == procurement_states.AWARDED
    assert set(procurement.Procurement.Status.values) == procurement_states.NEXT.keys()


def test_every_state_leads_somewhere_that_exists() -> None:
    assert {state for moves in procurement_states.NEXT.values() for state in moves} <= procurement_states.NEXT.keys()


@pytest.mark.parametrize(
    ("method", "finished", "state"),
    [("", False, "considered"), ("template", False, "method_chosen"), ("template", True, "evaluated")],
)
def test_a_decision_taken_back_goes_to_where_the_evaluations_are(method: str, finished: bool, state: str) -> None:
    assert procurement_states.before_the_decision(method=method, has_finished_evaluation=finished) == state


def cameras() -> ProductTemplate:
    return template_on("cameras", TODAY)


def test_the_score_is_the_weighted_share_of_what_could_be_reached() -> None:
    # By hand: fit 20x4 + standards 10x2 + privacy 20x3 + 911 15x4 + access 5x1 + cost 15x2 + references 5x0 + trial 10x4
    # = 80+20+60+60+5+30+0+40 = 295 of 400, so 73.75 %.
    scores = {
        "fit": 4, "standards": 2, "privacy": 3, "interoperability": 4, "accessibility": 1, "cost": 2, "references": 0,
        "trial": 4,
    }  # fmt: skip
    assert score_of(cameras(), {key: Given(score, "seen") for key, score in scores.items()}) == Decimal("73.8")


def test_what_does_not_apply_takes_its_weight_along() -> None:
    given = {each.key: Given(None, "no network") for each in cameras().criteria} | {"fit": Given(2, "")}
    assert score_of(cameras(), given) == Decimal("50.0")


def test_without_anything_that_applies_there_is_no_score() -> None:
    assert score_of(cameras(), {each.key: Given(None, "-") for each in cameras().criteria}) is None


def test_what_is_still_to_be_judged_comes_in_the_template_s_order() -> None:
    assert [each.key for each in unanswered(cameras(), {"fit": Given(1, "")})][:2] == ["standards", "privacy"]


@pytest.mark.parametrize("key", list(product_templates()))
def test_every_template_asks_what_the_state_wants_asked(key: str) -> None:
    asked = {each.key for each in template_on(key, TODAY).criteria}
    assert asked >= {
        "fit", "standards", "privacy", "interoperability", "accessibility", "cost", "references", "trial"
    }  # fmt: skip


@pytest.mark.parametrize("key", list(product_templates()))
def test_every_kind_of_product_has_a_performance_clause_and_one_about_records(key: str) -> None:
    kinds = [clause.kind for clause in clause_library.clauses_for(key, TODAY)]
    assert kinds[0] == clause_library.PERFORMANCE
    assert key == "glazing" or "privacy" in kinds


def test_a_performance_clause_says_level_test_and_remedy() -> None:
    text = clause_library.clauses_for("locks", TODAY)[0].whole_text
    assert all(word in text for word in ("Service level.", "Acceptance test.", "Remedy."))


def test_some_methods_are_recognized_and_some_are_not() -> None:
    recognized = {each.key for each in methods_on(TODAY).methods if each.recognized}
    assert "template" in recognized
    assert not recognized & {"price_only", "vendor_demonstration", "none"}


def test_the_scale_begins_at_nothing_and_money_has_a_source() -> None:
    assert [level.score for level in scale(TODAY)] == [0, 1, 2, 3, 4]
    assert "local" in funding_sources(TODAY)


def test_days_and_amounts_out_of_range_are_refused_with_a_sentence() -> None:
    assert problems_of_day("on", date(2026, 11, 25), today=TODAY)
    assert problems_of_day("on", date(1026, 11, 25), today=TODAY)
    assert not problems_of_day("on", TODAY, today=TODAY)
    assert problems_of_amount("amount", Decimal(-1))
    assert problems_of_amount("amount", Decimal(10**9))
    assert not problems_of_amount("amount", None)
    early = problems_of_evaluation(date(2026, 9, 1), method_chosen_on=date(2026, 9, 2), today=TODAY)
    assert [problem.field for problem in early] == ["evaluated_on"]


NEW_WORDS = """
key: cameras
version: 2
effective_from: 2027-07-01
title: Video cameras
what: Cameras, recorders and the software to look at pictures.
source: The state.
basis: read
changed: Sound is judged too.
criteria:
  - {key: fit, name: Fit, weight: 60, question: "Does it fit?", look_for: [A plan.]}
  - {key: sound, name: Sound, weight: 40, question: "Is sound recorded?", look_for: []}
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state's own folder with a second version of one template."""
    (tmp_path / "products").mkdir()
    (tmp_path / "products/cameras-2.yaml").write_text(NEW_WORDS, encoding="utf-8")
    monkeypatch.setenv("SHELTERBELT_BUYING_RULES", str(tmp_path))
    return tmp_path


def test_a_state_adds_a_version_and_the_old_one_stays(own: Path) -> None:
    known = buying_data.versions(ProductTemplate, "products")["cameras"]
    assert [each.version for each in known] == [1, 2]
    assert buying_data.in_force(known, date(2027, 6, 30)).version == 1
    assert buying_data.in_force(known, date(2027, 7, 1)).version == 2
    assert buying_data.in_force(known, date(2001, 1, 1)).version == 1
    assert buying_data.numbered(known, 1).criteria[0].weight == 20


def test_what_changed_between_versions_is_told_place_by_place(own: Path) -> None:
    first, second = buying_data.versions(ProductTemplate, "products")["cameras"]
    found = {(each.kind, each.where) for each in differences(first.model_dump(), second.model_dump())}
    assert ("added", "criteria › Sound › question") in found
    assert ("removed", "criteria › Privacy and records › weight") in found
    assert not any("version" in where for _, where in found)


def test_weights_that_are_not_a_whole_are_refused(own: Path) -> None:
    (own / "products/cameras-2.yaml").write_text(NEW_WORDS.replace("weight: 40", "weight: 50"), encoding="utf-8")
    with pytest.raises(SettingError, match="cameras-2"):
        buying_data.versions(ProductTemplate, "products")


def test_a_file_under_another_name_is_refused(own: Path) -> None:
    (own / "products/cameras-2.yaml").rename(own / "products/sounds-2.yaml")
    with pytest.raises(SettingError, match="name it so"):
        buying_data.versions(ProductTemplate, "products")
