"""The invented tip line: the same for the same seed, its numbers add up, and every word that is sealed opens."""

import json
from collections import Counter, defaultdict

import pytest

from shelterbelt.approvals.verbs import VERBS
from shelterbelt.demo import loading
from shelterbelt.demo.tests.test_invented_state import TODAY, ground
from shelterbelt.tips.actions import keeping, unmasking  # noqa: F401  their verbs are registered as they are read
from shelterbelt.tips.demonstration.book import CODE
from shelterbelt.tips.demonstration.desk import ROWS
from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries.statistics import COUNTED
from shelterbelt.tips.rules import progress, states
from shelterbelt.tips.rules.dispositions import actions
from shelterbelt.tips.rules.event_types import event_types
from shelterbelt.tips.sealing import codes, months, words
from shelterbelt.tips.words import SENTENCES


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """The keys of months lie in a folder of this file's own."""
    return tmp_path_factory.mktemp("tip-keys")


@pytest.fixture(autouse=True)
def tip_keys(keys, settings):
    settings.TIP_KEYS = keys


@pytest.fixture(scope="module")
def rows(keys):
    """The rows of a fifth of a state, by table, as words to values."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(months, "folder", lambda: keys)
        _world, tables = loading.invented(ground(), size=0.2, years=6, seed=1, today=TODAY)
        found = defaultdict(list)
        for each in tables:
            if each.table.startswith(("tips_", "approvals_", "people_appointment")):
                found[each.table] += [dict(zip(each.columns, row, strict=True)) for row in each.rows]
    return found


def opened(rows):
    """The key of each tip."""
    return {tip["id"]: months.read(tip["month_id"]).unwrap(tip["key_for_desk"]) for tip in rows["tips_tip"]}


def test_every_kind_of_record_of_the_desk_is_there(rows):
    assert not [table for table in ROWS if not rows[table]]


def test_tips_stand_in_all_states_that_a_desk_shows(rows):
    found = {tip["state"] for tip in rows["tips_tip"]}
    assert {"received", "in_triage", "needs_info", "acknowledged", "in_progress", "linked", "closed"} <= found


def test_no_step_lies_before_the_one_it_follows(rows):
    for each in rows["tips_referral"]:
        moments = [each[name] for name in ("at", "sent_at", "acknowledged_at", "answered_at") if each[name]]
        assert moments == sorted(moments)
        assert (each["acknowledged_at"] is None) != bool(each["how"])
    for tip in rows["tips_tip"]:
        assert (tip["closed_at"] is None) != (tip["state"] == "closed")
        assert tip["received_at"] <= tip["changed_at"]


def test_a_tip_stands_where_its_referrals_say(rows):
    primaries = defaultdict(list)
    for each in rows["tips_referral"]:
        if each["is_primary"]:
            primaries[each["tip_id"]].append(each["state"])
    told = [tip for tip in rows["tips_tip"] if tip["id"] in primaries and tip["state"] != "closed"]
    assert told
    assert all(tip["state"] == progress.stands(primaries[tip["id"]]) for tip in told)


def test_clocks_run_only_for_what_still_waits(rows):
    state = {tip["id"]: tip["state"] for tip in rows["tips_tip"]}
    running = [clock for clock in rows["tips_clock"] if clock["ended_at"] is None]
    assert running
    assert all(state[clock["tip_id"]] in states.NEEDS_WORK for clock in running)
    assert all(clock["ended_at"] is None for clock in rows["tips_clock"] if not clock["outcome"])


def test_every_line_of_history_can_be_said(rows):
    assert {line["verb"] for line in rows["tips_done"]} <= SENTENCES.keys()


def test_everything_sealed_opens(rows):
    keys = opened(rows)
    for tip in rows["tips_tip"]:
        assert words.unseal_answers(keys[tip["id"]], tip["body"], kind="body", of=tip["id"])["narrative"]
        assert (
            words.unseal_text(keys[tip["id"]], tip["closed_because"], kind="closed_because", of=tip["id"]) is not None
        )
    for table, column, kind in (("tips_message", "words", "message"), ("tips_link", "why", "link")):
        assert all(words.unseal_text(keys[row["tip_id"]], row[column], kind=kind, of=row["id"]) for row in rows[table])
    for table, kind in (("tips_referral", "referral"), ("tips_disposition", "disposition")):
        for row in rows[table]:
            assert not row["words"] or words.unseal_answers(keys[row["tip_id"]], row["words"], kind=kind, of=row["id"])
    for row in rows["tips_agencynotice"]:
        key = months.read(row["month_id"]).unwrap(row["key_for_desk"])
        assert words.unseal_answers(key, row["child"], kind="child", of=row["id"])["name"]


def test_the_code_that_a_visitor_knows_opens_one_tip(rows):
    keys = codes.keys_of(CODE)
    found = [tip for tip in rows["tips_tip"] if tip["receipt"] == keys.receipt]
    assert len(found) == 1
    assert codes.unwrap(found[0]["key_for_code"], keys) == opened(rows)[found[0]["id"]]
    assert len({tip["receipt"] for tip in rows["tips_tip"]}) == len(rows["tips_tip"])


def test_numbers_add_up(rows):
    steps = Counter()
    for fact in rows["tips_statfact"]:
        steps[fact["step"]] += fact["amount"]
        assert fact["on"] >= fact["received_on"]
        assert fact["kind"] == "notice" or fact["event_type"] in event_types()
    assert steps["received"] >= steps["claimed"] >= steps["closed"] > 0
    assert steps["referred"] == steps["sent"] >= steps["acknowledged"] >= steps["answered"] == steps["result"]


def test_what_is_counted_of_the_last_weeks_is_what_lies_there(rows):
    lie = Counter(tip["kind"] for tip in rows["tips_tip"] if tip["channel"] and tip["taken_in_at"])
    first = min(tip["taken_in_at"] for tip in rows["tips_tip"] if tip["kind"] == "real").date()
    count = Counter(
        fact["kind"] for fact in rows["tips_statfact"] if fact["step"] == "received" and fact["received_on"] > first
    )
    assert all(abs(lie[kind] - count[kind]) <= 5 for kind in Tip.Kind.values if kind != "spam")


def test_the_oldest_two_years_are_attested_only_and_each_year_has_more_tips(rows):
    by_year = Counter()
    for fact in rows["tips_statfact"]:
        if fact["step"] == "received" and fact["kind"] in COUNTED:
            by_year[fact["received_on"].year - (fact["received_on"].month < 7)] += 1
    assert min(by_year) == 2023
    assert by_year[2023] < by_year[2025]
    assert 200 < by_year[2023] < 450  # a fifth of Missouri's 1,573


def test_two_people_decide_on_what_waits(rows):
    known = {str(each["id"]) for each in rows["tips_unmaskrequest"] + rows["tips_disposalbatch"]}
    waiting = [each for each in rows["approvals_approval"] if each["verb"].startswith("tips.")]
    assert {each["verb"] for each in waiting} == {"tips.unmask", "tips.dispose"} <= VERBS.keys()
    for approval in waiting:
        given = json.loads(approval["given"])
        assert set(given) == set(VERBS[approval["verb"]].takes)
        assert set(given.values()) <= known


def test_outcomes_are_those_that_their_recipients_are_offered(rows):
    to = {each["id"]: each["to"] for each in rows["tips_referral"]}
    for each in rows["tips_disposition"]:
        assert all(
            to[each["referral_id"]] in actions()[code].classes for code in each["actions"].strip("{}").split(",")
        )
