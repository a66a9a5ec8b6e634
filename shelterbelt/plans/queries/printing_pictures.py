"""The pictures that a plan's texts show, as far as whoever prints may see them and a printer can draw them."""

import io
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from PIL import Image

from shelterbelt.core.rich_text.addresses import pictures_in
from shelterbelt.core.storage import file_store
from shelterbelt.documents.models import Document

Part = Mapping[str, Any]
ENDINGS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
LARGEST = 24 * 1024**2
MOST_PIXELS = 24 * 1000**2
"""More is more than a page can show; such a picture leaves its words."""


def pictures_of(parts: Iterable[Part]) -> tuple[dict[str, str], dict[str, bytes]]:
    """The names of files by the addresses in the texts, and the files by their names."""
    wanted = {UUID(key) for part in parts for key in pictures_in(part["html"])}
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for document in Document.objects.filter(pk__in=wanted, size__lte=LARGEST) if wanted else []:
        content = _content(document.sha256)
        ending = ending_of(content)
        if ending:
            names[f"/documents/{document.pk}/"] = f"{document.pk}.{ending}"
            files[f"{document.pk}.{ending}"] = content
    return names, files


def ending_of(content: bytes) -> str:
    """How the file's name must end; empty for what is no whole picture that can be printed."""
    try:
        with Image.open(io.BytesIO(content), formats=list(ENDINGS)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return ""
            kind = picture.format or ""
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return ""  # Pillow's words for what it can't read
    return ENDINGS.get(kind, "")


def _content(sha256: str) -> bytes:
    try:
        with file_store().open(sha256) as file:
            return file.read()
    except FileNotFoundError:
        return b""
