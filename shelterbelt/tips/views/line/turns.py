"""Whether a tip is let through at once: by its sender's proof of work, or by a turn."""

from datetime import datetime, timedelta

from django.db import connection

from shelterbelt.tips.rules.door import door, is_proven


class Full(Exception):
    """So many wait already that nobody else can join them."""


def release_at(proof: str, challenge: str, *, is_life_safety: bool, at: datetime) -> datetime | None:
    """When a tip is let through to the desk; None for at once. Raises Full."""
    if is_proven(challenge, proof, door()):
        return None
    wait = _take_turn("life_safety" if is_life_safety else "plain")
    if wait is None:
        raise Full
    return at + timedelta(seconds=wait) if wait else None


def _take_turn(line: str) -> float | None:
    turns = door().turns[line]
    with connection.cursor() as cursor:
        cursor.execute(
            "select tips_take_turn(%s, %s, %s, %s)", [line, turns.per_minute, turns.burst, turns.deepest_minutes]
        )
        (wait,) = cursor.fetchone() or (None,)
    return wait
