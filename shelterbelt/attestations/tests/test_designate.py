from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shelterbelt.access.scope import acting_as
from shelterbelt.attestations.actions import designate, end_designation
from shelterbelt.attestations.queries import designations_of

TODAY = date(2026, 11, 24)


def name(by, org, duty="cybersecurity_coordinator", holder="Ike Byte", from_on=date(2026, 8, 1)):
    with acting_as(by.person.pk, today=TODAY):
        return designate(org=org, duty=duty, holder=holder, order="Minutes of 1 August", from_on=from_on, by=by)


def holders(by, org, on):
    with acting_as(by.person.pk, today=TODAY):
        return [each.holder for each in designations_of(org, on)]


def test_a_successor_takes_over_on_the_day_they_begin(town, ben):
    name(ben, town.cedar_fork)
    name(ben, town.cedar_fork, holder="Nell Root", from_on=TODAY)
    assert holders(ben, town.cedar_fork, date(2026, 11, 23)) == ["Ike Byte"]
    assert holders(ben, town.cedar_fork, TODAY) == ["Nell Root"]


def test_nobody_is_put_in_before_the_one_who_holds_the_duty(town, ben):
    name(ben, town.cedar_fork)
    with pytest.raises(ValidationError, match="Ike Byte is designated from"):
        name(ben, town.cedar_fork, holder="Nell Root", from_on=date(2026, 8, 1))


def test_a_duty_ends_on_a_day_and_ends_once(town, ben):
    given = name(ben, town.cedar_fork)
    with acting_as(ben.person.pk, today=TODAY):
        end_designation(designation=given, until_on=TODAY, by=ben)
        with pytest.raises(PermissionDenied, match="already"):
            end_designation(designation=given, until_on=TODAY, by=ben)
    assert holders(ben, town.cedar_fork, TODAY) == []
    with pytest.raises(ValidationError, match="until"):
        name(ben, town.cedar_fork, holder="Nell Root", from_on=date(2026, 9, 1))


def test_a_duty_does_not_end_before_it_began(town, ben):
    given = name(ben, town.cedar_fork)
    with acting_as(ben.person.pk, today=TODAY), pytest.raises(ValidationError, match="Choose a later day"):
        end_designation(designation=given, until_on=date(2026, 8, 1), by=ben)


def test_each_designates_its_own_duties(town, ada, ben, cora):
    name(ada, town.missouri, duty="state_safety_coordinator", holder="Office of School Safety")
    with pytest.raises(PermissionDenied, match="doesn't exist"):
        name(ada, town.missouri)
    with pytest.raises(PermissionDenied, match="Only the state"):
        name(ben, town.missouri, duty="advisory_council")
    with pytest.raises(PermissionDenied, match="Only the superintendent"):
        name(ada, town.cedar_fork)
    with pytest.raises(PermissionDenied, match="by the state and by districts"):
        name(cora, town.linden_creek)
    with pytest.raises(ValidationError, match="Say who"):
        name(ben, town.cedar_fork, holder="  ")
