"""A file opens, closes, renames and moves schools, and loading it again changes nothing."""

from datetime import date

import pytest
from django.db import ProgrammingError

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as
from shelterbelt.orgs.models import (
    BEGINNING,
    DirectoryImport,
    Enrolment,
    FormerName,
    FormerOpening,
    Identifier,
    Membership,
    Org,
)
from shelterbelt.orgs.queries import district_of, groups_of, placement
from shelterbelt.orgs.tests.conftest import OTHER_SCHOOL, SCHOOL, Bring, table

NEXT = date(2020, 7, 1)


def changes(outcome):
    return {name: count for name, count in outcome.counts.items() if count and name != "unchanged"}


def test_a_first_file_opens_schools_from_a_day_nobody_recorded(belle):
    assert belle.opened_on == BEGINNING
    assert belle.sector == "public"
    assert (belle.low_grade, belle.high_grade, belle.precision) == ("PK", "04", "city_centroid")
    assert {(code.scheme, code.value) for code in belle.identifiers.all()} == {
        ("nces_school", "290000100048"),
        ("state_building", "4020"),
    }
    assert district_of(belle, date(2019, 8, 1)).name == "MARIES CO. R-II"
    assert groups_of(belle, NEXT)["troop"].name == "Troop I"
    assert Enrolment.objects.get(org=belle).students == 318


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(bring, belle):
    before = AuditEntry.objects.exclude(thing="orgs_directoryimport").count()
    outcome = bring("mo_public_schools", table(SCHOOL))
    assert changes(outcome) == {}
    assert outcome.counts["unchanged"] == 1
    assert AuditEntry.objects.exclude(thing="orgs_directoryimport").count() == before


def test_a_later_file_renames_and_the_old_name_is_kept(bring, belle):
    outcome = bring("mo_public_schools", table(SCHOOL | {"school_name": "BELLE PRIMARY"}), on=NEXT)
    assert changes(outcome) == {"renamed": 1}
    belle.refresh_from_db()
    assert belle.name == "BELLE PRIMARY"
    assert FormerName.objects.get(org=belle, name="BELLE ELEM.").until_on == NEXT


def test_a_name_in_other_capitals_is_no_former_name(bring, belle):
    bring("mo_public_schools", table(SCHOOL | {"school_name": "Belle Elem."}), on=NEXT)
    assert not FormerName.objects.filter(org=belle).exists()


def test_a_later_file_moves_a_school_and_the_past_stays_true(bring, belle):
    moved = SCHOOL | {"leaid": "2900002", "county_fips": "29081"}
    outcome = bring("mo_public_schools", table(moved), on=NEXT)
    assert outcome.counts["moved"] == 1
    assert district_of(belle, date(2020, 6, 30)).name == "MARIES CO. R-II"
    assert district_of(belle, NEXT).name == "SOUTH HARRISON CO. R-II"
    assert changes(bring("mo_public_schools", table(moved), on=NEXT)) == {}


def test_a_correction_on_the_same_day_replaces_the_group(bring, belle):
    bring("mo_public_schools", table(SCHOOL | {"leaid": "2900002"}), on=NEXT)
    bring("mo_public_schools", table(SCHOOL), on=NEXT)
    assert district_of(belle, NEXT).name == "MARIES CO. R-II"


def test_a_school_missing_from_a_complete_file_is_closed_and_comes_back_the_same(bring, belle):
    outcome = bring("mo_public_schools", table(OTHER_SCHOOL), on=NEXT)
    assert (outcome.counts["closed"], outcome.counts["opened"]) == (1, 1)
    belle.refresh_from_db()
    assert belle.closed_on == NEXT
    assert Org.objects.get(name="BELLE HIGH").opened_on == NEXT
    outcome = bring("mo_public_schools", table(SCHOOL, OTHER_SCHOOL), on=date(2021, 7, 1))
    assert outcome.counts["reopened"] == 1
    belle.refresh_from_db()
    assert belle.closed_on is None


