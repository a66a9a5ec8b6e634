"""The guided path, page by page, as a principal walks it."""

import re

from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans import actions
from shelterbelt.plans.models import Plan, Section, Version
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.tests.conftest import NOW, TODAY


def _page(answer):
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return answer.content.decode()


def _read(rows):
    with acting_as_system("install", today=TODAY, reason="test"):
        return list(rows)


def test_a_principal_walks_the_six_steps_to_a_frozen_version(begun, browser, town):
    plan, ben = begun("linden"), browser("ben")
    steps = [
        _page(ben.get(f"/plans/{plan.pk}/steps/{step}/"))
        for step in ("team", "hazards", "goals", "courses", "writing", "implementing")
    ]
    assert "Nobody on the team speaks yet for" in steps[0]

    form = {"name": "Ann Nurse", "group": "support", "phone": "573-555-0101"}
    assert "Ann Nurse" in _page(ben.post(f"/plans/{plan.pk}/lists/team/add/", form, follow=True))
    form = {"held_on": "2026-10-01", "topics": "Divided the sections"}
    assert "Divided the sections" in _page(ben.post(f"/plans/{plan.pk}/lists/meetings/add/", form, follow=True))

    _page(ben.get(f"/plans/{plan.pk}/hazards/"))
    _page(ben.post(f"/plans/{plan.pk}/hazards/", {"keys": ["gas"], "own": "The quarry"}, follow=True))
    [tornado] = _read(plan.hazards.filter(key="tornado"))
    rating = {"probability": 4, "magnitude": 4, "warning": 3, "duration": 1}
    said = _page(ben.post(f"/plans/hazards/{tornado.pk}/", rating, follow=True))
    assert "Tornado and severe wind: high priority" in said
    goals = _page(ben.post(f"/plans/hazards/{tornado.pk}/annex/", follow=True))
    assert "Tornado and severe wind: what must be so?" in goals

    [annex] = _read(plan.sections.filter(key="hazard-tornado"))
    goal = {"when": "during", "text": "Everybody is in a safe place.", "objectives": "One\nTwo"}
    _page(ben.post(f"/plans/sections/{annex.pk}/goals/", goal, follow=True))
    [kept] = _read(plan.goals.all())
    course = {"text": "Leads the class to the hallway.", "role": "Each teacher", "minutes": 2}
    assert "Each teacher" in _page(ben.post(f"/plans/goals/{kept.pk}/courses/", course, follow=True))

    page = _page(ben.get(f"/plans/sections/{annex.pk}/"))
    assert "What readers look for" in page
    text = {"body": "# Before\n\n- Look at the *sky*.", "revision": 0}
    assert "The text is kept" in _page(ben.post(f"/plans/sections/{annex.pk}/", text, follow=True))
    _page(ben.post(f"/plans/sections/{annex.pk}/ready/", follow=True))
    _page(ben.post(f"/plans/sections/{annex.pk}/owner/", {"owner": town.people["tom"].pk}, follow=True))
    [annex] = _read(plan.sections.filter(key="hazard-tornado"))
    assert "<em>sky</em>" in annex.body
    assert (annex.state, annex.owner_id) == ("ready", town.people["tom"].pk)

    for name, given in {
        "contacts": {"kind": "fire", "name": "Station 3", "phone": "573-555-0111"},
        "places": {"kind": "assembly", "name": "Ball field", "where": "North of the gym"},
        "roles": {"title": "Bus marshal", "holder": "Joe"},
    }.items():
        assert given.get("name", "Bus marshal") in _page(
            ben.post(f"/plans/{plan.pk}/lists/{name}/add/", given, follow=True)
        )
    training = {"protocol": "five_actions", "training": "In August, an hour."}
    _page(ben.post(f"/plans/{plan.pk}/training/", training, follow=True))
    assert "In August, an hour." in _page(ben.get(f"/plans/{plan.pk}/draft/"))

    assert "Still missing" in _page(ben.get(f"/plans/{plan.pk}/review/"))
    said = _page(ben.post(f"/plans/{plan.pk}/review/", {"what_changed": "First"}, follow=True))
    assert "The text is frozen" in said
    [version] = _read(Version.objects.with_content())
    assert {"team", "hazards", "contacts", "places", "roles", "actions", "implementing"} <= {
        part["key"] for part in version.parts
    }
    assert "Look at the" in _page(ben.get(f"/plans/versions/{version.pk}/differences/"))

    sue = browser("sue")
    _page(sue.get(f"/plans/versions/{version.pk}/adopt/"))
    said = _page(
        sue.post(
            f"/plans/versions/{version.pk}/adopt/", {"adopted_on": "2026-10-15", "meeting": "Regular"}, follow=True
        )
    )
    assert "adopted by the board: Regular" in said
    read = _page(browser("tom").get(f"/plans/versions/{version.pk}/"))
    assert "The text is as it was frozen" in read


def test_what_was_typed_stays_on_the_page_when_the_plan_is_in_review(begun, write, browser, acting):
    plan = begun("linden")
    section = write(plan, "lockdown", "<p>Lock the doors.</p>")
    with acting("ben") as ben:
        actions.send_to_review(version=draft_of(plan), by=ben, at=NOW)
    answer = browser("ben").post(f"/plans/sections/{section.pk}/", {"body": "Ten lines of work", "revision": 1})
    assert answer.status_code == 409
    assert "in review" in answer.content.decode()
    assert "Ten lines of work" in answer.content.decode()


