"""An office file is packed anew: its words stay, and whoever wrote them is somebody."""

import io
import zipfile

import pytest

from shelterbelt.core.clean_copies import office
from shelterbelt.core.clean_copies.cleaned import cleaned
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Left, State
from shelterbelt.core.clean_copies.tests import made


def parts(content: bytes) -> dict[str, bytes]:
    outcome = cleaned(content)
    assert outcome.state is State.CLEAN, outcome.reason
    with zipfile.ZipFile(io.BytesIO(outcome.copy)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("document", [made.docx, made.odt])
def test_nobody_is_named_and_the_words_stay(document):
    cleaned_parts = parts(document())
    everything = b"".join(cleaned_parts.values())
    for told in (made.PERSON.encode(), made.CAMERA.encode(), b"Exif", b"2026-09-14", b"evil.example", b"00AB12CD"):
        assert told not in everything
    assert b"He said it on Monday" in everything
    assert b"Is this so?" in everything
    assert not [name for name in cleaned_parts if "humbnail" in name]
    assert b"humbnail" not in everything


def test_a_link_that_a_person_sees_stays():
    assert b"https://example.org/" in parts(made.docx())["word/_rels/document.xml.rels"]


def test_the_packages_own_times_are_gone():
    with zipfile.ZipFile(io.BytesIO(cleaned(made.docx()).copy)) as package:
        assert {each.date_time[0] for each in package.infolist()} == {1980}


def test_an_open_document_begins_with_what_it_is():
    copy = cleaned(made.odt()).copy
    assert copy[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def test_a_drawing_that_cannot_be_drawn_anew_is_told_of():
    outcome = cleaned(made.docx(word__media__image2="x").replace(b"media/image2", b"media/im.emf"))
    assert outcome.left == (Left.PICTURES_INSIDE,)


def with_part(name: str, content: bytes) -> bytes:
    return made.package(made.docx_parts() | {name: content})


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("word/embeddings/oleObject1.bin", b"MZ", Reason.HOLDS_FILES),
        ("word/media/run.exe", b"MZ", Reason.HOLDS_FILES),
        ("word/media/image9.png", b"MZ program", Reason.HOLDS_FILES),
        ("word/activeX/activeX1.xml", b"<a/>", Reason.MACROS),
        ("word/footer.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", Reason.DAMAGED),
        ("word/footer.xml", b"<a><b></a>", Reason.DAMAGED),
        ("word/media/a.png", made.photo(kind="PNG")[:-200], Reason.DAMAGED),
    ],
)
def test_what_runs_or_isnt_what_it_says_is_refused(name, content, reason):
    outcome = cleaned(with_part(name, content))
    assert outcome.reason is reason
    assert not outcome.copy


def test_a_type_that_says_macros_is_refused():
    parts = made.docx_parts()
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("application/xml", kind)
    assert cleaned(made.package(parts)).reason is Reason.MACROS


def test_macros_in_an_open_document_are_refused():
    assert cleaned(made.odt(Basic__Standard__a="<a/>")).reason is Reason.MACROS


def test_a_table_within_a_letter_is_cleaned_and_one_within_that_is_refused():
    inner = made.docx()
    assert made.PERSON.encode() not in b"".join(parts(with_part("word/embeddings/a.docx", inner)).values())
    deep = with_part("word/embeddings/a.docx", with_part("word/embeddings/b.docx", inner))
    assert cleaned(deep).reason is Reason.TOO_MUCH_INSIDE


def test_a_small_letter_that_unpacks_to_more_than_a_machine_holds_is_refused():
    bomb = with_part("word/header1.xml", b"<a>" + b" " * (office.LARGEST_XML + 1) + b"</a>")
    assert len(bomb) < 100_000
    assert cleaned(bomb).reason is Reason.TOO_MUCH_INSIDE


def test_a_part_that_lies_about_its_size_is_damaged():
    honest = made.package(made.docx_parts() | {"word/header1.xml": b"<a>" + b" " * 9000 + b"</a>"})
    size = (9007).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert cleaned(honest.replace(size, (12).to_bytes(4, "little"))).reason is Reason.DAMAGED


def test_two_parts_of_one_name_are_refused():
    doubled = made.docx(word__a_xml="<a/>", word__b_xml="<b/>").replace(b"word/b_xml", b"word/a_xml")
    assert cleaned(doubled).reason is Reason.DAMAGED


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(office, "MOST_PARTS", 5)
    assert cleaned(made.docx()).reason is Reason.TOO_MUCH_INSIDE


def test_a_locked_part_is_refused():
    locked = bytearray(made.docx())
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[locked.find(mark) + at] |= 1
    assert cleaned(bytes(locked)).reason is Reason.LOCKED


def test_an_old_office_file_has_no_clean_copy():
    outcome = cleaned(made.old_office("WordDocument"))
    assert (outcome.state, outcome.reason) == (State.NO_CLEAN_COPY, Reason.CANNOT_BE_CLEANED)
