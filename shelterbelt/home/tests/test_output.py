"""One output: its figure, its groups, and the lists behind it, whose reading is noted."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories
from shelterbelt.home.tests.conftest import TODAY, SignedIn, Small, report
from shelterbelt.strategy import current


def page(output: str, **query: object) -> str:
    return _with(reverse("home:output", args=[output]), query)


def units(output: str, **query: object) -> str:
    return _with(reverse("home:units", args=[output]), query)


def _with(address: str, query: dict[str, object]) -> str:
    return f"{address}?" + "&".join(f"{key}={value}" for key, value in query.items())


def readings() -> list[AuditEntry]:
    with acting_as_system("install", today=TODAY, reason="test"):
        return list(AuditEntry.objects.filter(verb="read"))


@pytest.mark.parametrize("output", [each.id for each in current().outputs])
def test_every_output_has_its_page(signed_in: SignedIn, output: str) -> None:
    answer = signed_in("ada").get(page(output))

    assert answer.status_code == 200
    assert escape(str(current().output(output).meaning)) in answer.content.decode()


def test_the_figure_comes_with_its_counts_and_bounds(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2, level=3)
    report(small.maple_hill, "B-O2", trained_staff=0)

    html = signed_in("ada").get(page("B-O2")).content.decode()

    assert '<p class="big">33.3%</p>' in html
    assert (
        "1 of 3 schools are known to meet it. Once all have reported it is at least that much, and at most 66.7%."
        in html
    )
    assert "1 of the 1 that meet it were reviewed by somebody else" in html


def test_groups_sum_to_the_whole_and_can_be_sorted(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)
    ada = signed_in("ada")

    up = ada.get(page("B-O2", axis="district", sort="value")).context["page_obj"].object_list
    down = ada.get(page("B-O2", axis="district", sort="-value")).context["page_obj"].object_list

    assert [(group.name, group.figure.met, group.figure.concerned) for group in up] == [
        ("Far Away R-I", 0, 1),
        ("Cedar Fork R-II", 1, 2),
    ]
    assert list(down) == list(reversed(up))


def test_inside_a_region_only_its_own_units_count(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    answer = signed_in("rhea").get(page("B-O2"))

    assert answer.context["org"] == small.region
    assert '<p class="big">50%</p>' in answer.content.decode()
    assert [group.name for group in answer.context["page_obj"]] == ["Boone County"]


def test_a_region_does_not_see_its_neighbour(small: Small, signed_in: SignedIn) -> None:
    answer = signed_in("rhea").get(page("B-O2", within=small.far_county.pk))

    assert answer.status_code == 403
    assert "for the people of this organization and those above it" in answer.content.decode()


def test_a_state_class_output_stops_at_the_region(small: Small, signed_in: SignedIn) -> None:
    ada = signed_in("ada")
    state = ada.get(page("G-O1"))

    assert [axis for axis, _name in state.context["axes"]] == ["rpdc"]
    assert ada.get(page("G-O1", within=small.region.pk)).status_code == 200
    assert ada.get(page("G-O1", within=small.county.pk)).status_code == 403
    assert ada.get(page("G-O1", within=small.cedar_fork.pk)).status_code == 403
    assert ada.get(units("G-O1")).status_code == 403
    assert "home:units" not in state.content.decode()


def test_a_principal_is_led_to_why_the_own_school_stands_so(small: Small, signed_in: SignedIn) -> None:
    answer = signed_in("cora").get(page("B-O2"))

    assert answer.status_code == 302
    assert answer["Location"] == reverse("home:why", args=[small.linden_creek.pk, "B-O2"])


def test_who_lacks_is_listed_and_the_reading_noted(small: Small, signed_in: SignedIn) -> None:
    report(small.linden_creek, "B-O2", trained_staff=2)

    html = signed_in("ben").get(units("B-O2", answer="not_reported", within=small.cedar_fork.pk)).content.decode()

    assert "Maple Hill High" in html
    assert "Linden Creek" not in html
    assert "Far Away" not in html
    assert reverse("home:why", args=[small.maple_hill.pk, "B-O2"]) in html
    [reading] = readings()
    assert (reading.thing, reading.thing_id) == ("home.units", "B-O2 2026-27 not_reported")
    assert (reading.org_id, reading.actor) == (small.cedar_fork.pk, f"person:{small.people['ben'].person.pk}")


def test_a_refused_list_is_not_noted_as_read(small: Small, signed_in: SignedIn) -> None:
    assert signed_in("cora").get(units("B-O2", within=small.cedar_fork.pk)).status_code == 403
    assert readings() == []


def test_a_protection_officer_is_counted_and_never_named(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        factories.a_person("Otis Closed", office="school_protection_officer", at=small.linden_creek)
        factories.a_person("Rita Open", office="school_resource_officer", at=small.linden_creek)

    for name in ("ada", "rhea"):
        html = signed_in(name).get(units("I-O3", answer="not_reported")).content.decode()
        assert "Rita Open" in html
        assert "Otis Closed" not in html


@pytest.mark.parametrize(
    "address",
    [
        page("Z-O9"),
        units("A-O2"),
        units("B-O2", answer="perhaps"),
        page("B-O2", within="here"),
        page("B-O2", within="9" * 5000),
    ],
)
def test_what_does_not_exist_is_not_found(signed_in: SignedIn, address: str) -> None:
    assert signed_in("ada").get(address).status_code == 404


def test_a_long_list_comes_in_pages(small: Small, signed_in: SignedIn) -> None:
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        for number in range(60):
            factories.a_school(f"School {number:02}", district=small.far_district)

    answer = signed_in("ada").get(units("B-O2", answer="not_reported", page=2))

    assert len(answer.context["rows"]) == 13
