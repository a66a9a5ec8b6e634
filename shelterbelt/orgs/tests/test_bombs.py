"""Small files that unpack to more than a machine holds are refused with a sentence, and the worker goes on."""

import gzip
import io
import zipfile

import pytest

from shelterbelt.orgs.imports import reading, workbook
from shelterbelt.orgs.imports.problems import Findings, UnreadableFileError
from shelterbelt.orgs.imports.reading import Sheet, read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="a/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
NAME = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'


def book(rows: str, *, before: str = "", more: int = 0) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in PARTS.items():
            archive.writestr(name, content)
        sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{NAME}{rows}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for number in range(more):
            archive.writestr(f"xl/media/{number}", b"")
    return file.getvalue()


def text(place: str, words: str) -> str:
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{words}</t></is></c></row>'


def read(content: bytes) -> Sheet:
    return read_sheet(io.BytesIO(content), Findings(), limit_mb=50)


def test_a_workbook_of_ours_is_read():
    assert read(book(text("A2", "Linden Creek"))).columns == {"name": ["Linden Creek"]}


def test_a_cell_in_the_last_corner_is_refused():
    with pytest.raises(UnreadableFileError, match="holds more than we open"):
        read(book(text("XFD1048576", "x")))


def test_a_workbook_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "MEMORY", 2**40)
    with pytest.raises(UnreadableFileError, match="holds more than we open"):
        read(book(text("ALL6000", "x")))


def test_a_workbook_with_too_many_parts_is_refused():
    with pytest.raises(UnreadableFileError, match="holds more than we open"):
        read(book("", more=40_000))


def test_entities_are_not_unfolded():
    tenfold = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(UnreadableFileError, match="isn't an XLSX file"):
        read(book(text("A2", "&i;"), before=f'<!DOCTYPE x [<!ENTITY a "ha">{tenfold}]>'))


def test_no_file_of_ours_is_read_into_a_workbook():
    with pytest.raises(UnreadableFileError, match="isn't an XLSX file"):
        read(book(text("A2", "&a;"), before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'))


def test_the_process_that_opens_workbooks_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SHELTERBELT_SECRET_KEY", "told to nobody")
    seen = {}
    run = workbook.subprocess.run

    def look(*command, **how):
        seen.update(how["env"])
        return run(*command, **how)

    monkeypatch.setattr(workbook.subprocess, "run", look)
    read(book(""))
    assert set(seen) == {"PATH", "PYTHONPATH"}


def test_a_file_of_nothing_but_commas_is_refused():
    with pytest.raises(UnreadableFileError, match="more than a million letters"):
        read(b"name," + b"," * 1_000_001)


def test_a_table_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_CELLS", 5000)
    with pytest.raises(UnreadableFileError, match="too large"):
        read(b"a,b\n" + b"1,2\n" * 3000)


def test_what_unpacks_to_more_than_the_limit_allows_is_refused():
    packed = gzip.compress(b"a,b\n" * 1_100_000)
    with pytest.raises(UnreadableFileError, match="unpacks to more than 4 MB"):
        read_sheet(io.BytesIO(packed), Findings(), limit_mb=1)