def test_a_missing_school_stays_open_when_the_file_isnt_taken_as_complete(bring, belle):
    bring("mo_public_schools", table(OTHER_SCHOOL), on=NEXT, close=False)
    belle.refresh_from_db()
    assert belle.closed_on is None


def test_a_file_of_private_schools_closes_nobody(bring, belle):
    private = {"ppin": "00750359", "school_name": "SACRED HEART", "state": "MO", "county_fips": "29189",
               "gslo": "01", "gshi": "08", "typology": "Catholic parochial", "enrollment_k12_ug": "322"}  # fmt: skip
    outcome = bring("pss_extract", table(private), on=date(2017, 7, 1))
    assert changes(outcome) == {"opened": 1, "enrolments": 1}
    assert Org.objects.get(name="SACRED HEART").sector == "parochial"


def test_an_older_file_cant_undo_a_newer_one(bring, belle):
    bring("mo_public_schools", table(SCHOOL), on=NEXT)
    outcome = bring("mo_public_schools", table(SCHOOL), on=date(2018, 7, 1))
    assert "already loaded" in str(outcome.findings.errors[0])


def test_a_dry_run_counts_and_writes_nothing(bring, belle):
    outcome = bring("mo_public_schools", table(SCHOOL | {"school_name": "NEW"}, OTHER_SCHOOL), on=NEXT, only_check=True)
    assert (outcome.counts["opened"], outcome.counts["renamed"], outcome.loaded) == (1, 1, False)
    assert Org.objects.filter(kind="school").count() == 1
    assert DirectoryImport.objects.latest("pk").status == "checked"


def test_a_file_with_one_error_loads_nothing(bring, belle):
    outcome = bring("mo_public_schools", table(OTHER_SCHOOL, SCHOOL | {"gslo": "99"}), on=NEXT)
    assert not outcome.loaded
    assert not Org.objects.filter(name="BELLE HIGH").exists()
    assert DirectoryImport.objects.latest("pk").status == "refused"


def test_a_blank_cell_says_nothing(bring, belle):
    bring("mo_public_schools", table(SCHOOL | {"city": "", "gslo": "", "gshi": "", "enrollment": ""}), on=NEXT)
    belle.refresh_from_db()
    assert (belle.city, belle.low_grade) == ("BELLE", "PK")


def test_a_position_gives_way_only_to_a_nearer_one(bring, belle):
    bring("mo_public_schools", table(SCHOOL | {"location_precision": "county_point", "latitude": "38.5"}), on=NEXT)
    belle.refresh_from_db()
    assert belle.latitude == 38.2
    bring("mo_public_schools", table(SCHOOL | {"location_precision": "school", "latitude": "38.3"}), on=NEXT)
    belle.refresh_from_db()
    assert (belle.latitude, belle.precision) == (38.3, "school")


def test_an_estimate_never_replaces_a_counted_number(bring, belle):
    bring("mo_public_schools", table(SCHOOL | {"enrollment": "999", "enrollment_basis": "estimated_fte_x_13.4"}))
    assert Enrolment.objects.get(org=belle).students == 318


def test_nces_statuses_are_respected(bring, belle):
    row = {"NCESSCH": "290000100048", "LEAID": "2900001", "SCH_NAME": "BELLE ELEM.", "ST": "MO", "SY_STATUS": "2",
           "ST_SCHID": "MO-063067-4020", "GSLO": "PK", "GSHI": "04", "CHARTER_TEXT": "No"}  # fmt: skip
    new = row | {"NCESSCH": "290000100777", "SCH_NAME": "NEW SCHOOL", "ST_SCHID": "MO-063067-4030", "SY_STATUS": "3"}
    future = row | {"NCESSCH": "290000100778", "SCH_NAME": "LATER", "ST_SCHID": "MO-063067-4040", "SY_STATUS": "7"}
    outcome = bring("ccd_public_schools", table(row, new, future), on=NEXT)
    assert (outcome.counts["closed"], outcome.counts["opened"], outcome.counts["gone_before"]) == (1, 1, 1)
    assert Org.objects.get(name="NEW SCHOOL").opened_on == NEXT
    assert changes(bring("ccd_public_schools", table(row, new, future), on=NEXT)) == {"gone_before": 1}


