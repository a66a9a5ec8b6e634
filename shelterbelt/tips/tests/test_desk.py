"""The desk: ada and ray work tips by its pages."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.tips.actions import claiming, dialogue, judging, linking
from shelterbelt.tips.models import Alarm, Clock, Link, Message, StatFact, Tip
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


def at(name, *args):
    return reverse(f"tips:{name}", args=args)


@pytest.fixture
def ada(client_of):
    return client_of("ada")


@pytest.fixture
def ray(client_of):
    return client_of("ray")


@pytest.fixture
def tip(a_tip):
    return a_tip(WORDS).tip


@pytest.fixture
def now_is(at_desk):
    """The tip as it stands now."""

    def fresh(tip):
        with at_desk():
            return Tip.objects.select_related("owner").get(pk=tip.pk)

    return fresh


def test_the_queue_lists_what_waits_without_its_words(tip, ada):
    page = ada.get(at("queue")).content.decode()
    assert tip.number in page
    assert "zebra" not in page


def test_life_safety_stands_on_top_whatever_is_due(a_tip, ada):
    plain, grave = a_tip(at=NOW - timedelta(hours=3)).tip, a_tip(event_types=["gun"]).tip
    assert [each.pk for each in ada.get(at("queue")).context["page_obj"]] == [grave.pk, plain.pk]


def test_first_lines_show_for_whoever_asks_and_that_is_on_record(tip, ada, as_owner):
    ada.post(at("first_lines"), {"show": "yes"})
    assert "zebra" in ada.get(at("queue")).content.decode().partition('<bdi class="queue__line" lang="en">')[2]
    ada.get(at("queue"), headers={"X-Desk": "queue"})
    with as_owner():
        assert AuditEntry.objects.filter(thing="tips_queue", verb="read").count() == 1
    ada.post(at("first_lines"), {"show": "no"})
    assert "zebra" not in ada.get(at("queue")).content.decode()


FILTERS = {
    "": True,
    "state=received": True,
    "state=closed": False,
    "type=bullying": True,
    "type=gun": False,
    "life_safety=yes": False,
    "life_safety=no": True,
    "channel=phone": False,
    "owner=nobody": True,
    "owner=me": False,
    "kind=spam": False,
    "due=late": False,
    "due=outcome": False,
    "place={linden}": True,
    "place={maple}": False,
    "place={cedar}": True,
    "place={region}": True,
    "place=none": False,
}


def test_a_filter_shows_what_it_says(tip, ada, town):
    ids = {name: getattr(town, name).pk for name in ("linden", "maple", "cedar", "region")}
    for query, shows in FILTERS.items():
        page = ada.get(f"{at('queue')}?{query.format(**ids)}")
        assert page.status_code == 200, query
        assert (tip.pk in [each.pk for each in page.context["page_obj"]]) is shows, query


def test_a_filter_that_is_not_understood_says_so(tip, ada):
    for query in ("state=x", "place=9999999999", "place=x", "type=%0a", "owner=1%27or%271", "due=9"):
        page = ada.get(f"{at('queue')}?{query}")
        assert page.status_code == 422, query
        assert page.context["page_obj"]


def test_a_place_is_looked_up_by_its_name(tip, ada, town):
    answer = ada.get(at("queue"), {"where": "Linden Creek", "owner": "nobody"})
    assert answer["Location"] == f"{at('queue')}?place={town.linden.pk}&owner=nobody"
    assert "is called so" in ada.get(at("queue"), {"where": "Atlantis"}).content.decode()
    assert ada.get(at("queue"), {"where": "", "place": str(town.linden.pk)})["Location"] == at("queue")


def test_a_view_is_kept_renamed_and_removed_and_is_ones_own(tip, ada, ray):
    ada.post(f"{at('save_view')}?owner=me", {"name": "My tips", "query": "owner=me&bad=1"})
    [view] = ada.get(at("queue")).context["views"]
    assert (view.name, view.query) == ("My tips", "owner=me")
    assert ray.get(at("view", view.pk)).status_code == 404
    ada.post(at("view", view.pk), {"name": "Mine"})
    assert [each.name for each in ada.get(at("queue")).context["views"]] == ["Mine"]
    ada.post(at("view", view.pk), {"remove": "yes"})
    assert not ada.get(at("queue")).context["views"]


def test_a_view_that_is_not_understood_is_not_kept(ada):
    assert ada.post(at("save_view"), {"name": "x", "query": "state=nonsense"}).status_code == 422


def test_the_tip_page_shows_what_was_said_and_that_is_on_record_once(tip, ada, as_owner):
    assert WORDS in ada.get(at("tip", tip.pk)).content.decode()
    with as_owner():
        assert AuditEntry.objects.filter(thing="tips_tip", thing_id=str(tip.pk), verb="read").count() == 1


def test_what_was_said_is_shown_and_never_obeyed(a_tip, ada):
    page = ada.get(at("tip", a_tip("<script>alert(1)</script> \u202etxt").tip.pk)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_tip_whose_key_is_gone_says_so(tip, ada, settings, tmp_path):
    settings.TIP_KEYS = tmp_path / "nothing"
    assert ada.get(at("tip", tip.pk)).status_code == 410


def test_next_and_previous_follow_the_filter(a_tip, ada, town):
    first, other, last = a_tip().tip, a_tip(school_id=town.maple.pk, place_kind="school").tip, a_tip().tip
    query = f"place={town.linden.pk}"
    page = ada.get(f"{at('tip', first.pk)}?{query}").context
    assert {page["previous"], page["next"]} == {None, str(last.pk)}
    assert str(other.pk) not in {page["previous"], page["next"]}


def test_who_claims_has_it_and_the_clock_was_met(tip, ada, town, now_is, at_desk):
    ada.post(at("claim", tip.pk))
    now = now_is(tip)
    assert (now.owner, now.claimed_at, now.state) == (town.people["ada"], NOW, "in_triage")
    with at_desk():
        assert Clock.objects.get(tip=tip, kind="claim").outcome == "met"
        assert StatFact.objects.filter(step="claimed").count() == 1


def test_taking_over_is_counted_no_second_time(tip, ada, ray, town, now_is, at_desk):
    ada.post(at("claim", tip.pk))
    ray.post(at("claim", tip.pk))
    assert now_is(tip).owner == town.people["ray"]
    assert "took it over from ada" in ray.get(at("tip", tip.pk)).content.decode()
    with at_desk():
        assert StatFact.objects.filter(step="claimed").count() == 1


def test_a_tip_is_handed_over_to_somebody_at_the_desk_only(tip, ada, town, now_is):
    assert ada.post(at("assign", tip.pk), {"to": town.people["pia"].pk}).status_code == 422
    ada.post(at("assign", tip.pk), {"to": town.people["sol"].pk})
    assert now_is(tip).owner == town.people["sol"]


def test_a_tip_is_put_back_by_who_has_it_or_a_supervisor(tip, ada, ray, client_of, now_is):
    ada.post(at("claim", tip.pk))
    assert ray.post(at("give_back", tip.pk)).status_code == 403
    client_of("sol").post(at("give_back", tip.pk))
    assert (now_is(tip).owner, now_is(tip).state) == (None, "received")


def test_whoever_asks_has_the_tip_and_its_clocks_stand_still(tip, ada, town, now_is, at_desk):
    ada.post(at("say", tip.pk), {"text": "Which school?", "asks": "on", "canned": "which_school"})
    now = now_is(tip)
    assert (now.state, now.owner) == ("needs_info", town.people["ada"])
    with at_desk():
        assert Clock.objects.get(tip=tip, kind="dispatch").paused_at == NOW
        assert Message.objects.get(way="to_reporter").canned == "which_school"
    page = ada.get(at("tip", tip.pk)).content.decode()
    assert "Which school?" in page
    assert "not seen yet" in page


def test_life_safety_never_waits_for_its_reporter(a_tip, ada, at_desk):
    tip = a_tip(event_types=["gun"]).tip
    ada.post(at("say", tip.pk), {"text": "Where is it?", "asks": "on"})
    with at_desk():
        assert not Clock.objects.filter(tip=tip).exclude(paused_at=None).exists()


def test_a_canned_text_stands_in_the_box_in_the_reporters_language(a_tip, ada):
    tip = a_tip("Hola", language="es").tip
    page = ada.get(at("tip", tip.pk), {"text": "which_school"})
    assert "¿De qué escuela se trata" in page.context["say_form"]["text"].value()


def test_words_that_cannot_be_kept_are_refused(tip, ada):
    for name in ("say", "note"):
        for typed in ("", "   ", "x" * 4001, "\x00"):
            page = ada.post(at(name, tip.pk), {"text": typed})
            assert page.status_code == 422
            assert WORDS in page.content.decode()


def test_a_note_is_the_desks_alone(tip, ada, line, at_desk):
    ada.post(at("note", tip.pk), {"text": "Called the school"})
    assert "Called the school" in ada.get(at("tip", tip.pk)).content.decode()
    with at_desk():
        assert b"Called" not in bytes(Message.objects.get().words)


def test_life_safety_goes_up_with_a_reason_and_calls_people(tip, ada, now_is, at_desk, town):
    assert ada.post(at("life_safety", tip.pk), {"reason": " "}).status_code == 422
    ada.post(at("life_safety", tip.pk), {"reason": "He has a knife"})
    assert now_is(tip).life_safety_because == "analyst"
    with at_desk():
        assert Alarm.objects.ringing().filter(tip=tip, because="life_safety").exists()
        assert sum(StatFact.objects.filter(step="received").values_list("amount", flat=True)) == 1
        assert sum(StatFact.objects.filter(step="received", is_life_safety=True).values_list("amount", flat=True)) == 1


def test_life_safety_comes_down_with_a_sealed_reason(a_tip, ada, now_is):
    tip = a_tip(event_types=["gun"]).tip
    ada.post(at("life_safety", tip.pk), {"reason": "A water gun"})
    assert (now_is(tip).is_life_safety, now_is(tip).life_safety_because) == (False, "")
    page = ada.get(at("tip", tip.pk)).content.decode()
    assert "A water gun" in page
    assert "took the life-safety mark back" in page


def test_what_is_no_tip_is_counted_as_none_and_owes_nothing(tip, ada, at_desk):
    for kind in ("test", "spam", "prank", "false", "out_of_scope"):
        ada.post(at("kind", tip.pk), {"kind": kind, "reason": "Clearly"})
        with at_desk():
            counted = {
                each: sum(StatFact.objects.filter(step="received", kind=each).values_list("amount", flat=True))
                for each in Tip.Kind.values
            }
            assert {each for each, number in counted.items() if number} == {kind}
            assert not Clock.objects.filter(tip=tip, ended_at=None).exists()


def test_a_tip_after_all_is_owed_something_again(tip, ada, at_desk):
    ada.post(at("kind", tip.pk), {"kind": "spam", "reason": "Clearly"})
    ada.post(at("kind", tip.pk), {"kind": "real", "reason": "No, it is real"})
    with at_desk():
        assert {clock.kind for clock in Clock.objects.filter(tip=tip, ended_at=None)} == {"claim", "dispatch"}


@pytest.mark.parametrize("kind", ["test", "spam", "prank", "false", "out_of_scope"])
def test_what_is_no_tip_leaves_the_queue_and_is_found_by_its_kind(tip, ada, kind):
    ada.post(at("kind", tip.pk), {"kind": kind, "reason": "Clearly"})
    for query, shows in {"": False, f"kind={kind}": True, "state=all": True, "state=received": True}.items():
        listed = ada.get(f"{at('queue')}?{query}").context["page_obj"]
        assert (tip.pk in [each.pk for each in listed]) is shows, query


def test_a_kind_that_is_none_is_refused(tip, ada):
    for kind in ("duplicate", "nonsense", "", "real"):
        assert ada.post(at("kind", tip.pk), {"kind": kind, "reason": "x"}).status_code == 422


def test_a_duplicate_points_to_the_other_and_both_say_so(a_tip, ada, now_is):
    first, second = a_tip(WORDS).tip, a_tip("The zebra again").tip
    sent = {"kind": "duplicate", "to": first.number, "why": "Same zebra"}
    assert ada.post(at("link", second.pk), sent).status_code == 302
    assert (now_is(second).kind, now_is(second).state) == ("duplicate", "linked")
    assert "Has a duplicate" in ada.get(at("tip", first.pk)).content.decode()
    assert "Same zebra" in ada.get(at("tip", first.pk)).content.decode()
    assert "Duplicate of" in ada.get(at("tip", second.pk)).content.decode()
    assert ada.post(at("say", second.pk), {"text": "We know, thank you"}).status_code == 302


def test_a_duplicate_can_be_undone_and_somebody_has_it_then(a_tip, ada, town, now_is, at_desk):
    first, second = a_tip(WORDS).tip, a_tip("again").tip
    ada.post(at("link", second.pk), {"kind": "duplicate", "to": first.number})
    with at_desk():
        link = Link.objects.get()
    ada.post(at("undo_link", first.pk, link.pk))
    assert (now_is(second).kind, now_is(second).state, now_is(second).owner.name) == ("real", "in_triage", "ada")
    assert ada.post(at("undo_link", first.pk, link.pk), follow=True).status_code == 200
    with at_desk():
        assert Clock.objects.filter(tip=second, kind="dispatch", ended_at=None).count() == 1
        assert sum(StatFact.objects.filter(step="received", kind="real").values_list("amount", flat=True)) == 2


def test_a_link_that_makes_no_sense_is_refused(a_tip, ada):
    first, second, third = a_tip("a").tip, a_tip("b").tip, a_tip("c").tip
    ada.post(at("link", second.pk), {"kind": "duplicate", "to": first.number})
    refused = {
        "to itself": (first, first.number),
        "no such number": (first, "AAAA-AAAA"),
        "is a duplicate itself": (third, second.number),
        "others are duplicates": (first, third.number),
        "linked already": (first, second.number),
    }
    for case, (tip, to) in refused.items():
        assert ada.post(at("link", tip.pk), {"kind": "duplicate", "to": to}).status_code == 422, case


def test_tips_much_alike_are_suggested(a_tip, ada, town):
    tip = a_tip(WORDS).tip
    alike = a_tip("I saw the zebra under the bleachers", school_id=town.maple.pk, place_kind="school").tip
    a_tip("Somebody smokes", event_types=["vaping"], school_id=town.oak.pk, place_kind="school")
    [suggested] = ada.get(at("tip", tip.pk)).context["related"]
    assert suggested.tip.pk == alike.pk
    assert "zebra" in suggested.alike.shared


def test_a_search_opens_what_is_sealed_messages_and_notes_too(a_tip, ada):
    tip, other = a_tip(WORDS).tip, a_tip("nothing").tip
    ada.post(at("note", other.pk), {"text": "A zebra? Ask the Peña family"})
    assert {each.pk for each in ada.post(at("search"), {"words": "ZEBRA"}).context["tips"]} == {tip.pk, other.pk}
    assert [each.pk for each in ada.post(at("search"), {"words": "peña zebra"}).context["tips"]] == [other.pk]
    assert not ada.post(at("search"), {"words": '"zebra strange"'}).context["tips"]
    assert not ada.post(f"{at('search')}?owner=me", {"words": "strange"}).context["tips"]


def test_what_was_found_is_walked_along(a_tip, ada):
    older, newer = a_tip(WORDS, at=NOW - timedelta(hours=1)).tip, a_tip(WORDS).tip
    a_tip("nothing")
    ada.post(at("search"), {"words": "zebra"})
    page = ada.get(at("tip", newer.pk), {"found": "1"}).context
    assert (page["previous"], page["next"]) == (None, str(older.pk))
    assert [each.pk for each in ada.get(at("search")).context["tips"]] == [newer.pk, older.pk]


def test_what_was_searched_for_stands_nowhere(tip, ada, caplog, as_owner):
    from django.db import connection

    ada.post(at("search"), {"words": "zebra behind"})
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select a::text from access_auditentry a union all select s::text from people_session s")
        assert "zebra" not in " ".join(row[0] for row in cursor.fetchall())
        assert AuditEntry.objects.filter(thing="tips_search", verb="read").count() == 1
    assert "zebra" not in caplog.text


def test_a_number_typed_into_the_search_leads_to_its_tip(tip, ada):
    assert ada.post(at("search"), {"words": tip.number})["Location"] == at("tip", tip.pk)


def test_a_search_for_nothing_says_so(ada):
    for words in ("", "x" * 201, "\x00"):
        assert ada.post(at("search"), {"words": words}).status_code == 422


def test_the_pulse_changes_with_the_queue_and_keeps_nobody_signed_in(a_tip, ada, now_is):
    before = ada.get(at("pulse")).json()
    tip = a_tip(WORDS).tip
    after = ada.get(at("pulse"), {"tip": str(tip.pk)}).json()
    assert before["queue"] != after["queue"]
    assert after["queue"] == ada.get(at("pulse")).json()["queue"]
    assert after["tip"] == f"{now_is(tip).changed_at.timestamp():.6f}"
    assert after["extends"]
    assert after["seconds"] <= 30 * 60


def test_the_pulse_knows_nothing_of_a_tip_that_is_none(ada):
    for asked in ("x", "00000000-0000-4000-8000-000000000000", "\x01", "1" * 5000):
        assert ada.get(at("pulse"), {"tip": asked}).json()["tip"] == ""


def test_the_pulse_tells_whoever_is_signed_out_that_they_are_not_here(client, client_of):
    assert client.get(at("pulse")).json() == {"here": False}
    assert client_of("pia").get(at("pulse")).json() == {"here": False}


def test_an_alarm_rings_on_every_page_until_its_person_answers_it(a_tip, ada, ray, at_desk):
    tip = a_tip(event_types=["gun"]).tip
    with at_desk():
        mine = Alarm.objects.get(tip=tip, person__name="ada")
        rays = Alarm.objects.get(tip=tip, person__name="ray")
    ada.get(at("tip", tip.pk))
    assert at("acknowledge_alarm", mine.pk) in ada.get("/account/").content.decode()
    assert ada.post(at("acknowledge_alarm", rays.pk)).status_code == 403
    assert ada.post(at("acknowledge_alarm", mine.pk), {"next": "//evil.example"})["Location"] == at("tip", tip.pk)
    assert ada.get(at("pulse")).json()["ringing"] == 0
    assert ray.get(at("pulse")).json()["ringing"] == 1


def test_an_answer_by_the_bar_leaves_the_page_as_it_is(a_tip, ada, at_desk):
    tip = a_tip(event_types=["gun"]).tip
    with at_desk():
        mine = Alarm.objects.get(tip=tip, person__name="ada")
    assert ada.post(at("acknowledge_alarm", mine.pk), headers={"X-Desk": "part"}).status_code == 204
    assert ada.get(at("alarms"), headers={"X-Desk": "part"}).content.decode().strip() == ""


def test_nothing_calls_somebody_who_has_no_desk(a_tip, client_of):
    a_tip(event_types=["gun"])
    assert "data-alarm" not in client_of("cora").get("/account/").content.decode()


def test_two_claims_at_once_leave_one_owner_and_one_count(tip, acting, at_desk):
    for name in ("ada", "ray"):
        with acting(name) as standing:
            claiming.claim(tip, by=standing, at=NOW)
    with at_desk():
        assert Tip.objects.get(pk=tip.pk).owner.name == "ray"
        assert StatFact.objects.filter(step="claimed").count() == 1


def test_a_closed_tip_is_answered_but_not_taken(tip, ada, at_desk):
    with at_desk():
        Tip.objects.filter(pk=tip.pk).update(state="closed", closed_at=NOW)
    assert ada.post(at("claim", tip.pk)).status_code == 403
    assert ada.post(at("say", tip.pk), {"text": "Thank you"}).status_code == 302


def test_the_history_tells_in_sentences_what_was_done(a_tip, ada, acting, town):
    tip, other = a_tip(WORDS).tip, a_tip("b").tip
    with acting("ada") as by:
        claiming.claim(tip, by=by, at=NOW)
        dialogue.say_to_reporter(tip, text="x", by=by, at=NOW)
        judging.judge(tip, kind="prank", reason="x", by=by, at=NOW)
        linking.link(tip, to=other, kind="related", by=by, at=NOW)
        claiming.assign(tip, to=town.people["ray"], by=by, at=NOW)
    lines = [f"{line.who} {line.said}" for line in ada.get(at("tip", tip.pk)).context["history"]]
    assert "The reporter filed the tip" in lines
    assert {"ada took it on", "ada wrote to the reporter", "ada gave it to ray"} <= set(lines)
    assert "ada judged it: Prank; why is among the notes" in lines
    assert "ada linked it to another tip: Related" in lines


def test_an_id_that_never_was_is_not_found(ada):
    assert ada.get(at("tip", uuid.uuid4())).status_code == 404
    assert ada.post(at("acknowledge_alarm", uuid.uuid4())).status_code == 404
