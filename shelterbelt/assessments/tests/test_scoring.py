"""Scores, weak points and comparisons, counted by hand; and what a template's file must say."""

from datetime import date

import pytest

from shelterbelt.assessments.queries import templates
from shelterbelt.assessments.rules import cadence, scoring
from shelterbelt.assessments.rules.template import TemplateError, read_template
from shelterbelt.core.school_year import SchoolYear

FILE = """
key: small
version: "1"
title: A small one
from: 2026-07-01
recognised: true
sources: [{name: Ours}]
levels: [{value: 0, label: None}, {value: 1, label: Some}, {value: 2, label: Most}, {value: 3, label: All}]
domains:
  - {key: doors, title: Doors, weight: 3, questions: [
      {key: lock, text: "Does it lock?", layer: delay, weight: 3},
      {key: glass, text: "Does the glass hold?", layer: delay, weight: 1}]}
  - {key: people, title: People, weight: 1, questions: [{key: know, text: "Do they know?", layer: respond, weight: 2}]}
"""


@pytest.fixture
def small():
    return read_template(FILE)


def test_a_domain_is_its_weighted_levels_of_what_could_be_reached(small):
    doors = scoring.domain_scores(small, {"lock": 2, "glass": 0})["doors"]
    assert doors.percent == pytest.approx(100 * (3 * 2 + 1 * 0) / (3 * 3 + 1 * 3))  # 50
    assert (doors.answered, doors.asked, doors.is_complete) == (2, 2, True)


def test_what_does_not_apply_counts_neither_way(small):
    assert scoring.domain_scores(small, {"lock": 3, "glass": None})["doors"].percent == 100
    assert scoring.domain_scores(small, {"lock": None, "glass": None})["doors"].percent is None


def test_in_all_domains_count_by_their_weight(small):
    # Doors 50 with weight 3, people 100 with weight 1: (150 + 100) / 4.
    assert scoring.overall(small, {"lock": 2, "glass": 0, "know": 3}).percent == pytest.approx(62.5)
    assert scoring.overall(small, {"know": 3}).percent == 100
    assert scoring.overall(small, {}).percent is None


def test_layers_are_counted_across_domains(small):
    layers = scoring.layer_scores(small, {"lock": 3, "glass": 3, "know": 0})
    assert {name: each.percent for name, each in layers.items()} == {"delay": 100, "respond": 0}


def test_weak_points_come_gravest_first(small):
    weak = scoring.weaknesses(small, {"lock": 1, "glass": 0, "know": 2})
    assert [(each.question.key, each.likelihood, each.impact) for each in weak] == [("lock", 3, 4), ("glass", 4, 2)]


def test_two_assessments_are_compared_question_by_question(small):
    found = scoring.compare(small, {"lock": 3, "glass": 0, "know": 1}, {"lock": 1, "glass": 2})
    assert [each.question.key for each in found.better] == ["lock"]
    assert [each.question.key for each in found.worse] == ["glass"]
    assert (found.same, found.only_now) == (0, 1)


def test_our_template_is_whole_and_walks_from_the_street_to_the_people():
    ours = templates.shipped()["school-site", "2026.1"]
    assert ours.holds(date(2026, 10, 15))
    assert ours.recognised
    assert [domain.key for domain in ours.domains][:3] == ["perimeter", "parking", "exterior"]
    assert {"classroom-lock-inside", "medical-aed", "medical-bleeding"} <= set(ours.questions)
    assert all(question.look for question in ours.questions.values())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("key: lock", "key: know"), "there twice: know"),
        (("value: 3", "value: 5"), "numbered 0, 1, 2"),
        (("layer: respond", "layer: pray"), "domains"),
        (("version:", "versions:"), "version"),
        (("from: 2026-07-01", "from: 2026-07-01\nuntil: 2026-07-01"), "after `from`"),
        (("title: A small one", "title: &x A\nabout: *x"), "can't be read"),
        (("key: small", "key: 'a: ["), "can't be read"),
    ],
)
def test_a_file_that_is_wrong_says_what(wrong, words):
    with pytest.raises(TemplateError) as error:
        read_template(FILE.replace(*wrong, 1))
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("done", "under_way", "on", "state"),
    [
        (True, True, date(2026, 10, 1), "done"),
        (False, True, date(2026, 10, 1), "under_way"),
        (False, False, date(2026, 10, 1), "open"),
        (False, True, date(2027, 7, 1), "overdue"),
    ],
)
def test_a_school_owes_one_assessment_each_school_year(done, under_way, on, state):
    due = cadence.due(SchoolYear(2026), on, is_done=done, is_under_way=under_way)
    assert (due.state, due.by) == (state, date(2027, 6, 30))


def test_reminders_go_out_ninety_thirty_and_seven_days_before_the_year_ends():
    days = [date(2027, 4, 1), date(2027, 5, 31), date(2027, 6, 23)]
    assert all(map(cadence.reminds_on, days))
    assert not cadence.reminds_on(date(2027, 6, 30))
