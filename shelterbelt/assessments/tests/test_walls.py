"""Assessments are closed records: at the pages, and in the database, whatever address or query somebody writes."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from shelterbelt.access.scope import acting_as
from shelterbelt.assessments.actions.walk import Given, answer_questions
from shelterbelt.assessments.models import Answer
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.tests.conftest import NOW, OFFICES, TODAY

TABLES = (
    "assessments_assessment", "assessments_answer", "assessments_photograph", "assessments_participation",
    "assessments_team", "assessments_teammember",
)  # fmt: skip
INSIDE = {"cora", "sam", "rosa", "tom", "ben", "sue", "ada"}
READERS = INSIDE - {"tom"}
KEEPERS = {"cora", "sam", "rosa", "ben", "sue"}


@pytest.mark.parametrize("name", sorted(OFFICES))
def test_no_other_school_district_or_agency_has_a_row(town, submit, walk, name):
    submit(walk)
    with acting_as(town.people[name].pk, today=TODAY), connection.cursor() as cursor:
        for table in TABLES[:2]:
            cursor.execute(f"select count(*) from {table}")
            assert (cursor.fetchone()[0] > 0) is (name in INSIDE)


@pytest.mark.parametrize("name", ["otto", "olga", "pete", "fay", "greta"])
def test_nothing_at_all_is_there_for_outsiders(town, submit, walk, name):
    submit(walk)
    with acting_as(town.people[name].pk, today=TODAY), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone()[0] == 0
        cursor.execute("update assessments_assessment set summary = 'x'")
        assert cursor.rowcount == 0


def test_without_a_scope_there_are_no_rows_and_the_public_login_has_no_table(town, submit, walk, as_owner):
    submit(walk)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from assessments_answer")
        assert cursor.fetchone()[0] == 0
    with as_owner(), connection.cursor() as cursor:
        for table in (*TABLES, "assessments_publishedtemplate"):
            cursor.execute("select has_table_privilege('shelterbelt_public', %s, 'select')", [table])
            assert cursor.fetchone()[0] is False


def test_an_answer_is_never_changed_or_removed(town, as_owner, submit, walk):
    submit(walk)
    with as_owner(), connection.cursor() as cursor:
        for right in ("update", "delete"):
            cursor.execute("select has_table_privilege('shelterbelt_app', 'assessments_answer', %s)", [right])
            assert cursor.fetchone()[0] is False


@pytest.mark.parametrize("name", sorted(OFFICES))
def test_pages_are_for_those_who_keep_the_school_safe(browser, town, submit, walk, name):
    submit(walk)
    page = browser(name)
    for route in ("assessment", "findings", "report"):
        status = page.get(reverse(f"assessments:{route}", args=[walk.pk])).status_code
        assert status == (200 if name in READERS else 403 if name == "tom" else 404)
    status = page.get(reverse("assessments:school", args=[town.linden.pk])).status_code
    assert status == (200 if name in READERS else 403)


def test_who_is_of_the_team_walks_though_no_office_keeps_assessments(acting, town, team, plan_walk):
    walk = plan_walk()
    with acting("tom") as tom:
        assert "closed records" in str(policy.may_read_one(tom, walk))
        assert policy.may_walk(tom, walk) is not None
    with acting("cora"):
        member = team.members.first()
        member.person = town.people["tom"]
        member.save()
    with acting("tom") as tom:
        assert policy.may_walk(tom, walk) is None
        one = Given(uuid.uuid4(), "perimeter-edge", 1, True, "")
        assert answer_questions(walk, given=[one], by=tom, at=NOW)[0].outcome == "kept"
        assert policy.may_submit(tom, walk) is not None
        assert Answer.objects.get().by_id == town.people["tom"].pk


@pytest.mark.parametrize("name", sorted(OFFICES))
def test_the_school_and_its_district_make_assessments(acting, town, walk, name):
    with acting(name) as person:
        answers = [policy.may_plan(person, town.linden), policy.may_form_team(person, town.linden)]
        answers += [policy.may_submit(person, walk), policy.may_cancel(person, walk)]
    assert {answer is None for answer in answers} == {name in KEEPERS}
