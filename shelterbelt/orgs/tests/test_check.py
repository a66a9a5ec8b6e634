"""Every error of a file is named at once, by row and column, in the words of the person who sent it."""

import gzip
import io
import re
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from shelterbelt.orgs.actions import run_load
from shelterbelt.orgs.imports.problems import Findings, UnreadableFileError
from shelterbelt.orgs.imports.profiles import guess, profiles
from shelterbelt.orgs.imports.reading import read_sheet
from shelterbelt.orgs.models import DirectoryImport, Org
from shelterbelt.orgs.tests.conftest import DISTRICT, NOON, OTHER_SCHOOL, ROOT, SCHOOL, table


def said(outcome):
    return [str(problem) for problem in sorted(outcome.findings.errors)]


def sheet_of(content, limit_mb=50):
    findings = Findings()
    return read_sheet(io.BytesIO(content), findings, limit_mb=limit_mb), findings


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


WRONG_CELLS = [
    ({"county_fips": "2951O"}, "row 2, county_fips: “2951O” is not a county of Missouri."),
    ({"county_fips": "20001"}, "row 2, county_fips: “20001” is not a county of Missouri."),
    ({"school_name": " "}, "row 2, school_name: This cell may not be blank."),
    ({"gslo": "09", "gshi": "05"}, "row 2, gslo: The lowest grade, 09, comes after the highest, 05."),
    ({"gshi": "19"}, "row 2, gshi: “19” is not a grade; write PK, KG, 01 to 13, or UG."),
    ({"latitude": "138"}, "row 2, latitude: 138 lies outside -90 to 90 degrees."),
    ({"latitude": "0", "longitude": "0"}, "row 2, latitude: 0, 0 lies in the sea"),
    ({"latitude": ""}, "row 2, latitude: A position needs both latitude and longitude."),
    ({"latitude": "north"}, "row 2, latitude: “north” is not a number."),
    ({"ncessch": "29000010004"}, "row 2, ncessch: 29000010004 has 11 digits; this code has 12. If leading zeros"),
    ({"ncessch": "2.9E+11"}, "row 2, ncessch: 2.9E+11 is a code that a spreadsheet made a number."),
    ({"ncessch": "290000100048.0"}, "row 2, ncessch: 290000100048.0 is a code that a spreadsheet made a number."),
    ({"ncessch": "2900001000481"}, "row 2, ncessch: 2900001000481 has 13 letters; this code has 12."),
    (
        {"leaid": "2999999"},
        "row 2, leaid: “2999999” is not a district in the directory, so BELLE ELEM. has nowhere to go",
    ),
    ({"enrollment": "-5"}, "row 2, enrollment: -5 can't be a number of students."),
    ({"zip": "6501X"}, "row 2, zip: “6501X” is not a ZIP code."),
    ({"is_charter_lea": "maybe"}, "row 2, is_charter_lea: “maybe” isn't known here."),
    ({"school_name": "x" * 161}, "row 2, school_name: This text has 161 letters; there is room for 160."),
]


@pytest.mark.parametrize(
    ("cell", "sentence"), WRONG_CELLS, ids=[next(iter(cell)) + str(n) for n, (cell, _) in enumerate(WRONG_CELLS)]
)
def test_a_wrong_cell_is_named_by_row_and_column(bring, belle, cell, sentence):
    outcome = bring("mo_public_schools", table(SCHOOL | {"zip": ""} | cell))
    assert any(error.startswith(sentence) for error in said(outcome)), said(outcome)


def test_all_errors_come_at_once(bring, belle):
    outcome = bring(
        "mo_public_schools", table(SCHOOL | {"gslo": "99", "latitude": "x"}, OTHER_SCHOOL | {"county_fips": "1"})
    )
    assert [(problem.row, problem.column) for problem in sorted(outcome.findings.errors)] == [
        (2, "gslo"), (2, "latitude"), (3, "county_fips"),
    ]  # fmt: skip


def test_a_missing_column_is_named_and_the_rest_is_still_checked(bring, belle):
    row = {key: value for key, value in SCHOOL.items() if key != "school_name"} | {"gslo": "99"}
    assert said(bring("mo_public_schools", table(row))) == [
        "row 1, school_name: This column is missing.",
        "row 2, gslo: “99” is not a grade; write PK, KG, 01 to 13, or UG.",
    ]


def test_a_code_that_stands_twice_is_named_with_both_rows(bring, belle):
    assert "row 3, ncessch: 290000100048 stands in row 2 already." in said(
        bring("mo_public_schools", table(SCHOOL, SCHOOL))
    )


def test_a_building_code_that_stands_twice_in_a_district_is_an_error(bring, belle):
    outcome = bring("mo_public_schools", table(SCHOOL, OTHER_SCHOOL | {"dese_building_code": "4020"}))
    assert said(outcome) == ["row 3, dese_building_code: 4020 stands in row 2 already."]


