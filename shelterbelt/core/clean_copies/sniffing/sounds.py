"""MP3 has no first bytes of its own: frames follow one another, and each says how long it is."""

from shelterbelt.core.clean_copies.kinds import MP3, Kind

_RATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),  # MPEG 1, layer III
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),  # MPEG 2 and 2.5, layer III
}
_FREQUENCIES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
FRAMES_THAT_CONVINCE = 3


def length_of_frame(content: bytes, at: int) -> int:
    """Bytes of the layer III frame that begins here; 0 if none does (ISO 11172-3, 2.4.2.3)."""
    header = content[at : at + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, frequency = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or rate in {0, 15} or frequency == 3:
        return 0
    rates = _RATES[3 if version == 3 else 2]
    samples = 144 if version == 3 else 72
    return samples * rates[rate] * 1000 // _FREQUENCIES[version][frequency] + (header[2] >> 1 & 1)


def length_of_tag(content: bytes, at: int = 0) -> int:
    """Bytes of the ID3v2 tag that begins here; 0 if none does."""
    header = content[at : at + 10]
    if (
        len(header) < 10
        or header[:3] != b"ID3"
        or header[3] not in {2, 3, 4}
        or any(byte & 0x80 for byte in header[6:])
    ):
        return 0
    size = header[6] << 21 | header[7] << 14 | header[8] << 7 | header[9]
    return 10 + size + (10 if header[5] & 0x10 else 0)


def mpeg(head: bytes) -> Kind | None:
    """MP3, if a tag comes first or some frames follow one another."""
    if length_of_tag(head):
        return MP3
    at = 0
    for _ in range(FRAMES_THAT_CONVINCE):
        length = length_of_frame(head, at)
        if not length:
            return None
        at += length
    return MP3