def test_a_building_code_of_a_closed_school_goes_to_the_new_one(bring, belle):
    successor = OTHER_SCHOOL | {"dese_building_code": "4020"}
    bring("mo_public_schools", table(successor), on=NEXT)
    assert Identifier.objects.get(scheme="state_building", value="4020").org.name == "BELLE HIGH"


def test_a_state_without_counties_in_the_file_is_made_on_the_way(bring, missouri):
    row = {"leaid": "2000001", "lea_name": "Topeka", "state": "KS", "state_leaid": "D0501", "n_schools": "1"}
    outcome = bring("us_leas", table(row), every_state=True)
    assert outcome.loaded
    assert Org.objects.get(name="Topeka").state.name == "Kansas"


def test_rows_of_other_states_are_left_out_for_one_state(bring, missouri):
    kansas = {"leaid": "2000001", "lea_name": "Topeka", "state": "KS", "state_leaid": "", "n_schools": "1"}
    outcome = bring("us_leas", table(kansas, kansas | {"leaid": "2900001", "state": "MO", "lea_name": "Maries"}))
    assert (outcome.skipped, outcome.counts["opened"]) == (1, 1)


def test_agencies_serve_exactly_those_named(bring, belle):
    row = {"agency_key": "PD1", "agency_name": "Belle Police", "service": "Law enforcement", "serves_counties": "",
           "serves_districts": "063067", "serves_schools": ""}  # fmt: skip
    assert bring("own_agencies", table(row)).counts["services_added"] == 1
    outcome = bring("own_agencies", table(row | {"serves_districts": "", "serves_counties": "29125"}), on=NEXT)
    assert (outcome.counts["services_added"], outcome.counts["services_ended"]) == (1, 1)
    assert (
        changes(bring("own_agencies", table(row | {"serves_districts": "", "serves_counties": "29125"}), on=NEXT)) == {}
    )


def test_regions_take_counties_districts_and_schools(bring, belle):
    row = {"region_system": "rpdc", "region_code": "heart", "region_name": "Heart of Missouri", "county_fips": "29125",
           "district_code": "", "school_code": ""}  # fmt: skip
    southern = row | {"region_code": "south", "region_name": "South", "county_fips": "", "district_code": "063067"}
    outcome = bring("own_regions", table(row, southern), on=date(2019, 7, 1))
    assert (outcome.counts["opened"], outcome.counts["members_placed"]) == (2, 2)
    assert groups_of(belle, NEXT)["rpdc"].name == "South"
    assert changes(bring("own_regions", table(row, southern), on=date(2019, 7, 1))) == {}


def test_own_files_recognise_schools_by_their_own_key(bring, belle):
    row = {"school_key": "K1", "school_name": "St. Mary", "sector": "Parochial", "district_code": "", "low_grade": "K",
           "high_grade": "8", "city": "Belle", "opened_on": "2018-08-01"}  # fmt: skip
    assert bring("own_schools", table(row)).counts["opened"] == 1
    school = Org.objects.get(name="St. Mary")
    assert (school.low_grade, school.high_grade, school.opened_on) == ("KG", "08", date(2018, 8, 1))
    assert changes(bring("own_schools", table(row))) == {}


def test_only_the_import_or_the_state_writes_the_directory(belle):
    with acting_as(0, today=NEXT):
        assert Org.objects.update(name="x") == 0
    with pytest.raises(ProgrammingError, match="row-level security"), acting_as(0, today=NEXT):
        FormerOpening.objects.create(org=belle, closed_on=NEXT)


