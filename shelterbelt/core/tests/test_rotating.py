"""A secret is rotated without anybody noticing: old values open until they are dropped, and what hangs on it follows."""

import os
import re
import subprocess
import sys
import threading
import time

import pytest

from shelterbelt.core import rotating, rotation_commands, secrets
from shelterbelt.core.environment import ROOT
from shelterbelt.core.rotating import CannotRotate


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SHELTERBELT_HOME", str(tmp_path))
    for name in [*os.environ]:
        if name.startswith("DATABASE_") or any(secret in name for secret in secrets.NAMES):
            monkeypatch.delenv(name)
    return tmp_path


def rotate(words):
    rotation_commands.rotate(words.split())


def test_a_new_value_goes_in_front_and_old_ones_stay(capsys):
    first = secrets.newest("SECRET_KEY")
    rotate("secret_key")
    second, *rest = secrets.ring("SECRET_KEY")
    assert rest == [first] != [second]
    assert "--finish" in capsys.readouterr().out


def test_finishing_drops_old_values_but_not_before_everybody_has_the_new_one(home):
    rotate("secret_key")
    rotate("secret_key")
    with pytest.raises(CannotRotate, match=r"rotated less than 0.5 days ago"):
        rotate("secret_key --finish")
    kept = home / "secrets/secret_key"
    os.utime(kept, (time.time() - 86_400,) * 2)
    newest = secrets.newest("SECRET_KEY")
    rotate("secret_key --finish")
    assert secrets.ring("SECRET_KEY") == (newest,)
    assert kept.stat().st_mode & 0o777 == 0o600


def test_with_a_database_of_ones_own_a_missing_secret_is_made_by_rotating_it(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///none")
    monkeypatch.setattr(rotation_commands, "_has_tables", lambda: False)
    rotate("--missing")
    assert all(len(secrets.ring(name)) == 1 for name in secrets.NAMES)


def test_a_value_in_the_environment_is_left_to_whoever_set_it(monkeypatch):
    monkeypatch.setenv("SHELTERBELT_SCOPE_KEY", "set by hand")
    with pytest.raises(CannotRotate, match="SHELTERBELT_SCOPE_KEY is set in the environment"):
        rotate("scope_key")


def test_a_file_that_a_setting_names_is_rotated_in_place_for_the_same_readers(home, monkeypatch):
    kept = home / "key"
    kept.write_text("old\n")
    kept.chmod(0o640)
    monkeypatch.setenv("SHELTERBELT_SECRET_KEY_FILE", str(kept))
    rotate("secret_key")
    new, old = kept.read_text().split()
    assert old == "old" != new
    assert kept.stat().st_mode & 0o777 == 0o640


def test_what_follows_is_called_and_a_refusal_drops_nothing(monkeypatch, capsys):
    asked = []

    def follow():
        asked.append(rotating.values("SEALING_KEY"))
        if len(asked) > 1:
            raise CannotRotate("A row needs the old key.")
        return "Done anew."

    monkeypatch.setattr(rotation_commands, "_has_tables", lambda: True)
    monkeypatch.setattr(rotating, "FOLLOWS", {"SEALING_KEY": [follow]})
    monkeypatch.setattr("django.utils.module_loading.autodiscover_modules", lambda _: None)
    secrets.keep("SEALING_KEY", ("old",))
    rotate("sealing_key")
    assert "Done anew." in capsys.readouterr().out
    assert asked[0][1:] == ("old",)
    with pytest.raises(CannotRotate, match="A row needs"):
        rotate("sealing_key --finish --if-older-than 0")
    assert "old" in rotating.values("SEALING_KEY")


def test_two_rotations_at_once_lose_no_value():
    threads = [threading.Thread(target=rotating.add, args=("SECRET_KEY",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(rotating.values("SECRET_KEY"))) == 8


def test_links_and_sessions_signed_before_are_good_until_the_old_key_is_dropped():
    def say(program):
        told = os.environ | {"SHELTERBELT_EMBEDDED_AT": "postgresql:///none", "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=told, check=False)
        return done.stdout.strip() or done.stderr.strip().splitlines()[-1]

    begin = (
        "from shelterbelt import settings as ours; from django.conf import settings; from django.core import signing; "
        "settings.configure(SECRET_KEY=ours.SECRET_KEY, SECRET_KEY_FALLBACKS=ours.SECRET_KEY_FALLBACKS); "
    )
    sign, read = f"{begin}print(signing.dumps('ada'))", begin + "print(signing.loads({!r}))"
    link = say(sign)
    rotating.add("SECRET_KEY")
    assert say(read.format(link)) == "ada"
    rotating.drop_old("SECRET_KEY")
    assert "BadSignature" in say(read.format(link))


def test_every_secret_that_a_room_reads_can_be_rotated():
    named = re.compile(r'(?m)^NAME = "(\w+_KEY)"|secrets\.(?:ring|newest)\("(\w+)"')
    found = {
        "".join(names)
        for path in (ROOT / "shelterbelt").rglob("*.py")
        if "tests" not in path.parts
        for names in named.findall(path.read_text(encoding="utf-8"))
    }
    assert {"SECRET_KEY", "SCOPE_KEY", "SEALING_KEY"} <= found <= set(secrets.NAMES)
