"""Files of a tip: their clean copies for whoever has the tip, originals for few and for a reason."""

import uuid
from typing import IO, cast

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.downloads import download
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.clean_copies.kinds import BY_TYPE
from shelterbelt.core.headers import FILE_OF_OTHERS
from shelterbelt.tips.attachments import policy, queries, rules
from shelterbelt.tips.attachments.actions import adding, marking, opening
from shelterbelt.tips.attachments.forms import FilesForm, OriginalForm
from shelterbelt.tips.attachments.sealed import OpenedFile
from shelterbelt.tips.attachments.uploads import seals_files_signed_in
from shelterbelt.tips.models import Attachment
from shelterbelt.tips.sealing import words
from shelterbelt.tips.sealing.months import MonthGone
from shelterbelt.tips.sealing.opening import key_of
from shelterbelt.tips.views.desk.common import the_tip

GONE = (FileNotFoundError, words.Unreadable, MonthGone)


@require_safe
@audience("signed_in")
def copy(request: PersonRequest, file_id: uuid.UUID) -> HttpResponseBase:
    """The clean copy, to save."""
    found = get_object_or_404(queries.files(), pk=file_id)
    try:
        opened = opening.open_copy(attachment=found, by=request.standing)
    except GONE as error:
        raise _gone() from error
    return _sent(request, found, opened, content_type=found.clean_type)


@require_safe
@audience("signed_in")
def picture(request: PersonRequest, file_id: uuid.UUID) -> HttpResponse:
    """A picture that we drew ourselves, for a page of ours. One that is sexual in nature is never shown."""
    found = get_object_or_404(queries.files(), pk=file_id)
    require(policy.may_have_copy(request.standing, found))
    if not policy.is_shown_in_page(request.standing, found):
        raise Http404(_("This file isn't shown in pages."))
    try:
        with opening.open_copy(attachment=found, by=request.standing) as opened:
            content = opened.read()
    except GONE as error:
        raise _gone() from error
    headers = {"Content-Security-Policy": FILE_OF_OTHERS, "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=found.clean_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def original(request: PersonRequest, file_id: uuid.UUID) -> HttpResponseBase:
    """Ask why, then give the file as it came."""
    found = get_object_or_404(queries.files(), pk=file_id)
    require(policy.may_have_original(request.standing, found))
    form = OriginalForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask_why(request, found, form)
    try:
        opened = opening.open_original(
            attachment=found, why=form.cleaned_data["why"], by=request.standing, at=clock.now()
        )
    except GONE as error:
        raise _gone() from error
    return _sent(request, found, opened, content_type=found.content_type, before=_("ORIGINAL "))


@require_POST
@audience("signed_in")
def mark(request: PersonRequest, file_id: uuid.UUID) -> HttpResponse:
    """Say that it is sexual in nature, or that it isn't."""
    found = get_object_or_404(queries.files(), pk=file_id)
    marking.mark(attachment=found, is_sexual=request.POST.get("sexual") == "yes", by=request.standing, at=clock.now())
    return redirect("tips:tip", found.tip_id)


@seals_files_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def attach(request: PersonRequest, tip_id: uuid.UUID) -> HttpResponse:
    """Add files at the desk."""
    tip = the_tip(request, tip_id)
    require(policy.may_attach(request.standing, tip))
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "tips/attachments/attach.html", {"form": form, "tip": tip}, status=status)
    adding.attach(tip=tip, uploads=form.cleaned_data["attached"], by=request.standing, at=clock.now())
    return redirect("tips:tip", tip.pk)


def _ask_why(request: PersonRequest, found: Attachment, form: OriginalForm) -> HttpResponse:
    shown = {"form": form, "file": found, "name": _name(found), "tip": found.tip}
    return render(request, "tips/attachments/original.html", shown, status=422 if form.is_bound else 200)


def _name(found: Attachment) -> str:
    return words.unseal_text(key_of(found.tip), found.name, kind="name", of=found.id)


def _sent(
    request: PersonRequest, found: Attachment, opened: OpenedFile, *, content_type: str, before: str = ""
) -> HttpResponseBase:
    response = download(
        request,
        cast("IO[bytes]", opened),
        name=before + rules.shown_name(_name(found), BY_TYPE.get(content_type)),
        content_type=content_type,
        still=lambda _standing: Attachment.objects.filter(pk=found.pk).exists(),
    )
    response["Content-Security-Policy"] = FILE_OF_OTHERS
    return response


def _gone() -> Http404:
    return Http404(_("This file is recorded, but its content is no longer here."))
