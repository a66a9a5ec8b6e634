"""A class of records is closed in writing, by its custodian, on a ground of the law; and opened again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from shelterbelt.disclosure import policy
from shelterbelt.disclosure.actions import determine, end_determination
from shelterbelt.disclosure.models import ClosureDetermination
from shelterbelt.disclosure.queries import closed_now, is_never_shown, register
from shelterbelt.disclosure.tests.conftest import HARM, INTEREST, NOW, TODAY, closing

TOLD: dict[str, Any] = {
    "records": "emergency-plan", "exemption": "response-plans", "harm": HARM, "interest": INTEREST, "from_on": TODAY,
}  # fmt: skip


def test_the_custodian_closes_a_class_with_both_statements(town, acting):
    with acting("sue") as sue:
        made = determine(org=town.cedar, by=sue, at=NOW, reference="Board minutes, item 7", **TOLD)
        assert (made.citation, made.decided_by) == ("RSMo 610.021(18)", town.people["sue"])
        assert closed_now(town.cedar, "emergency-plan", TODAY) == made


def test_what_the_district_closed_is_closed_at_its_schools_and_its_principal_can_read_why(town, acting):
    held = closing(town)
    with acting("cora"):
        assert closed_now(town.linden, "emergency-plan", TODAY) == held
        assert closed_now(town.linden, "floor-plan", TODAY) is None
        assert closed_now(town.linden, "emergency-plan", date(2026, 7, 31)) is None


def test_another_district_and_an_agency_see_nothing_of_it(town, acting):
    closing(town)
    for name in ("fay", "pat", "greta"):
        with acting(name):
            assert not ClosureDetermination.objects.exists(), name


def test_a_statement_of_two_words_is_none(town, acting):
    with acting("sue") as sue, pytest.raises(ValidationError, match="full sentence"):
        determine(org=town.cedar, by=sue, at=NOW, **(TOLD | {"harm": "Very dangerous."}))


def test_what_security_cost_stays_open_and_a_wrong_ground_is_refused(town, acting):
    with acting("sue") as sue:
        for wrong in ({"records": "procurement"}, {"exemption": "network-security"}, {"from_on": date(2013, 8, 27)}):
            with pytest.raises(ValidationError, match="no such ground"):
                determine(org=town.cedar, by=sue, at=NOW, **(TOLD | wrong))


def test_the_same_is_not_closed_twice(town, acting):
    closing(town)
    with acting("sue") as sue, pytest.raises(ValidationError, match="already"):
        determine(org=town.cedar, by=sue, at=NOW, **TOLD)


def test_opened_again_it_was_still_closed_before(town, acting):
    held = closing(town)
    with acting("ben") as ben:
        end_determination(determination=held, because="The board decided so.", by=ben, on=TODAY)
        assert closed_now(town.cedar, "emergency-plan", TODAY) is None
        assert closed_now(town.cedar, "emergency-plan", date(2026, 11, 23)) == held
        with pytest.raises(PermissionDenied, match="its end already"):
            end_determination(determination=held, because="Again.", by=ben, on=TODAY)


def test_nobody_rewrites_a_statement_not_even_by_sql(town, acting):
    held = closing(town)
    with acting("sue"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ClosureDetermination.objects.filter(pk=held.pk).update(harm="Something else entirely.")


def test_the_database_keeps_one_ground_once_at_a_time(town):
    closing(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        closing(town, from_on=date(2026, 9, 1))


@pytest.mark.parametrize(("name", "words"), [("cora", "custodian"), ("ada", "custodian"), ("pat", "custodian")])
def test_only_the_custodian_closes(town, acting, name, words):
    with acting(name) as person:
        assert words in str(policy.may_determine(person, town.cedar))
        assert "Open the district" in str(policy.may_determine(person, town.linden))


def test_what_is_closed_without_a_word_stands_first_in_the_register(town, acting):
    closing(town)
    with acting("sue"):
        found = {each.records.id: each for each in register(town.cedar, TODAY)}
    assert next(iter(found)) == "floor-plan"
    assert found["floor-plan"].lacks_determination
    assert not found["emergency-plan"].lacks_determination
    assert not found["after-action"].lacks_determination


def test_a_plan_is_never_exported_whoever_determined_what(town):
    assert is_never_shown("emergency-plan")
    assert not is_never_shown("drill-log")
