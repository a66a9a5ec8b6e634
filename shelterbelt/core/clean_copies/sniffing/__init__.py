"""What a file is, by its own bytes. Neither its name nor what a browser says of it is asked.

Twice: at the door by the first and last bytes, which is all that a stream leaves, and in the cleaning by all of them.
A kind that isn't listed isn't taken, so an error here refuses; what is taken is taken apart before anyone opens it.
"""

from shelterbelt.core.clean_copies.kinds import LARGEST, Kind, Reason
from shelterbelt.core.clean_copies.sniffing import boxes, old_office, packed, plain, sounds, starts

WINDOW = 64 * 1024
"""How many of a file's first, and of its last, bytes are looked at while it arrives."""


def at_the_door(head: bytes, tail: bytes, size: int) -> Kind | Reason:
    """What a file seems to be by its first and its last bytes. They may overlap."""
    if not size:
        return Reason.EMPTY
    if size > LARGEST:
        return Reason.TOO_LARGE
    return (
        starts.kind_by_start(head)
        or boxes.kind_by_brand(head)
        or sounds.mpeg(head)
        or packed.kind_by_names(head, tail)
        or old_office.kind_by_names(head, tail)
        or plain.kind_by_letters(head, whole=size <= len(head))
        or starts.foreign(head)
        or Reason.NOT_TAKEN
    )


def of_all(content: bytes) -> Kind | Reason:
    """What a file is, all of it being there."""
    return at_the_door(content, content, len(content))