def test_dates_must_be_dates_in_order(bring, belle):
    row = {"school_key": "K1", "school_name": "St. Mary", "opened_on": "2019-08-01", "closed_on": "2018-08-01"}
    assert said(bring("own_schools", table(row))) == ["row 2, closed_on: It closes on 2018-08-01, before it opens."]
    assert "is not a date" in said(bring("own_schools", table(row | {"opened_on": "soon"})))[0]
    assert "two years ahead" in said(bring("own_schools", table(row | {"opened_on": "2099-01-01", "closed_on": ""})))[0]


def test_formulas_stay_text_without_effect(bring, belle):
    bring("mo_public_schools", table(SCHOOL, OTHER_SCHOOL | {"school_name": '=HYPERLINK("http://x","y")'}))
    assert Org.objects.filter(name='=HYPERLINK("http://x","y")').exists()


def test_path_tricks_in_a_file_name_lead_nowhere(bring, belle):
    from shelterbelt.orgs.models import DirectoryImport

    bring("mo_public_schools", table(SCHOOL), name="..\\..\\/etc/pass\x00wd\n.csv")
    assert DirectoryImport.objects.latest("pk").file_name == "pass wd .csv"


@pytest.mark.parametrize("name", ["=SUM(A1)", "+1", "-1", "@x"])
def test_a_district_without_schools_in_the_file_is_found_in_the_directory(bring, missouri, name):
    assert bring("mo_leas", table(DISTRICT | {"lea_name": name})).loaded
    assert bring("mo_public_schools", table(SCHOOL)).loaded


def test_accents_are_read_in_utf8_with_and_without_mark_and_in_windows_letters():
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        sheet, findings = sheet_of(table({"a": "Peña"}, encoding=encoding))
        assert sheet.columns["a"] == ["Peña"]
        assert not findings.warnings
    sheet, findings = sheet_of(table({"a": "x"}, {"a": "Peña"}, encoding="cp1252"))
    assert sheet.columns["a"] == ["x", "Peña"]
    assert findings.warnings[0].row == 3
    assert "Windows" in findings.warnings[0].sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x89PNG\x00\x00", "isn't a table"),
        (b"a\n\x81\xfe", "encoding that isn't known"),
        (b"\x1f\x8bnothing", "damaged"),
        (gzip.compress(b"a\n" * 100)[:-4], "damaged"),
        (b"PK\x03\x04nothing", "isn't an XLSX"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        (b"a" * (1024 * 1024 + 1), "larger than 1 MB"),
        (gzip.compress(b"a\n" * 5 * 1024 * 1024), "unpacks to more than"),
    ],
)
def test_a_file_that_cant_be_read_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(UnreadableFileError, match=sentence):
        sheet_of(content, limit_mb=1)


def test_a_row_of_another_width_and_a_header_that_stands_twice_are_errors():
    _sheet, findings = sheet_of(b"a,b,b\n1,2,3\n1,2\n")
    assert [str(error) for error in sorted(findings.errors)] == [
        "row 1, b: This column stands twice in the file.",
        "row 3: This row has 2 cells; the header has 3.",
    ]


def test_rows_keep_the_numbers_a_person_sees_past_blank_lines_and_cells_of_two_lines():
    sheet, _findings = sheet_of(b'a;b\n\n1;"two\nlines"\n2;x\n')
    assert sheet.rows == [3, 5]


def test_a_workbooks_numbers_get_their_zeros_back_with_a_remark(bring, belle):
    numbers = {"leaid": 2900001, "ncessch": 290000100048, "dese_building_code": 4020, "enrollment": 318}
    row = SCHOOL | {"dese_building_code": "0020"}
    cells = [20 if key == "dese_building_code" else numbers.get(key, value) for key, value in row.items()]
    outcome = bring("mo_public_schools", workbook(list(row), cells), name="schools.xlsx")
    assert outcome.is_sound, said(outcome)
    assert [str(warning) for warning in outcome.findings.warnings] == [
        "row 2, dese_building_code: Read as 0020: leading zeros were lost."
    ]


def test_every_profile_is_recognised_by_its_own_columns():
    for name, profile in profiles().items():
        headers = {header for column in profile.columns.values() for header in column.headers} | set(profile.signs)
        assert guess(headers) == profile, name
        assert set(profile.signs), name


def test_columns_that_fit_no_profile_are_said(bring, missouri):
    assert "fit no profile" in said(bring("", table({"colour": "red"})))[0]


def test_the_profile_is_found_by_the_headers_when_none_is_named(bring, missouri):
    assert bring("", table(DISTRICT)).profile == "mo_leas"


