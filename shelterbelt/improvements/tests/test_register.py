"""The register: one list of what evaluations, assessments, drills and people found."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.delivery.models import Message, Recipient
from shelterbelt.drills import actions as drills
from shelterbelt.drills.tests.conftest import facts
from shelterbelt.improvements import reminding
from shelterbelt.improvements.models import CorrectiveAction
from shelterbelt.improvements.rules import reminder_is_due
from shelterbelt.improvements.tests.conftest import NOW, TODAY, a_finding, a_step


def page(browser, name, at, **asked):
    return browser(name).get(reverse("improvements:register", args=[at.pk]), asked)


def test_what_is_overdue_stands_first_and_a_drills_step_stands_beside_it(town, acting, browser):
    with acting("cora") as cora:
        drill = drills.record_drill(school=town.linden, drill_id=uuid.uuid4(), facts=facts(), by=cora, at=NOW).drill
        drills.add_corrective_action(drill, what="Mend room 4", owner="Facilities", due_on=date(2026, 10, 5), by=cora)
        found = a_finding(town.linden, cora)
        a_step(found, cora)
        a_finding(town.linden, cora, what="The fence has a hole", likelihood=4, impact=4)
    html = page(browser, "ben", town.cedar).content.decode()
    places = [html.index(words) for words in ("Mend room 4", "Fit a new latch", "The fence has a hole")]
    assert places == sorted(places)
    gravest = page(browser, "ben", town.cedar, order="risk").content.decode()
    assert gravest.index("The fence has a hole") < gravest.index("Fit a new latch")
    only = page(browser, "ben", town.cedar, kind="drill").content.decode()
    assert "Mend room 4" in only
    assert "Fit a new latch" not in only


def test_an_empty_register_says_what_will_stand_in_it(town, browser):
    assert "Nothing was found yet" in page(browser, "cora", town.linden).content.decode()


@pytest.mark.parametrize("name", ["tom", "otto", "pete", "greta"])
def test_whoever_keeps_no_register_there_is_refused_or_finds_nothing(town, browser, step, name):
    assert page(browser, name, town.linden).status_code in {403, 404}
    assert browser(name).get(reverse("improvements:action", args=[step.pk])).status_code == 404
    assert browser(name).get(reverse("improvements:export", args=[town.linden.pk, "csv"])).status_code == 403


def test_a_finding_is_recorded_planned_finished_and_checked_on_pages(town, browser):
    sam, cora = browser("sam"), browser("cora")
    told = {"what": "No stop bleed kit in the gym", "likelihood": 2, "impact": 4, "found_on": "2026-10-01"}
    answer = sam.post(reverse("improvements:add", args=[town.linden.pk]), told)
    assert answer.status_code == 302
    planned = {"what": "Buy a kit", "owner": town.people["sam"].pk, "due_on": "2026-11-10", "cost": "89.90"}
    answer = sam.post(answer.url + "plan/", planned)
    assert answer.status_code == 302, answer.content
    with acting_as_system("clock", today=TODAY, reason="test"):
        action = CorrectiveAction.objects.get()
    own = reverse("improvements:action", args=[action.pk])
    assert "Buy a kit" in sam.get(own).content.decode()
    assert sam.post(own, {"to": "awaiting_funds"}).status_code == 302
    assert sam.post(own + "done/", {"done_on": "2026-10-14", "outcome": ""}).status_code == 422
    assert sam.post(own + "done/", {"done_on": "2026-10-14", "outcome": "Hangs by the door"}).status_code == 302
    assert sam.post(own + "checked/").status_code == 403
    assert cora.post(own + "checked/").status_code == 302
    assert "Done and checked" in cora.get(own).content.decode()


def test_the_file_holds_days_and_costs_and_no_word_of_what_was_found(town, browser, step):
    told = browser("cora").get(reverse("improvements:export", args=[town.linden.pk, "csv"])).content.decode()
    assert "240.0" in told
    assert "latch" not in told


def test_a_strange_filter_is_as_if_none_were_asked_for(town, browser, step):
    asked = {"show": "x", "order": "y", "kind": "z", "org": "-5", "page": "90"}
    assert "Fit a new latch" in page(browser, "cora", town.linden, **asked).content.decode()


@pytest.mark.parametrize(
    ("due_in", "reminded", "is_due"),
    [(15, None, False), (14, None, True), (10, 3, False), (-1, 10, True), (-20, 10, False), (-40, 30, True)],
)
def test_reminders_come_two_weeks_before_on_the_day_after_and_every_thirty_days(due_in, reminded, is_due):
    reminded_on = None if reminded is None else TODAY - timedelta(days=reminded)
    assert reminder_is_due(TODAY + timedelta(days=due_in), reminded_on, TODAY) is is_due


def test_the_owner_is_reminded_once_without_a_word_of_what_it_is(town, acting, finding):
    with acting("cora") as cora:
        mine = a_step(finding, cora, owner=town.people["tom"], due_on=date(2026, 10, 20))
        a_step(finding, cora, due_on=date(2026, 10, 1))
        a_step(finding, cora, due_on=date(2027, 3, 1))
    for _again in range(2):
        with acting_as_system("clock", today=TODAY, reason="test"):
            reminding.remind_due(at=NOW)
    with acting_as_system("delivery", today=TODAY, reason="test"):
        told = {message.about: message for message in Message.objects.filter(purpose=reminding.PURPOSE)}
        assert len(told) == 2
        assert "latch" not in str([message.words for message in told.values()])
        names = sorted(Recipient.objects.values_list("name", flat=True))
    assert str(mine.pk) in told[mine.pk].link
    assert names == ["cora", "sam", "tom"]


def test_ones_own_page_lists_what_one_was_asked_to_see_to(town, acting, browser, finding):
    with acting("cora") as cora:
        a_step(finding, cora, owner=town.people["tom"])
    assert "Fit a new latch" in browser("tom").get(reverse("improvements:mine")).content.decode()
