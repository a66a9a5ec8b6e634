import pytest
from hypothesis import given, strategies as st

from shelterbelt.core import sealing

OLD, NEW = "old-key-" + "a" * 32, "new-key-" + "b" * 32


@pytest.fixture
def ring(monkeypatch):
    def choose(*values):
        monkeypatch.setenv("SHELTERBELT_SEALING_KEY", "\n".join(values))

    choose(OLD)
    return choose


@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_again_for_the_same_use(text, context):
    assert sealing.unseal(sealing.seal(text, context), context) == text


def test_a_seal_shows_nothing_and_never_looks_the_same_twice(ring):
    assert b"secret" not in sealing.seal(b"secret", "use").encode()
    assert sealing.seal(b"secret", "use") != sealing.seal(b"secret", "use")


def test_a_seal_for_one_use_opens_for_no_other(ring):
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(sealing.seal(b"secret", "session of ada"), "session of ben")


@pytest.mark.parametrize("broken", ["", ".", "x.y", "{name}.", "{name}.!!!", "{name}.AAAA", "{sealed}A", "{sealed}="])
def test_a_changed_seal_does_not_open(ring, broken):
    sealed = sealing.seal(b"secret", "use")
    text = broken.format(name=sealed.partition(".")[0], sealed=sealed[:-2])
    with pytest.raises(sealing.Unsealable):
        sealing.unseal(text, "use")


def test_an_old_seal_opens_while_its_key_is_in_the_ring_and_is_made_anew(ring):
    sealed = sealing.seal(b"secret", "use")
    ring(NEW, OLD)
    again = sealing.reseal(sealed, "use")
    assert sealing.reseal(again, "use") == again
    ring(NEW)
    assert sealing.unseal(again, "use") == b"secret"
    with pytest.raises(sealing.Unsealable, match="not in the ring"):
        sealing.unseal(sealed, "use")
