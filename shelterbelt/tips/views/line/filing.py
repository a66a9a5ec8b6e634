"""The form with which anybody tells the desk something, and the page that tells them their code."""

from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from shelterbelt.core import log_lines
from shelterbelt.tips.actions.filing import Filed, NoKey, Receipt, file_tip, life_safety
from shelterbelt.tips.attachments.actions.adding import keep_from_reporter
from shelterbelt.tips.attachments.uploads import SealedUpload, seals_files
from shelterbelt.tips.forms.line import ANSWERS, NOT_A_SCHOOL, UNKNOWN, TipForm
from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries.given_code import tell_receipt
from shelterbelt.tips.queries.schools import Found, NoDirectory, school_of, state_served
from shelterbelt.tips.rules.event_types import gravest
from shelterbelt.tips.sealing import codes, form_tokens
from shelterbelt.tips.views.line import turns
from shelterbelt.tips.views.line.pages import Line, drawn_once, line_page
from shelterbelt.tips.views.line.schools import found

log = log_lines.logger("shelterbelt.tips")
_TOKEN = "the-token-of-this-form"  # noqa: S105  a place on the page
_FULL = gettext_lazy(
    "The tip line gets more tips right now than it can take, so this one was not kept. What you wrote is still here. "
    "Try again in a few minutes."
)
_AWAY = gettext_lazy(
    "The tip line can't keep tips right now, so this one was not kept. What you wrote is still here. Try again in a "
    "few minutes."
)
_OLD = gettext_lazy("This page was open for a very long time. What you wrote is still here: send it again.")
_NOT_OURS = gettext_lazy("The form didn't arrive whole. What did arrive is still here: look it over and send it again.")


@require_http_methods(["GET", "HEAD", "POST"])
@seals_files
@line_page("")
def tip(line: Line) -> HttpResponse:
    """Ask, or take what was said."""
    if line.request.method != "POST":
        return _blank(line)
    try:
        return _taken(line, TipForm(line.request.POST, line.request.FILES))
    except (OperationalError, InterfaceError, NoKey, NoDirectory):
        log.exception("a tip could not be kept")
        return _again(line, _AWAY, status=503)


def _blank(line: Line) -> HttpResponse:
    """The empty form."""
    token = {_TOKEN: form_tokens.new(at=line.at)}
    return drawn_once(line, "blank", lambda: _ask(line, TipForm(), _TOKEN), token)


def _taken(line: Line, form: TipForm) -> HttpResponse:
    post = line.request.POST
    token = form_tokens.read(post.get("token", ""))
    schools = found(line, post.get("school_text", ""))
    if post.get("step") == "school":
        return _ask(line, _as_typed(line), post.get("token", ""), schools=schools, step="school")
    if token is None:
        return _again(line, _NOT_OURS, schools=schools)
    if line.at.timestamp() - token.made_at > line.door.form_hours * 3600:
        return _again(line, _OLD, schools=schools)
    school = _school(line, form, schools)
    if not form.is_valid():
        return _ask(line, form, post["token"], schools=schools, status=422)
    return _filed(line, form, token, school, schools)


def _filed(
    line: Line, form: TipForm, token: form_tokens.FormToken, school: Found | None, schools: list[Found]
) -> HttpResponse:
    filed = _said(line, form, token, school)
    is_life_safety = bool(life_safety(filed, gravest(filed.event_types)))
    proof = line.request.POST.get("proof", "")
    try:
        release_at = turns.release_at(proof, token.challenge, is_life_safety=is_life_safety, at=line.at)
    except turns.Full:
        return _again(line, _FULL, status=503, schools=schools)
    code = codes.code_of(token.seed, line.language)
    receipt = _kept(filed, form.cleaned_data["files"], at=line.at, release_at=release_at, code=code)
    return _told(line, receipt, is_life_safety=is_life_safety, waits=release_at is not None)


