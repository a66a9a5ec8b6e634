"""Mail through real mail servers: willing, slow, refusing, down, and dying in the middle of a letter."""

import pytest

from shelterbelt.delivery import working
from shelterbelt.delivery.channels import email as channel
from shelterbelt.delivery.models import Pause
from shelterbelt.delivery.tests.conftest import LINK, to
from shelterbelt.delivery.tests.mail_servers import Post, free_port, serving, silent_after


def outcomes(attempts):
    return {(each.address, each.outcome) for each in attempts()}


def test_a_letter_arrives_in_the_recipients_language(ask, settings, attempts, states, heard):
    settings.DEFAULT_FROM_EMAIL = "Safe Schools <desk@shelterbelt.example>"
    with serving(Post(), settings) as server:
        ask(to("ann", "ann@boone.example", language="es"))
        working.deliver()
    [letter] = server.post.letters
    assert (letter["To"], letter["Subject"]) == ("ann@boone.example", "Hay algo que debe leer")
    assert letter.get_content().split() == ["Entre", "y", "léalo.", LINK]
    assert letter["Message-ID"] == f"<{attempts()[0].pk.hex}@shelterbelt.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert states() == {"ann": "sent"}
    assert heard == [("ann", "sent")]
    assert attempts()[0].reply == "250 Taken"


def test_many_letters_share_one_connection(ask, settings):
    with serving(Post(), settings) as server:
        ask(*(to(f"r{n}", f"r{n}@boone.example") for n in range(45)))
        working.deliver()
    assert sorted(server.post.to) == sorted(f"r{n}@boone.example" for n in range(45))
    assert server.post.connections == 1


def test_what_a_server_refuses_for_good_is_red_at_once_and_the_next_address_is_tried(ask, settings, attempts, states):
    with serving(Post(rcpt=lambda who: "550 5.1.1 No such person" if "old" in who else "250 OK"), settings) as server:
        ask(to("ann", "old@boone.example", "new@boone.example"), to("bob", "old.bob@boone.example"))
        working.deliver()
        working.deliver()
    assert server.post.to == ["new@boone.example"]
    assert states() == {"ann": "sent", "bob": "failed"}
    [first, *_] = attempts(outcome="refused")
    assert (first.begun_at, first.reply) == (None, "550 5.1.1 No such person")


def test_what_a_server_can_not_take_now_is_tried_again_later_and_later(ask, settings, attempts, states, time):
    post = Post(rcpt="451 4.7.1 Greylisted")
    with serving(post, settings):
        ask(to("ann", "ann@boone.example"))
        working.deliver()
        working.deliver()
        assert [each.outcome for each in attempts()] == ["failed", ""]
        assert (attempts()[1].next_at - time.now).total_seconds() == 30
        time.later(seconds=30)
        working.deliver()
        assert (attempts()[2].next_at - time.now).total_seconds() == 120
        post.replies.clear()
        time.later(seconds=120)
        working.deliver()
    assert states() == {"ann": "sent"}
    assert len(post.letters) == 1


def test_after_its_last_day_a_routine_letter_is_given_up_with_a_reason(ask, settings, states, time, as_delivery):
    with serving(Post(rcpt="451 Full"), settings):
        message = ask(to("ann", "ann@boone.example"))
        for _try in range(20):
            working.deliver()
            time.later(hours=4)
    assert states() == {"ann": "failed"}
    with as_delivery():
        assert message.recipients.get().reason == "The mail server couldn't take it now."


def test_a_server_that_is_down_uses_up_one_attempt_and_the_others_wait(ask, settings, attempts, time):
    settings.EMAIL_BACKEND = channel.SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example"))
    working.deliver()
    working.deliver()
    assert sorted(each.outcome for each in attempts()) == ["", "", "failed"]
    with serving(Post(), settings) as server:
        time.later(seconds=31)
        working.deliver()
    assert sorted(server.post.to) == ["ann@boone.example", "bob@boone.example"]


def test_a_server_that_asks_for_a_pause_gets_it_and_no_attempt_is_used_up(ask, settings, attempts, time, as_delivery):
    post = Post(text="421 4.7.0 Too many, slow down")
    with serving(post, settings):
        ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example"))
        working.deliver()
        with as_delivery():
            assert Pause.objects.get().channel == "email"
        assert [(each.outcome, each.begun_at) for each in attempts()] == [("", None), ("", None)]
        post.replies.clear()
        working.deliver()
        assert not post.letters
        time.later(minutes=1)
        working.deliver()
    assert len(post.letters) == 2


