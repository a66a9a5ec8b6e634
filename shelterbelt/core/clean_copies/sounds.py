"""Sounds without their tags: what isn't sound is left out (MP3, WAV, AMR)."""

from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.outcome import Refused
from shelterbelt.core.clean_copies.sniffing.sounds import length_of_frame, length_of_tag

_WAVE_KEPT = {b"fmt ", b"data", b"fact"}
_NARROW = (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0)
_WIDE = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)
"""Bytes of a frame behind its first, by its kind (RFC 4867, 5.3)."""
_NARROW_START, _WIDE_START = b"#!AMR\n", b"#!AMR-WB\n"
_SOUND_AT_LEAST = 0.5
"""Which part of a file must be sound for it to be taken for one."""


def mp3(content: bytes) -> bytes:
    """The frames one after another; tags before, between and behind them, and whatever else, are left out."""
    at, kept, sound = 0, [], 0
    while 0 <= at < len(content) - 3:
        if tag := length_of_tag(content, at):
            at += tag
        elif length := length_of_frame(content, at):
            kept.append(content[at : at + length])
            sound += length
            at += length
        else:
            at = content.find(b"\xff", at + 1)
    if not sound or sound < _SOUND_AT_LEAST * (len(content) - length_of_tag(content)):
        raise Refused(Reason.DAMAGED)
    return b"".join(kept)


def wav(content: bytes) -> bytes:
    """How it was sampled, and the samples."""
    kept, at = [], 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        part = content[at + 8 : at + 8 + size]
        if name in _WAVE_KEPT:
            kept.append(name + len(part).to_bytes(4, "little") + part + b"\0" * (len(part) % 2))
        at += 8 + size + size % 2
    body = b"".join(kept)
    if not any(part.startswith(b"fmt ") for part in kept) or not any(part.startswith(b"data") for part in kept):
        raise Refused(Reason.DAMAGED)
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body


def amr(content: bytes) -> bytes:
    """Frame after frame, up to the first that is none."""
    start, lengths = (_WIDE_START, _WIDE) if content.startswith(_WIDE_START) else (_NARROW_START, _NARROW)
    at = len(start)
    while at < len(content) and not content[at] & 0x83:
        at += 1 + lengths[content[at] >> 3 & 15]
    if at == len(start):
        raise Refused(Reason.DAMAGED)
    return content[: min(at, len(content))]
