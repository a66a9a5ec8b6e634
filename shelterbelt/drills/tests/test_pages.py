"""What each person sees in the browser, and what comes of a form."""

import csv
import io
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import python_calamine
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.drills.models import CorrectiveAction, Drill
from shelterbelt.drills.tests.conftest import TODAY

FORM = {
    "kind": "fire",
    "held_on": "2026-10-14",
    "started_at": "09:30",
    "minutes": "6",
    "is_announced": "False",
    "plan_part": "evacuation",
    "students": "310",
    "staff": "28",
    "present": ["fire"],
}


def the_drill():
    with acting_as_system("install", today=TODAY, reason="test"):
        return Drill.objects.get()


def record(browser, school, drill_id=None, accept="text/html", **more):
    given = FORM | {"drill_id": str(drill_id or uuid.uuid4())} | more
    return browser.post(reverse("drills:record", args=[school.pk]), given, headers={"accept": accept})


def test_the_quick_form_leads_on_to_what_was_learned(town, browser):
    answer = record(browser("cora"), town.linden)
    drill = the_drill()
    assert answer.status_code == 302
    assert answer.url == reverse("drills:after_action", args=[drill.pk])
    assert (drill.fire_present, drill.law_enforcement_present, drill.is_announced) == (True, False, False)


def test_the_quick_form_starts_with_today(town, browser):
    page = browser("cora").get(reverse("drills:record", args=[town.linden.pk]))
    assert page.status_code == 200
    assert 'value="2026-10-15"' in page.text
    assert re.search(r"js/drill(\.[0-9a-f]+)?\.js", page.text)


