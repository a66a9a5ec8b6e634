"""A county map: five classes, hatching for no value, a title each, and outlines for every state once built."""

import pytest

from shelterbelt.ui import figures, maps, states
from shelterbelt.ui.maps import County, Outlines, Scale
from shelterbelt.ui.tests.reading import drawn, part, tree

THREE = Outlines(
    name="Windrow",
    viewBox="0 0 30 10",
    outline="M0 0h30v10h-30z",
    counties={"99001": "M0 0h10v10h-10z", "99003": "M10 0h10v10h-10z", "99005": "M20 0h10v10h-10z"},
    names={"99001": "Cedar", "99003": "Birch", "99005": "O'Neil & Sons"},
)
LABELLED = Scale(labels=("a", "b", "c", "d", "e"), none="no value")


def titles(svg: str) -> list[str | None]:
    return [title.text for title in tree(svg).iter("title")]


@pytest.mark.parametrize(("value", "kind"), [(0, 1), (19.99, 1), (20, 2), (59.9, 3), (60, 4), (80, 5), (100, 5)])
def test_a_value_on_a_break_belongs_to_the_class_above(value, kind):
    assert Scale().class_of(value) == kind


@pytest.mark.parametrize("breaks", [(1, 2, 3), (4, 3, 2, 1)])
def test_a_scale_has_four_rising_breaks(breaks):
    with pytest.raises(ValueError, match="four breaks"):
        Scale(breaks)


def test_each_county_is_told_by_name_and_text_in_order_of_name():
    svg = maps.county_map(THREE, {"99001": County(90, "90% (9 of 10)")}, LABELLED, label="Share")
    assert titles(svg) == ["Birch: no value", "Cedar: 90% (9 of 10)", "O'Neil & Sons: no value"]


def test_a_county_without_a_value_is_hatched():
    svg = maps.county_map(
        THREE, {"99001": County(90, "90%"), "99003": County(None, "too few")}, LABELLED, label="Share"
    )
    hatched = [county for county in tree(svg).iter("path") if county.get("class") == "map__none"]
    pattern = part(svg, "defs/pattern", "id")
    assert [county.get("fill") for county in hatched] == [f"url(#{pattern})"] * 2


def test_a_map_with_links_is_a_group_and_one_without_is_a_picture():
    plain = maps.county_map(THREE, {"99001": County(90, "90%")}, LABELLED, label="Share")
    linked = maps.county_map(THREE, {"99001": County(90, "90%", "/c/1?a=1&b=2")}, LABELLED, label="Share")
    assert tree(plain).get("role") == "img"
    assert tree(linked).get("role") == "group"
    assert [link.get("href") for link in tree(linked).iter("a")] == ["/c/1?a=1&b=2"]


def test_two_maps_on_a_page_do_not_share_their_hatching():
    one, two = (maps.county_map(THREE, {}, LABELLED, label=label) for label in ("Share", "Drills"))
    assert part(one, "defs/pattern", "id") != part(two, "defs/pattern", "id")


def test_a_count_map_names_its_own_breaks():
    assert list(figures.scale([1, 10, 100, 1000]).labels) == [
        "under 1",
        "1 to under 10",
        "10 to under 100",
        "100 to under 1,000",
        "1,000 or more",
    ]


@pytest.mark.skipif(not maps.FOLDER.exists(), reason="build/maps is not there: make assets draws the outlines")
@pytest.mark.parametrize("state", states.STATES, ids=lambda state: state.postal)
def test_every_state_has_its_outlines(state):
    outlines = maps.outlines(state.fips)
    assert outlines is not None
    assert outlines.name == state.name
    assert outlines.counties
    assert outlines.counties.keys() == outlines.names.keys()
    assert all(code.startswith(state.fips) for code in outlines.counties)


@pytest.mark.skipif(not maps.FOLDER.exists(), reason="build/maps is not there: make assets draws the outlines")
def test_missouri_has_114_counties_and_st_louis_city():
    outlines = maps.outlines("29")
    assert outlines is not None
    assert len(outlines.counties) == 115
    assert outlines.names["29019"] == "Boone"
    assert (maps.FOLDER / "29.json").stat().st_size < 60_000


def test_a_state_without_outlines_points_to_the_table():
    page = drawn('{% county_map "ZZ" values "Share of schools" %}', values={})
    assert "Share of schools" in page
    assert "The table says the same" in page
    assert "<svg" not in page


@pytest.mark.parametrize("state", ["../29", "", "xx"])
def test_a_state_is_only_ever_a_number(state):
    assert maps.outlines(state) is None
