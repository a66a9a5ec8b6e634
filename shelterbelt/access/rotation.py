"""What follows when the key that seals scopes is rotated: the database has to know the ring."""

from shelterbelt.access import scope_keys
from shelterbelt.core import rotating


@rotating.follows(scope_keys.NAME)
def store() -> str:
    """Have the database take exactly the seals that the ring makes."""
    scope_keys.store()
    return f"Scope keys whose seals the database takes: {len(scope_keys.ring())}."
