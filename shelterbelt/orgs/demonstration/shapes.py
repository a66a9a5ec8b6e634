"""How large the invented districts and schools are: many with two schools, a few with dozens, as in rural states."""

from itertools import accumulate, chain, repeat
from typing import NamedTuple

import numpy as np

URBAN = {
    "29189": 22.0, "29095": 14.0, "29510": 8.0, "29183": 8.0, "29077": 8.0, "29047": 7.0, "29099": 7.0, "29019": 6.0,
    "29097": 4.0, "29071": 4.0, "29031": 3.0, "29043": 3.0, "29165": 3.0, "29021": 3.0, "29051": 3.0, "29145": 3.0,
}  # fmt: skip
"""Counties with more people than most, by FIPS code, and about how much more. Any other counts one."""

CHARTER_COUNTIES = ("29095", "29510")
"""Where the law has charter schools: Kansas City and St. Louis. Elsewhere the largest counties take their place."""

SCHOOLS_OF_DISTRICTS = ((0.60, 2, 2), (0.78, 3, 3), (0.88, 4, 6), (0.955, 7, 14), (0.985, 15, 29), (1.0, 30, 90))
"""Up to this share of districts: from so many to so many schools."""


class Plan(NamedTuple):
    """A school to be made."""

    level: str
    grades: tuple[str, str]
    usual_students: float
    first_digit: int
    """With which its building code begins; the state's habit."""


def apportion(many: int, weights: np.ndarray) -> list[int]:
    """Share out whole things by weight: largest remainders, nothing lost."""
    exact = many * weights / weights.sum()
    shares = np.floor(exact).astype(int)
    for index in np.argsort(-(exact - shares), kind="stable")[: many - int(shares.sum())]:
        shares[index] += 1
    return [int(share) for share in shares]


def school_counts(many: int, rng: np.random.Generator) -> list[int]:
    """How many schools each of `many` districts has, largest first."""
    counts = []
    for index in range(many):
        share = (index + 0.5) / many
        _, least, most = next(step for step in SCHOOLS_OF_DISTRICTS if share <= step[0])
        counts.append(int(rng.integers(least, most + 1)))
    return sorted(counts, reverse=True)


def plans(schools: int) -> list[Plan]:
    """The schools of a district of that many: by grade span, with students as they are usual there."""
    if schools == 1:
        return [Plan("School", ("KG", "12"), 160, 9)]
    if schools == 2:
        return [Plan("Elementary", ("PK", "06"), 190, 4), Plan("High", ("07", "12"), 150, 1)]
    if schools == 3:
        return [
            Plan("Elementary", ("PK", "05"), 330, 4),
            Plan("Middle", ("06", "08"), 190, 3),
            Plan("High", ("09", "12"), 250, 1),
        ]
    return _large(schools)


def _large(schools: int) -> list[Plan]:
    usual = min(1.0, 0.7 + schools / 60)
    kinds = {
        Plan("High", ("09", "12"), 1150 * usual, 1): max(1, round(schools * 0.13)),
        Plan("Middle", ("06", "08"), 620 * usual, 3): max(1, round(schools * 0.19)),
        Plan("Early Learning Center", ("PK", "PK"), 140, 7): round(schools * 0.05),
        Plan("Academy", ("06", "12"), 70, 9): int(schools >= 9),
    }
    rest = schools - sum(kinds.values())
    kinds[Plan("Elementary", ("KG", "05"), 430 * usual, 4)] = rest
    return list(chain.from_iterable(repeat(plan, many) for plan, many in kinds.items()))


def students(plan: Plan, rng: np.random.Generator) -> int:
    """How many students a school has: around what is usual, with a long tail upwards."""
    return max(9, round(0.82 * plan.usual_students * float(np.exp(rng.normal(0, 0.42)))))


def enrolments(now: int, years: int, rng: np.random.Generator) -> list[int]:
    """The students of each year, ending with the present ones: a slow drift with bumps."""
    drift = float(rng.normal(-0.004, 0.02))
    steps = rng.normal(drift, 0.018, years - 1)
    back = list(accumulate(steps[::-1], initial=0.0))
    return [max(5, round(now * float(np.exp(-step)))) for step in reversed(back)]
