"""What is typed, pasted or brought in comes out as a small, clean HTML; nothing that acts comes through, no word is lost."""

import re
import time
from contextlib import suppress
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies as st

from shelterbelt.core import rich_text
from shelterbelt.core.rich_text import TooLong, clean, from_markdown, text_of, to_markdown, words_changed
from shelterbelt.core.rich_text.addresses import pictures_in
from shelterbelt.core.rich_text.cleaning import ATTRIBUTES, TAGS

OURS = "/documents/3b241101-e2bb-4255-8caf-4136c566a962/"
HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<img src=x onerror=alert(1)>",
    f'<img src="{OURS}" onerror=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/documents/x/'>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    "<img src='https://evil.example/pixel.gif'>",
    "<img src='//evil.example/pixel.gif'>",
    f"<img src='{OURS}../../sign-out/'>",
    f"<img src='https://evil.example{OURS}'>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1)></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><p><style><g title='</style><img src=x onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><mi><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<select><style><img src=x onerror=alert(1)></style></select>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'><style>@import 'https://evil.example'</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<form action='https://evil.example'><input name=password><button formaction='javascript:alert(1)'>x</button></form>",
    "<p id=csrfmiddlewaretoken name=forms class=usa-banner>x</p>",
    "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--!><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<table background='javascript:alert(1)'><tr><td style='x'>x</td></tr></table>",
    "<td colspan='1000000000'>x</td><table><tr><td colspan=99999999 rowspan=-4>x</table>",
    "<a href='https://e.example/' target=_blank ping='https://evil.example' download>x</a>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<div><p>\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\ud800<p>\udfff</p>",
    "<p>\u202egnp.exe\u2066</p>",
]
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>EOP</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<h1><span style='mso-fareast-font-family:"Times New Roman"'>Evacuation<o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Take&nbsp;the radio</b> and <i>count</i>.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Close doors<o:p></o:p></p>
<table class=MsoTableGrid border=1 style='mso-yfti-tbllook:1184'><tr style='mso-yfti-irow:0'><td width=312 valign=top
style='width:233.75pt'><p class=MsoNormal>Who<o:p></o:p></p></td><td><p class=MsoNormal>Phone<o:p></o:p></p></td></tr>
</table><!--EndFragment--></body></html>"""


class Seen(HTMLParser):
    """What a page would get."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes = set(), {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault((tag, name), []).append(value)


def _is_clean(html):
    seen = Seen(html)
    assert seen.tags <= TAGS
    assert all(name in ATTRIBUTES.get(tag, ()) for tag, name in seen.attributes)
    assert all(
        re.match(r"https?://|mailto:|tel:", value, re.IGNORECASE) for value in seen.attributes.get(("a", "href"), [])
    )
    assert all(value == OURS for value in seen.attributes.get(("img", "src"), []))
    assert clean(html) == html
    html.encode()


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize(
    "around", ["{}", "<p>{}</p>", "<table><tr><td>{}</td></tr></table>", "<svg><desc>{}</desc></svg>"]
)
def test_nothing_that_acts_comes_through(hostile, around):
    given_html = around.replace("{}", hostile)
    _is_clean(clean(given_html))
    _is_clean(from_markdown(hostile))
    assert "alert(1)" not in re.sub(r"<[^>]*>|&lt;.*", "", clean(hostile)) or hostile.startswith(
        ("<![CDATA", "<div><p>", "<!--")
    )


