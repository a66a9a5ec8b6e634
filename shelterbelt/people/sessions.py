"""Sessions, kept so that reading the table lets nobody in and copying a row to another key opens nothing.

The cookie holds a key; the table holds a hash of it, and data sealed for that hash. Who asks is not known before their
session is read, so reading passes row security by a function that wants the whole hash; writing is the sign-in's work.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, SessionBase, UpdateError
from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string

from shelterbelt.core import clock, log_lines, sealing
from shelterbelt.people.device_words import device_words
from shelterbelt.people.models import Session, SignIn
from shelterbelt.people.sign_in.scope import signing_in
from shelterbelt.people.sign_in_rules import LONGEST_SESSION

KEY_LETTERS = 32
"""Of 36 kinds: 165 random bits, so that a plain hash hides them well enough."""
UNKNOWN_LASTS = timedelta(hours=1)
"""How long a browser's session is kept in which nobody has signed in."""
NOTED_EVERY = timedelta(minutes=2)
_LOAD = "select * from people_session_load(%s, %s)"
_TOUCH = "select people_session_touch(%s, %s)"

log = log_lines.logger("shelterbelt.people.sessions")


def hashed(key: str) -> str:
    """What the table knows a cookie's key by."""
    return hashlib.sha256(b"shelterbelt session\0" + key.encode("utf-8", "replace")).hexdigest()


class SessionStore(SessionBase):
    """One browser's session."""

    def __init__(self, session_key: str | None = None, device: str = "") -> None:
        super().__init__(session_key)
        self.device = device
        self.sign_in_id: int | None = None
        self.begun_at: datetime = clock.now()
        self.seen_at: datetime = self.begun_at
        self.reauthenticated_at: datetime | None = None
        self.ending = SignIn.Ended.SIGNED_OUT
        """How the sign-in ends, should the session be emptied now."""
        self._is_new = False

    def load(self) -> dict[str, Any]:
        """Read it: one question. What doesn't open is as good as nothing."""
        row = _row(hashed(str(self.session_key)))
        data = _opened(row[0], hashed(str(self.session_key))) if row else None
        if row is None or data is None or str(row[1] or "") != str(data.get(SESSION_KEY, "")):
            self._session_key = None
            return {}
        _, _, self.sign_in_id, self.begun_at, self.seen_at, self.reauthenticated_at = row
        return data

    def exists(self, session_key: str) -> bool:
        """Whether there is one with this key."""
        return _row(hashed(session_key)) is not None

    def create(self) -> None:
        """Take a new key. The row comes when it is saved; no two keys of this length are ever the same."""
        self._session_key = get_random_string(KEY_LETTERS, VALID_KEY_CHARS)
        self._is_new = self.modified = True
        self._session_cache: dict[str, Any] = {}

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002  Django's signature
        """Write it. One that was ended meanwhile stays ended."""
        if self.session_key is None or must_create:
            data = dict(self._session_cache if hasattr(self, "_session_cache") else {})
            self.create()
            self._session_cache = data
        with signing_in("keep a session"):
            self._write()
        self._is_new = False

    def _write(self) -> None:
        key, data = hashed(str(self.session_key)), dict(self.items())
        person = data.get(SESSION_KEY)
        kept: dict[str, Any] = {
            "session_data": sealing.seal(json.dumps(data).encode(), _use(key)),
            "expire_date": self.begun_at + LONGEST_SESSION if person else clock.now() + UNKNOWN_LASTS,
            "person_id": int(person) if person else None,
            "sign_in_id": self.sign_in_id if person else None,
            "begun_at": self.begun_at,
            "reauthenticated_at": self.reauthenticated_at,
        }
        if self._is_new:
            Session.objects.create(session_key=key, seen_at=_minute(self.begun_at), device=self.device, **kept)
        elif not Session.objects.filter(session_key=key).update(**kept):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """Remove it, and note how the sign-in ended."""
        self._remove(session_key or self.session_key)
        if self.sign_in_id is not None and session_key is None:
            with signing_in("end a session"):
                note_end([self.sign_in_id], self.ending, at=clock.now())
            self.sign_in_id = None

    def _remove(self, key: str | None) -> None:
        if key:
            with signing_in("end a session"):
                Session.objects.filter(session_key=hashed(key)).delete()

    def flush(self) -> None:
        """Empty it; whoever was signed in is so no longer."""
        super().flush()
        self.reauthenticated_at = None
        self.begun_at = self.seen_at = clock.now()

    @classmethod
    def clear_expired(cls) -> None:
        """What Django's command clearsessions asks for: the clock's task does it."""
        clear_ended(clock.now())


def note_end(sign_ins: list[int], how: str, *, at: datetime) -> None:
    """Put on record how sessions ended."""
    SignIn.objects.filter(pk__in=sign_ins, ended_at=None).update(ended_at=at, ended=how)


def clear_ended(now: datetime) -> int:
    """Remove what is over by every rule there is; in the sign-in's scope."""
    with signing_in("clear ended sessions"):
        over = Session.objects.filter(expire_date__lte=now)
        note_end([each for each in over.values_list("sign_in", flat=True) if each], SignIn.Ended.TOO_LONG, at=now)
        return over.delete()[0]


class SessionMiddleware(DjangoSessionMiddleware):
    """Django's, which tells the session what it is used on and notes, now and then, that it was."""

    def process_request(self, request: HttpRequest) -> None:
        """Name the device in words."""
        super().process_request(request)
        session: Any = request.session
        session.device = device_words(request.headers.get("User-Agent", ""))

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Save what changed; then note when it was last used, outside of the page's own transaction."""
        answer: HttpResponseBase = super().process_response(request, response)
        if getattr(request, "was_seen", False) and request.session.session_key:
            _ask(_TOUCH, hashed(request.session.session_key), _minute(clock.now()))
        return answer


def is_to_be_noted(session: Any, now: datetime) -> bool:
    """Whether it is time to note again that a session is used: a write every other minute is enough."""
    return bool(now - session.seen_at >= NOTED_EVERY)


def _row(key: str) -> tuple[Any, ...] | None:
    return _ask(_LOAD, key, clock.now())


def _ask(query: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _opened(sealed: str, key: str) -> dict[str, Any] | None:
    try:
        data: dict[str, Any] = json.loads(sealing.unseal(sealed, _use(key)))
    except sealing.Unsealable:
        log.warning("a session could not be opened: its row was changed, or its key has left the ring")
        return None
    return data


def _use(key: str) -> str:
    return f"session {key}"


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
