"""Somebody asks for the plan, the drills and what the cameras cost, and gets a package."""

import io
import zipfile
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.core.storage import file_store
from shelterbelt.disclosure.actions import add_part, answer, delay, end_determination, record_request, withdraw
from shelterbelt.disclosure.models import RecordsRequest
from shelterbelt.disclosure.tests.conftest import HARM, INTEREST, NOW, TODAY, closing

ASKED = "The emergency plan of Linden Creek, and every drill since 2024."


def a_file(words: str = "Fire drill, 2026-10-01", name: str = "drills.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode(), "text/plain")


def kept(asked: RecordsRequest) -> io.BytesIO:
    """The package of an answer."""
    with file_store().open(asked.package_sha256) as file:
        return io.BytesIO(file.read())


@pytest.fixture
def request_of_rae(town, acting):
    """Rae of the Courier asked on the 23rd."""
    with acting("sue") as sue:
        return record_request(
            org=town.cedar, asked=ASKED, how="email", received_on=date(2026, 11, 23), by=sue, at=NOW,
            requester="Rae, The Courier", contact="rae@example.org",
        )  # fmt: skip


def test_it_gets_its_number_and_the_day_it_is_due(town, acting, request_of_rae):
    assert (request_of_rae.number, request_of_rae.due_on) == (1, date(2026, 11, 27))
    with acting("sue") as sue:
        again = record_request(
            org=town.cedar, asked="x", how="email", received_on=TODAY, by=sue, at=NOW, made_id=request_of_rae.pk
        )
        second = record_request(org=town.cedar, asked="y", how="phone", received_on=TODAY, by=sue, at=NOW)
    assert (again, second.number) == (request_of_rae, 2)


def test_the_package_separates_open_from_closed_and_cites_the_determination(town, acting, request_of_rae):
    closing(town, reference="Board minutes, item 7")
    with acting("sue") as sue:
        add_part(asked=request_of_rae, records="emergency-plan", title="Emergency plan", given="closed", by=sue, at=NOW)
        add_part(
            asked=request_of_rae, records="drill-log", title="Drills", given="open", by=sue, at=NOW, upload=a_file()
        )
        done = answer(asked=request_of_rae, words="Here they are.", by=sue, at=NOW)
    with zipfile.ZipFile(kept(done)) as package:
        names, letter = package.namelist(), package.read("answer.txt").decode()
        assert names == ["answer.txt", "closed.csv", "open/02-drills.txt"]
        assert package.read("open/02-drills.txt") == b"Fire drill, 2026-10-01"
        table = package.read("closed.csv").decode()
    for words in (HARM, INTEREST, "RSMo 610.021(18)", "Board minutes, item 7", "Emergency plan"):
        assert words in letter
    assert "RSMo 610.021(18)" in table
    assert "Here they are." in letter


def test_nothing_is_kept_closed_without_a_determination(town, acting, request_of_rae):
    with acting("sue") as sue, pytest.raises(ValidationError, match="Nothing in writing"):
        add_part(asked=request_of_rae, records="emergency-plan", title="Plan", given="closed", by=sue, at=NOW)


def test_what_is_closed_is_not_given_as_it_is_but_with_the_closed_part_taken_out(town, acting, request_of_rae):
    closing(town)
    told = {"asked": request_of_rae, "records": "emergency-plan", "title": "Plan", "at": NOW}
    with acting("sue") as sue:
        with pytest.raises(ValidationError, match="These records are closed"):
            add_part(**told, given="open", by=sue, upload=a_file())
        with pytest.raises(ValidationError, match="Choose the file"):
            add_part(**told, given="separated", by=sue)
        part = add_part(**told, given="separated", by=sue, upload=a_file("Page 1", "plan.txt"))
        assert part.determination is not None
        done = answer(asked=request_of_rae, words="", by=sue, at=NOW)
        with zipfile.ZipFile(kept(done)) as package:
            assert package.namelist() == ["answer.txt", "closed.csv", "open/01-plan.txt"]


def test_what_was_opened_meanwhile_is_no_longer_withheld(town, acting, request_of_rae):
    held = closing(town)
    with acting("sue") as sue:
        add_part(asked=request_of_rae, records="emergency-plan", title="Plan", given="closed", by=sue, at=NOW)
        end_determination(determination=held, because="Board", by=sue, on=TODAY)
        with pytest.raises(ValidationError, match="nothing in writing closes it today"):
            answer(asked=request_of_rae, words="", by=sue, at=NOW)


def test_an_answer_without_records_needs_words(town, acting, request_of_rae):
    with acting("sue") as sue:
        with pytest.raises(ValidationError, match="that there are none"):
            answer(asked=request_of_rae, words="  ", by=sue, at=NOW)
        assert answer(asked=request_of_rae, words="There are none.", by=sue, at=NOW).status == "answered"


def test_an_answer_stands(town, acting, request_of_rae):
    with acting("sue") as sue:
        answer(asked=request_of_rae, words="There are none.", by=sue, at=NOW)
        for act in (
            lambda: withdraw(asked=request_of_rae, by=sue, at=NOW),
            lambda: delay(asked=request_of_rae, until=date(2026, 12, 9), because="Many.", by=sue),
        ):
            with pytest.raises(PermissionDenied, match="stays as it is"):
                act()
    with (
        acting_as_system("install", today=TODAY, reason="test"),
        pytest.raises(IntegrityError, match="does not change"),
        transaction.atomic(),
    ):
        RecordsRequest.objects.filter(pk=request_of_rae.pk).update(answer="Other words.")


def test_a_delay_says_why_and_until_when(town, acting, request_of_rae):
    with acting("sue") as sue:
        with pytest.raises(ValidationError, match="after the one"):
            delay(asked=request_of_rae, until=date(2026, 11, 27), because="Many.", by=sue)
        delay(asked=request_of_rae, until=date(2026, 12, 9), because="Four boxes lie in the archive.", by=sue)
    with acting("sue"):
        assert RecordsRequest.objects.get().wanted_by == date(2026, 12, 9)


def test_a_day_ahead_is_refused(town, acting):
    with acting("sue") as sue, pytest.raises(ValidationError, match="still ahead"):
        record_request(org=town.cedar, asked="x", how="email", received_on=date(2026, 11, 25), by=sue, at=NOW)


@pytest.mark.parametrize("name", ["cora", "fay", "pat", "greta"])
def test_nobody_else_finds_the_request(town, browser, request_of_rae, name):
    for page in ("asked", "package", "add"):
        assert browser(name).get(reverse(f"disclosure:{page}", args=[request_of_rae.pk])).status_code in (403, 404)


def test_the_whole_path_in_a_browser(town, browser):
    sue, cedar = browser("sue"), town.cedar.pk
    page = sue.get(reverse("disclosure:register", args=[cedar]))
    assert "Nothing in writing says why" in page.text
    told = {"records": "emergency-plan", "exemption": "response-plans", "harm": HARM, "interest": INTEREST}
    refused = sue.post(reverse("disclosure:close", args=[cedar]), told | {"harm": "No.", "from_on": "2026-11-24"})
    assert (refused.status_code, "full sentence" in refused.text) == (422, True)
    assert sue.post(reverse("disclosure:close", args=[cedar]), told | {"from_on": "2026-11-24"}).status_code == 302
    told = {"asked": ASKED, "received_on": "2026-11-23", "how": "email", "requester": "Rae"}
    here = sue.post(reverse("disclosure:new", args=[cedar]), told).url
    assert "Answer it by November 27, 2026" in sue.get(here).text
    part = {"records": "drill-log", "title": "Drills", "given": "open", "upload": a_file()}
    assert sue.post(f"{here}add/", part).status_code == 302
    part = {"records": "emergency-plan", "title": "Plan", "given": "closed"}
    assert sue.post(f"{here}add/", part).status_code == 302
    assert sue.post(f"{here}answer/", {"words": ""}).status_code == 302
    package = sue.get(f"{here}package/")
    assert b"".join(package.streaming_content)[:2] == b"PK"
    assert package["Content-Disposition"] == 'attachment; filename="records-request-1.zip"'
    assert "answered" in sue.get(here).text.lower()
    assert sue.post(f"{here}add/", part).status_code == 403


def test_the_state_office_reads_and_does_not_answer(town, browser, request_of_rae):
    ada = browser("ada")
    page = ada.get(reverse("disclosure:asked", args=[request_of_rae.pk]))
    assert (page.status_code, "Make the package" in page.text) == (200, False)
    assert ada.post(reverse("disclosure:answer", args=[request_of_rae.pk]), {"words": "x"}).status_code == 403
