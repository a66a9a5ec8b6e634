"""Addresses of other rooms' pages, which an installation may lack."""

from django.urls import NoReverseMatch, reverse

_SOME_ID = 1234567890


def reverse_or_none(name: str, *args: object) -> str | None:
    """A page's address, or None where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def page_of(name: str) -> str:
    """A page's address with {} where the id of an organisation goes, for many at once."""
    return reverse(name, args=[_SOME_ID]).replace(str(_SOME_ID), "{}")