def _kept(
    filed: Filed, uploads: list[SealedUpload], *, at: datetime, release_at: datetime | None, code: str
) -> Receipt:
    """The tip with its files, both or neither."""
    if not uploads:
        return file_tip(filed, at=at, release_at=release_at, code=code)
    with transaction.atomic():
        receipt = file_tip(filed, at=at, release_at=release_at, code=code)
        if receipt.key:
            tell_receipt(receipt.receipt)
            keep_from_reporter(
                tip_id=filed.id,
                state_id=filed.state_id,
                key=receipt.key,
                is_sexual=gravest(filed.event_types).is_sexual,
                uploads=uploads,
                at=at,
            )
    return receipt


def _told(line: Line, receipt: Receipt, *, is_life_safety: bool, waits: bool) -> HttpResponse:
    """The code, and what happens now."""
    words = receipt.code.split() if receipt.code else []
    places = {f"word-number-{number}": word for number, word in enumerate(words)}
    again = receipt.key is None

    def draw() -> HttpResponse:
        return line.show("filed.html", words=[*places], again=again, is_life_safety=is_life_safety, waits=waits)

    return drawn_once(line, "filed", draw, places, bool(words), again, is_life_safety, waits)


def _said(line: Line, form: TipForm, token: form_tokens.FormToken, school: Found | None) -> Filed:
    answers = form.cleaned_data
    told = {name: answers[name] for name in ("narrative", *ANSWERS) if answers[name]}
    kind = Tip.PlaceKind.SCHOOL if school else Tip.PlaceKind.UNKNOWN
    if answers["school"] == NOT_A_SCHOOL:
        kind = Tip.PlaceKind.NOT_A_SCHOOL
    elif not school and answers["school_text"]:
        told["school"] = answers["school_text"]  # as far as they know it: the desk finds out
    contact = {name: answers[name] for name in ("name", "reach") if answers[name]}
    return Filed(
        id=token.tip_id,
        state_id=state_served(),
        answers=told,
        event_types=answers["event_types"],
        language=line.language,
        about=answers["about"],
        band=answers["band"],
        place_kind=kind,
        school_id=school.id if school else None,
        is_happening_now=answers["is_happening_now"],
        contact=contact,
    )


def _school(line: Line, form: TipForm, schools: list[Found]) -> Found | None:
    """The school they chose, or the one that bears just the name they typed. One that isn't clear is asked back."""
    chosen, typed = line.request.POST.get("school", ""), line.request.POST.get("school_text", "").strip()
    if chosen in {NOT_A_SCHOOL, UNKNOWN}:
        return None
    if chosen:
        number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else 0
        school = school_of(number, state=state_served(), on=timezone.localdate(line.at))
        if school is None:
            form.add_error("school_text", _("Choose the school again."))
        return school
    same = [each for each in schools if each.name.casefold() == typed.casefold()]
    if len(same) == 1:
        return same[0]
    if typed:
        form.add_error("school_text", _("Choose which school you mean, or say that you don't know."))
    return None


def _again(line: Line, sentence: Any, *, status: int = 422, schools: list[Found] | None = None) -> HttpResponse:
    """The same form with all that was written. Nothing was kept."""
    kept = line.request.POST.get("token", "")
    token = kept if status == 503 else form_tokens.new(at=line.at)
    return _ask(line, _as_typed(line), token, schools=schools, status=status, sentence=sentence)


def _as_typed(line: Line) -> TipForm:
    """The form as it was filled in, without looking for mistakes."""
    post = line.request.POST
    typed = {name: field.widget.value_from_datadict(post, {}, name) for name, field in TipForm().fields.items()}
    return TipForm(initial=typed)


def _ask(
    line: Line,
    form: TipForm,
    token: str,
    *,
    schools: list[Found] | None = None,
    status: int = 200,
    sentence: Any = "",
    step: str = "",
) -> HttpResponse:
    """The form."""
    return line.show(
        "tip.html",
        status=status,
        form=form,
        token=token,
        proof=line.request.POST.get("proof", ""),
        found=schools or [],
        looked_for=form["school_text"].value() or "",
        chosen=form["school"].value() or "",
        sentence=sentence,
        step=step,
        lost_files=bool(line.request.FILES),
        wrong=[(form[name], form.errors[name]) for name in form.errors] if form.is_bound else [],
    )
