"""Pictures drawn anew: the pixels go onto an empty sheet, and nothing else of the file goes with them.

Turned upright and brought to sRGB first, because the words that told a viewer to do so are gone. What was hidden
behind, before or within the file (an archive, a script, a thumbnail, a second picture) isn't drawn, so it is gone too.
"""

import errno
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    ImageColor,
    ImageFilter,
    ImageOps,
    ImagePalette,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)  # fmt: skip

from shelterbelt.core.clean_copies import gif_sheets
from shelterbelt.core.clean_copies.kinds import GIF, JPEG, PNG, WEBP, Kind, Reason
from shelterbelt.core.clean_copies.limits import MOST_FRAMES, MOST_PIXELS, MOST_PIXELS_OF_ALL
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Refused

LOADED = (
    GifImagePlugin, ImageColor, ImageFilter, ImagePalette, JpegImagePlugin, MpoImagePlugin, PngImagePlugin,
    TiffImagePlugin, WebPImagePlugin,
)  # fmt: skip
"""Parts that Pillow would load when it first needs them: then the process can open no file any more."""
READ_BY_PILLOW = (GIF, JPEG, PNG, WEBP)
BROKEN = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError,
    struct.error, zlib.error, OverflowError, AssertionError, NotImplementedError, AttributeError,
)  # fmt: skip
"""How Pillow says that a picture is damaged."""
_SHRINK_BY = (2, 4, 8)
_QUALITY = 90
_SHORTEST = 20
"""Milliseconds that a frame is shown at least."""


def redrawn(content: bytes, kind: Kind) -> bytes:
    """The picture, drawn anew as the same kind of file."""
    if kind not in READ_BY_PILLOW:
        raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)
    # Pillow's own limit would warn first; ours is asked about before anything is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    try:
        # Pillow warns of words in the file that it can't read; they won't be written again.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=[kind.name.upper()]) as picture,
        ):
            _fits(picture, kind)
            if kind is GIF:
                _fits_with_frames(content)
            frames = 1 if kind is JPEG else int(getattr(picture, "n_frames", 1))
            return _moving(picture, kind, frames) if frames > 1 else _still(picture, kind, content)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno == errno.EMFILE:
            raise  # a part that should have been loaded before: our fault, not the file's
        raise Refused(Reason.DAMAGED) from error


def _fits(picture: Image.Image, kind: Kind) -> None:
    """Have a JPEG that is too large decoded at a part of its size; refuse any other."""
    for by in _SHRINK_BY if kind is JPEG else ():
        if picture.width * picture.height > MOST_PIXELS:
            picture.draft(None, (picture.width // by, picture.height // by))
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(Reason.TOO_MUCH_INSIDE)


def _fits_with_frames(content: bytes) -> None:
    width, height = gif_sheets.size_with_frames(content)
    if width * height > MOST_PIXELS:
        raise Refused(Reason.TOO_MUCH_INSIDE)


def _still(picture: Image.Image, kind: Kind, content: bytes) -> bytes:
    drawn = _bare(picture, kind)
    file = io.BytesIO()
    if kind is WEBP:
        drawn.save(file, "WEBP", quality=_QUALITY, method=2, lossless=b"VP8L" in content[:64])
    elif kind is JPEG:
        drawn.save(file, "JPEG", quality=_QUALITY)
    else:
        drawn.save(file, kind.name.upper())
    return file.getvalue()


def _moving(picture: Image.Image, kind: Kind, frames: int) -> bytes:
    if frames > MOST_FRAMES or frames * picture.width * picture.height > MOST_PIXELS_OF_ALL:
        raise Refused(Reason.TOO_MUCH_INSIDE)
    durations: list[int] = []
    sheets = _sheets(picture, kind, frames, durations)
    first, rest = next(sheets), list(sheets)
    how: dict[str, Any] = {"save_all": True, "append_images": rest, "duration": durations, "loop": 0}
    if kind is GIF:
        how["disposal"] = 2
    if kind is WEBP:
        how |= {"quality": 80, "method": 0}
    file = io.BytesIO()
    first.save(file, kind.name.upper(), **how)
    return file.getvalue()


def _sheets(picture: Image.Image, kind: Kind, frames: int, durations: list[int]) -> Iterator[Image.Image]:
    for number in range(frames):
        picture.seek(number)
        if frames * picture.width * picture.height > MOST_PIXELS_OF_ALL:  # the sheet grew with a frame
            raise Refused(Reason.TOO_MUCH_INSIDE)
        picture.load()  # WebP tells the pace of a frame only then
        durations.append(max(_SHORTEST, min(60_000, int(picture.info.get("duration", 100) or 100))))
        yield _bare(picture, kind)


def _bare(picture: Image.Image, kind: Kind) -> Image.Image:
    """What is to be seen, on a sheet of its own that knows no more of the file than its colours."""
    upright = ImageOps.exif_transpose(picture)
    coloured = _in_srgb(upright, picture.info.get("icc_profile"))
    mode = _mode(coloured, kind)
    if coloured.mode.startswith("I"):  # 16 bits a pixel, which convert() would cut off instead of scaling
        coloured = coloured.point(lambda value: value / 256).convert("L")
    drawn = coloured if coloured.mode == mode else coloured.convert(mode)
    sheet = Image.new(mode, drawn.size)
    sheet.paste(drawn)
    return sheet


def _mode(picture: Image.Image, kind: Kind) -> str:
    if kind is JPEG:
        return "L" if picture.mode in {"1", "L"} else "RGB"
    if picture.has_transparency_data:
        return "RGBA"
    return "L" if picture.mode in {"1", "L"} or picture.mode.startswith("I") else "RGB"


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant, where the profile can be read; as they come, where it can't."""
    if not profile or picture.mode not in {"RGB", "CMYK"}:
        return picture
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, meant, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
