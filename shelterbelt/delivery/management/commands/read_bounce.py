"""`python -m shelterbelt read_bounce < letter`: for the pipe of a mail server, where letters that come back arrive."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from shelterbelt.core import clock
from shelterbelt.delivery.actions import record_bounce
from shelterbelt.delivery.rules.bounces import read

LONGEST = 1024 * 1024
TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the letter and gives it to us again."""


class Command(BaseCommand):
    """Writes down what a letter from a mail server says of one of ours. Any other letter is nothing to it."""

    help = "Read a letter that came back from standard input."

    def handle(self, *_words: Any, **_options: Any) -> None:
        """Say in a line what it was; never whose."""
        bounce = read(sys.stdin.buffer.read(LONGEST))
        if bounce is None:
            print("This letter doesn't say that one of ours failed.")
            return
        try:
            known = record_bounce(bounce.message_id, reply=bounce.said, at=clock.now())
        except DatabaseError:
            sys.exit(TRY_AGAIN)
        print("Written down." if known else "It is about no letter of ours.")
