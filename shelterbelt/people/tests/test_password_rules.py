"""Which passwords are refused, and that nobody outside is asked about one."""

import hashlib
import socket
import unicodedata
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from hypothesis import given, strategies as st

from shelterbelt.people.checks import breached_passwords
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.sign_in.password_rules import is_in_file

GOOD = "seven quiet herons wade"


def refused(password, person=None):
    with pytest.raises(ValidationError) as problem:
        validate_password(password, person)
    return " ".join(problem.value.messages)


def sha1(password):
    return hashlib.sha1(password.encode()).hexdigest().upper()  # noqa: S324  the file's own format


@pytest.fixture
def pwned(tmp_path, settings):
    """A file as Have I Been Pwned gives it: hashes in order, with how often each was seen, lines ended as on Windows."""

    def write(*passwords):
        path = tmp_path / "pwned-passwords-sha1-ordered-by-hash.txt"
        lines = sorted(f"{sha1(each)}:{number * 37 + 1}\r\n" for number, each in enumerate(passwords))
        path.write_bytes("".join(lines).encode())
        settings.BREACHED_PASSWORDS = str(path)
        return path

    return write


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "Correct-Horse-Battery-Staple-7!",
        "ñandú canta bajo la lluvia",
        "🦉🌲 owls in the windbreak",
        "x" * 30 + "qwzjk",
        "a b c d e f g h i",
    ],
)
def test_a_long_one_of_ones_own_is_taken_whatever_letters_it_has(password):
    validate_password(password)


def test_the_same_letters_from_another_keyboard_are_the_same_password(cora, client):
    composed, decomposed = "ñandú canta bajo la lluvia", unicodedata.normalize("NFD", "ñandú canta bajo la lluvia")
    assert composed != decomposed
    with signing_in("test"):
        cora.person.set_password(decomposed)
        cora.person.save()
    assert client.post("/sign-in/", {"email": cora.person.email, "password": composed}).status_code == 302


@pytest.mark.parametrize("password", ["short", "elevenchars"])
def test_a_short_one_is_refused(password):
    assert "at least 12 characters" in refused(password)


def test_an_endless_one_is_refused_before_it_is_hashed():
    assert "long enough" in refused("seven quiet herons wade " * 50)
    validate_password(GOOD + "x" * 64)


@pytest.mark.parametrize(
    "password", ["passwordpassword", "PasswordPassword", "qwertyuiop123456", "1q2w3e4r5t6y7u8i", "iloveyou123456"]
)
def test_one_that_was_stolen_somewhere_is_refused(password):
    assert "known to those who guess" in refused(password)


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaaa", "ababababababab", "111122221111"])
def test_few_letters_again_and_again_are_refused(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "shelterbelt2026",
        "Cora.Lindt.1988",
        "LindenCreekElementary",
        "linden-creek-2026!",
        "cora-lindt@example.org",
        "ShelterBelt-Cora",
    ],
)
def test_names_that_others_know_are_no_password(cora, password):
    assert refused(password, cora.person)


def test_such_a_name_may_stand_in_a_longer_one(cora):
    validate_password("the heron of linden creek eats frogs", cora.person)


def test_one_in_the_sites_own_file_is_refused(pwned):
    pwned("other", GOOD, "another one")
    assert "known to those who guess" in refused(GOOD)
    validate_password("eight quiet herons wade")


def test_capital_letters_hide_no_known_one(pwned):
    pwned(GOOD)
    assert "known to those who guess" in refused(GOOD.upper())


@given(st.sets(st.text(max_size=8), max_size=60), st.text(max_size=8))
def test_the_file_is_searched_to_the_letter(tmp_path_factory, passwords, other):
    path = tmp_path_factory.mktemp("pwned") / "file"
    path.write_bytes("".join(sorted(f"{sha1(each)}:{len(each)}\r\n" for each in passwords)).encode())
    for each in passwords:
        assert is_in_file(each, path)
    assert is_in_file(other, path) is (other in passwords)


def test_a_file_without_its_last_line_end_is_searched_too(pwned):
    path = pwned("one", "two", "three")
    path.write_bytes(path.read_bytes().rstrip())
    assert all(is_in_file(each, path) for each in ("one", "two", "three"))
    assert not is_in_file("four", path)


def test_a_missing_file_is_missed_loudly(settings):
    settings.BREACHED_PASSWORDS = "/nowhere/pwned.txt"
    with pytest.raises(FileNotFoundError):
        validate_password(GOOD)


def test_few_lines_of_a_long_file_are_read(tmp_path):
    path = tmp_path / "long"
    with path.open("wb") as file:
        for number in range(200_000):
            file.write(b"%040X:1\r\n" % (number << 142))
    reads = []

    class Counting:
        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            if name == "readline":
                reads.append(1)
            return getattr(self.file, name)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

    class Watched(type(Path())):
        def open(self, *arguments):
            return Counting(super().open(*arguments))

    assert not is_in_file(GOOD, Watched(path))
    assert len(reads) < 60


def test_nobody_outside_is_asked(monkeypatch):
    def never(*_):
        raise AssertionError("a password was talked about")

    monkeypatch.setattr(socket.socket, "connect", never)
    validate_password(GOOD)
    refused("passwordpassword")


def test_what_is_asked_for_is_said_before(db, client):
    assert any("stolen" in str(text) for text in password_validators_help_texts())
    assert all(password_validators_help_texts()), "each is a bullet of the help"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"000000005AD76BD555C1D6D771DE417A4B87E4B4:10\r\n", []),
        (b"PK\x03\x04", ["people.E002"]),
        (None, ["people.E001"]),
    ],
)
def test_a_wrong_file_is_told_before_anybody_signs_in(tmp_path, settings, content, found):
    path = tmp_path / "pwned"
    if content is not None:
        path.write_bytes(content)
    settings.BREACHED_PASSWORDS = str(path)
    assert [each.id for each in breached_passwords()] == found
    settings.BREACHED_PASSWORDS = ""
    assert breached_passwords() == []
