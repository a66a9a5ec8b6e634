"""County maps: outlines from build/maps, coloured in five classes by the server. No Django, no database."""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2s
from pathlib import Path

from shelterbelt.ui.svg import element, words

FOLDER = Path(__file__).resolve().parents[2] / "build/maps"
PERCENT_BREAKS = (20.0, 40.0, 60.0, 80.0)
"""Fixed, so that the same colour means the same share on every map and in every year."""


@dataclass(frozen=True)
class Outlines:
    """A state's counties as SVG paths, by their five-digit FIPS numbers."""

    name: str
    viewBox: str  # noqa: N815  the attribute's own spelling
    outline: str
    counties: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True)
class County:
    """What a map shows for one county: the value decides the colour, the text is what a reader is told."""

    value: float | None
    text: str
    link: str = ""


@dataclass(frozen=True)
class Scale:
    """Where each class ends, and the sentence for each class and for `no value`."""

    breaks: Sequence[float] = PERCENT_BREAKS
    labels: Sequence[str] = field(default=())
    none: str = ""

    def __post_init__(self) -> None:
        if len(self.breaks) != len(PERCENT_BREAKS) or list(self.breaks) != sorted(self.breaks):
            raise ValueError("A map has five classes: give four breaks in rising order.")

    def class_of(self, value: float) -> int:
        """1 for the lowest class, 5 for the highest. A value on a break belongs to the class above it."""
        return bisect_right(self.breaks, value) + 1


@lru_cache(maxsize=8)
def outlines(state: str, folder: Path = FOLDER) -> Outlines | None:
    """A state's outlines by its FIPS number, or None where the maps have not been built."""
    path = folder / f"{state}.json"
    if not state.isdigit() or not path.exists():
        return None
    return Outlines(**json.loads(path.read_text(encoding="utf-8")))


def county_map(drawn: Outlines, counties: Mapping[str, County], scale: Scale, *, label: str) -> str:
    """The map. With links it is a group of links, without any it is one picture; a table beside it says the same."""
    hatch = f"hatch-{blake2s(f'{drawn.name} {label}'.encode(), digest_size=4).hexdigest()}"
    blank = County(None, scale.none)
    shapes = [
        _shape(drawn, code, counties.get(code, blank), scale, hatch)
        for code in sorted(drawn.counties, key=drawn.names.get)  # type: ignore[arg-type]  # every county has a name
    ]
    linked = any(county.link for county in counties.values())
    return element(
        "svg",
        element("defs", pattern(hatch)),
        *shapes,
        element("path", class_="map__outline", d=drawn.outline),
        class_="map__drawing",
        viewBox=drawn.viewBox,
        role="group" if linked else "img",
        aria_label=label,
    )


def pattern(name: str) -> str:
    """The hatching that stands for `no value`, so that it is told from the palest colour without colour."""
    ground = element("rect", class_="map__ground", width=10, height=10)
    line = element("path", class_="map__hatch", d="M0 0V10")
    settings = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return element("pattern", ground, line, id=name, width=10, height=10, **settings)


def _shape(drawn: Outlines, code: str, county: County, scale: Scale, hatch: str) -> str:
    title = element("title", words(f"{drawn.names[code]}: {county.text}"))
    if county.value is None:
        shape = element("path", title, class_="map__none", fill=f"url(#{hatch})", d=drawn.counties[code])
    else:
        shape = element("path", title, class_=f"map__{scale.class_of(county.value)}", d=drawn.counties[code])
    if not county.link:
        return shape
    # Out of the tab order: a hundred stops would be in the way, and the table beside the map has the same links.
    return element("a", shape, href=county.link, tabindex=-1)


def swatch(kind: int | None) -> str:
    """The square of a legend: a class from 1 to 5, or None for `no value`."""
    if kind is not None:
        square = element("rect", class_=f"map__{kind}", x=1, y=1, width=18, height=18)
        return element("svg", square, class_="map__swatch", viewBox="0 0 20 20", aria_hidden="true")
    ground = element("rect", class_="map__ground map__none", x=1, y=1, width=18, height=18)
    lines = element("path", class_="map__hatch", d="M1 10 10 1M1 19 19 1M10 19 19 10")
    return element("svg", ground, lines, class_="map__swatch", viewBox="0 0 20 20", aria_hidden="true")
