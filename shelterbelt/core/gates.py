"""How many may be at something costly at once in a process, so that the rest of the site stays quick."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 5.0
"""Seconds that somebody waits for their turn."""


class Gate:
    """Lets `most` through at a time and as many wait; whoever comes after them is told to come back."""

    def __init__(self, most: int, *, patience: float = PATIENCE) -> None:
        self._turns = threading.BoundedSemaphore(most)
        self._places = threading.BoundedSemaphore(2 * most)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether one got a turn, which lasts as long as the block."""
        if not self._places.acquire(blocking=False):
            yield False
            return
        try:
            if not self._turns.acquire(timeout=self._patience):
                yield False
                return
            try:
                yield True
            finally:
                self._turns.release()
        finally:
            self._places.release()
