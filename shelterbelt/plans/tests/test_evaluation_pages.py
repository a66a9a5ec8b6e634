"""Evaluating a plan on pages, one area after the other; what it lacks; sessions for the staff."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans.actions.briefing import record_briefing
from shelterbelt.plans.models import Briefing, Evaluation
from shelterbelt.plans.rules.evaluation import methods
from shelterbelt.plans.tests.conftest import NOW, TODAY

NINE = next(method for method in methods() if method.id == "nine_areas")


def page(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def met(area):
    return {f"{question.key}-answer": "met" for question in area.questions}


@pytest.fixture
def begun_evaluation(adopted, browser):
    """Ben begins one by the nine areas; its address and his browser."""
    version = adopted()
    ben = browser("ben")
    asked = {"version": version.pk, "method": "nine_areas", "evaluator": "self"}
    answer = ben.post(page("begin", version.org_id), asked)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url, ben, version


def test_a_plan_is_evaluated_area_by_area_and_submitted(begun_evaluation):
    address, ben, version = begun_evaluation
    for place, area in enumerate(NINE.areas):
        told = met(area) | ({"team_met-answer": "absent", "team_met-gap": "Meet before Easter"} if not place else {})
        kept = ben.post(f"{address}areas/{area.key}/", told)
        assert kept.status_code == 302
        wanted = f"{address}areas/{NINE.areas[place + 1].key}/" if place < 8 else address
        assert kept.url == wanted
    assert "5 of 5 answered" in ben.get(address).content.decode()
    assert ben.post(f"{address}submit/").status_code == 302
    told = ben.get(address).content.decode()
    assert "97.67 %" in told  # 84 of 86 points
    assert "Meet before Easter" in told
    assert ben.get(f"{address}areas/team/").status_code == 403
    lacking = ben.get(page("quality", version.org_id)).content.decode()
    assert "Sections that a plan needs are missing." in lacking
    assert "97.67" in lacking


def test_whoever_only_reads_what_a_plan_lacks_is_led_to_nothing_that_refuses_them(adopted, browser):
    org = adopted("linden").org_id
    lacking = "This version was not evaluated with a score."
    for who, is_led in (("ben", True), ("rosa", False)):
        told = browser(who).get(page("quality", org)).content.decode()
        assert lacking in told
        assert (page("begin", org) in told) is is_led, who


def test_every_answer_is_kept_as_it_is_given(begun_evaluation):
    address, ben, _version = begun_evaluation
    one = {"team_named-answer": "partly", "team_named-evidence": "Page 3"}
    kept = ben.post(f"{address}areas/team/", one, headers={"HX-Request": "true"})
    assert kept.status_code == 204
    shown = ben.get(f"{address}areas/team/").content.decode()
    assert "Page 3" in shown
    assert 'hx-trigger="change"' in shown
    assert "1 of 5 answered" in ben.get(address).content.decode()


def test_a_critical_question_offers_no_way_around_and_a_strange_answer_is_refused(begun_evaluation):
    address, ben, _version = begun_evaluation
    told = {"keeping_adopted-answer": "not_applicable", "keeping_secure-evidence": "Kept?"}
    refused = ben.post(f"{address}areas/keeping/", told)
    assert refused.status_code == 422
    assert "Kept?" in refused.content.decode()
    assert ben.get(f"{address}areas/nowhere/").status_code == 404


def test_submitting_too_early_says_how_much_is_open(begun_evaluation):
    address, ben, _version = begun_evaluation
    assert "43 questions have no answer yet" in ben.post(f"{address}submit/", follow=True).content.decode()


def test_a_report_from_elsewhere_is_kept_and_given_to_those_who_keep_the_plan_only(adopted, browser):
    version = adopted()
    ben = browser("ben")
    told = {
        "version": version.pk, "method": "eop_evaluate", "evaluator": "peer", "evaluator_name": "Pat, Elm R-I",
        "evaluated_on": str(TODAY), "score": "88", "passes": "true",
        "upload": SimpleUploadedFile("report.pdf", b"%PDF-1.7 a report"),
    }  # fmt: skip
    kept = ben.post(page("record", version.org_id), told)
    assert kept.status_code == 302, kept.content.decode()
    assert b"".join(ben.get(kept.url + "report/")) == b"%PDF-1.7 a report"
    assert browser("tom").get(kept.url).status_code == 404
    assert browser("otto").get(kept.url + "report/").status_code == 404
    told |= {"evaluated_on": "2027-01-01", "upload": SimpleUploadedFile("again.pdf", b"%PDF-1.7 a report")}
    assert "come yet" in ben.post(page("record", version.org_id), told).content.decode()


@pytest.mark.parametrize("name", ["tom", "bea", "otto", "greta", "ruth"])
def test_whoever_does_not_keep_the_plan_sees_neither_what_it_lacks_nor_evaluations(
    begun_evaluation, town, browser, name
):
    address, _ben, version = begun_evaluation
    assert browser(name).get(page("quality", version.org_id)).status_code in {403, 404}
    assert browser(name).get(address).status_code == 404
    assert browser(name).post(f"{address}submit/").status_code == 404


def test_the_state_office_evaluates_by_page(adopted, browser):
    version = adopted()
    asked = {"version": version.pk, "method": "missouri", "evaluator": "state"}
    answer = browser("cora").post(page("begin", version.org_id), asked)
    assert answer.status_code == 302
    assert browser("ben").get(f"{answer.url}areas/topics/").status_code == 403


def test_a_session_is_recorded_with_who_was_there(adopted, browser, town):
    version = adopted()
    ben = browser("ben")
    told = {
        "held_on": str(TODAY), "topics": "New site for reuniting", "led_by": "Ben", "minutes": "40", "staff": "30",
        "people": [town.people["tom"].pk, town.people["sam"].pk], "others": "25", "briefing_id": str(uuid.uuid4()),
    }  # fmt: skip
    for _twice in range(2):
        assert ben.post(page("add_briefing", version.org_id), told).status_code == 302
    shown = ben.get(page("briefings", version.org_id)).content.decode()
    assert "27 of 30" in shown
    assert "90" in shown
    with acting_as_system("clock", today=TODAY, reason="test"):
        held = Briefing.objects.get()
        assert set(held.attendances.values_list("person__name", flat=True)) == {"tom", "sam"}
    assert ben.post(page("withdraw_briefing", held.pk), {"because": "Typed twice"}).status_code == 302
    assert "Taken back: Typed twice" in ben.get(page("briefings", version.org_id)).content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"others": 31}, "others"),
        ({"others": 0}, "others"),
        ({"held_on": date(2026, 10, 16)}, "held_on"),
        ({"topics": " "}, "topics"),
    ],
)
def test_a_session_that_cannot_be_is_refused_at_its_field(adopted, acting, more, field):
    version = adopted()
    given = {"held_on": TODAY, "topics": "What is new", "led_by": "Ben", "staff": 30, "others": 20} | more
    with acting("ben") as ben, pytest.raises(ValidationError) as caught:
        record_briefing(version=version, by=ben, at=NOW, **given)
    assert list(caught.value.message_dict) == [field]


def test_staff_read_of_sessions_and_other_schools_do_not(adopted, acting, browser):
    version = adopted()
    with acting("ben") as ben:
        record_briefing(
            version=version, held_on=TODAY, topics="What is new", led_by="Ben", staff=30, others=20, by=ben, at=NOW
        )
    assert "20 of 30" in browser("tom").get(page("briefings", version.org_id)).content.decode()
    assert browser("otto").get(page("briefings", version.org_id)).status_code == 404
    with acting("otto"):
        assert not Briefing.objects.exists()
        assert not Evaluation.objects.exists()