def test_the_page_of_profiles_names_each_of_them_and_every_column_of_our_own():
    page = (ROOT / "docs/reference/import-profiles.md").read_text(encoding="utf-8")
    for name, profile in profiles().items():
        assert f"`{name}`" in page
        if name.startswith("own_"):
            for column in profile.columns.values():
                assert column.headers[0] in page, (name, column.headers[0])


OWN = {"school_key": "REV-1", "school_name": "Linden", "district_code": "063067", "sector": "", "students": "12"}


@pytest.mark.parametrize("sector", ["", "Public", "Charter"])
def test_a_public_school_without_a_district_is_an_error(bring, belle, sector):
    outcome = bring("own_schools", table(OWN | {"sector": sector, "district_code": ""}))
    assert said(outcome) == [
        "row 2, district_code: A public or charter school belongs to a district: write the code of Linden's district."
    ]


def test_a_blank_district_is_enough_for_private_schools_and_for_those_whose_district_is_known(bring, belle):
    assert bring("own_schools", table(OWN | {"sector": "Private", "district_code": "", "school_key": "P1"})).loaded
    assert bring("own_schools", table(OWN)).loaded
    blank = [row | {"district_code": "", "sector": ""} for row in (OWN, OWN | {"school_key": "P1"})]
    assert bring("own_schools", table(*blank)).loaded
    private = table(OWN | {"school_key": "P1", "sector": "Charter", "district_code": ""})
    assert "belongs to a district" in said(bring("own_schools", private))[0]


def test_an_own_key_is_the_same_in_capitals_and_small_letters(bring, belle):
    assert bring("own_schools", table(OWN)).counts["opened"] == 1
    assert bring("own_schools", table(OWN | {"school_key": "rev-1"})).counts["unchanged"] == 1
    twice = bring("own_schools", table(OWN, OWN | {"school_key": "Rev-1"}), only_check=True)
    assert any("stands in row 2 already" in error for error in said(twice))
    police = {"agency_key": "PD", "agency_name": "Police", "service": "Fire", "serves_schools": "rev-1"}
    assert bring("own_agencies", table(police)).counts["services_added"] == 1


@pytest.mark.parametrize("students", ["1e2", "1_0", "1,00", "12.5", "nan", "-3", "9" * 30])
def test_students_are_digits_with_commas_between_thousands(bring, belle, students):
    errors = said(bring("own_schools", table(OWN | {"students": students})))
    assert errors == [f"row 2, students: {students} can't be a number of students."]


@pytest.mark.parametrize("students", ["1,200", "1200", "1200.0"])
def test_a_number_of_students_may_have_commas(bring, belle, students):
    assert bring("own_schools", table(OWN | {"students": students})).is_sound


def test_a_letter_that_is_none_is_named_by_row_and_column(bring, belle):
    outcome = bring("own_schools", table(OWN | {"school_key": "rev\x00x"}, encoding="utf-16"))
    assert said(outcome) == ["row 2, school_key: This cell holds a letter that is none (U+0000)."]
    headers = bring("", table({"col\x00our": "red"}, encoding="utf-16"))
    assert "fit no profile" in said(headers)[0]
    assert said(headers)[1] == "row 1, colour: This cell holds a letter that is none (U+0000)."


def test_a_workbook_packed_in_an_unknown_way_is_refused_with_a_sentence():
    packed = re.sub(rb"(PK\x01\x02..)..", rb"\1~.", workbook(["a"], [1]), flags=re.DOTALL)
    with pytest.raises(UnreadableFileError, match="isn't an XLSX"):
        sheet_of(packed)


def test_the_check_says_that_a_later_file_is_loaded_also_when_the_kind_was_recognised(bring, belle):
    later, earlier = date(2021, 7, 1), date(2020, 7, 1)
    assert bring("own_schools", table(OWN), on=later).loaded
    assert "already loaded" in said(bring("", table(OWN), on=earlier, only_check=True))[0]


def test_a_kept_file_that_was_altered_is_refused(bring, belle, settings):
    def spoil():
        kept = DirectoryImport.objects.latest("pk").sha256
        (Path(settings.FILES) / kept[:2] / kept[2:4] / kept).write_bytes(table(OWN | {"school_name": "Other"}))

    bring("own_schools", table(OWN), only_check=True)
    spoil()
    outcome = run_load(DirectoryImport.objects.latest("pk"), at=NOON, progress=lambda *_: None)
    assert said(outcome) == ["The kept file is no longer what was sent. Send it again."]
    assert not Org.objects.filter(name__in=("Linden", "Other")).exists()


def test_an_own_key_of_another_kind_of_organisation_is_an_error(bring, belle):
    police = {"agency_key": "REV-1", "agency_name": "Police", "service": "Fire", "serves_schools": ""}
    assert bring("own_agencies", table(police)).loaded
    assert said(bring("own_schools", table(OWN))) == [
        "row 2, school_key: “REV-1” is the key of Police already; schools, districts and agencies share their keys."
    ]
