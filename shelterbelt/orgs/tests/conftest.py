"""A state to load files into, and short ways to write those files."""

import csv
import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shelterbelt.access.scope import acting_as_system
from shelterbelt.orgs.actions import install_state, run_check, run_load
from shelterbelt.orgs.actions.importing import record_import
from shelterbelt.orgs.imports.profiles import profiles
from shelterbelt.orgs.imports.running import Outcome
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]

DISTRICT = {
    "leaid": "2900001", "dese_district_code": "063067", "lea_name": "MARIES CO. R-II", "lea_type": "district",
    "county_fips": "29125", "n_schools": "3", "office_city": "Belle", "latitude": "38.28", "longitude": "-91.72",
    "location_precision": "district_office",
}  # fmt: skip
SCHOOL = {
    "ncessch": "290000100048", "leaid": "2900001", "dese_building_code": "4020", "school_name": "BELLE ELEM.",
    "city": "BELLE", "county_fips": "29125", "directory_class": "regular", "gslo": "PK", "gshi": "04",
    "is_charter_lea": "False", "enrollment": "318", "enrollment_basis": "ccd_2017_18", "latitude": "38.2",
    "longitude": "-91.7", "location_precision": "city_centroid",
}  # fmt: skip
OTHER_DISTRICT = DISTRICT | {
    "leaid": "2900002", "dese_district_code": "041002", "lea_name": "SOUTH HARRISON CO. R-II", "county_fips": "29081",
}  # fmt: skip
OTHER_SCHOOL = SCHOOL | {"ncessch": "290000100049", "dese_building_code": "1050", "school_name": "BELLE HIGH"}


def table(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


Bring = Callable[..., Outcome]


@pytest.fixture
def missouri(db: None) -> Iterator[Org]:
    with acting_as_system("import", today=TODAY, reason="a test"):
        yield install_state("MO")


@pytest.fixture
def bring(missouri: Org) -> Bring:
    """Bring a file in as the command line does: `bring("mo_leas", table(...), on=...)`."""

    def bring_in(
        profile: str, content: bytes, *, on: date = date(2019, 7, 1), only_check: bool = False,
        every_state: bool = False, close: bool = True, name: str = "file.csv",
    ) -> Outcome:  # fmt: skip
        known = profiles().get(profile)
        started = record_import(
            state=missouri, profile=profile, file_name=name, chunks=[content], effective_on=on,
            closes_missing=close and bool(known and known.complete_for), started_by="a test", at=NOON,
        )  # fmt: skip
        act = run_check if only_check else run_load
        return act(started, at=NOON, progress=lambda *_: None, every_state=every_state)

    return bring_in


@pytest.fixture
def belle(bring: Bring) -> Org:
    """A district with one school."""
    assert bring("mo_leas", table(DISTRICT, OTHER_DISTRICT)).is_sound
    assert bring("mo_public_schools", table(SCHOOL)).is_sound
    return Org.objects.get(kind="school")


@pytest.fixture
def shared_schools() -> Path:
    """The public extracts, where they lie beside the project."""
    folder = Path(os.environ.get("SHELTERBELT_TEST_DATA", ROOT.parent / "shared/data")) / "schools"
    if not folder.exists():
        pytest.skip("the public school extracts aren't here; SHELTERBELT_TEST_DATA may name their folder")
    return folder
