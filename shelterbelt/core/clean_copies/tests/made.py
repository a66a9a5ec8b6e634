"""Files as phones and offices make them, with all that they tell; built here so that nothing of a person's is kept."""

import io
import struct
import zipfile
from typing import Any

import pikepdf
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

PLACE = (38.0, 34.0, 12.5)
CAMERA = "Acme Phone 7"
PERSON = "Dana Whitlock"
SECRET = b"38.5767-092.1735"


def noise(size: tuple[int, int] = (64, 48)) -> Image.Image:
    return Image.effect_noise(size, 60).convert("RGB")


def exif(*, turned: int = 1) -> Image.Exif:
    """What a phone writes into a photo: itself, when, and where."""
    words = Image.Exif()
    words[0x010F], words[0x0110], words[0x013B], words[0x0112] = "Acme", CAMERA, PERSON, turned
    words.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "W", 4: (92.0, 10.0, 24.6), 7: (7.0, 45.0, 0.0)})
    words.get_ifd(0x8769)[0x9003] = "2026:09:14 07:45:00"
    return words


def photo(size: tuple[int, int] = (64, 48), *, turned: int = 1, kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    more: dict[str, Any] = {"exif": exif(turned=turned)}
    if kind == "JPEG":
        more |= {"comment": PERSON.encode(), "xmp": f"<x:xmpmeta>{PERSON}</x:xmpmeta>".encode()}
        more["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "PNG":
        words = PngInfo()
        words.add_text("Author", PERSON)
        words.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{PERSON}</x:xmpmeta>")
        more["pnginfo"] = words
    if kind == "WEBP":
        more["xmp"] = f"<x:xmpmeta>{PERSON}</x:xmpmeta>".encode()
    noise(size).save(file, kind, **more)
    return file.getvalue()


def moving(kind: str, frames: int = 4) -> bytes:
    file = io.BytesIO()
    first, *rest = (Image.new("RGB", (32, 24), (number * 9 % 256, 0, 99)) for number in range(frames))
    more = {"comment": PERSON.encode()} if kind == "GIF" else {"exif": exif()}
    first.save(file, kind, save_all=True, append_images=rest, duration=80, loop=0, **more)
    return file.getvalue()


def pdf(pages: int = 2) -> bytes:
    """A paper with an author, a place, a photo, a file within, a note, and things that act by themselves."""
    paper = pikepdf.new()
    for number in range(pages):
        page = paper.add_blank_page(page_size=(612, 792))
        page.Contents = paper.make_stream(f"BT /F1 12 Tf 72 720 Td (Page {number}) Tj ET".encode())
    picture = paper.make_stream(photo())
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=64, Height=48,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 99, 99], T=PERSON, Contents="See page 2",
        M="D:20260914074500", A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')"),
    )  # fmt: skip
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[9, 9, 99, 99],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/"),
    )  # fmt: skip
    front = paper.pages[0]
    front.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=picture))
    front.Annots = pikepdf.Array([paper.make_indirect(note), link])
    paper.docinfo["/Author"] = PERSON
    with paper.open_metadata() as words:
        words["dc:creator"] = [PERSON]
    paper.attachments["plan.exe"] = b"MZ program"
    paper.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.launchURL('x')")
    paper.Root.Names.JavaScript = pikepdf.Dictionary(
        Names=["a", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")]
    )
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return file.getvalue()


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TIED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(**more: str | bytes) -> bytes:
    """A letter with an author, a comment, a photo, a thumbnail and a template on somebody's server."""
    return package(docx_parts() | {name.replace("__", "/"): content for name, content in more.items()})


def docx_parts() -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/thumbnail.jpeg" ContentType="image/jpeg"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_TIED}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{_TIED}/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_TIED}/image" Target="media/image1.jpeg"/>'
        f'<Relationship Id="r2" Type="{_TIED}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        f'<Relationship Id="r3" Type="{_TIED}/attachedTemplate" Target="//evil.example/t" TargetMode="External"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body><w:p w:rsidR="00AB12CD"><w:ins w:id="1"'
        f' w:author="{PERSON}" w:date="2026-09-14T07:45:00Z"><w:r><w:t>He said it on Monday</w:t></w:r></w:ins></w:p>'
        "</w:body></w:document>",
        "word/comments.xml": f'<w:comments xmlns:w="{_W}"><w:comment w:id="0" w:author="{PERSON}" w:initials="DW"'
        ' w:date="2026-09-14T07:45:00Z"><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment></w:comments>',
        "word/media/image1.jpeg": photo(),
        "docProps/core.xml": f"<x><creator>{PERSON}</creator></x>",
        "docProps/app.xml": f"<x><Company>{PERSON}</Company></x>",
        "docProps/thumbnail.jpeg": photo(),
    }


