"""A file is sealed while it arrives: it is never in clear on a disk, and hardly in memory."""

import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from shelterbelt.core.clean_copies.kinds import LARGEST
from shelterbelt.core.clean_copies.tests import made
from shelterbelt.tips.attachments import uploads
from shelterbelt.tips.attachments.forms import FilesForm
from shelterbelt.tips.attachments.tests.conftest import upload
from shelterbelt.tips.attachments.uploads import SealedAsItArrives
from shelterbelt.tips.sealing.words import new_key

REQUESTS: list[HttpRequest] = []


@pytest.fixture(autouse=True)
def requests_end():
    """As Django does once it has answered."""
    yield
    while REQUESTS:
        REQUESTS.pop().close()


def sent(*files: tuple[str, bytes]):
    """A request with files, read as the line reads it."""
    attached = [SimpleUploadedFile(name, content, "image/png") for name, content in files]
    request = RequestFactory().post("/tip/", {"narrative": "words", "attached": attached})
    request.upload_handlers = [SealedAsItArrives(request)]
    REQUESTS.append(request)
    return request


def form_of(request) -> FilesForm:
    return FilesForm(request.POST, request.FILES)


def errors(*files: tuple[str, bytes]):
    return form_of(sent(*files)).errors["attached"]


def in_store(files) -> list[bytes]:
    return [path.read_bytes() for path in files.rglob("*") if path.is_file()]


def test_what_arrives_is_sealed_before_anybody_asks_for_it(files):
    request = sent(("a.txt", b"a strange zebra " * 9000))
    assert form_of(request).is_valid()
    assert in_store(files)
    assert not [content for content in in_store(files) if b"zebra" in content]


def test_what_is_not_kept_is_gone_when_the_request_ends(files):
    request = sent(("a.txt", b"words"), ("b.txt", b"words"))
    assert len(request.FILES.getlist("attached")) == len(in_store(files)) == 2
    request.close()
    assert not in_store(files)


def test_what_is_kept_stays_when_the_request_ends(files):
    request = sent(("a.txt", b"words"))
    request.FILES["attached"].keep(new_key())
    request.close()
    assert len(in_store(files)) == 1


def test_what_is_half_sent_leaves_nothing(files):
    request = sent(("a.txt", b"a strange zebra " * 9000))
    body = request.body
    broken = RequestFactory().generic("POST", "/tip/", body[:-5000], request.META["CONTENT_TYPE"])
    broken.META["CONTENT_LENGTH"] = str(len(body))
    broken.upload_handlers = [SealedAsItArrives(broken)]
    assert "attached" not in broken.FILES or broken.FILES["attached"]
    broken.close()
    assert not in_store(files)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.jpg", b"MZ\x90\0" + bytes(99), "photo.jpg: This file is a program or a script"),
        ("photo.jpg", b"<html><script>alert(1)</script>", "a web page"),
        ("a.zip", made.package({"a": "a"}), "Send the files themselves"),
        ("a.tif", b"II*\0" + bytes(99), "You can send photos (JPEG, PNG"),
        ("../../etc/\u202egpj.exe", b"MZ\0", "gpj.exe: This file"),
        ("=cmd|'/C calc'!A0.exe", b"MZ\0", "calc'!A0.exe: This file is a program"),
        ("empty.txt", b"", "This file is empty"),
    ],
)
def test_what_is_not_taken_is_said_file_by_file_with_what_is(name, content, words):
    [sentence] = errors(("good.txt", b"good"), (name, content))
    assert words in sentence
    assert "\u202e" not in sentence


def test_more_than_five_files_are_too_many_and_the_sixth_is_not_kept(files):
    request = sent(*[(f"{number}.txt", b"words") for number in range(7)])
    assert form_of(request).errors["attached"] == ["Send up to 5 files at once."]
    assert len(in_store(files)) == 5


def test_what_is_too_large_is_counted_and_not_kept(files):
    assert errors(("big.txt", b"a" * (LARGEST + 1))) == [
        "big.txt: This file is too large. A file may have up to 25 MB."
    ]
    assert not in_store(files)


def test_a_large_file_takes_little_memory_while_it_arrives():
    piece = b"a" * 65_536
    tracemalloc.start()
    arrived = uploads.SealedUpload("a.txt", number=1)
    for _ in range(LARGEST // len(piece)):
        arrived.take(piece)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    arrived.close()
    assert arrived.size == LARGEST
    assert most < 1024 * 1024


def test_a_file_is_kept_once():
    arrived = upload(b"words", "a.txt")
    arrived.keep(new_key())
    with pytest.raises(ValueError, match="kept already"):
        arrived.keep(new_key())
