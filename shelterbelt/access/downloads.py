"""Files and exports on their way to somebody: whoever loses the right meanwhile gets no more of them.

A body has its length said beforehand. One that stops short of it the browser marks as failed; a body sent in pieces
without a length would look whole, because servers end such a body properly even when its source failed.
"""

import io
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from shelterbelt.access.middleware import ACTING_FOR, is_still_theirs
from shelterbelt.access.scope import acting_as
from shelterbelt.access.standing import PersonRequest, Standing, stand_in_of, standing_of
from shelterbelt.core import clock, log_lines
from shelterbelt.people.models import Person
from shelterbelt.people.session_ending import why_over

A_PIECE = 64 * 1024
"""Bytes sent at a time. What is no longer than one piece is sent at once, and can't be called back."""
LOOK_AGAIN_AFTER = 1.0
"""Seconds after which the right is asked about again."""
IN_MEMORY = 1024 * 1024

Still = Callable[[Standing], object]
"""Whether the right is still there, with what the person holds now; asked in their scope, so rows tell it too."""

log = log_lines.logger("shelterbelt.access.downloads")


def download(
    request: PersonRequest, content: IO[bytes] | bytes, *, name: str, content_type: str, still: Still
) -> HttpResponseBase:
    """A file to save, which stops short once `still` says no, the session ends or the person is closed out."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": str(disposition), "Cache-Control": "private, no-store"}
    if isinstance(content, bytes) and len(content) <= A_PIECE:
        return HttpResponse(content, content_type=content_type, headers=headers)
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    length = source.seek(0, os.SEEK_END)
    source.seek(0)
    headers["Content-Length"] = str(length)
    return StreamingHttpResponse(
        _Guarded(source, _Right.of(request, still)), content_type=content_type, headers=headers
    )


def whole(pieces: Iterator[bytes]) -> IO[bytes]:
    """What comes piece by piece, gathered, so that its length is known. Large ones wait on disk."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    for piece in pieces:
        file.write(piece)
    return file


@dataclass
class _Right:
    """Somebody's right to a file, as it was when they asked for it."""

    person_id: int
    stand_in: int | None
    session: Any
    request_id: str
    still: Still
    looked_at: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, request: PersonRequest, still: Still) -> "_Right":
        """What has to stay true from now on."""
        session: Any = request.session
        return cls(
            person_id=request.standing.person.pk,
            stand_in=session.get(ACTING_FOR),
            session=session,
            request_id=getattr(request, "request_id", ""),
            still=still,
        )

    def holds(self) -> bool:
        """Whether it is still there; looked up once in a while, and the connection given back each time."""
        if time.monotonic() - self.looked_at < LOOK_AGAIN_AFTER:
            return True
        try:
            return self._holds_now()
        finally:
            self.looked_at = time.monotonic()
            if not connection.in_atomic_block:
                # Sending may take an hour; other requests need the connection meanwhile.
                connection.close()

    def _holds_now(self) -> bool:
        today = clock.today()
        session = type(self.session)(self.session.session_key)  # as it is kept now, not as it was when they asked
        if session.get(SESSION_KEY) != str(self.person_id):
            return False
        with acting_as(self.person_id, today=today, request=self.request_id, stand_in=self.stand_in):
            person = Person.objects.filter(pk=self.person_id, is_active=True).first()
            if person is None or not is_still_theirs(session, person):
                return False
            standing = self._standing(person)
            return standing is not None and not why_over(session, standing) and bool(self.still(standing))

    def _standing(self, person: Person) -> Standing | None:
        today = clock.today()
        if self.stand_in is None:
            return standing_of(person, today=today)
        lent = stand_in_of(person, self.stand_in, today=today)
        return standing_of(person, today=today, acting_for=lent) if lent else None


class _Guarded:
    """Reads a file piece by piece while the right holds, then reads no more."""

    def __init__(self, source: IO[bytes], right: _Right) -> None:
        self.source, self.right = source, right

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.source.read(A_PIECE):
            if not self.right.holds():
                log.warning("a download was stopped: the right to it ended", request=self.right.request_id)
                return
            yield piece

    def close(self) -> None:
        """Close the file with the response."""
        self.source.close()
