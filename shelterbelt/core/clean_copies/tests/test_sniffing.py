"""What a file is, is said by its bytes: not by its name, and not by the browser."""

import gzip
import io
import tarfile

import pytest
from PIL import Image

from shelterbelt.core.clean_copies import sniffing
from shelterbelt.core.clean_copies.kinds import LARGEST, Kind, Reason
from shelterbelt.core.clean_copies.tests import made


def told(content: bytes) -> str:
    found = sniffing.of_all(content)
    at_the_door = sniffing.at_the_door(content[: sniffing.WINDOW], content[-sniffing.WINDOW :], len(content))
    assert at_the_door == found
    return found.name if isinstance(found, Kind) else found.value


TAKEN = {
    "jpeg": made.photo, "png": lambda: made.photo(kind="PNG"), "webp": lambda: made.photo(kind="WEBP"),
    "gif": lambda: made.moving("GIF"), "heic": lambda: made.box("ftyp", b"heic", bytes(4), b"mif1heic") + bytes(99),
    "mp4": made.film, "mov": lambda: made.film("qt  "), "3gp": lambda: made.film("3gp5"),
    "m4a": lambda: made.film("M4A "), "webm": made.webm, "mp3": made.mp3, "ogg": made.ogg, "wav": made.wav,
    "amr": made.amr, "pdf": made.pdf, "docx": made.docx, "odt": made.odt,
    "doc": lambda: made.old_office("WordDocument", "1Table"), "xls": lambda: made.old_office("Workbook"),
    "text": "Él dijo que traería un arma.".encode,
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_of_a_kind_that_is_taken_is_known_by_its_bytes(name):
    assert told(TAKEN[name]()) == name


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return file.getvalue()


def tiff() -> bytes:
    file = io.BytesIO()
    Image.new("L", (9, 9)).save(file, "TIFF")
    return file.getvalue()


REFUSED = {
    "a program of Windows": (b"MZ\x90\0" + bytes(99), Reason.PROGRAM),
    "a program of Linux": (b"\x7fELF" + bytes(99), Reason.PROGRAM),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", Reason.PROGRAM),
    "a script of PHP": (b"<?php system($_GET['c']);", Reason.PROGRAM),
    "a batch file": (b"@echo off\r\ndel *.*\r\n", Reason.PROGRAM),
    "a page": (b"<!DOCTYPE html><p>hello", Reason.WEB_PAGE),
    "a page behind many blanks": (b"\n" * 5000 + b"<html><script>alert(1)</script>", Reason.WEB_PAGE),
    "a page in UTF-16": ("\ufeff<script>alert(1)</script>".encode("utf-16-le"), Reason.WEB_PAGE),
    "a drawing that runs scripts": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Reason.WEB_PAGE),
    "XML": (b'<?xml version="1.0"?><a/>', Reason.WEB_PAGE),
    "a ZIP file": (made.package({"a.txt": "a"}), Reason.ARCHIVE),
    "a program of Java": (made.package({"META-INF/MANIFEST.MF": "a", "A.class": b"\xca\xfe\xba\xbe"}), Reason.ARCHIVE),
    "a GZIP file": (gzip.compress(b"a" * 99), Reason.ARCHIVE),
    "a TAR file": (tar(), Reason.ARCHIVE),
    "a RAR file": (b"Rar!\x1a\x07\x01\0" + bytes(99), Reason.ARCHIVE),
    "a 7-Zip file": (b"7z\xbc\xaf\x27\x1c" + bytes(99), Reason.ARCHIVE),
    "a letter with macros": (made.docx(word__vbaProject_bin="x").replace(b"vbaProject_bin", b"vbaProject.bin"), Reason.MACROS),
    "an old letter with macros": (made.old_office("WordDocument", "Macros"), Reason.MACROS),
    "a letter with a password": (made.old_office("EncryptionInfo", "EncryptedPackage"), Reason.LOCKED),
    "an old installer": (made.old_office("PowerPoint Document"), Reason.NOT_TAKEN),
    "a TIFF": (tiff(), Reason.NOT_TAKEN),
    "RTF": (b"{\\rtf1\\ansi{\\object\\objdata 01}}", Reason.NOT_TAKEN),
    "PostScript": (b"%!PS-Adobe-3.0\n", Reason.NOT_TAKEN),
    "Matroska": (made.webm().replace(b"webm", b"mkv."), Reason.NOT_TAKEN),
    "noise": (bytes(range(256)), Reason.NOT_TAKEN),
    "nothing": (b"", Reason.EMPTY),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_any_other_kind_is_refused_for_what_it_is(name):
    content, reason = REFUSED[name]
    assert told(content) == reason


@pytest.mark.parametrize(
    "words",
    ["MZ said he would do it", "PK is his name", "ID3 tags", "BM, II and MM", "Subject: a plan", "GIF89 is old"],
)
def test_words_that_begin_like_another_kind_are_words(words):
    assert told(words.encode()) == "text"


def test_text_of_older_programs_is_text():
    assert told("Él dijo “sí”".encode("cp1252")) == "text"


def test_a_letter_cut_by_the_window_is_still_a_letter():
    content = "é".encode() * sniffing.WINDOW
    assert told(b"a" + content) == "text"


def test_what_is_larger_than_the_limit_is_refused_by_its_size():
    assert sniffing.at_the_door(b"a", b"a", LARGEST + 1) == Reason.TOO_LARGE


def test_a_large_letter_is_known_by_the_list_at_its_end():
    content = made.package({"word/a": made.noise((400, 300)).tobytes()} | made.docx_parts())
    assert len(content) > 2 * sniffing.WINDOW
    assert told(content) == "docx"
