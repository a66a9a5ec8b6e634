"""Word files and PDFs as people have them, made for a test."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import typst
from PIL import Image

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FONTS = Path(__file__).resolve().parents[3] / "build/fonts"


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """A paragraph of a Word file."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    marked = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{styled}<w:r>{marked}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of a Word file."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(alt: str, relation: str = "rId9") -> str:
    """A picture in a Word file."""
    draw = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{draw}/wordprocessingDrawing"><wp:docPr id="1" name="p" descr="{alt}"/>'
        f'<a:graphic xmlns:a="{draw}/main"><a:graphicData uri="{draw}/picture"><pic:pic xmlns:pic="{draw}/picture">'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def word(*body: str, parts: dict[str, bytes] | None = None, relations: str = "", before: str = "") -> bytes:
    """A Word file of these paragraphs."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    )
    related = f'<Relationship Id="r" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    written = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        "word/document.xml": f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_WORD}" '
        f'xmlns:r="{_OFFICE}/relationships"><w:body>{"".join(body)}</w:body></w:document>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**written, **(parts or {})}.items():
            archive.writestr(name, content)
    return file.getvalue()


def word_with_picture(*body: str, photo: bytes, alt: str) -> bytes:
    """A Word file that ends with a picture."""
    relation = f'<Relationship Id="rId9" Type="{_OFFICE}/relationships/image" Target="media/image1.jpeg"/>'
    return word(*body, picture(alt), parts={"word/media/image1.jpeg": photo}, relations=relation)


def photo(words: str = "taken by somebody") -> bytes:
    """A photo that tells who took it."""
    image, file = Image.new("RGB", (40, 30), "navy"), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = words
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def pdf(source: str) -> bytes:
    """A PDF as a word processor makes one."""
    compiler: Any = typst
    made: bytes = compiler.compile(source.encode(), font_paths=[FONTS])
    return made


def with_script(content: bytes) -> bytes:
    """The same PDF with a script that runs when it is opened."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('seen-by-script')"))
        opened.Root.OpenAction = opened.make_indirect(script)
        return _saved(opened)


def locked(content: bytes) -> bytes:
    """The same PDF with a password."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        return _saved(opened, encryption=pikepdf.Encryption(user="secret", owner="secret"))


def scan() -> bytes:
    """A PDF of pictures of pages."""
    image, file = Image.new("L", (200, 300), 255), io.BytesIO()
    image.save(file, "PDF", save_all=True, append_images=[image])
    return file.getvalue()


def _saved(opened: pikepdf.Pdf, **how: object) -> bytes:
    file = io.BytesIO()
    opened.save(file, **how)
    return file.getvalue()
