"""A PDF is written anew: the same pages, without author, place, files within and anything that acts by itself."""

import io
import zlib

import pikepdf
import pytest

from shelterbelt.core.clean_copies import jpeg_segments, pdf
from shelterbelt.core.clean_copies.cleaned import cleaned
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.core.clean_copies.tests import made


def opened(content: bytes) -> pikepdf.Pdf:
    outcome = cleaned(content)
    assert outcome.state is State.CLEAN, outcome.reason
    return pikepdf.open(io.BytesIO(outcome.copy))


def unpacked(content: bytes) -> bytes:
    file = io.BytesIO()
    with opened(content) as paper:
        paper.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False,
                   object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    return file.getvalue()


def saved(paper: pikepdf.Pdf, **how) -> bytes:
    file = io.BytesIO()
    paper.save(file, **how)
    return file.getvalue()


def test_pages_stay_and_their_words_too():
    with opened(made.pdf(3)) as paper:
        assert len(paper.pages) == 3
        assert b"Page 2" in paper.pages[2].Contents.read_bytes()


def test_author_place_script_and_files_within_are_gone():
    for told in (made.PERSON.encode(), made.PERSON.encode("utf-16-be"), b"JavaScript", b"/JS", b"MZ program", b"plan.exe",
                 b"xmpmeta", b"Exif", b"OpenAction", made.CAMERA.encode(), b"D:2026"):  # fmt: skip
        assert told in made.pdf() or told in (b"D:2026", b"MZ program", made.PERSON.encode("utf-16-be"))
        assert told not in unpacked(made.pdf())


def test_a_note_stays_without_its_author_and_a_link_stays():
    with opened(made.pdf()) as paper:
        note, link = paper.pages[0].Annots
        assert note.Contents == "See page 2"
        assert "/T" not in note
        assert "/A" not in note
        assert link.A.URI == "https://example.org/"


def test_a_photo_in_a_pdf_stays_a_photo_without_its_place():
    with opened(made.pdf()) as paper:
        photo = paper.pages[0].Resources.XObject.Photo
        assert photo.read_raw_bytes()[:2] == b"\xff\xd8"
        assert pikepdf.PdfImage(photo).as_pil_image().size == (64, 48)
        assert not dict(pikepdf.PdfImage(photo).as_pil_image().getexif())


def test_an_earlier_version_within_the_file_is_gone():
    earlier = made.pdf()
    assert made.PERSON.encode() in earlier
    later = earlier + b"\n% " + made.PERSON.encode() + b"\n" + earlier[earlier.rindex(b"startxref") :]
    assert made.PERSON.encode() not in unpacked(later)


def test_an_archive_behind_a_pdf_is_gone():
    assert b"PK\x03\x04" not in cleaned(made.pdf() + made.package({"a.exe": b"MZ"})).copy


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_pdf_with_a_password_is_refused(password):
    paper = pikepdf.open(io.BytesIO(made.pdf()))
    locked = saved(paper, encryption=pikepdf.Encryption(owner="owner", user=password))
    assert cleaned(locked).reason is Reason.LOCKED


def test_a_page_that_unpacks_to_more_than_a_machine_holds_is_refused():
    paper = pikepdf.new()
    page = paper.add_blank_page()
    page.Contents = paper.make_stream(zlib.compress(bytes(300 * 1024 * 1024), 1), Filter=pikepdf.Name.FlateDecode)
    assert cleaned(saved(paper)).reason is Reason.TOO_MUCH_INSIDE


def test_what_is_packed_within_what_is_packed_is_refused():
    paper = pikepdf.new()
    twice = zlib.compress(zlib.compress(bytes(1000)))
    paper.add_blank_page().Contents = paper.make_stream(
        twice, Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    )
    as_it_is = saved(paper, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert cleaned(as_it_is).reason is Reason.TOO_MUCH_INSIDE


def test_a_picture_of_a_million_by_a_million_is_refused():
    paper = pikepdf.new()
    page = paper.add_blank_page()
    picture = paper.make_stream(b"x", Subtype=pikepdf.Name.Image, Width=1_000_000, Height=1_000_000)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=picture))
    assert cleaned(saved(paper)).reason is Reason.TOO_MUCH_INSIDE


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    assert cleaned(made.pdf(4)).reason is Reason.TOO_MUCH_INSIDE


def test_what_only_begins_like_a_pdf_is_refused():
    assert cleaned(b"%PDF-1.7\nnothing").reason is Reason.DAMAGED


def test_a_photo_keeps_its_packed_picture_to_the_byte():
    photo = made.photo()
    bare = jpeg_segments.bare(photo)
    assert bare[-600:] == photo[-600:]
    assert made.CAMERA.encode() not in bare
    assert jpeg_segments.bare(bare) == bare


def test_words_between_the_scans_of_a_photo_are_gone():
    file = io.BytesIO()
    made.noise().save(file, "JPEG", progressive=True)
    photo = file.getvalue()
    at = photo.rindex(b"\xff\xda")
    words = b"\xff\xe1" + (2 + len(made.SECRET)).to_bytes(2, "big") + made.SECRET
    assert jpeg_segments.bare(photo[:at] + words + photo[at:] + made.SECRET) == jpeg_segments.bare(photo)
