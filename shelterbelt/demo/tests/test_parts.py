"""A large state is made of parts that repeat nothing, and its tables have all their walls again when it is loaded."""

import re
from datetime import date

import pytest
from django.db import connection

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core.school_year import SchoolYear
from shelterbelt.demo import parts
from shelterbelt.measures.measured import Measured
from shelterbelt.orgs.models import Identifier, Org
from shelterbelt.strategy import current

TODAY = date(2026, 11, 24)
WALLS = """
select relname, relrowsecurity, relforcerowsecurity,
       (select array_agg(tgname || tgenabled::text order by tgname) from pg_trigger t
        where t.tgrelid = c.oid and not tgisinternal),
       (select array_agg(pg_get_constraintdef(oid) order by conname) from pg_constraint where conrelid = c.oid),
       (select array_agg(pg_get_indexdef(indexrelid) order by indexrelid::regclass::text)
        from pg_index where indrelid = c.oid)
from pg_class c where oid = any (%s::regclass[]) order by relname
"""


def walls():
    with connection.cursor() as cursor:
        cursor.execute(WALLS, [list(parts.TABLES)])
        return [(*row[:-1], [plainly(index) for index in row[-1]]) for row in cursor.fetchall()]


def plainly(index):
    """An index as PostgreSQL tells it, which casts a list of words as a whole at first and, made anew, word by word."""
    index = re.sub(r"\(('[^']*'::character varying)\)::text", r"\1", index)
    return re.sub(r"\((ARRAY\[[^]]*\])\)::text\[\]", r"\1", index)


def told(*_):
    pass


@pytest.fixture
def loaded(as_owner):
    """A state of two parts; what stood around its tables before, and what stands there now."""
    with as_owner():
        before = walls()
        counts = parts.fill(size=0.04, years=3, seed=1, today=TODAY, tell=told, parts=2)
        after = walls()
    with acting_as_system("measures", today=TODAY, reason="test"):
        yield counts, before, after


def test_a_large_state_has_counties_of_its_own_in_every_part_and_all_its_walls(loaded):
    counts, before, after = loaded
    assert after == before
    assert counts["drills_drill"] > 500
    assert all(forced for _, _, forced, *_ in after)
    assert Org.objects.filter(kind="state").count() == 1
    counties = Org.objects.filter(kind="county")
    assert counties.filter(name="Boone County").exists()
    assert counties.filter(name="Boone County 2").exists()
    assert Org.objects.schools().count() > 80
    assert Identifier.objects.filter(value="demonstration-school").count() == 1
    later = Org.objects.create(kind="agency", service="fire", name="Later", state=Org.objects.get(kind="state"))
    assert later.pk > max(Org.objects.exclude(pk=later.pk).values_list("pk", flat=True))
    state = Org.objects.get(kind="state")
    plans = Measured(state, TODAY).figure(current().output("D-O1"), SchoolYear.of(TODAY) - 1)
    assert plans.units > 80
    assert plans.met > 0
