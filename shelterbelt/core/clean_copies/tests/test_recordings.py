"""Films and sounds keep their picture and sound to the byte, and lose place, time, title and device."""

import pytest

from shelterbelt.core.clean_copies.cleaned import cleaned
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Left, State
from shelterbelt.core.clean_copies.tests import made

RECORDED = {"film": made.film, "webm": made.webm, "mp3": made.mp3, "wav": made.wav, "amr": made.amr, "ogg": made.ogg}


@pytest.mark.parametrize("name", RECORDED)
def test_a_recording_loses_its_place(name):
    content = RECORDED[name]()
    assert made.SECRET in content
    outcome = cleaned(content)
    assert outcome.state is State.CLEAN
    assert made.SECRET not in outcome.copy
    assert outcome.left == (Left.HIDDEN_MARKS,)
    assert cleaned(outcome.copy).copy == outcome.copy


@pytest.mark.parametrize("name", ["film", "webm", "ogg"])
def test_nothing_moves_in_a_recording_that_names_places_within_itself(name):
    content = RECORDED[name]()
    copy = cleaned(content).copy
    assert len(copy) == len(content)
    sound = {"film": b"P" * 40, "webm": b"\x81\0\0\x80PPPP", "ogg": b"sound" * 9}[name]
    assert copy.index(sound) == content.index(sound)


def test_a_film_loses_its_hour_its_maker_and_its_positions():
    copy = cleaned(made.film()).copy
    for told in (b"Acme", (3_900_000_000).to_bytes(4, "big"), b"\xa9xyz", b"ilst", b"udta", b"meta"):
        assert told not in copy
    assert b"vide" in copy


def test_positions_recorded_in_pieces_leave_a_film_without_a_clean_copy():
    outcome = cleaned(made.film() + made.box("moof", made.box("traf")))
    assert (outcome.state, outcome.reason) == (State.NO_CLEAN_COPY, Reason.CANNOT_BE_CLEANED)


def test_a_film_of_boxes_larger_than_itself_is_refused():
    assert cleaned(made.box("ftyp", b"isom", bytes(4)) + b"\x7f\0\0\0moov").reason is Reason.DAMAGED


def test_a_sound_of_two_streams_of_one_number_has_no_clean_copy():
    assert cleaned(made.ogg() + made.ogg()).state is State.NO_CLEAN_COPY


def test_the_comments_of_a_sound_are_followed_over_pages_with_a_right_checksum():
    copy = cleaned(made.ogg()).copy
    page = copy[copy.index(b"OggS", 4) : copy.rindex(b"OggS")]
    rest = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1 ^ 0x04C11DB7 if rest >> 31 else rest << 1) & 0xFFFFFFFF
    assert page[22:26] == rest.to_bytes(4, "little")


def test_a_tag_alone_is_no_sound():
    assert cleaned(made.mp3(0)).reason is Reason.DAMAGED


def test_text_stays_as_it_is():
    assert cleaned("Él dijo".encode("cp1252")).copy.decode("utf-8-sig") == "Él dijo"