def test_kind_and_day_are_enough_to_keep_it(town, browser):
    cora = browser("cora")
    answer = cora.post(
        reverse("drills:record", args=[town.linden.pk]),
        {"drill_id": str(uuid.uuid4()), "kind": "fire", "held_on": "2026-10-14"},
    )
    assert answer.status_code == 302
    drill = the_drill()
    assert (drill.fire_present, drill.students, drill.is_announced) == (None, None, None)
    page = cora.get(reverse("drills:drill", args=[drill.pk]))
    assert "Give the number of students" in page.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"held_on": "2026-10-16"}, "Schedule it instead"),
        ({"held_on": "yesterday"}, "month/day/year"),
        ({"minutes": "-4"}, "from 1 to 1440"),
        ({"minutes": "2000"}, "from 1 to 1440"),
        ({"students": "some"}, "whole number"),
        ({"students": "99999999999"}, "from 0 to 20000"),
        ({"kind": ""}, "required"),
        ({"plan_part": "other"}, "which other part"),
        ({"present": ["fire", "nobody"]}, "Untick one"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(town, browser, more, words):
    answer = record(browser("cora"), town.linden, place="Gym", **more)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Gym"' in answer.text
    with acting_as_system("install", today=TODAY, reason="test"):
        assert not Drill.objects.exists()


def test_a_phone_sends_twice_and_hears_the_same(town, browser):
    cora, drill_id = browser("cora"), uuid.uuid4()
    first = record(cora, town.linden, drill_id, accept="application/json").json()
    second = record(cora, town.linden, drill_id, accept="application/json").json()
    assert (first["outcome"], second["outcome"]) == ("kept", "same")
    assert first["url"] == second["url"] == reverse("drills:after_action", args=[the_drill().pk])


def test_a_phone_that_waited_too_long_is_told(town, browser):
    cora, drill_id = browser("cora"), uuid.uuid4()
    record(cora, town.linden, drill_id, minutes="9")
    written = (datetime(2026, 10, 15, 20, 0, tzinfo=UTC) - timedelta(hours=3)).isoformat()
    answer = record(cora, town.linden, drill_id, accept="application/json", written_at=written).json()
    assert answer["outcome"] == "older"
    assert the_drill().minutes == 9


def test_a_phone_hears_what_is_wrong(town, browser):
    answer = record(browser("cora"), town.linden, accept="application/json", minutes="0")
    assert answer.status_code == 422
    assert answer.json()["outcome"] == "refused"
    assert "minutes" in answer.json()["errors"]


def test_a_planned_drill_is_filled_in(town, browser, make_drill):
    ahead = make_drill(
        status="scheduled", held_on=None, planned_on=date(2026, 10, 13), kind="tornado", plan_part="shelter"
    )
    page = browser("cora").get(reverse("drills:record", args=[town.linden.pk]), {"drill": str(ahead.pk)})
    assert str(ahead.pk) in page.text
    assert '<option value="tornado" selected>' in page.text
    assert 'value="2026-10-13"' in page.text


def test_what_was_learned_is_kept_with_its_step(town, browser, make_drill):
    drill = make_drill()
    answer = browser("cora").post(
        reverse("drills:after_action", args=[drill.pk]),
        {
            "strengths": "Calm", "improvements": "Radios", "accommodations": "Two aides",
            "step-what": "Buy radios", "step-owner": "Office", "step-due_on": "2026-12-01",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    with acting_as_system("install", today=TODAY, reason="test"):
        assert CorrectiveAction.objects.get().what == "Buy radios"
        assert Drill.objects.get().strengths == "Calm"


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def test_pages_sent_twice_make_one(town, browser, make_drill):
    cora, drill = browser("cora"), make_drill()
    learned, add = (reverse(f"drills:{name}", args=[drill.pk]) for name in ("after_action", "add_action"))
    plan = reverse("drills:schedule", args=[town.linden.pk])
    given = {"what": "Buy radios", "owner": "Office", "due_on": "2026-12-01"}
    sent = [
        (learned, {f"step-{name}": value for name, value in given.items()}, "step-action_id"),
        (add, given, "action_id"),
        (plan, {"kind": "tornado", "planned_on": "2026-11-03"}, "drill_id"),
    ]
    for url, answers, name in sent:
        whole = answers | {name: hidden(cora.get(url), name)}
        assert [cora.post(url, whole).status_code for _ in range(2)] == [302, 302]
    with acting_as_system("install", today=TODAY, reason="test"):
        assert (CorrectiveAction.objects.count(), Drill.objects.count()) == (2, 2)


def test_learning_without_a_step_makes_none(town, browser, make_drill):
    cora, url = browser("cora"), reverse("drills:after_action", args=[make_drill().pk])
    answers = {"strengths": "Calm", "step-action_id": hidden(cora.get(url), "step-action_id")}
    assert cora.post(url, answers).status_code == 302
    with acting_as_system("install", today=TODAY, reason="test"):
        assert not CorrectiveAction.objects.exists()


def test_half_a_step_is_no_step(town, browser, make_drill):
    drill = make_drill()
    answer = browser("cora").post(
        reverse("drills:after_action", args=[drill.pk]), {"strengths": "Calm", "step-what": "Buy radios"}
    )
    assert answer.status_code == 422
    assert "Calm" in answer.text
    late = {"strengths": "Calm", "step-what": "Buy", "step-owner": "Office", "step-due_on": "2020-01-01"}
    assert browser("cora").post(reverse("drills:after_action", args=[drill.pk]), late).status_code == 422
    assert the_drill().strengths == ""


def test_only_an_active_shooter_drill_asks_about_parents(town, browser, make_drill):
    fire, shooter = make_drill(), make_drill(kind="active_shooter", plan_part="active_shooter")
    cora = browser("cora")
    assert "parents" not in cora.get(reverse("drills:after_action", args=[fire.pk])).text
    assert "parents" in cora.get(reverse("drills:after_action", args=[shooter.pk])).text


def pages_of(town, drill):
    return {
        "mine": reverse("drills:mine"),
        "school": reverse("drills:school", args=[town.linden.pk]),
        "record": reverse("drills:record", args=[town.linden.pk]),
        "schedule": reverse("drills:schedule", args=[town.linden.pk]),
        "incident": reverse("drills:incident", args=[town.linden.pk]),
        "drill": reverse("drills:drill", args=[drill.pk]),
        "after_action": reverse("drills:after_action", args=[drill.pk]),
        "cancel": reverse("drills:cancel", args=[drill.pk]),
        "agencies": reverse("drills:agencies", args=[drill.pk]),
        "attach": reverse("drills:attach", args=[drill.pk]),
        "add_action": reverse("drills:add_action", args=[drill.pk]),
        "follow_up": reverse("drills:follow_up"),
        "csv": reverse("drills:csv", args=[town.linden.pk, "2026-27"]),
        "xlsx": reverse("drills:xlsx", args=[town.linden.pk, "2026-27"]),
    }


WRITES = {"record", "schedule", "incident", "after_action", "cancel", "agencies", "attach", "add_action"}


@pytest.mark.parametrize(
    ("name", "refused", "not_there"),
    [
        ("cora", set(), set()),
        ("ben", set(), set()),
        ("ada", WRITES, set()),
        ("greta", WRITES, set()),
        ("pete", {"record", "schedule", "incident", "csv", "xlsx"},
         {"after_action", "cancel", "agencies", "attach", "add_action"}),
        ("otto", {"record", "schedule", "incident", "csv", "xlsx"},
         {"drill", "after_action", "cancel", "agencies", "attach", "add_action", "school"}),
    ],
)  # fmt: skip
def test_who_gets_which_page(town, browser, make_drill, name, refused, not_there):
    drill, person = make_drill(), browser(name)
    found = {page: person.get(url).status_code for page, url in pages_of(town, drill).items()}
    expected = {page: 403 if page in refused else 404 if page in not_there else 200 for page in found}
    assert found == expected


def test_nobody_gets_a_page_without_signing_in(town, make_drill, client):
    for url in pages_of(town, make_drill()).values():
        assert client.get(url).status_code == 302


def test_an_agency_sees_that_a_drill_was_held_not_what_was_learned(town, browser, make_drill):
    drill = make_drill(strengths="SECRET-A", improvements="SECRET-B", accommodations="SECRET-C", summary="SECRET-D")
    incident = make_drill(nature="incident", incident_class="knife", summary="SECRET-E")
    pete = browser("pete")
    page = pete.get(reverse("drills:drill", args=[drill.pk]))
    assert page.status_code == 200
    assert "SECRET" not in page.text
    assert pete.get(reverse("drills:drill", args=[incident.pk])).status_code == 404
    school = pete.get(reverse("drills:school", args=[town.linden.pk])).text
    assert "Knife" not in school
    assert "D-L5" not in school


def test_an_agency_sees_drills_ahead(town, browser, make_drill):
    make_drill(status="scheduled", held_on=None, planned_on=date(2026, 11, 3))
    make_drill(town.oak, status="scheduled", held_on=None, planned_on=date(2026, 11, 4))
    page = browser("fay").get(reverse("drills:mine")).text
    assert "Linden Creek" in page
    assert "Far Oak" not in page


def test_the_list_says_what_is_due(town, browser, make_drill):
    late = make_drill(status="scheduled", held_on=None, planned_on=date(2026, 10, 1))
    page = browser("cora").get(reverse("drills:mine")).text
    assert "Record it" in page
    assert str(late.pk) in page
    assert "Two tornado drills" in page


def test_the_school_page_explains_d_l5(town, browser):
    page = browser("ada").get(reverse("drills:school", args=[town.linden.pk])).text
    assert "No active shooter drill has been recorded this school year." in page
    assert "state office reads" in page


@pytest.mark.parametrize("year", ["2026-28", "soon", "1812-13", "2999-00"])
def test_a_year_that_is_none_is_not_there(town, browser, year):
    assert browser("cora").get(reverse("drills:school", args=[town.linden.pk]), {"year": year}).status_code == 404


def test_exports_disarm_formulas(town, browser, make_drill):
    make_drill(strengths="=HYPERLINK(1)", place="@here", improvements="fine")
    cora = browser("cora")
    table = cora.get(reverse("drills:csv", args=[town.linden.pk, "2026-27"]))
    (row,) = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")))
    assert (row["strengths"], row["place"], row["improvements"]) == ("'=HYPERLINK(1)", "'@here", "fine")
    book = cora.get(reverse("drills:xlsx", args=[town.linden.pk, "2026-27"]))
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert sheet[1][sheet[0].index("strengths")] == "'=HYPERLINK(1)"
    assert sheet[1][sheet[0].index("held_on")] == date(2026, 9, 8)


def test_plan_move_cancel(town, browser):
    cora = browser("cora")
    answer = cora.post(
        reverse("drills:schedule", args=[town.linden.pk]), {"kind": "tornado", "planned_on": "2026-11-03"}
    )
    drill = the_drill()
    assert answer.url == reverse("drills:drill", args=[drill.pk])
    assert cora.post(reverse("drills:reschedule", args=[drill.pk]), {"planned_on": "2020-01-01"}).status_code == 422
    assert cora.post(reverse("drills:reschedule", args=[drill.pk]), {"planned_on": "2026-11-04"}).status_code == 302
    assert cora.post(reverse("drills:cancel", args=[drill.pk]), {"because": ""}).status_code == 422
    assert cora.post(reverse("drills:cancel", args=[drill.pk]), {"because": "Snow"}).status_code == 302
    assert "Snow" in cora.get(reverse("drills:drill", args=[drill.pk])).text


def test_an_incident_is_reported(town, browser):
    cora = browser("cora")
    given = {
        "drill_id": str(uuid.uuid4()), "nature": "threat", "incident_class": "firearm", "kind": "lockdown",
        "held_on": "2026-10-14", "started_at": "10:00", "summary": "A call.", "present": ["law_enforcement"],
    }  # fmt: skip
    assert cora.post(reverse("drills:incident", args=[town.linden.pk]), given).status_code == 302
    assert the_drill().completed_on == TODAY
    assert cora.post(reverse("drills:incident", args=[town.linden.pk]), {"kind": ""}).status_code == 422


def test_agencies_are_invited_and_come(town, browser, make_drill):
    cora = browser("cora")
    drill = make_drill(status="scheduled", held_on=None, planned_on=TODAY)
    url = reverse("drills:agencies", args=[drill.pk])
    assert cora.post(url, {"agencies": [town.police.pk, town.fire.pk]}).status_code == 302
    record(cora, town.linden, drill.pk, present=[])
    assert cora.post(url, {"agencies": [town.police.pk]}).status_code == 302
    assert the_drill().law_enforcement_present is True


def test_a_step_is_closed_in_the_browser(town, browser, make_drill):
    with acting_as_system("install", today=TODAY, reason="test"):
        step = CorrectiveAction.objects.create(
            drill=make_drill(), school=town.linden, what="Door", owner="Ann", due_on=date(2026, 10, 1)
        )
    cora, url = browser("cora"), reverse("drills:action", args=[step.pk])
    assert "Overdue" in cora.get(reverse("drills:follow_up")).text
    assert cora.get(url).status_code == 200
    assert cora.post(url, {"what": "Door", "owner": "Ann", "due_on": ""}).status_code == 422
    assert cora.post(url, {"done": "1", "done_on": "2026-10-15", "outcome": "Mended"}).status_code == 302
    assert "No step is open" in cora.get(reverse("drills:follow_up")).text
    assert browser("otto").get(url).status_code == 404


@pytest.mark.parametrize("name", ["ben", "ada", "pete"])
def test_lists_ask_as_often_for_many_rows_as_for_few(town, browser, make_drill, name, django_assert_max_num_queries):
    with acting_as_system("install", today=TODAY, reason="test"):
        schools = [town.linden, *(a.a_school(f"School {number}", district=town.cedar) for number in range(12))]
    for school in schools:
        for days in range(4):
            make_drill(school, held_on=date(2026, 9, 1) + timedelta(days=days))
            make_drill(school, status="scheduled", held_on=None, planned_on=date(2026, 11, 1))
    person = browser(name)
    for url in (reverse("drills:mine"), reverse("drills:school", args=[town.linden.pk]), reverse("drills:follow_up")):
        with django_assert_max_num_queries(26):
            assert person.get(url).status_code == 200


def test_the_worker_is_served_where_it_acts(client, db):
    answer = client.get(reverse("drills:worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer.wsgi_request.path == "/schools/drill-worker.js"


def test_the_same_drill_written_twice_is_pointed_out(town, browser):
    cora = browser("cora")
    record(cora, town.linden)
    answer = record(cora, town.linden)
    assert "take one of them back" in cora.get(answer.url).text


def test_an_address_cannot_name_a_rule_that_is_none(town, browser):
    given = {"kind": "tornado", "planned_on": "2026-11-03"}
    url = reverse("drills:schedule", args=[town.linden.pk])
    browser("cora").post(url, given | {"requirement": "made-up" * 20})
    assert the_drill().requirement == ""
    with acting_as_system("install", today=TODAY, reason="test"):
        Drill.objects.update(status="cancelled")
    browser("cora").post(url, given | {"requirement": "msip-tornado"})
    with acting_as_system("install", today=TODAY, reason="test"):
        assert Drill.objects.filter(requirement="msip-tornado").exists()


@pytest.mark.parametrize(("name", "offered"), [("cora", True), ("ben", True), ("tom", False), ("greta", False)])
def test_only_those_who_keep_drills_are_offered_to_plan_them(town, browser, name, offered):
    assert ("Plan it" in browser(name).get(reverse("drills:mine")).text) is offered
