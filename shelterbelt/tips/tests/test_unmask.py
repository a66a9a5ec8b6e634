"""A reporter's name is read by two people together, on a legal basis, or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shelterbelt.access.models import AuditEntry
from shelterbelt.approvals.actions import agree
from shelterbelt.tips.actions import unmasking
from shelterbelt.tips.models import UnmaskRequest
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
CONTACT = {"name": "Nell Root", "phone": "573-555-0100"}


@pytest.fixture
def signed_tip(a_tip):
    return a_tip("I saw it myself", contact=CONTACT).tip


def asked(acting, tip, name="ada"):
    with acting(name) as by:
        return unmasking.ask_to_unmask(tip=tip, basis="court_order", reference="26BA-CR00017", by=by, at=NOW)


def test_one_asks_another_agrees_and_both_may_read(acting, signed_tip):
    approval = asked(acting, signed_tip)
    with acting("sol") as by:
        agree(approval=approval, by=by, at=NOW)
        request = UnmaskRequest.objects.get()
        assert (request.asked_by.name, request.agreed_by.name) == ("ada", "sol")
        assert unmasking.read_reporter(request=request, by=by, at=NOW) == CONTACT
    with acting("ada") as by:
        assert unmasking.read_reporter(request=request, by=by, at=NOW) == CONTACT


def test_who_asked_does_not_agree(acting, signed_tip):
    approval = asked(acting, signed_tip, "sol")
    with acting("sol") as by, pytest.raises(PermissionDenied):
        agree(approval=approval, by=by, at=NOW)


def test_before_somebody_agreed_nobody_reads_it(acting, signed_tip):
    asked(acting, signed_tip)
    with acting("ada") as by, pytest.raises(PermissionDenied, match="Nobody has agreed"):
        unmasking.read_reporter(request=UnmaskRequest.objects.get(), by=by, at=NOW)


def test_a_third_person_does_not_read_it_and_nobody_reads_it_two_days_later(acting, signed_tip):
    approval = asked(acting, signed_tip)
    with acting("sol") as by:
        agree(approval=approval, by=by, at=NOW)
    with acting("ray") as by:
        request = UnmaskRequest.objects.get()
        with pytest.raises(PermissionDenied, match="Only the two"):
            unmasking.read_reporter(request=request, by=by, at=NOW)
    with acting("ada") as by, pytest.raises(PermissionDenied, match="more than a day ago"):
        unmasking.read_reporter(request=request, by=by, at=NOW + timedelta(days=2))


def test_each_reading_is_on_record_without_the_name(acting, signed_tip, as_owner, at_desk):
    approval = asked(acting, signed_tip)
    with acting("sol") as by:
        agree(approval=approval, by=by, at=NOW)
        unmasking.read_reporter(request=UnmaskRequest.objects.get(), by=by, at=NOW)
    with at_desk():
        noted = AuditEntry.objects.filter(verb="read", thing="tips_tip.contact")
        assert [entry.reason for entry in noted] == ["unmask: 26BA-CR00017"]


def test_a_reporter_who_left_nothing_has_nothing_to_read(acting, a_tip):
    with pytest.raises(PermissionDenied, match="left no name"):
        asked(acting, a_tip().tip)


def test_without_a_basis_and_a_number_it_is_not_asked(acting, signed_tip):
    with acting("ada") as by:
        with pytest.raises(ValidationError, match="legal basis"):
            unmasking.ask_to_unmask(tip=signed_tip, basis="curiosity", reference="1", by=by, at=NOW)
        with pytest.raises(ValidationError, match="number"):
            unmasking.ask_to_unmask(tip=signed_tip, basis="court_order", reference=" ", by=by, at=NOW)


@pytest.mark.parametrize("name", ["cora", "pia", "pete"])
def test_nobody_outside_the_desk_asks(acting, signed_tip, name):
    with pytest.raises(PermissionDenied):
        asked(acting, signed_tip, name)
