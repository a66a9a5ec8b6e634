"""A sheet becomes a tagged PDF, from data alone and within its limits."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from pdfminer.high_level import extract_text
from PIL import Image

from shelterbelt.ui.pdf import printing
from shelterbelt.ui.pdf.printing import CannotBePrinted, printed
from shelterbelt.ui.pdf.tree import Reading, fitted, tree
from tests.pdf_ua import misses

PLAIN = Path(__file__).with_name("plain.typ")
NOW = datetime(2026, 11, 24, 20, tzinfo=UTC)
FOOTER = {
    "closed": "CLOSED RECORD", "page": "Page {here} of {all}", "line": "Version 3", "mark": "Dana Reyes",
}  # fmt: skip


def sheet(source, language="en", **pictures):
    """A sheet with what a piece of HTML says."""
    blocks = fitted(tree(source, Reading(pictures)), under=0)
    return {"title": "Plan of Ridge School", "language": language, "footer": FOOTER, "blocks": blocks}


def picture():
    """A small picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (900, 300), "#cde").save(drawn, "PNG")
    return drawn.getvalue()


RICH = """<h2>Lockdown</h2><p>Who <em>hears</em> it <a href="https://dps.mo.gov/">locks</a> the door.</p>
<h5>After</h5><ul><li>One<ol><li>Two</li></ol></li><li><p>A</p><p>B</p></li></ul>
<table><caption>Who does what</caption><thead><tr><th>Role</th><th>Name</th></tr></thead>
<tbody><tr><td rowspan="2">Lead</td><td>Ana</td></tr><tr><td>Ben</td></tr></tbody></table>
<img src="k" alt="Floor 1 with its exits"><blockquote>Said</blockquote><pre>a\n  b</pre>
<p>¿Dónde está la salida? 20 °C – “now” → ☐</p>"""


def test_all_that_a_plan_holds_is_set_as_pdf_ua():
    done = printed(PLAIN, sheet(RICH, k="k.png"), at=NOW, pictures={"k.png": picture()})
    assert misses(done) == []
    text = extract_text(io.BytesIO(done))
    for words in ("Lockdown", "Who does what", "¿Dónde está la salida?", "CLOSED RECORD", "Page 1 of 1", "Dana Reyes"):
        assert words in text


def test_the_file_names_its_title_language_and_bookmarks():
    with pikepdf.open(io.BytesIO(printed(PLAIN, sheet("<h2>Aviso</h2>", "es"), at=NOW))) as pdf:
        assert str(pdf.Root.Lang) == "es"
        assert str(pdf.docinfo["/Title"]) == "Plan of Ridge School"
        assert str(pdf.Root.Outlines.First.Title) == "Aviso"


def test_text_of_people_is_never_read_as_source():
    hostile = '#read("/etc/passwd") #import "@preview/x:1.0.0" ] } $ \\ " #panic("x") = no heading `code` <label> @ref'
    done = printed(PLAIN, sheet(f"<h2>a</h2><p>{hostile.replace('<', '&lt;')}</p>"), at=NOW)
    assert '#read("/etc/passwd")' in " ".join(extract_text(io.BytesIO(done)).split())


def test_letters_that_no_font_has_become_boxes():
    done = printed(PLAIN, sheet("<h2>a</h2><p>中文 \U0001f600 \U000f0000 stays</p>"), at=NOW)
    assert misses(done) == []
    assert "▯▯ ▯ ▯ stays" in extract_text(io.BytesIO(done))


def test_deep_lists_and_wide_tables_can_be_set():
    wide = "<table><tr>" + "<td>x</td>" * 45 + "</tr></table>"
    done = printed(PLAIN, sheet("<h2>a</h2>" + "<ul><li>x" * 30 + "</li></ul>" * 30 + wide), at=NOW)
    assert misses(done) == []


def test_a_sheet_that_takes_too_long_ends_with_a_refusal(monkeypatch):
    monkeypatch.setattr(printing, "PATIENCE", 0.01)
    with pytest.raises(CannotBePrinted):
        printed(PLAIN, sheet(RICH), at=NOW)


def test_a_failure_tells_none_of_the_words(tmp_path, capfd):
    broken = tmp_path / "broken.typ"
    broken.write_text('#panic(json("sheet.json").title)')
    with pytest.raises(CannotBePrinted) as failed:
        printed(broken, sheet("<p>a</p>"), at=NOW)
    assert "Ridge" not in f"{failed.value!r}{capfd.readouterr()}"


def test_the_checks_find_what_is_missing():
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"0 0 10 10 re f")
        out = io.BytesIO()
        pdf.save(out)
    found = " ".join(misses(out.getvalue()))
    for point in ("06-001", "01-006", "11-006", "07-002", "06-002", "01-005"):
        assert point in found
