"""A picture is drawn anew: it looks the same, and tells nothing of who made it, where and with what."""

import io

import pytest
from PIL import Image, ImageChops

from shelterbelt.core.clean_copies import limits, pictures
from shelterbelt.core.clean_copies.cleaned import cleaned
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.core.clean_copies.tests import made


def copy(content: bytes) -> bytes:
    outcome = cleaned(content)
    assert outcome.state is State.CLEAN, outcome.reason
    return outcome.copy


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_loses_place_camera_author_and_time(kind):
    photo = made.photo(kind=kind)
    assert opened(photo).getexif().get_ifd(0x8825)[2] == made.PLACE  # it was there
    drawn = copy(photo)
    assert opened(drawn).format == kind
    assert not dict(opened(drawn).getexif())
    assert not opened(drawn).getexif().get_ifd(0x8825)
    for told in (made.CAMERA, made.PERSON, "xmpmeta", "Exif", "ICC_PROFILE", "iCCP", "2026:09:14"):
        assert told.encode() not in drawn
    assert not set(opened(drawn).info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}


@pytest.mark.parametrize(("kind", "most"), [("PNG", 0), ("WEBP", 40), ("JPEG", 40)])
def test_the_picture_is_the_same_to_look_at(kind, most):
    photo = made.photo(kind=kind)
    difference = ImageChops.difference(opened(photo).convert("RGB"), opened(copy(photo)).convert("RGB"))
    assert max(high for _, high in difference.getextrema()) <= most


def test_a_photo_that_was_told_to_be_turned_is_turned():
    assert opened(copy(made.photo((64, 48), turned=6))).size == (48, 64)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_keeps_its_frames_and_their_pace(kind):
    drawn = opened(copy(made.moving(kind)))
    assert drawn.n_frames == 4
    drawn.seek(1)
    drawn.load()
    assert drawn.info["duration"] == 80
    assert made.PERSON.encode() not in drawn.fp.getvalue() if drawn.fp else True


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_depth_are_drawn(mode):
    file = io.BytesIO()
    (Image.new(mode, (64, 48), 40_000) if mode == "I;16" else made.noise().convert(mode)).save(file, "PNG")
    assert opened(copy(file.getvalue())).size == (64, 48)


def test_a_photo_for_printing_is_drawn_for_screens():
    file = io.BytesIO()
    made.noise().convert("CMYK").save(file, "JPEG")
    assert opened(copy(file.getvalue())).mode == "RGB"


@pytest.mark.parametrize(
    "hidden",
    [b"<?php system('id'); ?>", b"<script>alert(1)</script>", made.package({"a.exe": b"MZ"}), made.photo((16, 16))],
    ids=["PHP", "script", "archive", "second photo"],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_hung_behind_a_picture_is_not_drawn(kind, hidden):
    drawn = copy(made.photo(kind=kind) + hidden)
    assert hidden[:20] not in drawn[20:]
    assert b"PK" not in drawn[-200:]


def test_a_script_in_a_photos_comment_is_gone():
    file = io.BytesIO()
    made.noise().save(file, "JPEG", comment=b"<?php system($_GET['c']); ?>")
    assert b"<?php" not in copy(file.getvalue())


def test_a_script_that_begins_like_a_picture_is_refused():
    assert cleaned(b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//;").reason is Reason.DAMAGED


def test_a_picture_that_ends_too_early_is_refused():
    assert cleaned(made.photo()[:-900]).reason is Reason.DAMAGED


def test_a_small_file_with_more_pixels_than_a_machine_holds_is_refused():
    file = io.BytesIO()
    Image.new("1", (60_000, 2000)).save(file, "PNG")
    assert len(file.getvalue()) < 20_000
    assert cleaned(file.getvalue()).reason is Reason.TOO_MUCH_INSIDE


def test_a_moving_picture_with_too_many_frames_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_FRAMES", 3)
    assert cleaned(made.moving("GIF")).reason is Reason.TOO_MUCH_INSIDE


def test_a_frame_far_outside_of_its_picture_is_refused():
    content = bytearray(made.moving("GIF"))
    frame = content.rindex(b"\x2c\0\0\0\0")
    content[frame + 1 : frame + 5] = b"\xff\xff\xff\xff"
    assert cleaned(bytes(content)).reason is Reason.TOO_MUCH_INSIDE


def test_a_photo_with_more_pixels_than_we_keep_is_drawn_smaller(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    assert opened(copy(made.photo((64, 48)))).size == (32, 24)


def test_a_picture_of_an_iphones_own_kind_has_no_clean_copy():
    outcome = cleaned(made.box("ftyp", b"heic", bytes(4), b"mif1heic") + bytes(99))
    assert (outcome.state, outcome.reason) == (State.NO_CLEAN_COPY, Reason.CANNOT_BE_CLEANED)


def test_the_limit_is_above_what_phones_take():
    assert limits.MOST_PIXELS >= 8160 * 6120
