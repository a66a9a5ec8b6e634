"""Drills for programs: the same rules, rights and refusals as the form."""

import json
import uuid

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.drills.models import Drill
from shelterbelt.drills.tests.conftest import TODAY

pytestmark = pytest.mark.django_db
NOT_THERE = "There is nothing here, or nothing that you may see."


def sent(**more):
    return {"id": str(uuid.uuid4()), "kind": "lockdown", "held_on": "2026-10-01", "plan_part": "lockdown"} | more


@pytest.fixture
def ask(browser):
    """`ask("cora", "GET", "/drills/1")` is a status and what was answered."""

    def of(who, method, address, body=None, **headers):
        client = browser(who)
        text = json.dumps(body) if body is not None else ""
        answer = client.generic(method, f"/api/v1{address}", text, "application/json", headers=headers)
        assert answer["Content-Type"] in {"application/json; charset=utf-8", "application/problem+json"}
        return answer.status_code, answer.json()

    return of


def drills():
    with acting_as_system("install", today=TODAY, reason="test"):
        return list(Drill.objects.all())


def test_a_program_records_a_drill_by_the_rules_of_the_form(ask, town):
    body = sent(started_at="09:30", minutes=12, is_announced=True, students=310, staff=28, present=["fire"])
    status, told = ask("cora", "POST", f"/schools/{town.linden.pk}/drills", body)
    assert (status, told["outcome"]) == (201, "kept")
    [kept] = drills()
    assert (str(kept.pk), kept.minutes, kept.fire_present, kept.ems_present) == (body["id"], 12, True, False)
    assert told["drill"]["learned"]["missing"][0] == "Write what went well."
    assert ask("cora", "GET", f"/drills/{kept.pk}")[1] == told["drill"]


def test_a_record_sent_twice_is_one_drill(ask, town):
    body = sent()
    address = f"/schools/{town.linden.pk}/drills"
    assert ask("cora", "POST", address, body)[0] == 201
    status, told = ask("cora", "POST", address, body)
    assert (status, told["outcome"]) == (200, "same")
    assert len(drills()) == 1


def test_what_the_rules_refuse_is_told_at_its_field_and_nothing_is_kept(ask, town):
    status, told = ask("cora", "POST", f"/schools/{town.linden.pk}/drills", sent(held_on="2027-01-01"))
    assert status == 422
    assert told["errors"]["held_on"] == [
        "That day hasn't come yet, so the drill can't have been held. Schedule it instead."
    ]
    assert not drills()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": "twelve"}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"kind": "picnic"}, "kind"),
        ({"place": "a\0b"}, "place"),
        ({"place": "\ud800"}, "place"),
        ({"present": ["army"]}, "present.0"),
        ({"id": "7"}, "id"),
        ({"held_on": "2026-02-30"}, "held_on"),
    ],
)
def test_what_can_not_be_read_is_named(ask, town, wrong, field):
    status, told = ask("cora", "POST", f"/schools/{town.linden.pk}/drills", sent(**wrong))
    assert (status, list(told["errors"])) == (422, [field])
    assert not drills()


def test_who_may_not_record_is_told_why(ask, town):
    status, told = ask("otto", "POST", f"/schools/{town.linden.pk}/drills", sent())
    assert status == 403
    assert told["detail"].startswith("Only the principal, safety coordinator or resource officer of Linden Creek")
    assert not drills()


def test_another_schools_drill_is_as_little_there_as_none(ask, town, make_drill):
    mine = make_drill()
    answers = [
        ask("otto", method, address, body)
        for method, body in (("GET", None), ("PUT", {"kind": "fire", "held_on": "2026-09-08"}))
        for address in (f"/drills/{mine.pk}", f"/drills/{uuid.uuid4()}")
    ]
    assert {(status, told["detail"], *sorted(told)) for status, told in answers} == {
        (404, NOT_THERE, "detail", "status", "title", "type")
    }


def test_a_correction_replaces_what_stood_there_and_leaves_what_was_learned(ask, make_drill):
    mine = make_drill(minutes=9, strengths="Quiet.")
    status, told = ask("cora", "PUT", f"/drills/{mine.pk}", {"kind": "fire", "held_on": "2026-09-09", "students": 3})
    assert (status, told["outcome"]) == (200, "kept")
    [kept] = drills()
    assert (kept.minutes, kept.students, str(kept.held_on), kept.strengths) == (None, 3, "2026-09-09", "Quiet.")


def test_what_was_written_before_somebody_elses_correction_changes_nothing(ask, make_drill):
    mine = make_drill()
    body = {"kind": "fire", "held_on": "2026-09-09", "written_at": "2026-09-01T10:00:00Z"}
    status, told = ask("cora", "PUT", f"/drills/{mine.pk}", body)
    assert status == 409
    assert told["detail"].startswith("Somebody changed this record after you wrote yours.")


def test_a_cancelled_drill_is_not_corrected(ask, make_drill):
    mine = make_drill(status="cancelled", held_on=None, planned_on="2026-09-08")
    status, told = ask("cora", "PUT", f"/drills/{mine.pk}", {"kind": "fire", "held_on": "2026-09-09"})
    assert (status, told["detail"]) == (
        403, "This drill was cancelled. Record the one that was held as a new drill."
    )  # fmt: skip


def test_an_agency_sees_when_and_what_of_the_schools_it_serves(ask, town, make_drill):
    mine, theirs = make_drill(strengths="Quiet."), make_drill(town.oak)
    status, told = ask("pete", "GET", f"/schools/{town.linden.pk}/drills")
    assert (status, told["count"], [each["id"] for each in told["drills"]]) == (200, 1, [str(mine.pk)])
    assert ask("pete", "GET", f"/drills/{mine.pk}")[1]["learned"] is None
    assert ask("pete", "GET", f"/drills/{theirs.pk}")[0] == 404
    assert ask("pete", "GET", f"/schools/{town.oak.pk}/drills")[0] == 404


def test_a_year_is_a_school_year(ask, town, make_drill):
    make_drill()
    assert ask("cora", "GET", f"/schools/{town.linden.pk}/drills?year=2025-26")[1]["count"] == 0
    status, told = ask("cora", "GET", f"/schools/{town.linden.pk}/drills?year=2025-27")
    assert (status, told["errors"]) == (422, {"year": ["Write a school year as 2026-27."]})
