"""Every office against every verb."""

import pytest

from shelterbelt.drills import policy

KEEPERS = {"cora", "sam", "rosa", "ben", "sue"}
EVERYBODY = ["cora", "sam", "rosa", "ben", "sue", "ada", "tom", "greta", "otto", "pete", "fay"]
AT_SCHOOL = [policy.may_record, policy.may_schedule, policy.may_report_incident]
OF_HELD = [
    policy.may_correct,
    policy.may_cancel,
    policy.may_write_after_action,
    policy.may_follow_up,
    policy.may_invite,
    policy.may_attach,
]


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_school_and_its_district_keep_its_drills(town, acting, make_drill, name):
    held = make_drill()
    ahead = make_drill(status="scheduled", held_on=None, planned_on=held.held_on)
    with acting(name) as person:
        answers = [may(person, town.linden) for may in AT_SCHOOL]
        answers += [may(person, held) for may in OF_HELD] + [policy.may_reschedule(person, ahead)]
    assert {answer is None for answer in answers} == {name in KEEPERS}


@pytest.mark.parametrize(
    ("name", "words"),
    [("ada", "state office reads"), ("pete", "Agencies see"), ("tom", "principal"), ("otto", "Linden Creek")],
)
def test_a_refusal_says_why(town, acting, name, words):
    with acting(name) as person:
        assert words in str(policy.may_record(person, town.linden))


@pytest.mark.parametrize("name", EVERYBODY)
def test_what_was_learned_is_for_the_school_and_those_above_it(town, acting, name):
    with acting(name) as person:
        refused = policy.may_read_learned(person, town.linden) is not None
    assert refused is (name in {"otto", "pete", "fay"})


def test_drills_belong_to_schools(town, acting):
    with acting("ben") as ben:
        assert "Choose the school" in str(policy.may_record(ben, town.cedar))


@pytest.mark.parametrize(
    ("may", "words"),
    [
        (policy.may_correct, "as a new drill"),
        (policy.may_cancel, "already"),
        (policy.may_invite, "nobody is invited"),
        (policy.may_attach, "no record"),
        (policy.may_reschedule, "still ahead"),
        (policy.may_write_after_action, "once the drill was held"),
    ],
)
def test_nothing_is_done_to_a_cancelled_drill(town, acting, make_drill, may, words):
    cancelled = make_drill(status="cancelled", held_on=None)
    with acting("cora") as cora:
        assert words in str(may(cora, cancelled))


def test_agencies_are_not_invited_to_incidents(town, acting, make_drill):
    incident = make_drill(nature="incident", incident_class="knife")
    with acting("cora") as cora:
        assert "not to incidents" in str(policy.may_invite(cora, incident))