def test_text_pasted_from_word_is_text():
    assert clean(WORD) == (
        "<h3>Evacuation</h3><p><strong>Take the radio</strong> and <em>count</em>.</p><p>· Close doors</p>"
        "<table><tbody><tr><td>Who</td><td>Phone</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("", ""),
        ("  <p> </p><p><br></p><h3></h3><ul><li></li></ul>", ""),
        ("plain words", "<p>plain words</p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>a<br><br>b<br>c<br></p>", "<p>a</p><p>b<br>c</p>"),
        ("<h1>a</h1><h2>b</h2><h3>c</h3>", "<h3>a</h3><h4>b</h4><h4>c</h4>"),
        ("<h4>a</h4>", "<h4>a</h4>"),
        ("<h2>a<br>b</h2>", "<h3>a b</h3>"),
        ("<p><b>a </b><i> b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<p><i><b>a</b></i><b>b</b></p>", "<p><strong><em>a</em>b</strong></p>"),
        ("<ul><li><p>a</p></li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ol start=3><li>a</li></ol>", '<ol start="3"><li>a</li></ol>'),
        ("<ul>words<li>a</li></ul>", "<ul><li>words</li><li>a</li></ul>"),
        (
            ("<table><caption>Who <b>calls</b></caption><colgroup><col></colgroup><tr><th>A</th><th>B</th></tr>"
            '<tr><th rowspan=2 colspan="1">c</th><td><p>d</p><p>e</p></td></tr></table>'),
            ('<table><caption>Who calls</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>'
            '<tbody><tr><th rowspan="2" scope="row">c</th><td><p>d</p><p>e</p></td></tr></tbody></table>'),
        ),
        (
            "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td></tr></table>",
            "<table><tbody><tr><td><p>a</p><p>b</p><p>c</p></td></tr></tbody></table>",
        ),
        ("<a href='tel:+15735550100'>call</a>", '<p><a href="tel:+15735550100">call</a></p>'),
        ("<a href='HTTPS://e.example/a b?c=1&d=2'>x</a>", '<p><a href="HTTPS://e.example/a%20b?c=1&amp;d=2">x</a></p>'),
        (f"<img src='{OURS}' alt='  The\n map '>", f'<p><img src="{OURS}" alt="The map"></p>'),
        ("<p>1 &lt; 2 &amp; \"3\"</p>", '<p>1 &lt; 2 &amp; "3"</p>'),
        ("<p>Ze\u0301ro\u00a0\u00ad\u200b</p>", "<p>Z\u00e9ro</p>"),
    ],
)  # fmt: skip
def test_the_same_look_is_the_same_text(given_html, expected):
    assert clean(given_html) == expected
    _is_clean(expected)


@pytest.mark.parametrize(
    "deep",
    ["<div>" * 100_000, "<ul><li>" * 100_000, "<table><tr><td>" * 50_000, "<b>" * 200_000,
     "<p " + " ".join(f"a{number}" for number in range(100_000)) + ">x", "<div></x>" * 90_000,
     "".join(f"<b c{number}>" for number in range(20_000)), "<p>" * 30_000, "<li>" * 30_000],
)  # fmt: skip
def test_html_built_to_be_slow_is_refused_or_read_at_once(deep):
    began = time.monotonic()
    with suppress(TooLong):
        _is_clean(clean(deep))
    assert time.monotonic() - began < 10


def test_too_long_a_text_is_refused_with_a_sentence():
    with pytest.raises(TooLong, match="Paste it in several parts"):
        clean("x" * (rich_text.MOST_GIVEN + 1))
    with pytest.raises(TooLong, match="Split it into several sections"):
        clean("x" * (rich_text.LONGEST + 1))


def test_deep_lists_lose_no_word():
    html = clean("<ul><li>a" * 40 + "</li></ul>" * 40)
    assert text_of(html).split() == ["a"] * 40
    _is_clean(html)


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["a", "1. b", "- c", "# d", "**", "*", "_", "|", "\\", "`", "[x](y)", "<b>", "&amp;", "&lt;", "---", "===", "> e", ":--", "\n", " ", "![", "~~~", "~"]
)  # fmt: skip


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


_INLINE = st.recursive(
    _WORD.map(_escaped) | st.just("<br>") | st.just(f'<img src="{OURS}" alt="a [b] \\ c">'),
    lambda inner: (
        st.builds("<{0}>{1}</{2}>".format, st.just("strong"), inner, st.just("strong"))
        | st.builds("<em>{}</em>".format, inner)
        | st.builds('<a href="https://e.example/(a)_b">{}</a>'.format, inner)
        | st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=8,
)
_BLOCK = st.recursive(
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "h1", "h3", "h4", "div"]), _INLINE) | _INLINE,
    lambda inner: st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["blockquote", "div"]), inner)
    | st.builds(
        lambda tag, items: f"<{tag} start=7>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>",
        st.sampled_from(["ul", "ol"]), st.lists(inner, max_size=3),
    )
    | st.lists(
        st.lists(st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["td", "th", "td colspan=2"]), inner), max_size=3),
        max_size=3,
    ).map(lambda rows: f"<table>{''.join(f'<tr>{chr(32).join(row)}</tr>' for row in rows)}</table>")
    | st.lists(inner, max_size=4).map("".join),
    max_leaves=8,
)  # fmt: skip


