from contextlib import contextmanager
from datetime import date

import pytest

TODAY = date(2026, 11, 24)


@contextmanager
def making():
    """The pieces a state is made of, inside the demonstration's scope."""
    # Imported late: this file is read before Django is ready.
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.demo import factories

    with acting_as_system("demonstration", today=TODAY, reason="test"):
        yield factories


@pytest.fixture
def linden_creek(db):
    with making() as a:
        return a.a_school("Linden Creek Elementary")


@pytest.fixture
def cora(linden_creek):
    """The principal of Linden Creek."""
    with making() as a:
        return a.standing(a.a_person("Cora Lindt", office="principal", at=linden_creek), TODAY)


@pytest.fixture
def stranger(db):
    """The principal of a school in another district."""
    with making() as a:
        school = a.a_school("Far Away", district=a.a_district("Far Away R-I"))
        return a.standing(a.a_person("Finn Abel", office="principal", at=school), TODAY)
