"""A tip on the phone is kept after two answers; the code that was read out is changed at its first use."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from shelterbelt.tips.actions import filing, phoning
from shelterbelt.tips.actions.exchanging import exchange_code
from shelterbelt.tips.models import StatFact, Tip
from shelterbelt.tips.sealing import codes
from shelterbelt.tips.sealing.opening import body_of, key_of
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
TWO_ANSWERS = {"narrative": "A boy in my class cries every day", "school": "Linden Creek", "language": "en"}


def sent(client, **more):
    return client.post("/desk/phone/", TWO_ANSWERS | {"tip_id": str(uuid.uuid4())} | more)


def test_two_answers_keep_it_and_a_code_is_read_out(client_of, acting):
    page = sent(client_of("ada"))
    assert page.status_code == 200
    assert page.content.count(b"<li>") >= 6
    with acting("ada"):
        tip = Tip.objects.get()
        assert (tip.channel, tip.school.name, tip.entered_by.name) == ("phone", "Linden Creek Elementary", "ada")
        assert tip.taken_in_at
        assert body_of(tip) == {"narrative": "A boy in my class cries every day"}


def test_a_form_sent_twice_is_one_tip_and_its_code_is_not_shown_again(client_of, acting):
    ada, same = client_of("ada"), str(uuid.uuid4())
    sent(ada, tip_id=same)
    assert b"was kept before" in sent(ada, tip_id=same).content
    with acting("ada"):
        assert Tip.objects.count() == 1


def test_where_it_is_not_clear_which_school_it_is_kept_and_asked_after(client_of, acting, town):
    ada = client_of("ada")
    page = sent(ada, school="e")  # fits several
    assert b"Which of these schools?" in page.content
    with acting("ada"):
        tip = Tip.objects.get()
        assert tip.place_kind == "unknown"
    answer = ada.post(f"/desk/{tip.pk}/complete/", {"school": town.maple.pk, "when": "At noon", "event_types": ["gun"]})
    assert answer.status_code == 302
    with acting("ada"):
        tip.refresh_from_db()
        assert (tip.school.name, tip.event_type, tip.life_safety_because) == ("Maple Hill High", "gun", "event_type")
        assert body_of(tip)["when"] == "At noon"
        counted = StatFact.objects.filter(step="received").values_list("event_type", "amount")
        assert sorted(counted) == [("gun", 1), ("other", -1), ("other", 1)]


def test_nothing_said_is_not_kept(client_of, acting):
    page = sent(client_of("ada"), narrative="  ")
    assert page.status_code == 422
    with acting("ada"):
        assert not Tip.objects.exists()


@pytest.mark.parametrize("name", ["cora", "pia", "pete", "greta", "tom"])
def test_who_does_not_work_at_the_desk_enters_nothing(client_of, name):
    assert sent(client_of(name)).status_code == 403


def test_what_a_reporter_wrote_is_not_written_over(a_tip, acting):
    tip = a_tip().tip
    with acting("ada") as by, pytest.raises(PermissionDenied, match="reporter wrote this one"):
        phoning.complete_phone_tip(tip=tip, said=phoning.GoesOn({"narrative": "else"}), by=by, at=NOW)


def test_the_code_that_was_read_out_ends_at_its_first_use(town, filing_of, acting, line, at_desk):
    with acting("ada") as by:
        told = phoning.enter_phone_tip(state=town.state, filed=filing_of("x", channel="phone"), by=by, at=NOW)
    heard = codes.keys_of(told.code)
    with line():
        filing.tell_receipt(heard.receipt)
        key = codes.unwrap(Tip.objects.only("key_for_code").get().key_for_code, heard)
        own = exchange_code(receipt=heard.receipt, key=key, code=codes.new_code("es"))
        assert own
        assert exchange_code(receipt=heard.receipt, key=key, code=codes.new_code("es")) is None
        filing.tell_receipt(heard.receipt)
        assert not Tip.objects.only("id").exists()
        filing.tell_receipt(codes.keys_of(own).receipt)
        found = Tip.objects.only("key_for_code").get()
    with at_desk():
        assert codes.unwrap(found.key_for_code, codes.keys_of(own)) == key_of(Tip.objects.get())
