"""The small pieces that every room's tests are built of hold together."""

from datetime import date

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


def test_a_school_alone_has_a_district_a_county_and_a_state():
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        school = a.a_school(students=240)
        district = Org.objects.districts().get()
        assert Org.objects.in_group(district, TODAY).get() == school
        assert Org.objects.schools().in_group(a.a_county(), TODAY).get() == school
        assert school.state == a.a_state()


def test_the_state_is_made_once():
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        assert a.a_state() == a.a_state()


def test_ben_stands_where_he_was_appointed():
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        district = a.a_district("Cedar Fork R-II")
        school = a.a_school(district=district)
        ben = a.a_person("Ben Hollis", office="district_coordinator", at=district)
        standing = a.standing(ben, TODAY)
        assert standing.holds("district_coordinator", at=district)
        assert standing.holds_over("district_coordinator", org=school)
        assert not a.standing(ben, date(2018, 1, 1)).holdings


def test_an_agency_serves_what_it_was_given():
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        county = a.a_county()
        sheriff = a.an_agency("law_enforcement", "Boone County Sheriff", serves=county)
        assert list(sheriff.jurisdictions.values_list("org", flat=True)) == [county.pk]
