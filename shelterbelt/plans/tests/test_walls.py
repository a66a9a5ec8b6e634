"""A plan is closed: who sees its rows at all, also with a query of their own."""

import pytest
from django.db import ProgrammingError, connection, transaction

from shelterbelt.plans.models import Plan, Section, SectionRevision, Version

TABLES = [Plan, Section, SectionRevision, Version]


@pytest.mark.parametrize("who", ["bea", "otto", "greta", "ruth", "pete"])
def test_a_schools_plan_does_not_exist_for_others(adopted, acting, who):
    adopted("linden")
    with acting(who):
        assert [table.objects.count() for table in TABLES] == [0, 0, 0, 0]


@pytest.mark.parametrize("who", ["ada", "sue", "ben", "tom", "cora"])
def test_it_does_for_the_school_its_district_and_the_state_office(adopted, acting, who):
    adopted("linden")
    with acting(who):
        assert all(table.objects.exists() for table in TABLES)


def test_a_school_sees_the_plan_of_its_district_and_no_other_does(adopted, acting):
    adopted("cedar")
    with acting("ben"):
        assert Section.objects.exists()
    with acting("otto"):
        assert not Section.objects.exists()


def test_the_state_office_changes_no_plan(adopted, acting):
    version = adopted("linden")
    with acting("cora"):
        assert Section.objects.filter(plan=version.plan).update(title="x") == 0


def test_no_section_hangs_on_a_foreign_plan(adopted, acting, town):
    version = adopted("linden")
    with acting("otto"), pytest.raises(ProgrammingError), transaction.atomic():
        Section.objects.create(plan_id=version.plan_id, org=town.oak, key="x", kind="basic", title="x", position=1)


def test_the_login_of_the_tip_line_has_no_right_to_plans(as_owner):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select has_table_privilege('shelterbelt_public', 'plans_version', 'select')")
        assert cursor.fetchone() == (False,)
