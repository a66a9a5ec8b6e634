"""Makes requests by a seed, has them answered, and keeps what was wrong."""

import re
import time
import traceback
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field, replace
from html import unescape
from random import Random
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from shelterbelt.people.models import Person
from tests.attack.fuzzing import guards, hostile
from tests.attack.fuzzing.raw import Answer, Sent, quoted, send
from tests.attack.fuzzing.targets import Address, Field, Form, Forms, Keys, addresses, hostile_or_foreign

TOKEN = "a" * 32
HREF = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
LONGEST_LINE = 60_000
"""What servers take as the first line of a request, at most."""
# Routes that answer with a fault by right, or that are attacked by another name.
LEFT_ALONE = {
    "home:readyz": "says 503 where no worker runs",
    "account_login": "the address of people:sign_in once more, for django-allauth, which answers by that name",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
PLAUSIBLE = {
    "email": "somebody@example.org", "number": "3", "date": "2026-10-01", "time": "09:30", "tel": "573 555 0100",
    "password": "correct horse battery staple", "checkbox": "on", "datetime-local": "2026-10-01T09:30",
}  # fmt: skip
EXTRA = (
    "id", "pk", "org", "org_id", "school", "school_id", "person", "person_id", "is_active", "is_staff", "is_superuser", "office", "made_by",
    "level", "status", "completed_on", "recorded_by", "state", "password", "email", "reviewed_level", "confirm", "next", "year",
)  # fmt: skip


@dataclass
class Attack:
    """A run against the whole site, one request after the other, each undone before the next."""

    application: WSGIHandler
    sessions: dict[str, str]
    """The session cookie of each role; nobody has none."""
    keys: Keys
    foreign: guards.ForeignRows
    cookie: str
    dice: Random
    routes: list[Address] = field(default_factory=lambda: [each for each in addresses() if each.name not in LEFT_ALONE])
    forms: dict[tuple[Any, ...], list[tuple[str, Form]]] = field(default_factory=lambda: defaultdict(list))
    """By where it is sent and what it asks: who was shown it, and where."""
    reached: dict[tuple[str, str], str] = field(default_factory=dict)
    """By role and name of the route: an address that answered with a page."""
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    ways: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    _raised: list[str] = field(default_factory=list)
    _before: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = self.foreign.digest()
        got_request_exception.connect(self._note_exception)

    def _note_exception(self, **_: Any) -> None:
        self._raised.append(traceback.format_exc())

    @property
    def sent(self) -> int:
        """How many requests were made."""
        return sum(self.answers.values())

    # --- one request

    def ask(self, role: str, request: Sent, *, about: str) -> Answer:
        """Send a request as somebody, look at the answer, and undo what it did."""
        request = replace(request, headers=(*self._identity(role, request), *request.headers))
        self._raised.clear()
        with transaction.atomic():
            began = time.perf_counter()
            answer = send(self.application, request)
            answer.seconds = time.perf_counter() - began
            answer.faults = guards.faults(request, answer, role)
            if request.method not in SAFE and role not in guards.SEES_ALL:
                answer.faults += self._changed()
            transaction.set_rollback(True)
        self._keep(role, request, answer, about)
        self.ways[request.why, answer.status] += 1
        return answer

    def _identity(self, role: str, request: Sent) -> tuple[tuple[str, str], ...]:
        """The session and the token against forged requests, unless the request brings cookies of its own."""
        if any(name == "Cookie" for name, _ in request.headers) and self.dice.random() < 0.5:
            return ()
        cookies = f"csrftoken={TOKEN}" + (f"; {self.cookie}={self.sessions[role]}" if role in self.sessions else "")
        return (("Cookie", cookies), ("X-CSRFToken", TOKEN))

    def _changed(self) -> list[str]:
        now = self.foreign.digest()
        if now == self._before:
            return []
        tables = sorted(name for name in now.keys() | self._before.keys() if now.get(name) != self._before.get(name))
        return [f"changes rows of the foreign district in {', '.join(tables)}"]

    def _keep(self, role: str, request: Sent, answer: Answer, about: str) -> None:
        self.answers[about, answer.status] += 1
        self.slowest = max(self.slowest, (answer.seconds, f"{request.method} {request.path[:200]} as {role}"))
        if answer.faults:
            if answer.status == 599:
                self._raised.append(answer.text)
            told = "\n".join(f"    {line}" for each in self._raised for line in each.splitlines()[-12:])
            self.wrong.append(f"{'; '.join(answer.faults)}\n  {request.as_curl(role)}\n{told}")

    # --- finding out what there is

    def explore(self, roles: list[str], *, each: int, tries: int) -> None:
        """Open every route as everybody: where links lead them, else with keys that may fit. Keep the forms shown."""
        for role in roles:
            links = deque(route.filled({}) for route in self.routes if not route.asks)
            opened: Counter[str] = Counter()
            while links:
                path = links.popleft()
                name = _route_of(path)
                if name != "none" and opened[name] < each:
                    opened[name] += 1
                    links.extend(self._look(role, name, path))
            for route in self.routes:
                if route.asks and (role, route.name) not in self.reached:
                    self._explore(role, route, tries)

    def _explore(self, role: str, route: Address, tries: int) -> None:
        for _ in range(tries):
            self._look(
                role,
                route.name,
                route.filled({name: self.keys.like(self.dice, *each) for each in route.asks for name in each[1:]}),
            )
            if (role, route.name) in self.reached:
                return

    def _look(self, role: str, name: str, path: str) -> list[str]:
        """Open a page; where its links lead."""
        answer = self.ask(role, Sent("GET", path, why="a look"), about=name)
        if answer.status not in {200, 422}:
            return [urlsplit(answer.headers["location"]).path] if "location" in answer.headers else []
        self.reached.setdefault((role, name), path)
        if answer.kind != "text/html":
            return []
        self._read_forms(role, path, answer.text)
        return [urlsplit(urljoin(path, unescape(link))).path for link in HREF.findall(answer.text)]

    def _read_forms(self, role: str, path: str, page: str) -> None:
        reader = Forms(path)
        reader.feed(page)
        for form in reader.found:
            name = _route_of(urljoin(path, form.action or path))
            self.forms[name, form.shape].append((role, form))

    # --- attacking

    def attack(self, requests: int) -> None:
        """So many hostile requests."""
        ways = (
            (self.submit_form, 46), (self.open_address, 20), (self.ask_operation, 12), (self.use_method, 7),
            (self.bend_headers, 9), (self.bend_body, 3), (self.ask_odd_path, 3),
        )  # fmt: skip
        forms, roles = sorted(self.forms), [*self.sessions, *self.sessions, "nobody"]
        for _ in range(requests):
            way = self.dice.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
            way(self.dice.choice(roles), forms)

    def _path(self, role: str, route: Address) -> str:
        """An address that fits, or one with something hostile in it."""
        known = self.reached.get((role, route.name))
        if known and self.dice.random() < 0.7:
            return known
        values = {
            name: self.keys.like(self.dice, kind, name)
            if self.dice.random() < 0.75
            else hostile_or_foreign(self.dice, self.keys, name, kind)
            for kind, name in route.asks
        }
        return route.filled(values)[:LONGEST_LINE]

    def open_address(self, role: str, _forms: object) -> None:
        """Any page, with something absurd in its address."""
        route = self.dice.choice(self.routes)
        query = self.dice.choice(hostile.QUERIES) if self.dice.random() < 0.4 else self._query(role, route)
        self.ask(role, Sent("GET", self._path(role, route), query, why="an absurd address"), about=route.name)

    def _query(self, role: str, route: Address) -> str:
        asked = [form for shown in self.forms.values() for who, form in shown if who == role and form.method == "get"]
        names = [each.name for form in asked for each in form.fields] + [
            "year",
            "as_of",
            "page",
            "within",
            "sort",
            "axis",
            "next",
            "drill",
        ]
        chosen = self.dice.choices(names, k=self.dice.randint(1, 4))
        pairs = [f"{quoted(name)}={quoted(hostile_or_foreign(self.dice, self.keys, name))}" for name in chosen]
        return "&".join(pairs)[:LONGEST_LINE]

    def submit_form(self, role: str, forms: list[tuple[Any, ...]]) -> None:
        """A form that somebody is shown, by them or by somebody else, with something hostile in it."""
        key, owner, form = self._form(forms)
        if self.dice.random() < 0.75:
            role = owner
        action = urlsplit(urljoin(form.page, form.action or form.page))
        fields, files = self._filled(form)
        if form.method == "get":
            self.ask(role, Sent("GET", action.path, _encoded(fields)[:LONGEST_LINE], why="a hostile search"), about=key)
            return
        if files or form.enctype == "multipart/form-data":
            kind, body = _multipart(fields, files)
        else:
            kind, body = "application/x-www-form-urlencoded", _encoded(fields).encode()
        headers = (("Content-Type", kind), *((("Accept", "application/json"),) if self.dice.random() < 0.1 else ()))
        path = action.path if self.dice.random() < 0.85 else self._elsewhere(key, action.path)
        self.ask(role, Sent("POST", path, action.query, headers, body, "a hostile form"), about=key)

    def _form(self, forms: list[tuple[Any, ...]]) -> tuple[str, str, Form]:
        """Any form: where it is sent, who was shown it, and the form itself."""
        key = self.dice.choice(forms)
        return (str(key[0]), *self.dice.choice(self.forms[key]))

    def _elsewhere(self, name: str, path: str) -> str:
        """The same form sent to another record's address."""
        routes = [route for route in self.routes if route.name == name and route.asks]
        return self._path("", routes[0]) if routes else path

    def _filled(self, form: Form) -> tuple[list[tuple[str, str]], list[tuple[str, tuple[str, bytes, str]]]]:
        everything = self.dice.random() < 0.15
        hostile_ones = self.dice.choices([each.name for each in form.fields] or [""], k=self.dice.randint(1, 2))
        fields: list[tuple[str, str]] = []
        files: list[tuple[str, tuple[str, bytes, str]]] = []
        for each in form.fields:
            if each.name == "csrfmiddlewaretoken":
                fields.append((each.name, TOKEN))
            elif each.kind == "file":
                files += [(each.name, hostile.a_file(self.dice)) for _ in range(self.dice.choice((0, 1, 1, 1, 2)))]
            elif everything or each.name in hostile_ones:
                fields += self._hostile(each)
            else:
                fields.append((each.name, self._plausible(each)))
        if self.dice.random() < 0.2:  # what the form doesn't ask, as if it were taken on trust
            fields += [(name, hostile_or_foreign(self.dice, self.keys, name)) for name in self.dice.sample(EXTRA, 3)]
        return fields, files

    def _hostile(self, each: Field) -> list[tuple[str, str]]:
        roll = self.dice.random()
        if roll < 0.1:
            return []
        many = self.dice.randint(2, 4) if roll < 0.2 else 1
        return [(each.name, hostile_or_foreign(self.dice, self.keys, each.name)) for _ in range(many)]

    def _plausible(self, each: Field) -> str:
        chosen = [value for value in each.values if value]
        return self.dice.choice(chosen) if chosen else PLAUSIBLE.get(each.kind, "Some words.")

    def ask_operation(self, role: str, _forms: object) -> None:
        """An operation of the API, with hostile JSON or parameters."""
        route = self.dice.choice([each for each in self.routes if each.name.startswith("api:")])
        method = self.dice.choice(("GET", "GET", "POST", "PUT"))
        body = b"" if method == "GET" else self._json().encode("utf-8", errors="surrogatepass")
        headers = (("Content-Type", "application/json"),) if body else ()
        query = self._query(role, route) if self.dice.random() < 0.6 else self.dice.choice(hostile.QUERIES)
        self.ask(
            role, Sent(method, self._path(role, route), query, headers, body, "a hostile operation"), about=route.name
        )

    def _json(self) -> str:
        import json

        def value(depth: int = 0) -> Any:
            roll = self.dice.random()
            if roll < 0.15 and depth < 3:
                return [value(depth + 1) for _ in range(self.dice.randint(0, 3))]
            if roll < 0.25 and depth < 3:
                return {hostile.a_text(self.dice)[:99]: value(depth + 1)}
            if roll < 0.45:
                return self.dice.choice(
                    (0, -1, 1.5, 10**30, -(2**63), True, False, None, float("nan"), float("inf"), 1e308)
                )
            return hostile_or_foreign(self.dice, self.keys, "")

        good = {"kind": "fire", "held_on": "2026-10-01", "id": self.dice.choice(self.keys.uuids), "plan_part": "fire"}
        names = (
            *good,
            "started_at",
            "minutes",
            "is_announced",
            "present",
            "students",
            "written_at",
            "place",
            "status",
            "school",
        )
        bad = {self.dice.choice(names): value() for _ in range(self.dice.randint(0, 2))}
        if self.dice.random() < 0.15:
            return self.dice.choice(("", "{", "[" * 60_000, "9" * 5000, '{"a":1,"a":2}', "\ud800", json.dumps(value())))
        return json.dumps(good | bad)

    def use_method(self, role: str, _forms: object) -> None:
        """Any page by a method that it may not know."""
        route = self.dice.choice(self.routes)
        method = self.dice.choice(hostile.METHODS)
        self.ask(role, Sent(method, self._path(role, route), why="another method"), about=route.name)

    def bend_headers(self, role: str, forms: list[tuple[Any, ...]]) -> None:
        """A page or form with headers that no browser sends."""
        headers = tuple(self.dice.sample(hostile.HEADERS, self.dice.randint(1, 3)))
        if self.dice.random() < 0.3:
            headers = (*headers, *headers)
        route = self.dice.choice(self.routes)
        if self.dice.random() < 0.3:
            key, _, form = self._form(forms)
            body = _encoded(self._filled(form)[0]).encode()
            headers = (("Content-Type", "application/x-www-form-urlencoded"), *headers)
            self.ask(role, Sent("POST", form.page, "", headers, body, "odd headers"), about=key)
            return
        self.ask(role, Sent("GET", self._path(role, route), "", headers, why="odd headers"), about=route.name)

    def bend_body(self, role: str, forms: list[tuple[Any, ...]]) -> None:
        """A form in a shape that it can't have."""
        key, _, form = self._form(forms)
        fields = _encoded(self._filled(form)[0]).encode()
        bodies = (
            fields,
            b"",
            b"\x00" * 999,
            b"--b\r\n",
            b"%%%=&=%",
            fields * 40,
            b"a=1&" * 6000,
            b"\xff\xfe" + fields,
            b"{" + fields,
        )
        headers = (("Content-Type", self.dice.choice(hostile.CONTENT_TYPES)),)
        self.ask(role, Sent("POST", form.page, "", headers, self.dice.choice(bodies), "an odd body"), about=key)

    def ask_odd_path(self, role: str, _forms: object) -> None:
        """An address that nobody gave out."""
        path, _, query = self.dice.choice(hostile.PATHS).partition("?")
        self.ask(role, Sent("GET", path, query, why="an odd path"), about="none")


def session_of(person: Person) -> str:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    return str(client.session.session_key)


def _route_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "none"


def _encoded(fields: list[tuple[str, str]]) -> str:
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields)


def _multipart(fields: list[tuple[str, str]], files: list[tuple[str, tuple[str, bytes, str]]]) -> tuple[str, bytes]:
    """As a browser would, but for what is in it: names are put in as they are."""
    edge, parts = "edge7edge", []
    for name, value in fields:
        head = f'Content-Disposition: form-data; name="{name}"\r\n\r\n'
        parts.append(f"--{edge}\r\n{head}".encode("utf-8", "surrogatepass") + value.encode("utf-8", "surrogatepass"))
    for name, (called, content, kind) in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{called}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(f"--{edge}\r\n{head}".encode("utf-8", "surrogatepass") + content)
    return f"multipart/form-data; boundary={edge}", b"\r\n".join([*parts, f"--{edge}--\r\n".encode()])
