import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from shelterbelt.access.scope import acting_as
from shelterbelt.core.storage import file_store
from shelterbelt.documents import rules
from shelterbelt.documents.actions import keep
from shelterbelt.documents.models import Document

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PDF = b"%PDF-1.7 the plan of Linden Creek"


def keep_one(school, by, content=PDF, name="plan.pdf", **more):
    with acting_as(by.person.pk, today=TODAY):
        return keep(org=school, upload=SimpleUploadedFile(name, content), by=by, at=NOW, **more)


def test_a_file_is_kept_under_what_it_holds_for_five_years(linden_creek, cora):
    document = keep_one(linden_creek, cora)
    assert document.keep_until == date(2031, 11, 24)
    assert document.content_type == "application/pdf"
    assert document.added_by == cora.person
    with file_store().open(document.sha256) as kept:
        assert kept.read() == PDF


def test_the_same_file_twice_is_two_records_of_one_content(linden_creek, cora):
    first, second = keep_one(linden_creek, cora), keep_one(linden_creek, cora, name="again.pdf")
    assert first.sha256 == second.sha256
    assert first.pk != second.pk


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\plans\\plan.pdf", "plan.pdf"),
        ("..\\..\\plan.pdf", "plan.pdf"),
        ("plan\x00.pdf", "plan .pdf"),
        ("plan\r\nSet-Cookie: a=b.pdf", "plan Set-Cookie: a=b.pdf"),
        ("fdp.nalp\u202e.exe", "fdp.nalp .exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("/", "document.pdf"),
        ("plan.exe", "plan.exe.pdf"),
        ("PLAN.PDF", "PLAN.PDF"),
        ("Plan de emergencia – año 2026.pdf", "Plan de emergencia – año 2026.pdf"),
    ],
)
def test_a_name_is_only_a_label(given, kept):
    assert rules.clean_name(given, rules.PDF) == kept


def test_a_long_name_keeps_its_ending():
    cleaned = rules.clean_name("a" * 400 + ".pdf", rules.PDF)
    assert len(cleaned) == 160
    assert cleaned.endswith("a.pdf")


def test_fifty_megabytes_pass_and_one_byte_more_is_refused_with_the_limit(linden_creek, cora, settings):
    settings.UPLOAD_LIMIT_MB = 1
    largest = PDF + b"." * (1024 * 1024 - len(PDF))
    assert keep_one(linden_creek, cora, largest).size == 1024 * 1024
    with pytest.raises(ValidationError, match="up to 1 MB"):
        keep_one(linden_creek, cora, largest + b".")


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00\x03", b"\x7fELF\x02\x01", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00\x00\x00\x18ftypmp42"],
    ids=["a Windows program", "a Linux program", "an old Office file", "a film"],
)
def test_content_decides_and_not_the_name(linden_creek, cora, content):
    with pytest.raises(ValidationError, match="Send a PDF, a picture"):
        keep_one(linden_creek, cora, content, name="plan.pdf")
    with acting_as(cora.person.pk, today=TODAY):
        assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n....", rules.PNG),
        (b"\xff\xd8\xff\xe0....", rules.JPEG),
        (b"GIF89a....", rules.GIF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", rules.WEBP),
        (b"name,drills\nLinden Creek,2\n", rules.TEXT),
        ("name,año\n".encode("utf-16"), rules.TEXT),
        ("año\n".encode("cp1252"), rules.TEXT),
        (b"<script>alert(1)</script>", rules.TEXT),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_it_is(content, kind):
    assert rules.kind_of(content) is kind


def zip_of(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (("[Content_Types].xml", "word/document.xml"), "plan.docx"),
        (("[Content_Types].xml", "xl/workbook.xml"), "plan.xlsx"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "plan.pptx"),
        (("word/document.xml",), "plan.zip"),
    ],
)
def test_an_office_file_is_told_from_a_zip_by_what_is_inside(linden_creek, cora, names, name):
    assert keep_one(linden_creek, cora, zip_of(*names), name=name).name == name


def test_half_a_zip_is_refused(linden_creek, cora):
    with pytest.raises(ValidationError, match="damaged"):
        keep_one(linden_creek, cora, zip_of("a", "b")[:40], name="plan.zip")


def test_a_zip_packed_for_another_version_is_refused(linden_creek, cora):
    content = bytearray(zip_of("a"))
    needs = content.index(b"PK\x01\x02") + 6
    content[needs : needs + 2] = (126).to_bytes(2, "little")
    with pytest.raises(ValidationError, match="damaged"):
        keep_one(linden_creek, cora, bytes(content), name="plan.zip")


def test_an_empty_file_is_refused(linden_creek, cora):
    with pytest.raises(ValidationError, match="empty"):
        keep_one(linden_creek, cora, b"")


def test_somebody_else_cannot_attach_a_file_to_this_school(linden_creek, stranger):
    with pytest.raises(PermissionDenied, match="Linden Creek"):
        keep_one(linden_creek, stranger)


def test_a_leap_day_ends_on_the_first_of_march():
    assert rules.keep_until(date(2028, 2, 29), years=5) == date(2033, 3, 1)


def test_a_zip_whose_list_of_parts_alone_fills_the_memory_is_refused(linden_creek, cora):
    with pytest.raises(ValidationError, match="more parts than we take"):
        keep_one(linden_creek, cora, zip_of(*map(str, range(45_000))), name="plan.zip")


def test_a_page_that_calls_itself_a_pdf_is_kept_as_text(linden_creek, cora):
    document = keep_one(linden_creek, cora, b"<html><script>alert(1)</script>", name="plan.pdf")
    assert (document.content_type, document.name) == ("text/plain", "plan.pdf.txt")
