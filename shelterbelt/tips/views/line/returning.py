"""Coming back with the code: how the tip stands, what the desk asks, and writing to it."""

import hashlib
import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shelterbelt.tips.actions.exchanging import exchange_code
from shelterbelt.tips.actions.writing import note_reading, write_back
from shelterbelt.tips.attachments.uploads import seals_files
from shelterbelt.tips.forms.line import AnswerForm
from shelterbelt.tips.queries.returning import Opened, by_code, by_keys, said_in
from shelterbelt.tips.sealing import codes, form_tokens, visits
from shelterbelt.tips.views.line.pages import Line, line_page
from shelterbelt.tips.views.line.words import standing


@require_http_methods(["GET", "HEAD", "POST"])
@seals_files
@line_page("return/")
def back(line: Line) -> HttpResponse:
    """Ask for the code; show the tip it opens; take what is written to the desk."""
    post = line.request.POST
    if line.request.method != "POST":
        return _ask(line)
    try:
        if "visit" in post:
            return _go_on(line)
        own = _code_of_form(line)
        # Both are looked up whatever they are: a wrong code takes the same work as a right one.
        opened, changed = by_code(post.get("code", "")), by_code(own)
        if opened is None:
            return _changed(line, own) if changed else _ask(line, status=422, is_wrong=True)
        if opened.tip.code_is_spoken:
            return _change_code(line, opened, own or codes.new_code(line.language))
        return _show(line, opened, form=AnswerForm(initial={"words": post.get("words", "")}))
    except (OperationalError, InterfaceError):
        return _ask(line, status=503, is_away=True)


def _code_of_form(line: Line) -> str:
    """The code that this form's secret leads to: the same each time it is sent, for as long as a visit lasts.

    So a reporter whose connection broke while their code was changed sends the form again and is told it all the same.
    """
    token = form_tokens.read(line.request.POST.get("token", ""))
    if token is None or line.at.timestamp() - token.made_at > line.door.visit_minutes * 60:
        return ""
    seed = hashlib.blake2b(token.seed, digest_size=32, person=b"changed code").digest()
    return codes.code_of(seed, line.language)


def _change_code(line: Line, opened: Opened, own: str) -> HttpResponse:
    """A code that was read out, on the phone, is somebody else's too: it ends now, and the reporter gets their own."""
    code = exchange_code(receipt=opened.keys.receipt, key=opened.key, code=own)
    if code is None:  # two windows at once: the other one was told
        return _ask(line, status=422, is_wrong=True)
    return _changed(line, code)


def _changed(line: Line, code: str) -> HttpResponse:
    return line.show("changed.html", words=code.split())


def _go_on(line: Line) -> HttpResponse:
    """A later page of a visit."""
    post = line.request.POST
    visit = visits.read(post["visit"], at=line.at)
    opened = by_keys(visit.keys) if visit else None
    if opened is None:
        return _ask(line, status=422, is_over=True)
    if post.get("step") != "write":
        return _show(line, opened)
    form = AnswerForm(post, line.request.FILES)
    if not form.is_valid() or not _kept(line, opened, form):
        return _show(line, opened, form=form, status=422)
    return _show(line, opened, thanks=True)


def _kept(line: Line, opened: Opened, form: AnswerForm) -> bool:
    """Keep what was written. It may be one file too many."""
    said = form.cleaned_data
    number = _number(line.request.POST.get("number", ""))
    try:
        write_back(opened, said["words"], number=number, at=line.at, uploads=said["files"])
    except ValidationError as error:
        form.add_error("files", error)
        return False
    return True


def _number(text: str) -> uuid.UUID:
    """The number that the form gave the message, so that sent twice it is one."""
    try:
        return uuid.UUID(text[:36])
    except ValueError:
        return uuid.uuid4()


def _show(
    line: Line, opened: Opened, *, form: AnswerForm | None = None, status: int = 200, thanks: bool = False
) -> HttpResponse:
    said = said_in(opened)
    note_reading(opened, at=line.at)
    return line.show(
        "reading.html",
        status=status,
        tip=opened.tip,
        standing=standing(opened.tip, line.at),
        said=said,
        form=form or AnswerForm(),
        wrong=[(form[name], form.errors[name]) for name in form.errors] if form else [],
        lost_files=bool(form and line.request.FILES),
        visit=_next(opened, line.at, line.door.visit_minutes),
        number=line.request.POST.get("number", "") if form and form.is_bound else uuid.uuid4(),
        thanks=thanks,
    )


def _next(opened: Opened, at: datetime, minutes: int) -> str:
    return visits.seal(opened.keys, until=visits.until(at, minutes))


def _ask(
    line: Line, *, status: int = 200, is_wrong: bool = False, is_over: bool = False, is_away: bool = False
) -> HttpResponse:
    """The code again. What was written to the desk meanwhile stays on the page."""
    return line.show(
        "return.html",
        status=status,
        is_wrong=is_wrong,
        is_over=is_over,
        is_away=is_away,
        written=line.request.POST.get("words", ""),
        token=form_tokens.new(at=line.at),
        title=_("Come back to your tip"),
    )
