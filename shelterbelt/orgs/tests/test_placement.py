"""Where every school and district belongs on a day."""

from datetime import date

import numpy as np
import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo.factories import a_county, a_district, a_membership, a_region, a_school, a_state, an_agency
from shelterbelt.orgs.queries import agencies_serving, groups_of, placement, region_systems, schools_of

TODAY = date(2026, 11, 24)


@pytest.fixture
def state(db):
    with acting_as_system("import", today=TODAY, reason="a test"):
        yield a_state()


@pytest.fixture
def boone(state):
    return a_county("Boone County", fips="29019")


def test_every_open_unit_has_its_groups(state, boone, django_assert_max_num_queries):
    heart = a_region("rpdc", "Heart", counties=(boone,))
    cedar = a_district("Cedar Fork R-II", county=boone)
    school = a_school("Linden", district=cedar, students=120, year=2025)
    a_school("Gone", district=cedar, closed_on=date(2020, 7, 1))
    with django_assert_max_num_queries(2):
        placed = placement(TODAY, state)
    assert placed.ids.tolist() == [cedar.pk, school.pk]
    assert placed.is_school.tolist() == [False, True]
    assert placed.district.tolist() == [cedar.pk, cedar.pk]
    assert placed.county.tolist() == [boone.pk, boone.pk]
    assert placed.regions["rpdc"].tolist() == [heart.pk, heart.pk]
    assert placed.students.tolist() == [120, 120]
    assert placed.codes("size_band").keys == ("100_to_299",)
    assert np.bincount(placed.codes("county").codes).tolist() == [2]


def test_a_row_of_its_own_goes_before_the_districts_and_the_countys(state, boone):
    a_region("rpdc", "Heart", counties=(boone,))
    south, north = a_region("rpdc", "South"), a_region("rpdc", "North")
    cedar = a_district(county=boone)
    one, two = a_school("One", district=cedar), a_school("Two", district=cedar)
    a_membership(cedar, south, axis="rpdc")
    a_membership(two, north, axis="rpdc")
    placed = placement(TODAY, state)
    assert placed.regions["rpdc"].tolist() == [south.pk, south.pk, north.pk]
    assert groups_of(one, TODAY)["rpdc"] == south
    assert groups_of(two, TODAY)["rpdc"] == north


def test_units_without_a_group_come_last_on_an_axis(state, boone):
    cedar = a_district(county=boone)
    a_school("One", district=cedar)
    alone = a_school("Alone", district=cedar)
    alone.memberships.update(until_on=date(2020, 1, 1))
    axis = placement(TODAY, state).codes("district")
    assert axis.keys == (cedar.pk, None)
    assert axis.codes.tolist() == [0, 0, 1]


def test_a_school_that_moved_counts_where_it_was_on_the_day(state, boone):
    cedar, maple = a_district("Cedar", county=boone), a_district("Maple", county=boone)
    school = a_school("Linden", district=cedar)
    school.memberships.filter(axis="district").update(until_on=date(2025, 7, 1))
    a_membership(school, maple, axis="district", from_on=date(2025, 7, 1))
    assert list(schools_of(cedar, date(2025, 6, 30))) == [school]
    assert list(schools_of(maple, date(2025, 7, 1))) == [school]
    assert placement(date(2025, 6, 30), state).district[-1] == cedar.pk


def test_an_empty_state_has_an_empty_placement(state):
    placed = placement(TODAY, state)
    assert len(placed) == 0
    for axis in placed.axes:
        assert len(placed.codes(axis).codes) == 0


def test_agencies_serve_through_district_and_county(state, boone):
    cedar = a_district(county=boone)
    school = a_school(district=cedar)
    sheriff = an_agency("law_enforcement", "Sheriff", serves=boone)
    fire = an_agency("fire", "Fire", serves=cedar)
    an_agency("ems", "Elsewhere", serves=a_district("Other", county=a_county("Cole County", fips="29051")))
    assert list(agencies_serving(school, TODAY)) == [fire, sheriff]
    assert region_systems(state) == []
