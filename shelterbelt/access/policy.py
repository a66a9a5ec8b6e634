"""Who may do what. A policy is a function per verb that gives None, or the sentence with which it refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Refusal:
    """Why not, in words for the person who asked. Shown on the greyed button and as the 403."""

    reason: str | Promise

    def __str__(self) -> str:
        return str(self.reason)


Policy = TypeVar("Policy", bound=Callable[..., Refusal | None])

VERBS: dict[str, Callable[..., Refusal | None]] = {}
"""Every verb there is, as `room.verb`, for the docs' table and the tests that walk it."""


def policy(verb: str) -> Callable[[Policy], Policy]:
    """Register a policy function under its verb, once."""

    def register(function: Policy) -> Policy:
        if verb in VERBS:
            raise ValueError(f"{verb} has two policies")
        VERBS[verb] = function
        return function

    return register


def require(refusal: Refusal | None) -> None:
    """Go on, or stop with the refusal's sentence (PermissionDenied, a 403)."""
    if refusal is not None:
        raise PermissionDenied(str(refusal))
