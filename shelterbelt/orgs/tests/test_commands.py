"""The same by command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from shelterbelt.access.scope import acting_as_system
from shelterbelt.orgs.models import DirectoryImport, Identifier, Membership, Org
from shelterbelt.orgs.tests.conftest import DISTRICT, SCHOOL, TODAY, table


def run(*words):
    out, err = StringIO(), StringIO()
    try:
        call_command(*words, stdout=out, stderr=err)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_missouri_is_made_with_its_counties_and_regions_once(db):
    assert run("install_state", "MO")[1] == "Missouri: 115 counties, 19 regions\n"
    assert run("install_state", "mo")[0] == 0
    assert Org.objects.count() == 1 + 115 + 19
    louis = Identifier.objects.get(scheme="fips", value="29510").org
    assert louis.name == "City of St. Louis"
    assert Identifier.objects.get(scheme="state_county", value="115").org == louis
    assert Membership.objects.filter(axis="troop").count() == 115
    assert Membership.objects.filter(axis="rpdc").count() == 14


def test_a_state_that_isnt_one_is_refused(db):
    with pytest.raises(CommandError, match="not the postal code of a state"):
        call_command("install_state", "XX")


def test_districts_and_schools_are_loaded_with_progress(db, tmp_path):
    districts, schools = tmp_path / "districts.csv", tmp_path / "schools.csv"
    districts.write_bytes(table(DISTRICT))
    schools.write_bytes(table(SCHOOL))
    code, out, _err = run("import_directory", str(districts))
    assert code == 0
    assert "Profile: mo_leas" in out
    assert "1 opened" in out
    code, out, _err = run(
        "import_directory", str(schools), "--profile", "mo_public_schools", "--effective", "2019-07-01"
    )
    assert (code, Org.objects.filter(kind="school").count()) == (0, 1)


def test_a_dry_run_leaves_nothing_behind(db, tmp_path):
    file = tmp_path / "districts.csv"
    file.write_bytes(table(DISTRICT))
    code, out, _err = run("import_directory", str(file), "--dry-run")
    assert code == 0
    assert "nothing was loaded" in out
    assert not Org.objects.exists()


def test_every_error_is_printed_and_the_command_fails(db, tmp_path):
    file = tmp_path / "schools.csv"
    file.write_bytes(table(SCHOOL, SCHOOL | {"gslo": "99"}))
    code, _out, err = run("import_directory", str(file))
    assert code == 1
    assert "row 2, leaid:" in err
    assert "row 3, gslo:" in err
    assert "row 3, ncessch: 290000100048 stands in row 2 already." in err
    with acting_as_system("import", today=TODAY, reason="a test"):
        assert DirectoryImport.objects.get().status == "refused"


def test_a_file_that_isnt_there_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="can't be opened"):
        call_command("import_directory", str(tmp_path / "no.csv"))
