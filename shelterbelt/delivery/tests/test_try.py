"""Whoever sets a channel up hears at once what the provider says."""

import pytest
from django.core.management import CommandError, call_command

from shelterbelt.delivery.tests.mail_servers import Post, serving


def test_a_letter_goes_out_now(settings, capsys):
    with serving(Post(), settings) as server:
        call_command("try_channel", "email", "ann@boone.example")
    assert server.post.to == ["ann@boone.example"]
    assert capsys.readouterr().out == "sent. 250 Taken\n"


def test_what_is_wrong_is_said_in_the_providers_words(settings):
    post, said = Post(mail="553 5.7.1 Sender rejected"), r"doesn't accept our own address\. 553 5\.7\.1 Sender rejected"
    with serving(post, settings), pytest.raises(CommandError, match=said):
        call_command("try_channel", "email", "ann@boone.example")
