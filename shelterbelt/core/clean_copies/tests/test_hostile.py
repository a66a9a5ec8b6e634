"""Whatever bytes come, the answer is one of ours: no crash, and no long wait."""

import os
import random

import pytest
from hypothesis import given, settings, strategies as st

from shelterbelt.core.clean_copies import sniffing
from shelterbelt.core.clean_copies.cleaned import cleaned
from shelterbelt.core.clean_copies.kinds import Kind, Reason
from shelterbelt.core.clean_copies.outcome import Outcome, State
from shelterbelt.core.clean_copies.tests import made

MANY = int(os.environ.get("SHELTERBELT_FUZZ_FILES", "25"))
SAMPLES = {
    "jpeg": made.photo(), "png": made.photo(kind="PNG"), "webp": made.photo(kind="WEBP"), "gif": made.moving("GIF"),
    "pdf": made.pdf(), "docx": made.docx(), "odt": made.odt(), "film": made.film(), "webm": made.webm(),
    "mp3": made.mp3(), "wav": made.wav(), "amr": made.amr(), "ogg": made.ogg(), "xls": made.old_office("Workbook"),
}  # fmt: skip
STARTS = [content[:12] for content in SAMPLES.values()]


@given(st.sampled_from([b"", *STARTS]), st.binary(max_size=600))
def test_any_bytes_are_told_apart_or_refused(start, rest):
    content = start + rest
    assert isinstance(sniffing.of_all(content), Kind | Reason)
    right(cleaned(content))


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=MANY)
@given(seed=st.integers(0, 2**32))
def test_a_file_with_some_bytes_changed_is_cleaned_or_refused(name, seed):
    right(cleaned(harmed(SAMPLES[name], random.Random(seed))))  # noqa: S311


def harmed(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a piece cut out or doubled, or the end left off."""
    harmed = bytearray(content)
    for _ in range(chance.choice([1, 3, 30])):
        harmed[chance.randrange(len(harmed))] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
    begin, end = sorted(chance.choices(range(len(harmed)), k=2))
    match chance.randrange(4):
        case 0:
            del harmed[begin : min(end, begin + 200)]
        case 1:
            harmed[begin:begin] = harmed[begin:end]
        case 2:
            del harmed[max(end, 1) :]
    return bytes(harmed)


def right(outcome: Outcome) -> None:
    """A clean copy, or a reason."""
    assert (outcome.state is State.CLEAN) == (outcome.reason is None)
    assert outcome.state is State.CLEAN or not outcome.copy
