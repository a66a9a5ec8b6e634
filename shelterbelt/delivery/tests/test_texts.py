"""Texts and chat through Apprise, against a real web service on this machine."""

import json
import logging

import pytest

from shelterbelt.delivery import working
from shelterbelt.delivery.channels import apprise_line
from shelterbelt.delivery.models import Pause
from shelterbelt.delivery.tests.conftest import LINK, to
from shelterbelt.delivery.tests.mail_servers import free_port
from shelterbelt.delivery.tests.web_services import answering

ANN = to("ann", ("sms", "+15735550101"), ("chat", "desk"))


def through(settings, port):
    settings.SMS_URL = f"json://127.0.0.1:{port}/send?:to={{to}}&secret=hunter2"
    settings.CHAT_URL = f"json://127.0.0.1:{port}/chat/{{to}}"


def test_a_text_holds_the_short_words_and_the_link_and_has_one_target(ask, settings, states, attempts):
    with answering(200) as service:
        through(settings, service.port)
        ask(ANN)
        working.deliver()
    [(_path, _headers, body)] = service.asked
    said = json.loads(body)
    assert said["message"] == f"Something waits for you to read {LINK}"
    assert said["to"] == "+15735550101"
    assert states() == {"ann": "sent"}


@pytest.mark.parametrize(("status", "outcome"), [(400, "refused"), (404, "refused"), (500, "failed"), (503, "failed")])
def test_a_services_no_is_told_from_not_now(ask, settings, attempts, status, outcome):
    with answering(status) as service:
        through(settings, service.port)
        ask(to("ann", ("sms", "+15735550101")))
        working.deliver()
    [first, *_later] = attempts()
    assert (first.outcome, first.reply) == (outcome, f'{status} {{"id": "SM17"}}')


def test_too_many_requests_pause_the_channel_and_use_up_no_attempt(ask, settings, attempts, time, states, as_delivery):
    with answering(429) as service:
        through(settings, service.port)
        ask(ANN)
        working.deliver()
        assert [each.outcome for each in attempts()] == [""]
        with as_delivery():
            assert Pause.objects.get().channel == "sms"
        service.status = 200
        time.later(minutes=1)
        working.deliver()
    assert states() == {"ann": "sent"}


def test_a_service_that_never_answers_leaves_it_uncertain_and_the_next_channel_is_taken(
    ask, settings, attempts, monkeypatch
):
    monkeypatch.setattr(apprise_line, "TIME_LIMITS", "cto=1&rto=0.3")
    with answering(200, seconds=0.8) as slow, answering(200) as chat:
        through(settings, slow.port)
        settings.CHAT_URL = f"json://127.0.0.1:{chat.port}/chat/{{to}}"
        ask(ANN)
        working.deliver()
    assert {(each.channel, each.outcome) for each in attempts()} == {("sms", "uncertain"), ("chat", "sent")}
    assert [path for path, *_ in chat.asked] == ["/chat/desk"]


def test_a_service_that_is_down_is_tried_again(ask, settings, attempts):
    through(settings, free_port())
    ask(to("ann", ("sms", "+15735550101")))
    working.deliver()
    assert [each.outcome for each in attempts()] == ["failed", ""]


def test_no_log_and_no_reply_holds_a_number_a_word_or_a_key(ask, settings, attempts, capfd):
    logging.getLogger().setLevel(logging.DEBUG)
    through(settings, free_port())
    ask(to("ann", ("sms", "+15735550101")))
    working.deliver()
    logging.getLogger().setLevel(logging.WARNING)
    told = capfd.readouterr().err + "".join(each.reply + each.reason for each in attempts())
    for secret in ("5735550101", "Something waits", "hunter2"):
        assert secret not in told


@pytest.mark.parametrize(
    "address", ["desk/../admin", "desk?to=all", "desk,all", "desk&to=all", "desk all", "", "+1\n2"]
)
def test_an_address_is_one_target_or_none(ask, settings, attempts, address):
    with answering(200) as service:
        through(settings, service.port)
        ask(to("ann", ("chat", address)))
        working.deliver()
    assert not service.asked
    assert attempts()[0].outcome == "refused"


def test_where_no_service_is_set_up_texts_are_files_and_never_on_a_real_site(ask, settings, states, tmp_path):
    settings.SMS_URL, settings.HOME = "", tmp_path
    ask(to("ann", ("sms", "+15735550101")))
    working.deliver()
    [file] = (tmp_path / "texts").iterdir()
    assert file.read_text().startswith("To: +15735550101\n\nSomething waits")
    settings.HTTPS = True
    ask(to("bob", ("sms", "+15735550102")), key="2")
    working.deliver()
    assert states() == {"ann": "sent", "bob": "failed"}
