"""What arrived is cleaned by the watch, within seconds, whatever happens meanwhile."""

import time
from pathlib import Path

import pytest

from shelterbelt.core.clean_copies import apart
from shelterbelt.core.clean_copies.tests import made
from shelterbelt.core.storage import tip_store
from shelterbelt.tips.attachments import tasks
from shelterbelt.tips.attachments.actions import cleaning
from shelterbelt.tips.attachments.actions.removing import remove_files_of
from shelterbelt.tips.attachments.sealed import CLEAN_COPY, ORIGINAL, OpenedFile
from shelterbelt.tips.models import Attachment, Tip
from shelterbelt.tips.sealing.opening import key_of
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db


def again(file: Attachment, at_desk) -> Attachment:
    with at_desk():
        return Attachment.objects.select_related("tip").get(pk=file.pk)


def content_of(file: Attachment, kind: str) -> bytes:
    digest = {ORIGINAL: file.original, CLEAN_COPY: file.clean_copy}[kind]
    with OpenedFile(tip_store().open(digest), key_of(file.tip), kind=kind, of=file.pk) as opened:
        return opened.read()


def test_a_photo_gets_a_clean_copy_and_its_original_stays_sealed(a_file, at_desk, files):
    file = a_file()
    assert (file.state, file.because, file.content_type, file.clean_type) == ("clean", "", "image/jpeg", "image/jpeg")
    with at_desk():
        assert made.CAMERA.encode() in content_of(file, ORIGINAL)
        assert made.CAMERA.encode() not in content_of(file, CLEAN_COPY)
    for path in files.rglob("*"):
        assert not path.is_file() or made.CAMERA.encode() not in path.read_bytes()


def test_the_desks_page_has_to_show_the_tip_anew(a_file, at_desk, monkeypatch):
    monkeypatch.setattr(tasks.clock, "now", lambda: NOW.replace(hour=22))
    file = a_file()
    with at_desk():
        assert Tip.objects.get(pk=file.tip_id).changed_at == NOW.replace(hour=22)


@pytest.mark.parametrize(
    ("content", "name", "state", "because"),
    [
        (made.film(), "a.mp4", "clean", "hidden_marks"),
        (made.old_office("WordDocument"), "a.doc", "original_only", "cannot_be_cleaned"),
        (made.photo()[:-900], "a.jpg", "refused", "damaged"),
    ],
)
def test_it_is_said_why_there_is_no_copy_or_what_it_still_tells(a_file, content, name, state, because):
    file = a_file(content, name)
    assert (file.state, file.because) == (state, because)
    assert bool(file.clean_copy) == (state == "clean")


def test_the_name_is_sealed_and_fits_what_the_file_is(a_file, at_desk):
    from shelterbelt.tips.sealing import words

    file = a_file(name="C:\\Users\\Dana\\me at home.exe")
    assert b"home" not in bytes(file.name)
    with at_desk():
        assert words.unseal_text(key_of(file.tip), file.name, kind="name", of=file.pk) == "me at home.exe.jpg"


def test_files_of_a_tip_that_waits_for_its_turn_wait_too(a_file, at_desk):
    file = a_file(taken_in=False)
    assert file.state == "waiting"
    assert file.tries == 0


def test_a_file_that_takes_the_cleaning_down_twice_is_left_as_it_is(a_file, at_desk, monkeypatch):
    def die(_content):
        raise apart.CleaningDied

    monkeypatch.setattr(cleaning, "cleaned_apart", die)
    file = a_file()
    assert (file.state, file.because, file.tries) == ("original_only", "cannot_be_cleaned", 2)


def test_a_file_that_took_down_whoever_cleaned_it_is_given_up(a_file, at_desk):
    file = a_file(cleaned=False)
    for _ in range(4):
        with at_desk():
            cleaning.claim()  # and the process is killed
    assert again(file, at_desk).tries == 4
    tasks.clean_files()
    assert again(file, at_desk).because == "cannot_be_cleaned"


def test_a_killed_process_gives_the_file_back(a_file, at_desk):
    file = a_file(cleaned=False)
    with at_desk():
        claimed = cleaning.claim()
    tasks.clean_files()
    assert again(file, at_desk).state == "clean"
    assert again(file, at_desk).tries == 2
    with at_desk():
        cleaning.clean(claimed, at=NOW)  # comes back late, and finds it done


def test_a_file_whose_content_was_changed_is_left_as_it_is(a_file, at_desk, files):
    file = a_file(cleaned=False)
    path = files / file.original[:2] / file.original[2:4] / file.original
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    tasks.clean_files()
    assert again(file, at_desk).because == "cannot_be_cleaned"


def test_life_safety_is_cleaned_first(a_file, at_desk):
    later = a_file(cleaned=False)
    first = a_file(cleaned=False, is_happening_now=True)
    with at_desk():
        assert cleaning.claim().id == first.pk
    assert later.pk


def test_a_disposed_tips_files_leave_the_store(a_file, at_desk, django_capture_on_commit_callbacks):
    file, other = a_file(), a_file()
    with at_desk(), django_capture_on_commit_callbacks(execute=True):
        remove_files_of([file.tip_id])
        tip_store().open(file.original).close()  # there until it is certain
    for digest in (file.original, file.clean_copy):
        with pytest.raises(FileNotFoundError):
            tip_store().open(digest)
    with at_desk():
        assert content_of(other, CLEAN_COPY)


def test_what_a_killed_process_left_half_written_is_removed_after_a_day(db):
    half = tip_store().begin()
    half.write(b"sealed bytes")
    now = int(time.time())
    tasks.clear_unfinished_files(now)
    assert Path(half.file.name).exists()
    tasks.clear_unfinished_files(now + 90_000)
    assert not Path(half.file.name).exists()
    half.drop()
