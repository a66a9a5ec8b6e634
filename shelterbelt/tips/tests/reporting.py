"""A reporter's browser at the tip line, and how it reads the line's pages, files, proves work and comes back."""

import hashlib
import itertools
import re

from django.test import Client

from shelterbelt.tips.rules.door import door
from shelterbelt.tips.sealing import form_tokens
from shelterbelt.tips.tests.conftest import on_the_line

WORDS = "Somebody hid a strange zebra behind the bleachers"


class Reporter(Client):
    """Somebody with a browser, asking the tip line's own process: each request is answered as the public login."""

    def request(self, **request):
        """Ask."""
        with on_the_line():
            return super().request(**request)


def token_on(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def code_on(page):
    found = re.search(r'data-code="([^"]+)"', page.content.decode())
    return found[1] if found else None


def text_of(page):
    return page.content.decode()


def proof_for(token):
    """The work, done as the page's script does it."""
    challenge, rules = form_tokens.challenge_of(token), door()

    def first(puzzle):
        answers = (f"{number}" for number in itertools.count())
        return next(each for each in answers if leading(f"{challenge}.{puzzle}.{each}") >> (32 - rules.bits) == 0)

    return ",".join(first(puzzle) for puzzle in range(rules.puzzles))


def leading(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def send(reporter, narrative=WORDS, *, token=None, start="/tip/", **more):
    token = token or token_on(reporter.get(start))
    return reporter.post(start, {"narrative": narrative, "school": "unknown", **more, "token": token})


def visit_on(page):
    found = dict(re.findall(r'name="(visit|number)" value="([^"]+)"', page.content.decode()))
    return {"visit": found["visit"], "number": found["number"]}