def odt(**more: str | bytes) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    dc = "http://purl.org/dc/elements/1.1/"
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<office:document-content xmlns:office="{office}" xmlns:dc="{dc}"><office:annotation>'
        f"<dc:creator>{PERSON}</dc:creator><dc:date>2026-09-14T07:45:00</dc:date>Is this so?</office:annotation>"
        "He said it on Monday</office:document-content>",
        "meta.xml": f'<office:document-meta xmlns:office="{office}" xmlns:dc="{dc}"><dc:creator>{PERSON}</dc:creator>'
        "</office:document-meta>",
        "Thumbnails/thumbnail.png": photo(kind="PNG"),
        "Pictures/1.jpg": photo(),
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">'
        '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>',
    }
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


def box(name: str, *content: bytes) -> bytes:
    inside = b"".join(content)
    return struct.pack(">I4s", 8 + len(inside), name.encode("latin-1")) + inside


def track(handler: str, place: int, sizes: list[int]) -> bytes:
    """A track whose samples lie one behind another at a place."""
    table = box(
        "stbl",
        box("stsd", struct.pack(">II", 0, 1), box("avc1", bytes(34 + 8), b"\x08Acme AVC" + bytes(23), bytes(4))),
        box("stsz", struct.pack(">III", 0, 0, len(sizes)), *(struct.pack(">I", size) for size in sizes)),
        box("stsc", struct.pack(">IIIII", 0, 1, 1, len(sizes), 1)),
        box("stco", struct.pack(">III", 0, 1, place)),
    )
    handled = box("hdlr", bytes(8), handler.encode(), bytes(12), b"Acme handler\0")
    media = box("mdia", box("mdhd", struct.pack(">IIIIII", 0, 9, 9, 600, 60, 0)), handled, box("minf", table))
    return box("trak", box("tkhd", struct.pack(">III", 7, 3_900_000_000, 3_900_000_000), bytes(72)), media)


def film(brand: str = "isom") -> bytes:
    """A phone's film: a place in two spots, a picture, and a track of positions."""
    start = box("ftyp", brand.encode(), bytes(4), b"isommp42")
    picture, positions = b"P" * 40, SECRET * 2
    place = len(start) + 8
    told = box("udta", box("\xa9xyz", struct.pack(">HH", 16, 0), SECRET))
    moov = box(
        "moov",
        box("mvhd", struct.pack(">III", 0, 3_900_000_000, 3_900_000_000), bytes(88)),
        track("vide", place, [20, 20]),
        track("meta", place + len(picture), [16, 16]),
        told,
        box("meta", bytes(4), box("ilst", SECRET)),
    )
    return start + box("mdat", picture, positions) + moov + box("uuid", bytes(16), SECRET)


def element(name: str, *content: bytes) -> bytes:
    inside = b"".join(content)
    return bytes.fromhex(name) + struct.pack(">Q", 1 << 56 | len(inside)) + inside


def webm() -> bytes:
    head = element("1A45DFA3", bytes.fromhex("428284") + b"webm")
    info = element("1549A966", element("2AD7B1", b"\x0fB@"), element("7BA9", SECRET), element("4461", bytes(8)))
    tags = element("1254C367", SECRET)
    cluster = bytes.fromhex("1F43B67501FFFFFFFFFFFFFF") + element("E7", b"\0") + element("A3", b"\x81\0\0\x80PPPP")
    return head + bytes.fromhex("1853806701FFFFFFFFFFFFFF") + info + tags + cluster + element("1941A469", SECRET)


def mp3(frames: int = 12) -> bytes:
    tag = b"ID3\x03\0\0" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return tag + frame * frames + b"TAG" + SECRET + bytes(125 - len(SECRET))


def wav() -> bytes:
    parts = (b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)), (b"LIST", SECRET), (b"data", b"\x80" * 100)
    body = b"".join(name + struct.pack("<I", len(content)) + content for name, content in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def amr() -> bytes:
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 5 + b"\xff" + SECRET


def ogg() -> bytes:
    tags = b"OpusTags" + struct.pack("<I", 4) + b"Acme" + struct.pack("<II", 1, len(SECRET)) + SECRET
    head = b"OpusHead\x01\x01" + bytes(9)
    return b"".join(_page(kind, number, packet) for number, (kind, packet) in enumerate(
        [(2, head), (0, tags), (4, b"sound" * 9)]
    ))  # fmt: skip


def _page(kind: int, number: int, packet: bytes) -> bytes:
    head = struct.pack("<4sBBQIII", b"OggS", 0, kind, 0, 77, number, 0)
    return head + bytes([1, len(packet)]) + packet


def old_office(*streams: str) -> bytes:
    """The start of an old office file, and a list of streams."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        for name in ("Root Entry", *streams)
    )
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + entries + bytes(2048)
