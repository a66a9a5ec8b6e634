"""Fonts: every one is in the file and says which letters its shapes are."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_TARGETS = re.compile(rb"<([0-9a-fA-F]+)>")
_NO_LETTERS = {b"0000", b"FEFF", b"FFFE"}


def misses(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A sentence for each font that misses something."""
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != pikepdf.Name("/Font"):
            continue
        name = str(font.get("/BaseFont", ""))
        if font.get("/Subtype") == pikepdf.Name("/Type0"):
            yield from (f"{each} ({name})" for each in _composite(font))
        elif "/DescendantFonts" not in font and not str(font.get("/Subtype", "")).startswith("/CIDFont"):
            yield f"31-009: a simple font, which nothing here writes ({name})"


def _composite(font: pikepdf.Object) -> Iterator[str]:
    below = font.DescendantFonts[0]
    described: Any = below.get("/FontDescriptor", {})
    if not any(f"/FontFile{which}" in described for which in ("", "2", "3")):
        yield "31-009: a font that isn't in the file"
    if below.get("/Subtype") == pikepdf.Name("/CIDFontType2") and "/CIDToGIDMap" not in below:
        yield "31-005: a font that doesn't say which shape stands for which number"
    if "/ToUnicode" not in font:
        yield "31-027: a font that doesn't say which letters its shapes are"
    elif _NO_LETTERS & {each.upper() for each in _targets(font.ToUnicode.read_bytes())}:
        yield "31-028: a shape that stands for no letter"


def _targets(told: bytes) -> Iterator[bytes]:
    """What the shapes stand for: the last of the numbers in each line of a mapping."""
    for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", told, re.DOTALL):
        for line in block.strip().splitlines():
            found = _TARGETS.findall(line)
            if found:
                yield found[-1]
