"""Keeps providers' documents (discovery, keys) for a while, so that a sign-in rarely has to ask for them."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from shelterbelt.people.federation.fetching import SECONDS, Silent, fetched

FRESH = 3600.0
USABLE = 24 * 3600.0
"""While the provider is silent, an older copy does."""
BETWEEN_RENEWALS = 60.0
_MOST = 2000


@dataclass
class _Kept:
    content: dict[str, Any] | None = None
    at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def age(self) -> float:
        """Seconds since it was read."""
        return time.monotonic() - self.at


_kept: dict[str, _Kept] = {}


def document(url: str, *, newer_than: float = FRESH) -> dict[str, Any]:
    """The JSON object at an address, at most so many seconds old; one day if the provider is silent."""
    kept = _kept.setdefault(url, _Kept())
    if kept.content is not None and kept.age() < newer_than:
        return kept.content
    if not kept.lock.acquire(timeout=SECONDS):
        raise Silent("Others are waiting for it already.")
    try:
        return _renewed(url, kept, newer_than)
    finally:
        kept.lock.release()
        if len(_kept) > _MOST:
            _kept.clear()


def _renewed(url: str, kept: _Kept, newer_than: float) -> dict[str, Any]:
    if kept.content is not None and kept.age() < newer_than:
        return kept.content  # somebody else has read it while we waited
    try:
        kept.content, kept.at = fetched(url).json(), time.monotonic()
    except Silent:
        if kept.content is None or kept.age() > USABLE:
            raise
    return kept.content


def renewed(url: str) -> dict[str, Any]:
    """The object as it is now, but not asked for more often than once a minute: keys change, and lies name keys."""
    return document(url, newer_than=BETWEEN_RENEWALS)


def forget() -> None:
    """Forget every document."""
    _kept.clear()
