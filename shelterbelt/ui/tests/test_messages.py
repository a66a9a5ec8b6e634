"""Translations: collected from templates and code, checked for the public pages, compiled without other tools."""

import gettext

import pytest

from shelterbelt.ui import messages

PO = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: es\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "No longer said"
msgstr "Ya no"

msgid "Sign out"
msgstr "Salir"
"""
PUBLIC = "{# public #}\n{% if tip %}\n  <p>{% translate 'Tell us' %}</p>{% endif %}\n"
CLOSED = "    <p>{% blocktranslate count n=n %}{{ n }} tip{% plural %}{{ n }} tips{% endblocktranslate %}</p>\n  {% translate 'Sign out' %}"
CODE = 'from django.utils.translation import gettext_lazy as _\nNAME = _("Desk")\n'


@pytest.fixture
def room(tmp_path):
    """A project of two templates, one module and one .po file."""
    code, po = tmp_path / "house", tmp_path / "locale/es/LC_MESSAGES/django.po"
    for path in (code / "templates/tips", po.parent):
        path.mkdir(parents=True)
    (code / "templates/tips/tell.html").write_text(PUBLIC)
    (code / "templates/tips/desk.html").write_text(CLOSED)
    (code / "models.py").write_text(CODE)
    po.write_text(PO)
    return code, po


def test_sentences_come_from_templates_and_code(room):
    found = {message.id for message in messages.collected(room[0]) if message.id}
    assert found == {"Tell us", ("%(n)s tip", "%(n)s tips"), "Sign out", "Desk"}


def test_collecting_keeps_translations_and_drops_what_is_no_longer_said(room):
    code, po = room
    messages.collect(code, po.parents[2])
    text = po.read_text()
    assert 'msgid "Sign out"\nmsgstr "Salir"' in text
    assert 'msgid "Tell us"\nmsgstr ""' in text
    assert "No longer said" not in text
    messages.collect(code, po.parents[2])
    assert po.read_text() == text


def test_only_public_pages_must_be_translated(room):
    code, po = room
    assert messages.missing(po, code) == ["Tell us"]


def test_compiled_messages_are_those_that_python_reads(room, tmp_path):
    messages.compile_all(tmp_path / "locale", tmp_path / "built")
    with (tmp_path / "built/es/LC_MESSAGES/django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Sign out") == "Salir"


def test_the_pages_that_everybody_sees_are_in_spanish():
    assert messages.missing(messages.SOURCES / "es/LC_MESSAGES/django.po") == []
