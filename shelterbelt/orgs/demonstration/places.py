"""Makes districts and schools, and remembers where they lie."""

from datetime import date

import numpy as np

from shelterbelt.demo.world import County, District, School, World
from shelterbelt.orgs.demonstration import shapes
from shelterbelt.orgs.demonstration.shapes import Plan
from shelterbelt.orgs.models import BEGINNING


class Places:
    """What is made lies in its county, near its district; some of it nobody has located."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.weights = np.array([shapes.URBAN.get(county.fips, 1.0) for county in world.ground.counties])
        self.points: dict[int, tuple[float, float] | None] = {}
        self.lean = {county.id: float(rng.normal(0, 0.35)) for county in world.ground.counties}

    def district(self, name: str, place: str, county: County, sector: str) -> District:
        """A district of that name, as far along as its part of the country and its luck make it."""
        strength = self.lean[county.id] + float(self.rng.normal(0, 0.7))
        made = District(
            self.world.next_id("orgs_org"), self.world.names.own(name), place, county, sector, BEGINNING, None, strength
        )
        self.points[made.id] = self._near(county, 0.09)
        self.world.districts.append(made)
        return made

    def school(
        self, names: tuple[str, ...], plan: Plan, district: District | None, county: County, sector: str
    ) -> None:
        """A school of the first of the names that is free."""
        base = district.strength if district else self.lean[county.id]
        former, opened, closed = self._life()
        made = School(
            self.world.next_id("orgs_org"), self.world.names.own(*names), district, county, sector, plan.grades,
            shapes.students(plan, self.rng), opened, closed, base + float(self.rng.normal(0, 0.6)), former,
        )  # fmt: skip
        center = self.points[district.id] if district and district.county is county else self._near(county, 0.08)
        known = center is not None and self.rng.random() > 0.03
        self.points[made.id] = _shifted(center, self.rng.normal(0, 0.02, 2)) if center and known else None
        self.world.schools.append(made)
        if district:
            district.schools.append(made)

    def _life(self) -> tuple[tuple[date, date] | None, date, date | None]:
        """When it was open before, opened and closed: most were always there and still are."""
        years, luck = self.world.years, float(self.rng.random())
        late = len(years) > 1
        if luck < 0.035 and late:
            return None, years[int(self.rng.integers(1, len(years)))].starts_on, None
        if 0.965 < luck < 0.97 and len(years) > 3:
            again = int(self.rng.integers(2, len(years) - 1))
            return (BEGINNING, years[again - 1].starts_on), years[again].starts_on, None
        opened = BEGINNING if luck < 0.7 else date(int(self.rng.integers(1948, years[0].starts - 1)), 8, 20)
        if luck > 0.975 and late:
            last = years[int(self.rng.integers(1, len(years)))]
            return None, opened, last.starts_on if luck > 0.98 else (last + 1).starts_on
        return None, opened, None

    def _near(self, county: County, spread: float) -> tuple[float, float] | None:
        return _shifted(county.point, np.clip(self.rng.normal(0, spread / 1.5, 2), -spread, spread))


def _shifted(point: tuple[float, float] | None, by: np.ndarray) -> tuple[float, float] | None:
    return None if point is None else (round(point[0] + float(by[0]), 4), round(point[1] + float(by[1]), 4))
