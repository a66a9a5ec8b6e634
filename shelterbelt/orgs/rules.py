"""Decisions about organisations, without database or clock."""

from collections.abc import Iterable
from datetime import date

SIZE_BANDS = ((0, "unknown"), (100, "under_100"), (300, "100_to_299"), (600, "300_to_599"), (1000, "600_to_999"))
"""Upper bounds (exclusive) of enrolment bands; at or above the last bound: 1000_or_more."""

GRADES = ("PK", "KG", *(f"{grade:02d}" for grade in range(1, 14)), "UG")
"""Grades in the order children pass through them, as NCES writes them."""


def size_band(students: int | None) -> str:
    """The enrolment band of a school; unknown enrolment is a band of its own, never the smallest."""
    if students is None or students <= 0:
        return "unknown"
    for bound, name in SIZE_BANDS[1:]:
        if students < bound:
            return name
    return "1000_or_more"


def grade_span(low: str, high: str) -> str:
    """Elementary, middle, high, combined or other, by the lowest and highest grade taught.

    High: nothing below grade 9. Middle: 5 to 9. Elementary: nothing above 6 (8 when it starts at K or below is
    still elementary, as NCES counts it). Anything wider is combined.
    """
    if low not in GRADES or high not in GRADES or "UG" in (low, high):
        return "other"
    first, last = GRADES.index(low), GRADES.index(high)
    if last <= GRADES.index("PK"):
        return "early"
    if first >= GRADES.index("09"):
        return "high"
    if last <= GRADES.index("06") or (first <= GRADES.index("03") and last <= GRADES.index("08")):
        return "elementary"
    if first >= GRADES.index("05") and last <= GRADES.index("09"):
        return "middle"
    return "combined"


def intervals_overlap(intervals: Iterable[tuple[date, date | None]]) -> bool:
    """Whether any two of the half-open intervals [from, until) share a day; None means no end."""
    ends: date | None = date.min
    for starts, until in sorted(intervals, key=lambda pair: pair[0]):
        if ends is None or starts < ends:
            return True
        ends = until
    return False
