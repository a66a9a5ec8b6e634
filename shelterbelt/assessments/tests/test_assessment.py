"""Planned, walked, submitted, accepted, closed; and reports made by other methods."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shelterbelt.assessments.actions.assessment import (
    accept_assessment,
    cancel_assessment,
    close_assessment,
    give_back_assessment,
    plan_assessment,
    record_assessment,
    submit_assessment,
)
from shelterbelt.assessments.actions.finding import find
from shelterbelt.assessments.actions.template import publish_template
from shelterbelt.assessments.actions.walk import answer_questions
from shelterbelt.assessments.models import Assessment, TeamMember
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.queries.findings import findings_of
from shelterbelt.assessments.rules.states import NEXT
from shelterbelt.assessments.tests.conftest import NOW, TODAY
from shelterbelt.assessments.tests.test_scoring import FILE
from shelterbelt.assessments.tests.test_walk import given
from shelterbelt.core.school_year import SchoolYear


def a_report():
    return SimpleUploadedFile("report.pdf", b"%PDF-1.4 report", "application/pdf")


def test_every_state_of_the_rules_is_one_of_the_record():
    assert set(NEXT) == set(Assessment.Status.values)


def test_from_plan_to_closed(acting, walk, submit):
    done = submit(walk, level=2)
    assert (done.status, done.roles, done.assessed_on, done.score) == (
        "submitted",
        3,
        TODAY,
        Decimal("66.7"),
    )
    with acting("sue") as sue:
        accept_assessment(done, by=sue, at=NOW)
        close_assessment(done, by=sue, at=NOW)
        assert Assessment.objects.get(pk=done.pk).status == "closed"
        with pytest.raises(PermissionDenied, match="Only what was submitted"):
            accept_assessment(done, by=sue, at=NOW)


def test_what_has_no_answer_yet_keeps_it_from_being_submitted(acting, walk):
    with acting("cora") as cora, pytest.raises(ValidationError, match="Perimeter and grounds \\(12\\)"):
        submit_assessment(
            walk, took_part=list(TeamMember.objects.all()), assessed_on=TODAY, every_facility=True, facilities="",
            summary="", by=cora, at=NOW,
        )  # fmt: skip


def test_given_back_it_is_walked_again_and_counts_no_more(acting, walk, submit):
    submit(walk)
    with acting("ben") as ben:
        give_back_assessment(walk, by=ben)
        back = Assessment.objects.get()
        assert (back.status, back.submitted_on, back.roles) == ("in_field", None, 0)
        assert answer_questions(back, given=[given(3)], by=ben, at=NOW)[0].outcome == "kept"


def test_the_same_person_in_two_roles_is_two_roles_and_two_people_in_one_are_one(acting, walk, submit):
    assert submit(walk, members=2).roles == 2


def test_a_form_that_arrives_twice_plans_one(acting, town, team):
    (template,) = templates.usable(TODAY)
    with acting("cora") as cora:
        key = uuid.uuid4()
        for _ in range(2):
            plan_assessment(
                school=town.linden, template=template, team=team, planned_on=TODAY, by=cora, at=NOW, assessment_id=key
            )
        assert Assessment.objects.count() == 1


def test_an_assessment_by_another_method_is_recorded_with_its_report(acting, town, team):
    answers = {
        "school": town.linden, "method": "cisa_ssat", "method_name": "", "team": team, "assessed_on": date(2026, 9, 3),
        "every_facility": True, "facilities": "", "summary": "", "at": NOW,
    }  # fmt: skip
    with acting("ben") as ben:
        people = list(TeamMember.objects.filter(team=team))
        with pytest.raises(ValidationError) as told:
            record_assessment(**answers, took_part=people, report=None, by=ben)
        assert "Add the report" in str(told.value)
        kept = record_assessment(**answers, took_part=people, report=a_report(), by=ben)
        assert (kept.status, kept.is_recognised, kept.roles, kept.report.name) == ("submitted", True, 3, "report.pdf")
        own = record_assessment(**{**answers, "method": "own"}, took_part=people, report=a_report(), by=ben)
        assert own.is_recognised is False


def test_a_weak_point_becomes_a_finding_with_its_risk_and_a_corrective_action(acting, walk, submit):
    submit(walk, level=3, classroom_lock_inside=0)
    with acting("cora") as cora:
        done = Assessment.objects.get()
        for _ in range(2):
            find(
                done, question="classroom-lock-inside", what="Wing B doors lock from outside only", likelihood=4, impact=4,
                mend="New locks in Wing B", due_on=TODAY + timedelta(days=90), owner_name="Facilities", by=cora, at=NOW,
            )  # fmt: skip
        (finding,) = findings_of(done).values()
        assert (finding.rating, finding.source_part) == ("very_high", "classroom-lock-inside")
        assert {action.owner_name for action in finding.actions.all()} == {"Facilities"}


def test_the_last_one_stands_beside_this_one(acting, plan_walk, submit):
    last = submit(plan_walk(), on=date(2026, 9, 1))
    now = submit(plan_walk(), level=3)
    with acting("cora"):
        assert queries.previous(now).pk == last.pk
        assert queries.previous(last) is None


def test_a_school_owes_its_year_until_it_is_submitted(acting, town, plan_walk, submit):
    year = SchoolYear(2026)
    with acting("cora"):
        assert queries.due_of([town.linden], year, TODAY)[0].due.state == "open"
    walk = plan_walk()
    with acting("cora"):
        assert queries.due_of([town.linden], year, TODAY)[0].due.state == "under_way"
    submit(walk)
    with acting("cora"):
        assert queries.due_of([town.linden], year, TODAY)[0].due.state == "done"
        assert queries.due_of([town.linden], year + 1, TODAY)[0].due.state == "open"


def test_called_off_it_is_owed_again(acting, town, walk):
    with acting("cora") as cora:
        cancel_assessment(walk, because="Storm", by=cora)
        assert queries.due_of([town.linden], SchoolYear(2026), TODAY)[0].due.state == "open"


def test_the_state_publishes_a_template_once_and_schools_can_follow_it(acting, town):
    with acting("ada") as ada:
        row = publish_template(text=FILE, state=town.state, by=ada, on=TODAY)
        assert publish_template(text=FILE, state=town.state, by=ada, on=TODAY) == row
        with pytest.raises(ValidationError, match="published already"):
            publish_template(text=FILE.replace("Does it lock?", "Locked?"), state=town.state, by=ada, on=TODAY)
    with acting("cora") as cora:
        assert {each.key for each in templates.usable(TODAY)} == {"small", "school-site"}
        assert templates.find("small", "1").questions["lock"].text == "Does it lock?"
        with pytest.raises(PermissionDenied):
            publish_template(text=FILE, state=town.state, by=cora, on=TODAY)


PAGES = ("assessments:assessment", "assessments:submit", "assessments:cancel")


def test_the_whole_path_by_pages(browser, town, acting):
    cora = browser("cora")
    made = cora.post(reverse("assessments:new_team", args=[town.linden.pk]), {"name": "Safety team"})
    for name, role in (("Sam", "safety"), ("Hank", "facilities"), ("Rosa", "law_enforcement")):
        assert cora.post(made.url, {"name": name, "role": role, "email": ""}).status_code == 302
    assert "3 roles" in cora.get(made.url).content.decode()
    with acting("cora"):
        member = TeamMember.objects.values_list("team_id", "pk")
        team_id, members = member[0][0], [key for _, key in member]
    planned = cora.post(
        reverse("assessments:plan", args=[town.linden.pk]),
        {"template": "school-site 2026.1", "team": team_id, "planned_on": "2026-10-15"},
    )
    with acting("cora"):
        walk = Assessment.objects.get()
    assert planned.url == reverse("assessments:assessment", args=[walk.pk])
    for name in PAGES:
        assert cora.get(reverse(name, args=[walk.pk])).status_code == 200
    template = templates.followed_by(walk)
    for domain in template.domains:
        sent = {f"level-{question.key}": "1" for question in domain.questions}
        assert cora.post(reverse("assessments:walk", args=[walk.pk, domain.key]), sent).status_code == 302
    sent = {
        "took_part": members,
        "assessed_on": "2026-10-15",
        "every_facility": "True",
        "facilities": "",
        "summary": "Doors",
    }
    assert cora.post(reverse("assessments:submit", args=[walk.pk]), sent).url.endswith("/findings/")
    assert "Write it down" in cora.get(reverse("assessments:findings", args=[walk.pk])).content.decode()
    url = reverse("assessments:finding", args=[walk.pk, "classroom-lock-inside"])
    assert "locked from inside" in cora.get(url).content.decode()
    sent = {
        "what": "Wing B",
        "likelihood": "3",
        "impact": "4",
        "mend": "New locks",
        "due_on": "",
        "place": "",
        "owner_name": "",
    }
    assert "Say until when" in cora.post(url, sent).content.decode()
    assert cora.post(url, {**sent, "due_on": "2026-12-01"}).status_code == 302
    assert browser("sue").post(reverse("assessments:accept", args=[walk.pk])).status_code == 302
    shown = cora.get(reverse("assessments:report", args=[walk.pk])).content.decode()
    assert "Wing B" in shown
    assert "Started" in shown
    for name, args in (
        ("mine", []),
        ("school", [town.linden.pk]),
        ("templates", []),
        ("template", ["school-site", "2026.1"]),
    ):
        assert cora.get(reverse(f"assessments:{name}", args=args)).status_code == 200
