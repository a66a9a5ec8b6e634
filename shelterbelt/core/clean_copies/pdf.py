"""PDFs written anew by qpdf, without what tells who made them, and without what acts by itself.

Only what the pages need is written again, so earlier versions that lay in the file, bytes before and after it, and
whatever nothing points to are gone.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from shelterbelt.core.clean_copies import jpeg_2000, jpeg_segments
from shelterbelt.core.clean_copies.kinds import Reason
from shelterbelt.core.clean_copies.limits import MOST_OBJECTS, MOST_PAGES, MOST_PIXELS, MOST_UNPACKED
from shelterbelt.core.clean_copies.outcome import CannotBeCleaned, Refused

_TELLS = (
    "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles",
    "/AF", "/Collection", "/Perms", "/DSS", "/SpiderInfo", "/XFA", "/EF", "/Renditions", "/URLS", "/IDS",
    "/AlternatePresentations", "/LegalAttestation", "/Requirements", "/Measure", "/GPTS", "/VP", "/GCS", "/DPartRoot",
)  # fmt: skip
"""Entries that go, wherever they stand (ISO 32000-2): who, when, where, with what, files within, and what acts."""
_ACTIVE_NOTES = {
    "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/TrapNet", "/PrinterMark", "/Projection",
}  # fmt: skip
_MAY_ACT = {"/GoTo", "/URI", "/Named"}
"""Actions that stay: to a page of the same file, to an address that a person sees before, next and previous page."""
_ABOUT_NOTES = ("/T", "/M", "/CreationDate", "/NM", "/RC", "/Subj")
_PACKINGS = ("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL")
"""One of them is how a file is packed; one within the other is how a bomb is."""
_PIECE = 1024 * 1024


def rewritten(content: bytes) -> bytes:
    """The same pages in a new file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused(Reason.LOCKED)
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
                raise Refused(Reason.TOO_MUCH_INSIDE)
            _measure(pdf)
            return _cleaned(pdf)
    except pikepdf.PasswordError as error:
        raise Refused(Reason.LOCKED) from error
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, OSError) as error:
        raise Refused(Reason.DAMAGED) from error


def _cleaned(pdf: pikepdf.Pdf) -> bytes:
    for name in ("/Info", "/ID"):
        if name in pdf.trailer:
            del pdf.trailer[name]
    for thing in _things(pdf):
        _bare(thing)
    file = io.BytesIO()
    pdf.save(
        file, deterministic_id=True, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    return file.getvalue()


def _things(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those inside others too. No deeper than qpdf itself reads."""
    for each in pdf.objects:
        waiting: list[Any] = [each]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                yield thing
                inside = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
                waiting += [value for value in inside.values() if _is_within(value)]
            elif isinstance(thing, pikepdf.Array):
                waiting += [value for value in thing if _is_within(value)]


def _is_within(value: Any) -> bool:
    """Whether it is a container that stands here itself: those with a number of their own come by that."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and not value.is_indirect


def _bare(thing: Any) -> None:
    for name in _TELLS:
        if name in thing:
            del thing[name]
    _without_actions(thing)
    if "/Annots" in thing:
        _without_active_notes(thing)
    if thing.get("/Type") == "/Annot" or ("/Subtype" in thing and "/Rect" in thing):
        _without_authors(thing)
    if isinstance(thing, pikepdf.Stream):
        _without_words_inside(thing)


def _without_actions(thing: Any) -> None:
    for name in ("/A", "/Next", "/PA"):
        action = thing.get(name)
        acts = isinstance(action, pikepdf.Dictionary) and "/S" in action and str(action["/S"]) not in _MAY_ACT
        if acts or (name == "/Next" and isinstance(action, pikepdf.Array)):
            del thing[name]
    if str(thing.get("/S", "")) == "/JavaScript":
        thing["/S"] = pikepdf.Name("/Named")


def _without_active_notes(page: Any) -> None:
    notes = page["/Annots"]
    if isinstance(notes, pikepdf.Array):
        page["/Annots"] = pikepdf.Array([
            note for note in notes
            if isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) not in _ACTIVE_NOTES
        ])  # fmt: skip
    else:
        del page["/Annots"]


def _without_authors(note: Any) -> None:
    if str(note.get("/Subtype", "")) == "/Widget":
        return  # there /T is the name of a field
    for name in _ABOUT_NOTES:
        if name in note:
            del note[name]


def _without_words_inside(stream: pikepdf.Stream) -> None:
    """A photo lies in a PDF as the file it came as: with place and camera, unless they are taken out."""
    match _filters(stream):
        case ["/DCTDecode"]:
            _write(stream, jpeg_segments.bare(stream.read_raw_bytes()), "/DCTDecode")
        case ["/FlateDecode", "/DCTDecode"]:
            photo = zlib.decompressobj().decompress(stream.read_raw_bytes(), MOST_UNPACKED)
            _write(stream, jpeg_segments.bare(photo), "/DCTDecode")
        case ["/JPXDecode"]:
            _write(stream, jpeg_2000.bare(stream.read_raw_bytes()), "/JPXDecode")
        case filters if {"/DCTDecode", "/JPXDecode"} & set(filters):
            raise CannotBeCleaned(Reason.CANNOT_BE_CLEANED)


def _write(stream: pikepdf.Stream, content: bytes, name: str) -> None:
    parameters = stream.get("/DecodeParms")
    kept = parameters if isinstance(parameters, pikepdf.Dictionary) else None
    stream.write(content, filter=pikepdf.Name(name), decode_parms=kept)


def _filters(stream: pikepdf.Stream) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(each) for each in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _measure(pdf: pikepdf.Pdf) -> None:
    """Refuse what a viewer would unpack to more than a machine holds. Nothing unpacked is kept meanwhile."""
    left = MOST_UNPACKED
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if _pixels(each) > MOST_PIXELS:
                raise Refused(Reason.TOO_MUCH_INSIDE)
            filters = _filters(each)
            if sum(filters.count(name) for name in _PACKINGS) > 1 or len(filters) > 3:
                raise Refused(Reason.TOO_MUCH_INSIDE)
            if filters[:1] == ["/FlateDecode"]:
                left -= _unpacked(each.read_raw_bytes(), left)


def _pixels(stream: pikepdf.Stream) -> int:
    width, height = stream.get("/Width", 0), stream.get("/Height", 0)
    return int(width) * int(height) if isinstance(width, int) and isinstance(height, int) else 0


def _unpacked(packed: bytes, most: int) -> int:
    """How many bytes it unpacks to."""
    unpacking, size, rest = zlib.decompressobj(), 0, packed
    while rest and not unpacking.eof:
        try:
            size += len(unpacking.decompress(rest, _PIECE))
        except zlib.error:
            return size  # damaged: a viewer stops here as well
        rest = unpacking.unconsumed_tail
        if size > most:
            raise Refused(Reason.TOO_MUCH_INSIDE)
    return size
