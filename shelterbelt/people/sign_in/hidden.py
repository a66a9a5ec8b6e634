"""A keyed hash of what must not be read from a table or cookie, such as an address."""

from django.utils.crypto import salted_hmac


def hidden(kind: str, *words: str) -> str:
    """The same for the same words, in small letters; without the site's key nobody can try addresses against it."""
    text = "\x1f".join(word.strip().casefold() for word in words)
    return salted_hmac(f"shelterbelt.people.hidden.{kind}", text, algorithm="sha256").hexdigest()
