"""A tip that can't be read, stored broken or put there by whoever got hold of the door's login, harms no other."""

import json

import pytest

from shelterbelt.tips.actions import intake, keeping
from shelterbelt.tips.models import Alarm, Done, Message, MonthKey, Tip
from shelterbelt.tips.queries.first_lines import first_lines
from shelterbelt.tips.queries.likeness import related
from shelterbelt.tips.queries.searching import search
from shelterbelt.tips.sealing import months, words
from shelterbelt.tips.sealing.opening import body_of
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"
GRAVE = {"event_types": ["gun"]}


def _garbled_key(tip):
    tip.key_at_door = b"x" * 80


def _short_key(tip):
    tip.key_at_door = b"x"


def _key_of_five_bytes(tip):
    tip.key_at_door = months.wrap_at_door(b"short", MonthKey.objects.get(pk=tip.month_id).door)


def _garbled_body(tip):
    tip.body = b"y" * 100


def _body_of(text):
    def change(tip):
        key = words.new_key()
        tip.key_at_door = months.wrap_at_door(key, MonthKey.objects.get(pk=tip.month_id).door)
        tip.body = words.seal(key, text.encode(), kind="body", of=tip.id)

    return change


BROKEN = [
    _garbled_key,
    _short_key,
    _key_of_five_bytes,
    _garbled_body,
    _body_of("no answers"),
    _body_of("[" * 100_000),
    _body_of(json.dumps(["a", "list"])),
    _body_of(json.dumps({"narrative": {"deep": 1}})),
]


@pytest.fixture(params=BROKEN, ids=range(len(BROKEN)))
def broken(request, a_tip, at_desk):
    """One broken tip, and one in good order that came after it."""
    bad, good = (a_tip(WORDS, taken_in=False, **GRAVE).tip for _ in range(2))
    with at_desk():
        request.param(bad)
        bad.save()
        assert intake.take_in(at=NOW) == 2
    return bad, good


def test_it_is_taken_in_rings_and_keeps_no_other_from_the_desk(broken, at_desk, client_of):
    bad, good = broken
    with at_desk():
        assert Alarm.objects.filter(tip=bad).count() == Alarm.objects.filter(tip=good).count() == 4
        assert Done.objects.filter(verb="unreadable").values_list("tip", flat=True).get() == bad.pk
        assert bytes(Tip.objects.get(pk=bad.pk).key_at_door) == bytes(bad.key_at_door)
    ada = client_of("ada")
    assert ada.get(f"/desk/{good.pk}/").status_code == 200
    assert ada.get("/desk/").status_code == 200
    page = ada.get(f"/desk/{bad.pk}/")
    assert page.status_code == 410
    assert "Take it on" in page.content.decode()
    assert ada.post(f"/desk/{bad.pk}/claim/").status_code == 302
    assert ada.get(f"/desk/{bad.pk}/kind/").status_code == 200


def test_the_words_of_the_others_are_found_and_compared(broken, acting):
    bad, good = broken
    with acting("ada"):
        assert search(Tip.objects.all(), "zebra").ids == [good.pk]
        assert first_lines(Tip.objects.filter(pk__in=[bad.pk, good.pk])) == {bad.pk: "", good.pk: WORDS}
        assert related(Tip.objects.get(pk=good.pk)) is not None


def test_a_message_that_cannot_be_read_hides_none_beside_it(a_tip, at_desk, client_of):
    tip = a_tip(WORDS).tip
    with at_desk():
        Message.objects.create(tip=tip, org_id=tip.org_id, way="from_reporter", words=b"garbage", at=NOW)
    page = client_of("ada").get(f"/desk/{tip.pk}/").content.decode()
    assert "zebra" in page
    assert "it was stored broken" in page


def test_keys_that_come_back_open_what_came_meanwhile(a_tip, at_desk, client_of):
    tip = a_tip(WORDS, taken_in=False).tip
    with at_desk():
        path = months.folder() / tip.month_id
        kept = path.read_bytes()
        path.unlink()
        intake.take_in(at=NOW)
    assert client_of("ada").get(f"/desk/{tip.pk}/").status_code == 410
    path.write_bytes(kept)
    assert "zebra" in client_of("ada").get(f"/desk/{tip.pk}/").content.decode()


def test_disposing_of_others_moves_it_along(broken, at_desk):
    bad, good = broken
    with at_desk():
        keeping._move_survivors(MonthKey.objects.get(pk=good.month_id), set(), NOW)
        assert Tip.objects.get(pk=bad.pk).month_id == Tip.objects.get(pk=good.pk).month_id != good.month_id
        assert body_of(Tip.objects.get(pk=good.pk))["narrative"] == WORDS