def _words(text):
    return re.sub(r"\s+", "", text)


@settings(max_examples=150)
@given(_BLOCK)
def test_clean_text_stays_and_survives_markdown(html):
    cleaned = clean(html)
    _is_clean(cleaned)
    assert from_markdown(to_markdown(cleaned)) == cleaned


@settings(max_examples=100)
@given(st.text() | st.lists(st.sampled_from(HOSTILE)).map("".join))
def test_anything_becomes_clean(text):
    _is_clean(clean(text))
    _is_clean(from_markdown(text))


@given(st.lists(st.text(st.characters(categories=["L", "N"])), max_size=5))
def test_no_word_is_lost(words):
    html = "".join(f"<p>{word}</p>" for word in words)
    assert _words(text_of(clean(html))) == _words(rich_text.cleaning.plain("\n".join(words)))


def test_a_plan_reads_well_as_markdown():
    html = clean(
        "<h2>Before</h2><p>Call <b>911</b>, then<br>the <a href='tel:573'>office</a>.</p><ol><li>Close doors<ul><li>all</li>"
        "</ul></li><li>Count</li></ol><table><tr><th>Who</th><th>Phone</th></tr><tr><td>Ann | Bo</td><td>1</td></tr></table>"
        "<blockquote><p>Stay calm.</p></blockquote>"
    )
    assert to_markdown(html) == (
        "### Before\n\nCall **911**, then\nthe [office](tel:573).\n\n1. Close doors\n   - all\n2. Count\n\n"
        "| Who | Phone |\n| --- | --- |\n| Ann \\| Bo | 1 |\n\n> Stay calm."
    )


def test_what_people_type_is_understood():
    typed = "Do this:\n- call\n- close doors\n    1. all\n\n| A | B |\n|---|---|\n| 1 | 2 |\r\n\r\nMain St 1\r\nRolla"
    assert from_markdown(typed) == (
        "<p>Do this:</p><ul><li>call</li><li>close doors<ol><li>all</li></ol></li></ul>"
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr>'
        "</tbody></table><p>Main St 1<br>Rolla</p>"
    )


def test_a_table_that_markdown_cannot_say_stands_in_it_as_it_is():
    html = clean(
        "<p>a</p><table><caption>c</caption><tr><td colspan=2>x</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert "<caption>c</caption>" in to_markdown(html)
    assert from_markdown(to_markdown(html)) == html


def test_what_changed_is_shown_word_by_word():
    before = "<p>Stay.</p><p>Call the office at once.</p><ul><li>old</li></ul>"
    after = "<p>Stay.</p><p>Call the front office at once.</p><p>&lt;script&gt;</p>"
    assert words_changed(before, after) == (
        "<p>…</p><p>Call the <ins>front </ins>office at once.</p><p><del>old</del><ins>&lt;script&gt;</ins></p>"
    )
    assert words_changed(before, before) == ""
    assert words_changed("", "<p>new</p>") == "<p><ins>new</ins></p>"


@given(st.text(), st.text())
def test_what_changed_holds_every_word_and_no_tag_of_theirs(before, after):
    shown = words_changed(clean(f"<p>{_escaped(before)}</p>"), clean(f"<p>{_escaped(after)}</p>"))
    assert Seen(shown).tags <= {"p", "ins", "del"}
    if shown:
        new = re.sub(r"<del>.*?</del>", "", shown, flags=re.DOTALL)
        assert _words(unescape(re.sub(r"<[^>]+>", "", new)).replace("…", "")) == _words(
            text_of(clean(f"<p>{_escaped(after)}</p>")).replace("…", "")
        )


def test_comparing_long_texts_takes_no_long_time():
    before = clean("".join(f"<p>{'word ' * 400}{number}</p>" for number in range(100)))
    after = clean("".join(f"<p>{'other word ' * 200}{number}</p>" for number in range(100)))
    began = time.monotonic()
    words_changed(before, after)
    assert time.monotonic() - began < 5


def test_pictures_of_a_text_are_known():
    assert pictures_in(clean(f"<img src='{OURS}'><img src='{OURS}'>")) == ["3b241101-e2bb-4255-8caf-4136c566a962"]
