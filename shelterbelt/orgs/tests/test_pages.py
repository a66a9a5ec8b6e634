"""The directory's pages, and bringing a file in by browser."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.orgs import tasks
from shelterbelt.orgs.actions import install_state
from shelterbelt.orgs.models import DirectoryImport, FormerName, FormerOpening, Org
from shelterbelt.orgs.tests.conftest import DISTRICT, TODAY, table


def as_system():
    return acting_as_system("import", today=TODAY, reason="a test")


@pytest.fixture
def town(db, monkeypatch):
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: TODAY)
    with as_system():
        state = install_state("MO")
        boone = Org.objects.get(kind="county", name="Boone County")
        cedar = a.a_district("Cedar Fork R-II", county=boone, code="010099")
        linden = a.a_school("Linden Creek Elementary", district=cedar, students=210, code="4020")
        FormerName.objects.create(org=linden, name="Old Mill School", until_on=date(2020, 7, 1))
        a.an_agency("fire", "Boone Fire", serves=boone)
        return SimpleNamespace(
            state=state, cedar=cedar, linden=linden, boone=boone,
            ada=a.a_person("Ada", office="state_office", at=state),
            cora=a.a_person("Cora", office="principal", at=linden),
        )  # fmt: skip


@pytest.fixture
def enter(client):
    def as_person(person):
        with as_system():
            client.force_login(person)
        return client

    return as_person


def send(client, content, name="districts.csv", **said):
    upload = SimpleUploadedFile(name, content)
    about = {"file": upload, "profile": "", "effective_on": "2019-07-01"} | said
    return client.post(reverse("orgs:import_new"), about)


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("text", ["linden", "LINDEN CREEK", "old mill", "4020", "Lindin Creek"])
def test_a_school_is_found_by_name_former_name_and_code_and_in_spite_of_a_slip(town, enter, text):
    assert "Linden Creek Elementary" in words(enter(town.cora).get(reverse("orgs:search"), {"q": text}))


@pytest.mark.parametrize("text", ["%", "_", "'; drop table orgs_org; --", "x" * 500])
def test_odd_searches_find_nothing_and_break_nothing(town, enter, text):
    response = enter(town.cora).get(reverse("orgs:search"), {"q": text, "county": "x", "district": "-1", "kind": "?"})
    assert response.status_code == 200


def test_a_search_is_narrowed_by_kind_county_and_district(town, enter):
    client = enter(town.cora)
    shown = words(
        client.get(reverse("orgs:search"), {"kind": "school", "county": town.boone.pk, "district": town.cedar.pk})
    )
    assert "Linden Creek Elementary" in shown
    adair = Org.objects.get(name="Adair County")
    assert "Nothing in the directory fits" in words(
        client.get(reverse("orgs:search"), {"kind": "school", "county": adair.pk})
    )


def test_a_long_list_takes_as_many_queries_as_a_short_one(town, enter, django_assert_max_num_queries):
    with as_system():
        for number in range(60):
            a.a_school(f"School {number}", district=town.cedar)
    client = enter(town.cora)
    with django_assert_max_num_queries(17):
        shown = words(client.get(reverse("orgs:search"), {"kind": "school"}))
    assert "61 found" in shown


def test_an_organisations_page_says_where_it_belongs_and_who_serves_it(town, enter, django_assert_max_num_queries):
    client = enter(town.cora)
    with django_assert_max_num_queries(24):
        shown = words(client.get(reverse("orgs:org", args=[town.linden.pk])))
    for said in (
        "Cedar Fork R-II",
        "Boone County",
        "Troop F",
        "2026-27",
        "Boone Fire",
        "Old Mill School",
        "4020",
        "210",
    ):
        assert said in shown
    assert "Linden Creek Elementary" in words(client.get(reverse("orgs:org", args=[town.cedar.pk])))
    assert client.get(reverse("orgs:org", args=[999999])).status_code == 404


def test_the_directory_is_for_people_who_signed_in(town, client):
    for name, parts in (("search", []), ("org", [town.linden.pk]), ("imports", [])):
        assert client.get(reverse(f"orgs:{name}", args=parts)).status_code == 302


def test_an_exported_formula_has_no_effect(town, enter):
    with as_system():
        Org.objects.filter(pk=town.linden.pk).update(name="=1+1", website="javascript:alert(1)")
    client = enter(town.cora)
    response = client.get(reverse("orgs:search_export", args=["csv"]), {"kind": "school"})
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert rows[1][0] == "'=1+1"
    book = client.get(reverse("orgs:search_export", args=["xlsx"]), {"kind": "school"}).content
    cells = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert cells[1][0] == "'=1+1"
    assert "javascript:" not in words(client.get(reverse("orgs:org", args=[town.linden.pk])))


def test_only_the_state_office_brings_files_in(town, enter):
    client = enter(town.cora)
    for name in ("imports", "import_new"):
        assert client.get(reverse(f"orgs:{name}")).status_code == 403
    assert send(client, table(DISTRICT)).status_code == 403


def test_a_file_is_sent_checked_and_loaded(town, enter):
    client = enter(town.ada)
    assert "Begin with the districts" in words(client.get(reverse("orgs:imports")))
    page = send(client, table(DISTRICT))["Location"]
    assert 'hx-get="' in words(client.get(page))
    with as_system():
        started = DirectoryImport.objects.get()
        assert started.status == "waiting"
    tasks.check_import(import_id=started.pk)
    shown = words(client.get(page))
    assert "What loading would change" in shown
    assert "Load these 1 change" in shown or "Load this 1 change" in shown
    client.post(reverse("orgs:import_load", args=[started.pk]))
    tasks.load_import(import_id=started.pk)
    tasks.load_import(import_id=started.pk)
    assert "The file is loaded." in words(client.get(page))
    assert Org.objects.filter(name="MARIES CO. R-II").count() == 1
    assert client.post(reverse("orgs:import_load", args=[started.pk])).status_code == 403


def test_a_wrong_file_shows_its_problems_and_cant_be_loaded(town, enter):
    client = enter(town.ada)
    page = send(client, table(DISTRICT | {"county_fips": "2951O", "lea_name": "=cmd"}))["Location"]
    with as_system():
        started = DirectoryImport.objects.get()
    tasks.check_import(import_id=started.pk)
    shown = words(client.get(page))
    assert "is not a county of Missouri" in shown
    assert "Load " not in shown
    assert client.post(reverse("orgs:import_load", args=[started.pk])).status_code == 403
    listed = client.get(reverse("orgs:import_problems", args=[started.pk])).content.decode()
    assert "error,2,county_fips," in listed


@pytest.mark.parametrize(
    ("content", "said", "sentence"),
    [
        (b"", {}, "The file is empty."),
        (b"a\n1\n", {"effective_on": "soon"}, "Enter a valid date"),
        (b"a\n1\n", {"effective_on": "1066-10-14"}, "Choose a day of a school year"),
        (b"a" * 2 * 1024 * 1024, {}, "larger than 1 MB"),
    ],
)
def test_a_form_that_cant_be_taken_says_why(town, enter, settings, content, said, sentence):
    settings.UPLOAD_LIMIT_MB = 1
    response = send(enter(town.ada), content, **said)
    assert response.status_code == 400
    assert sentence in words(response)


def test_a_file_with_a_path_for_a_name_is_kept_under_its_digest(town, enter):
    send(enter(town.ada), table(DISTRICT), name="../../../etc/passwd")
    with as_system():
        kept = DirectoryImport.objects.get()
    assert kept.file_name == "passwd"
    assert kept.stored_as == kept.sha256


def test_a_school_that_opened_again_says_when_it_was_open_before(town, enter):
    with as_system():
        FormerOpening.objects.create(org=town.linden, closed_on=date(2021, 7, 1))
        FormerOpening.objects.create(org=town.linden, opened_on=date(2022, 7, 1), closed_on=date(2023, 7, 1))
        Org.objects.filter(pk=town.linden.pk).update(opened_on=date(2024, 7, 1))
    shown = words(enter(town.cora).get(reverse("orgs:org", args=[town.linden.pk])))
    assert "Open before" in shown
    assert "<dd>until July 1, 2021</dd>" in shown
    assert "<dd>July 1, 2022 until July 1, 2023</dd>" in shown


@pytest.mark.parametrize("step", ["check", "load"])
def test_a_file_that_stops_the_work_is_refused_with_a_sentence(town, enter, monkeypatch, step):
    client = enter(town.ada)
    page = send(client, table(DISTRICT))["Location"]
    with as_system():
        started = DirectoryImport.objects.get()
    if step == "load":
        tasks.check_import(import_id=started.pk)
        client.post(reverse("orgs:import_load", args=[started.pk]))

    def stop(*_args, **_options):
        raise DataError("invalid byte sequence")

    monkeypatch.setattr(tasks, f"run_{step}", stop)
    work = getattr(tasks, f"{step}_import")
    with pytest.raises(DataError):
        work(import_id=started.pk)
    work(import_id=started.pk)
    assert "Something in this file stopped the work" in words(client.get(page))
    with as_system():
        assert DirectoryImport.objects.get().status == "refused"
