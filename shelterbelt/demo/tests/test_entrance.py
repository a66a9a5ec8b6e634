"""One click makes somebody of you in a demonstration, and nowhere else."""

from datetime import date

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock
from shelterbelt.demo import factories as a

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora():
    """Principal of the school that is marked for the entrance."""
    with acting_as_system("demonstration", today=clock.today(), reason="test"):
        school = a.a_school("Linden Creek Elementary")
        a.identify(school, "own", "demonstration-school")
        a.a_person("Cora Landry", office="principal", at=school, from_on=date(2019, 7, 1), until_on=date(2020, 7, 1))
        return a.a_person("Cora Hart", office="principal", at=school, from_on=date(2020, 7, 1))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/demonstration/", "/demonstration/principal/"])
def test_the_entrance_is_not_there_outside_a_demonstration(client, settings, cora, address, method):
    settings.DEMONSTRATION = False
    answer = getattr(client, method)(address)
    assert answer.status_code in {404, 405}
    assert "_auth_user_id" not in client.session


def test_outside_a_demonstration_a_click_makes_nobody_of_you(client, settings, cora):
    settings.DEMONSTRATION = False
    assert client.post("/demonstration/principal/").status_code == 404
    assert not client.session.keys()


def test_the_entrance_names_who_holds_the_office_today(client, settings, cora):
    settings.DEMONSTRATION = True
    page = client.get("/demonstration/").content.decode()
    assert "Cora Hart" in page
    assert "Linden Creek Elementary" in page
    assert "Cora Landry" not in page


def test_one_click_enters_as_the_principal(client, settings, cora):
    settings.DEMONSTRATION = True
    answer = client.post("/demonstration/principal/")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(cora.pk)


def test_nobody_is_entered_as_by_a_link(client, settings, cora):
    settings.DEMONSTRATION = True
    assert client.get("/demonstration/principal/").status_code == 405


def test_an_office_that_nobody_holds_cannot_be_entered(client, settings, cora):
    settings.DEMONSTRATION = True
    assert client.post("/demonstration/police/").status_code == 404
    assert client.post("/demonstration/governor/").status_code == 404


def test_an_empty_demonstration_says_how_to_load_it(client, settings):
    settings.DEMONSTRATION = True
    assert "load_demonstration" in client.get("/demonstration/").content.decode()


def test_the_entrance_speaks_spanish(client, settings, cora):
    settings.DEMONSTRATION = True
    page = client.get("/demonstration/", headers={"accept-language": "es"}).content.decode()
    assert "¿Quién quiere ser?" in page
