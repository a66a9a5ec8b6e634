"""The directory for programs."""

import pytest

from shelterbelt.orgs.tests.test_pages import town  # noqa: F401  the fixture


@pytest.fixture
def ask(town, client):  # noqa: F811  the fixture
    client.force_login(town.cora)

    def of(address):
        answer = client.get(f"/api/v1/organisations{address}")
        return answer.status_code, answer.json()

    return of


def test_an_organisation_is_found_by_its_former_name(ask, town):  # noqa: F811
    status, told = ask("?q=old+mill")
    assert (status, told["count"]) == (200, 1)
    assert told["organisations"][0]["id"] == town.linden.pk
    assert told["organisations"][0]["district"] == {"id": town.cedar.pk, "name": "Cedar Fork R-II"}


def test_a_search_is_narrowed_and_comes_in_parts(ask, town):  # noqa: F811
    assert [each["name"] for each in ask(f"?inside={town.cedar.pk}")[1]["organisations"]] == ["Linden Creek Elementary"]
    _, told = ask("?kind=county&limit=2&offset=113")
    assert (told["count"], len(told["organisations"])) == (115, 2)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("inside=9223372036854775808", "inside"),
        ("inside=%27+or+1%3D1--", "inside"),
        ("kind=planet", "kind"),
        ("q=" + "x" * 101, "q"),
        ("closed=perhaps", "closed"),
    ],
)
def test_what_can_not_be_read_is_named(ask, query, field):
    status, told = ask(f"?{query}")
    assert (status, list(told["errors"])) == (422, [field])


def test_an_organisation_is_told_with_its_codes_and_where_it_belongs(ask, town):  # noqa: F811
    status, told = ask(f"/{town.linden.pk}")
    assert status == 200
    assert ("state_building", "4020") in {(code["scheme"], code["value"]) for code in told["identifiers"]}
    assert told["belongs_to"]["district"] == {"id": town.cedar.pk, "name": "Cedar Fork R-II"}
    assert told["belongs_to"]["county"]["name"] == "Boone County"
    assert told["memberships"][0]["from_on"] is None
    assert told["former_names"] == [{"name": "Old Mill School", "until_on": "2020-07-01"}]
    assert told["enrolment"]["students"] == 210
    assert [each["name"] for each in told["served_by"]] == ["Boone Fire"]


def test_no_organisation_is_told_as_such(ask):
    for address in ("/999999999", "/99999999999999999999999999"):
        assert ask(address)[0] == 404
