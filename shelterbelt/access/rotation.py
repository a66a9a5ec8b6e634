"""What follows when a key of access is rotated: the database learns the ring, or whom the newest key vouches for."""

from shelterbelt.access import scope_keys
from shelterbelt.access.audit import keys
from shelterbelt.access.scope import acting_as_system
from shelterbelt.core import clock, rotating


@rotating.follows(scope_keys.NAME)
def store() -> str:
    """Have the database take exactly the seals that the ring makes."""
    scope_keys.store()
    return f"Scope keys whose seals the database takes: {len(scope_keys.ring())}."


@rotating.follows(keys.NAME)
def vouch() -> str:
    """Have the newest key vouch for those before it, so that what they signed stays proved without them."""
    with acting_as_system("install", today=clock.today(), reason="rotate the key of the audit trail"):
        keys.vouch()
        known = keys.trusted()
    return f"Audit keys whose signatures hold: {len(known)}."