def test_saving_while_writing_answers_with_the_number_that_stands(begun, browser):
    plan, ben = begun("linden"), browser("ben")
    [section] = _read(plan.sections.filter(key="lockdown"))
    answer = ben.post(f"/plans/sections/{section.pk}/save/", {"body_html": "<p>One</p>", "revision": 0})
    assert answer.json()["revision"] == 1
    again = browser("sam").post(f"/plans/sections/{section.pk}/save/", {"body_html": "<p>Two</p>", "revision": 0})
    assert again.status_code == 409
    assert again.json()["merge"] == f"/plans/sections/{section.pk}/merge/"
    page = _page(browser("sam").get(again.json()["merge"]))
    assert "Which words stay?" in page
    aside = re.search(r'name="aside" value="(\d+)"', page)
    assert aside
    merged = {"body_html": "<p>One and two</p>", "revision": 1, "aside": aside[1]}
    assert "The merged text is kept" in _page(browser("sam").post(again.json()["merge"], merged, follow=True))
    history = _page(ben.get(f"/plans/sections/{section.pk}/history/"))
    assert history.count("?text=") == 3
    earlier = _read(section.revisions.filter(body="<p>Two</p>"))[0]
    _page(ben.get(f"/plans/sections/{section.pk}/history/?text={earlier.pk}"))
    _page(ben.post(f"/plans/sections/{section.pk}/history/{earlier.pk}/", follow=True))
    assert _read(Section.objects.filter(pk=section.pk))[0].body == "<p>Two</p>"


def test_a_district_offers_its_text_and_the_school_takes_it(begun, write, browser):
    cedar, linden = begun("cedar"), begun("linden")
    section = write(cedar, "lockdown", "<p>Lock every door.</p>", "ada")
    said = _page(browser("ada").post(f"/plans/sections/{section.pk}/send/", follow=True))
    assert "Offered to 1 schools" in said
    [task] = _read(linden.tasks.open())
    ben = browser("ben")
    assert "Lock every door." in _page(ben.get(f"/plans/tasks/{task.pk}/"))
    assert ben.post(f"/plans/tasks/{task.pk}/", {"outcome": "kept", "note": ""}).status_code == 422
    _page(ben.post(f"/plans/tasks/{task.pk}/", {"outcome": "accepted"}, follow=True))
    assert "with the district" in _page(ben.get(f"/plans/{linden.pk}/steps/writing/"))


def test_the_list_of_plans_shows_where_something_waits(adopted, browser):
    adopted("linden")
    page = _page(browser("ada").get("/plans/"))
    assert "Version 1 in force since" in page
    assert "Birch Hill School" in page
    assert "whose plan you work on" in _page(browser("ruth").get("/plans/"))


def test_opening_a_plan_asks_the_database_a_few_times(adopted, browser, django_assert_max_num_queries):
    version = adopted("linden")
    ben = browser("ben")
    ben.get(f"/plans/versions/{version.pk}/")
    with django_assert_max_num_queries(16):
        ben.get(f"/plans/versions/{version.pk}/")
    with django_assert_max_num_queries(40):
        ben.get(f"/schools/{version.org_id}/plan/")


def test_a_plans_pages_do_not_exist_for_another_school(adopted, browser):
    version = adopted("linden")
    [plan] = _read(Plan.objects.all())
    [section] = _read(plan.sections.filter(key="lockdown"))
    addresses = [
        f"/plans/{plan.pk}/steps/team/",
        f"/plans/{plan.pk}/draft/",
        f"/plans/{plan.pk}/lists/contacts/",
        f"/plans/sections/{section.pk}/",
        f"/plans/versions/{version.pk}/",
        f"/plans/versions/{version.pk}/differences/",
    ]
    for who in ("bea", "otto", "ruth", "pete"):
        assert {browser(who).get(address).status_code for address in addresses} == {404}


def test_the_officer_sees_the_draft_and_no_link_that_sends_it_to_review(begun, browser):
    plan = begun("linden")
    for who, is_led in (("ben", True), ("rosa", False)):
        told = _page(browser(who).get(f"/plans/{plan.pk}/steps/implementing/"))
        assert (f"/plans/{plan.pk}/review/" in told) is is_led, who


def test_whoever_only_reads_a_plan_is_refused_and_nothing_fails(adopted, browser, acting):
    version = adopted("linden")
    [section] = _read(version.plan.sections.filter(key="lockdown"))
    with acting("ben"):
        contact = version.plan.contacts.create(org_id=version.org_id, kind="fire", name="Station 3", phone="1")
    for who in ("cora", "tom"):
        them = browser(who)
        for address in (
            f"/plans/sections/{section.pk}/ready/",
            f"/plans/sections/{section.pk}/send/",
            f"/plans/{version.plan_id}/contacts/{contact.pk}/looked-up/",
            f"/plans/{version.plan_id}/lists/contacts/{contact.pk}/remove/",
            f"/plans/{version.plan_id}/attest/",
            f"/plans/versions/{version.pk}/call-off/",
        ):
            assert them.post(address).status_code == 403, address
        text = {"body_html": "<p>x</p>", "revision": "1"}
        assert them.post(f"/plans/sections/{section.pk}/save/", text).status_code == 403
    assert browser("otto").post(f"/plans/sections/{section.pk}/save/", text).status_code == 404


def test_numbers_and_letters_that_no_record_holds_are_refused_with_a_sentence(begun, browser):
    plan, ben = begun("linden"), browser("ben")
    [section] = _read(plan.sections.filter(key="lockdown"))
    far = {"body_html": "<p>x</p>", "revision": "9" * 30}
    assert ben.post(f"/plans/sections/{section.pk}/save/", far).status_code == 422
    assert ben.post(f"/plans/sections/{section.pk}/", far | {"body": "x"}).status_code == 422
    assert ben.post(
        f"/plans/sections/{section.pk}/save/", {"body_html": "<p>a\x00b</p>", "revision": "0"}
    ).status_code in {200, 400}
