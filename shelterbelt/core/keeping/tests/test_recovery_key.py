"""The recovery key survives paper: typing it back allows what hands and eyes do, and notices the rest."""

import pytest
from hypothesis import given, strategies as st

from shelterbelt.core.keeping.recovery_key import RecoveryKey
from shelterbelt.core.keeping.refusing import CannotKeep

SEEDS = st.binary(min_size=32, max_size=32)


@given(SEEDS)
def test_what_is_printed_is_read_back(seed):
    key = RecoveryKey(seed)
    assert RecoveryKey.read(str(key)) == key
    assert len(str(key).split("-")) == 14


@given(SEEDS)
def test_small_letters_blanks_and_letters_like_digits_are_understood(seed):
    key = RecoveryKey(seed)
    typed = f"  {str(key).lower().replace('-', '  ').replace('0', 'o').replace('1', 'l')}\n"
    assert RecoveryKey.read(typed) == key


@given(SEEDS, st.integers(0, 55), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(seed, where, letter):
    letters = list(str(RecoveryKey(seed)).replace("-", ""))
    if letters[where] == letter:
        return
    letters[where] = letter
    with pytest.raises(CannotKeep, match="a letter or digit differs"):
        RecoveryKey.read("".join(letters))


@pytest.mark.parametrize("typed", ["", "ABCD", "UUUU-" * 14, "é" * 56])
def test_what_is_no_key_is_a_sentence(typed):
    with pytest.raises(CannotKeep, match="fourteen groups of four"):
        RecoveryKey.read(typed)


def test_the_key_shows_itself_in_no_log():
    key = RecoveryKey.fresh()
    assert str(key) not in repr(key)
    assert key.seed.hex() not in repr(key)
