"""What follows when the sealing key is rotated: what signing in keeps sealed is sealed under the newest key."""

from shelterbelt.core import rotating, sealing
from shelterbelt.core.rotating import CannotRotate
from shelterbelt.people.sign_in import sealed_again


@rotating.follows(sealing.NAME)
def reseal() -> str:
    """Seal second factors and sessions anew; none may be left that only an old key opens."""
    try:
        changed = sealed_again.reseal_all()
    except sealing.Unsealable as error:
        raise CannotRotate(
            f"A second factor or session can't be opened. {error} Bring the key that sealed it back into the ring."
        ) from error
    return f"{changed} second factors and sessions were sealed under the newest key."
