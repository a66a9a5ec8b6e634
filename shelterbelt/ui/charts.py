"""Small charts drawn by the server: a bar with its bounds and a line over the years. No Django, no database.

The caller brings the words: `label` is read aloud in place of the drawing.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from shelterbelt.ui.svg import element, number

BAR_HEIGHT = 12
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 120, 32, 4


def clamp(value: float) -> float:
    """A percentage within 0 and 100, so that no drawing leaves its frame."""
    return min(100.0, max(0.0, float(value)))


def bar(value: float | None, low: float | None = None, high: float | None = None, *, label: str) -> str:
    """A percentage as a bar. The paler part reaches from `low` to `high`: where the value is once all have reported."""
    parts = [_strip("bar__track", 0, 100)]
    if low is not None and high is not None:
        parts.append(_strip("bar__bounds", clamp(low), clamp(high)))
    if value is not None:
        parts.append(_strip("bar__value", 0, clamp(value)))
        parts.append(_strip("bar__end", max(0.0, clamp(value) - 1), max(1.0, clamp(value)), whole=True))
    return element(
        "svg",
        *parts,
        class_="bar" if value is not None else "bar bar--none",
        viewBox=f"0 0 100 {BAR_HEIGHT}",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


def _strip(kind: str, start: float, end: float, *, whole: bool = False) -> str:
    top = 0 if whole else 3
    return element("rect", class_=kind, x=number(start), y=top, width=number(end - start), height=BAR_HEIGHT - 2 * top)


def sparkline(values: Sequence[float | None], *, label: str, top: float | None = None) -> str:
    """A line through the values in their order, broken where one is missing, with a dot on the last known one.

    `top` is the value at the upper edge: 100 for percentages, else the largest value. The lower edge is always 0.
    """
    ceiling = top or max((value for value in values if value is not None), default=0) or 1
    points = [
        None if value is None else _point(place, value, len(values), ceiling) for place, value in enumerate(values)
    ]
    baseline = element("path", class_="spark__base", d=f"M0 {SPARK_HEIGHT - SPARK_MARGIN}H{SPARK_WIDTH}")
    known = [point for point in points if point is not None]
    dot = [element("circle", class_="spark__dot", cx=known[-1][0], cy=known[-1][1], r=3.5)] if known else []
    return element(
        "svg",
        baseline,
        *_lines(points),
        *dot,
        class_="spark",
        viewBox=f"0 0 {SPARK_WIDTH} {SPARK_HEIGHT}",
        width=SPARK_WIDTH,
        height=SPARK_HEIGHT,
        role="img",
        aria_label=label,
    )


def _point(place: int, value: float, count: int, ceiling: float) -> tuple[str, str]:
    across = SPARK_MARGIN + (SPARK_WIDTH - 2 * SPARK_MARGIN) * (place / (count - 1) if count > 1 else 0.5)
    share = min(1.0, max(0.0, value / ceiling))
    down = SPARK_HEIGHT - SPARK_MARGIN - (SPARK_HEIGHT - 2 * SPARK_MARGIN) * share
    return number(across), number(down)


def _lines(points: Sequence[tuple[str, str] | None]) -> Iterator[str]:
    """One line for each run of known values; a lone value between gaps becomes a dot."""
    for missing, run in groupby(points, key=lambda point: point is None):
        known = [point for point in run if point is not None]
        if missing or not known:
            continue
        if len(known) == 1:
            yield element("circle", class_="spark__lone", cx=known[0][0], cy=known[0][1], r=2)
        else:
            yield element("polyline", class_="spark__line", points=" ".join(f"{x},{y}" for x, y in known))
