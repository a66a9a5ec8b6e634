"""Routing rules, over every place, event type and hour, against a table that people can read (routing_expected.csv).

A cell names the recipients in capitals where they owe an answer, in small letters where they are told only:
S school team, D district, L law enforcement, 9 (or 9!) dispatch, M mental health, C child welfare, O out of state.
"""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import Tip
from shelterbelt.tips.rules import routing, routing_page
from shelterbelt.tips.rules.event_types import event_types

EXPECTED = Path(__file__).with_name("routing_expected.csv")
LETTERS = {
    "law_enforcement": "l", "dispatch": "9", "school_team": "s", "district": "d", "mental_health": "m",
    "child_welfare": "c", "out_of_state": "o",
}  # fmt: skip
RULE = "version: 1\nnight: ['22:00', '06:00']\nrules:\n  - {{code: one_rule, when: {when}, then: {then}, why: {why}}}\n"


def written(place, event, hours, *, life_safety):
    facts = routing.Facts((event,), life_safety, place, hours)
    return " ".join(_letter(each) for each in routing.proposals(facts)) or "-"


def _letter(proposal):
    letter = LETTERS[proposal.recipient]
    if letter == "9":
        return "9!" if proposal.is_primary else "9"
    return letter.upper() if proposal.is_primary else letter


def rows():
    """Every combination, in the order of the table."""
    for place in routing.PLACES:
        for event in event_types().values():
            for life_safety in (True,) if event.is_life_safety else (False, True):
                yield place, event.code, life_safety


def test_every_place_event_type_and_hour_goes_where_the_table_says():
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    found = [
        {"place": place, "event": event, "life_safety": "yes" if urgent else "no"}
        | {hours: written(place, event, hours, life_safety=urgent) for hours in routing.HOURS}
        for place, event, urgent in rows()
    ]
    assert found == expected
    assert len(expected) * len(routing.HOURS) == 1_224


@pytest.mark.parametrize("urgent", [True, False])
def test_what_must_hold_of_every_tip(urgent):
    for place, event, _ in rows():
        for hours in routing.HOURS:
            told = {
                each.recipient: each.part for each in routing.proposals(routing.Facts((event,), urgent, place, hours))
            }
            if place == "other_state":
                assert told == {"out_of_state": "primary"}
                continue
            assert "law_enforcement" in told
            assert not urgent or told["law_enforcement"] == "primary"
            assert not urgent or "dispatch" in told
            if place in {"not_a_school", "unknown"}:
                assert not {"school_team", "district"} & set(told)


def test_every_tip_about_a_school_has_somebody_who_owes_an_answer():
    for place, event, urgent in rows():
        if place in {"public", "charter", "private"}:
            told = routing.proposals(routing.Facts((event,), urgent, place, "night"))
            assert any(each.is_primary for each in told), (place, event)


def test_the_school_team_is_not_told_of_an_adult_there_though_something_else_is_said_too():
    facts = routing.Facts(("adult_concern", "bullying"), is_life_safety=False, place="public", hours="school_hours")
    assert "school_team" not in {each.recipient for each in routing.proposals(facts)}


def test_of_several_event_types_the_strongest_word_holds():
    facts = routing.Facts(("sexual_images", "bullying"), is_life_safety=False, place="public", hours="school_hours")
    told = {each.recipient: each.part for each in routing.proposals(facts)}
    assert told == {"law_enforcement": "primary", "school_team": "primary"}


def test_each_sector_of_schools_has_its_place():
    places = {sector: routing.place_of(Tip.PlaceKind.SCHOOL, sector) for sector in (*Org.Sector.values, "")}
    assert set(places.values()) == {"public", "charter", "private"}
    assert places["parochial"] == places["non_public"] == "private"
    assert [routing.place_of(kind, "") for kind in ("not_a_school", "unknown")] == ["not_a_school", "unknown"]


@pytest.mark.parametrize(
    ("time", "in_session", "has_school", "hours"),
    [
        ("10:00", True, True, "school_hours"),
        ("16:00", False, True, "after_hours"),
        ("21:59", False, True, "after_hours"),
        ("22:00", False, True, "night"),
        ("05:59", False, True, "night"),
        ("06:00", False, True, "after_hours"),
        ("12:00", False, False, "break"),
        ("23:30", False, False, "night"),
    ],
)
def test_which_hours_it_is(time, in_session, has_school, hours):
    local = datetime.fromisoformat(f"2026-11-18T{time}")
    assert routing.hours_of(local, in_session=in_session, has_school=has_school) == hours


@pytest.mark.parametrize(
    ("told", "because"),
    [
        ({"when": "{events: [gunn]}"}, "no event type or group gunn"),
        ({"when": "{place: [moon]}"}, "place"),
        ({"when": "{hour: [night]}"}, "hour"),
        ({"then": "{janitor: primary}"}, "janitor"),
        ({"then": "{district: perhaps}"}, "district"),
        ({"why": "''"}, "must say why"),
        ({"why": "{dispatch: x}"}, "must say why for each"),
    ],
)
def test_a_wrong_table_is_refused_with_the_reason(told, because):
    text = RULE.format(**({"when": "{}", "then": "{district: primary}", "why": "So."} | told))
    with pytest.raises(ValidationError, match=because):
        routing.read(text)


def test_two_rules_of_one_code_are_refused():
    text = RULE.format(when="{}", then="{district: primary}", why="So.")
    with pytest.raises(ValidationError, match="same code"):
        routing.read(text + text.splitlines()[-1])


def test_the_page_of_routing_is_current():
    page = Path(__file__).parents[3] / "docs/reference/routing.md"
    assert routing_page.printed(routing.table()) == page.read_text(encoding="utf-8"), (
        "write it anew: python -m shelterbelt routing_page > docs/reference/routing.md"
    )
