"""A file beyond the limit is counted, refused, and kept nowhere."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def limit(settings, tmp_path):
    settings.UPLOAD_LIMIT_MB = 3
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


def sent(**files: bytes):
    request = RequestFactory().post(
        "/", {"note": "typed", **{name: SimpleUploadedFile(f"{name}.pdf", content) for name, content in files.items()}}
    )
    return request.POST, request.FILES, request


def kept(folder: Path) -> list[int]:
    return [path.stat().st_size for path in folder.iterdir()]


@pytest.mark.parametrize("size", [1, MB, 3 * MB])
def test_a_file_within_the_limit_arrives_whole(limit, size):
    _, files, _request = sent(plan=b"a" * size)
    assert files["plan"].size == size
    assert files["plan"].read() == b"a" * size
    files["plan"].close()


def test_a_file_beyond_it_arrives_empty_with_its_size_and_what_was_typed(limit):
    typed, files, _request = sent(plan=b"a" * (3 * MB + 1))
    assert typed["note"] == "typed"
    assert files["plan"].size == 3 * MB + 1
    assert files["plan"].read() == b""
    assert kept(limit) == []


def test_the_file_after_a_large_one_is_not_touched(limit):
    _, files, _request = sent(large=b"a" * 4 * MB, small=b"%PDF-")
    assert (files["large"].size, files["small"].read()) == (4 * MB, b"%PDF-")
    assert kept(limit) == [5]
    files["small"].close()