@pytest.mark.parametrize(("profile", "file", "count"), [("mo_public_schools", "mo_public_schools.csv", 2476)])
def test_the_real_missouri_files_agree_with_their_provenance(bring: Bring, shared_schools, profile, file, count):
    assert bring("mo_leas", (shared_schools / "mo_leas.csv").read_bytes()).counts["opened"] == 567
    outcome = bring(profile, (shared_schools / file).read_bytes())
    assert outcome.findings.errors == []
    assert outcome.counts["opened"] == count
    private = (shared_schools / "mo_private_schools_pss_2017_18.csv").read_bytes()
    assert bring("pss_extract", private, on=date(2017, 7, 1)).counts["opened"] == 508
    for name, content in ((profile, (shared_schools / file).read_bytes()), ("pss_extract", private)):
        again = bring(name, content, on=date(2019, 7, 1) if name == profile else date(2017, 7, 1))
        assert changes(again) == {}
    placed = Membership.objects.filter(axis="district", member__kind="school").count()
    assert placed == count


def test_one_state_of_the_nations_files_agrees_with_its_own(bring: Bring, shared_schools):
    bring("mo_leas", (shared_schools / "mo_leas.csv").read_bytes())
    outcome = bring("us_public_schools", (shared_schools / "us_public_schools.csv.gz").read_bytes())
    assert outcome.findings.errors == []
    assert outcome.counts["opened"] == 2476
    assert outcome.skipped == 101_688 - 2476


def test_the_nations_districts_and_public_schools_all_load(bring: Bring, shared_schools):
    for profile, file, count in (("us_leas", "us_leas", 18_607), ("us_public_schools", "us_public_schools", 101_688)):
        outcome = bring(profile, (shared_schools / f"{file}.csv.gz").read_bytes(), every_state=True)
        assert outcome.findings.errors == []
        assert outcome.counts["opened"] == count
    assert Org.objects.filter(kind="state").count() == 55


OWN = {"school_key": "rev-1", "school_name": "Linden", "district_code": "063067", "status": ""}


def test_a_school_that_opens_again_was_closed_in_between(bring, belle, missouri):
    bring("own_schools", table(OWN), on=date(2019, 7, 1))
    bring("own_schools", table(OWN | {"status": "Closed"}), on=date(2021, 7, 1))
    again = table(OWN | {"status": "Reopened"})
    assert changes(bring("own_schools", again, on=date(2023, 7, 1))) == {"reopened": 1}
    school = Org.objects.get(name="Linden")
    assert (school.opened_on, school.closed_on) == (date(2023, 7, 1), None)
    open_then = {date(2020, 1, 1): True, date(2022, 1, 1): False, date(2023, 7, 1): True}
    for day, was_open in open_then.items():
        assert school.is_open(day) is was_open
        assert Org.objects.open_on(day).filter(pk=school.pk).exists() is was_open
        assert (placement(day, missouri).index_of([school.pk])[0] >= 0) == was_open
    assert changes(bring("own_schools", again, on=date(2023, 7, 1))) == {}
    assert FormerOpening.objects.filter(org=school).count() == 1


def test_the_day_a_school_first_opened_doesnt_undo_its_closing(bring, belle):
    first = OWN | {"opened_on": "2018-08-01"}
    bring("own_schools", table(first), on=date(2019, 7, 1))
    bring("own_schools", table(first | {"status": "Closed"}), on=date(2021, 7, 1))
    bring("own_schools", table(first), on=date(2023, 7, 1))
    school = Org.objects.get(name="Linden")
    assert school.opened_on == date(2023, 7, 1)
    assert changes(bring("own_schools", table(first), on=date(2023, 7, 1))) == {}
    before = FormerOpening.objects.get(org=school)
    assert (before.opened_on, before.closed_on) == (date(2018, 8, 1), date(2021, 7, 1))


def test_a_school_closed_by_mistake_and_corrected_on_the_same_day_was_never_closed(bring, belle):
    bring("mo_public_schools", table(OTHER_SCHOOL), on=NEXT)
    bring("mo_public_schools", table(SCHOOL, OTHER_SCHOOL), on=NEXT)
    belle.refresh_from_db()
    assert (belle.opened_on, belle.closed_on) == (BEGINNING, None)
    assert not FormerOpening.objects.exists()