def test_a_server_that_dies_with_the_letter_in_its_hands_leaves_it_uncertain(ask, settings, attempts, states, time):
    post = Post(text=lambda who: "die" if "boone" in who else "250 Taken")
    with serving(post, settings):
        ask(to("ann", "ann@boone.example", "ann@home.example"))
        working.deliver()
        assert outcomes(attempts) == {("ann@boone.example", "uncertain"), ("ann@home.example", "sent")}
        post.replies.clear()
        for _hour in range(3):
            time.later(hours=1)
            working.deliver()
    assert post.to == ["ann@home.example"]
    assert states() == {"ann": "sent"}


def test_a_server_too_slow_to_say_whether_it_took_a_letter_leaves_it_uncertain(ask, settings, states, monkeypatch):
    monkeypatch.setattr(channel, "AFTER_THE_TEXT", 0.3)
    post = Post()
    post.seconds = 0.8
    with serving(post, settings):
        ask(to("ann", "ann@boone.example"))
        working.deliver()
    assert states() == {"ann": "uncertain"}


def test_a_header_can_not_be_smuggled_in_by_an_address(ask, settings, states):
    with serving(Post(), settings) as server:
        ask(to("ann", "ann@boone.example\nBcc: eve@evil.example"))
        working.deliver()
    assert not server.post.letters
    assert states() == {"ann": "failed"}


def test_without_a_mail_server_letters_are_files(ask, settings, states, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    ask(to("ann", "ann@boone.example"))
    working.deliver()
    [file] = tmp_path.iterdir()
    assert "Message-ID" in file.read_text()
    assert states() == {"ann": "sent"}


def test_a_fault_of_ours_holds_nobody_else_up(ask, settings, states, monkeypatch):
    compose = channel.compose

    def faulty(letter):
        if letter.name == "Ann":
            raise ZeroDivisionError
        return compose(letter)

    monkeypatch.setattr(channel, "compose", faulty)
    with serving(Post(), settings):
        ask(to("ann", "ann@boone.example"), to("bob", "bob@boone.example"))
        working.deliver()
    assert states() == {"ann": "sending", "bob": "sent"}


@pytest.mark.parametrize("urgency", ["life_safety", "routine"])
def test_when_life_is_at_stake_the_next_way_is_not_waited_for(ask, settings, attempts, time, urgency):
    with serving(Post(rcpt=lambda who: "451 Later" if "slow" in who else "250 OK"), settings) as server:
        ask(to("ann", "slow@boone.example", "quick@boone.example"), urgency=urgency)
        working.deliver()
        time.later(minutes=1)
        working.deliver()
        working.deliver()
    assert server.post.to == (["quick@boone.example"] if urgency == "life_safety" else [])


def test_a_server_that_hangs_up_between_letters_uses_up_no_attempt(ask, settings, attempts):
    settings.EMAIL_TIMEOUT = 2
    post = Post(
        mail=lambda who: "hang up" if len(post.letters) % 3 == 2 and not hung.append(who) and len(hung) % 2 else None
    )
    hung = []
    with serving(post, settings):
        ask(*(to(f"r{n}", f"r{n}@boone.example") for n in range(8)))
        working.deliver()
    assert sorted(post.to) == sorted(f"r{n}@boone.example" for n in range(8))
    assert {each.outcome for each in attempts()} == {"sent"}
    assert post.connections > 1


def test_a_server_too_busy_to_greet_gets_its_pause(ask, settings, attempts, as_delivery):
    with silent_after(b"421 4.3.2 Too busy\r\n") as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = channel.SMTP_BACKEND, "127.0.0.1", port
        ask(to("ann", "ann@boone.example"))
        working.deliver()
    assert [each.outcome for each in attempts()] == [""]
    with as_delivery():
        assert Pause.objects.get().channel == "email"


def test_a_server_that_accepts_the_connection_and_says_nothing_is_given_up_on(ask, settings, attempts):
    settings.EMAIL_TIMEOUT = 0.3
    with silent_after(b"") as port:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = channel.SMTP_BACKEND, "127.0.0.1", port
        ask(to("ann", "ann@boone.example"))
        working.deliver()
    assert sorted(each.outcome for each in attempts()) == ["", "failed"]
