"""Codes in the state's formats, for organisations that don't exist."""

from shelterbelt.demo.world import District, School

INVENTED_DISTRICTS = 2_990_000
"""NCES numbers from here on stand for no real district of the state."""
INVENTED_FURTHER = 9_000_000
"""And those from here on for no real district at all: no state's number begins with 9."""


class Codes:
    """Hands out codes in the state's formats."""

    def __init__(self, part: int) -> None:
        self._part = part
        self._districts: dict[str, int] = {}
        self._buildings: dict[tuple[int, int], int] = {}
        self.leaid: dict[int, str] = {}
        self._private = 0

    def district(self, district: District) -> str:
        """Six digits: the county's three, and three of the district; charters have 9xx. Later parts put two before."""
        part = f"{self._part:02d}" if self._part else ""
        kind = part + district.county.code + ("9" if district.sector == "charter" else "")
        number = self._districts[kind] = self._districts.get(kind, -1) + 1
        return f"{kind}{number:02d}" if district.sector == "charter" else f"{kind}{50 + number:03d}"

    def nces_district(self, district: District) -> str:
        """Seven digits in a range that stands for no real district."""
        first = INVENTED_FURTHER + self._part * 10_000 if self._part else INVENTED_DISTRICTS
        self.leaid[district.id] = str(first + len(self.leaid) + 1)
        return self.leaid[district.id]

    def building(self, school: School, district: District) -> tuple[str, str]:
        """Four digits inside the district, and the twelve of NCES."""
        first = _first_digit(school)
        number = self._buildings[district.id, first] = self._buildings.get((district.id, first), 0) + 1
        total = self._buildings[district.id, 0] = self._buildings.get((district.id, 0), 0) + 1
        return f"{first}{number * 10:03d}", f"{self.leaid[district.id]}{90_000 + total:05d}"

    def private(self) -> str:
        """Eight characters, as in the private school survey."""
        self._private += 1
        return f"Y{self._part:02d}{self._private:05d}" if self._part else f"X29{self._private:05d}"


def _first_digit(school: School) -> int:
    low, high = school.grades
    if (low, high) == ("PK", "PK"):
        return 7
    return {"09": 1, "07": 1, "06": 3}.get(low, 4) if high != "12" or low in {"09", "07"} else 9
