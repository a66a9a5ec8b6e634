"""Decisions about organisations, without database or clock."""

SIZE_BANDS = ((0, "unknown"), (100, "under_100"), (300, "100_to_299"), (600, "300_to_599"), (1000, "600_to_999"))
"""Upper bounds (exclusive) of enrolment bands; at or above the last bound: 1000_or_more."""

GRADES = ("PK", "KG", *(f"{grade:02d}" for grade in range(1, 14)), "UG")
"""Grades in the order children pass through them, as NCES writes them."""

STATUS_WORDS = {
    "1": "open", "2": "closed", "3": "new", "4": "open", "5": "open", "6": "closed", "7": "future", "8": "reopened",
    "open": "open", "closed": "closed", "new": "new", "added": "open", "changed agency": "open",
    "changed boundary/agency": "open", "inactive": "closed", "temporarily closed": "closed", "future": "future",
    "reopened": "reopened",
}  # fmt: skip
"""NCES's SY_STATUS by number and by word. Inactive is closed until the school is reported open again."""

IMPORT_NEXT: dict[str, frozenset[str]] = {
    "waiting": frozenset({"reading"}),
    "reading": frozenset({"reading", "checked", "refused"}),
    "checked": frozenset({"reading", "loading"}),
    "loading": frozenset({"loading", "loaded", "refused"}),
    "loaded": frozenset(),
    "refused": frozenset(),
}
"""The moves of a directory import. A task that is run again after a crash stays where it was."""


def standing_of_status(text: str) -> str | None:
    """Open, new, reopened, closed or future, as NCES's school status says; None when it isn't one."""
    return STATUS_WORDS.get(text.strip().lower())


def import_may_become(status: str, new: str) -> bool:
    """Whether a directory import may move from one status to another."""
    return new in IMPORT_NEXT[status]


def grades_run_backwards(low: str | None, high: str | None) -> bool:
    """Whether the lowest grade comes after the highest; ungraded has no place in the order."""
    if not low or not high or "UG" in {low, high}:
        return False
    return GRADES.index(low) > GRADES.index(high)


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


def safe_file_name(name: str) -> str:
    """The last part of a path, without letters that can't be seen. It is shown, never used to open anything."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split()).strip(". ")
    return plain[-160:] or "file"


def like_literally(text: str) -> str:
    """Text in which SQL's LIKE finds no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
