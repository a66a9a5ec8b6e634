"""The walk-through: one domain a page, with or without a script; and what a phone sends when it has a connection."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shelterbelt.access.audience import audience
from shelterbelt.access.limits import few_at_once
from shelterbelt.access.policy import require
from shelterbelt.access.standing import PersonRequest
from shelterbelt.assessments.actions.walk import Given, add_photograph, answer_questions, remove_photograph
from shelterbelt.assessments.models import Assessment, Photograph
from shelterbelt.assessments.policy import assessment as policy
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.rules.entry import LONGEST_NOTE
from shelterbelt.assessments.rules.template import Domain, Template
from shelterbelt.assessments.views.common import crumbs, note_read, the_assessment, title_of
from shelterbelt.assessments.views.shown import Part, parts_of
from shelterbelt.core import clock
from shelterbelt.core.headers import FILE_OF_OTHERS
from shelterbelt.core.storage import file_store

MOST_AT_ONCE = 500
"""Answers in one message."""


@require_http_methods(["GET", "HEAD", "POST"])
@audience("signed_in")
def walk(request: PersonRequest, assessment_id: uuid.UUID, domain: str) -> HttpResponse:
    """One domain. Without a script the form is sent as it is; with one each answer goes by itself."""
    found = the_assessment(assessment_id)
    require(policy.may_walk(request.standing, found))
    template = templates.followed_by(found)
    here = template.domain(domain)
    if here is None:
        raise Http404
    if request.method == "POST":
        problems = _keep(request, found, template, here)
        if not problems:
            return redirect(_after(found, template, here))
        for each in problems:
            messages.error(request, each)
        return redirect("assessments:walk", found.pk, here.key)
    return render(request, "assessments/walk.html", _page(request, found, template, here))


def _page(request: PersonRequest, found: Assessment, template: Template, here: Domain) -> dict[str, Any]:
    parts = parts_of(template, queries.latest_answers(found), queries.photographs_of(found))
    place = [part.domain.key for part in parts].index(here.key)
    return {
        "assessment": found, "school": found.org, "template": template, "part": parts[place], "parts": parts,
        "number": place + 1, "last": _domain_at(parts, place - 1), "next": _domain_at(parts, place + 1),
        "longest_note": LONGEST_NOTE, "person": request.standing.person.pk,
        "crumbs": crumbs(found.org, found, here=here.title), "heading": title_of(found),
    }  # fmt: skip


def _domain_at(parts: list[Part], place: int) -> Domain | None:
    return parts[place].domain if 0 <= place < len(parts) else None


def _after(found: Assessment, template: Template, here: Domain) -> str:
    keys = [domain.key for domain in template.domains]
    following = keys[keys.index(here.key) + 1 :]
    if not following:
        return reverse("assessments:assessment", args=[found.pk])
    return reverse("assessments:walk", args=[found.pk, following[0]])


def _keep(request: PersonRequest, found: Assessment, template: Template, here: Domain) -> list[str]:
    """Keep what the form brought: answers that changed, and pictures. What is wrong comes back as sentences."""
    (part,) = [part for part in parts_of(template, queries.latest_answers(found), {}) if part.domain.key == here.key]
    given = [each for asked in part.asked if (each := _changed(request, asked)) is not None]
    told = answer_questions(found, given=given, by=request.standing, at=clock.now()) if given else []
    problems = [each.why for each in told if each.outcome == "refused"]
    for question in here.questions:
        for upload in request.FILES.getlist(f"photo-{question.key}"):
            try:
                add_photograph(
                    found, photograph_id=_id_of(found, question.key, upload), question=question.key, upload=upload,
                    by=request.standing, at=clock.now(),
                )  # fmt: skip
            except ValidationError as error:
                problems += [f"{question.text} {said}" for said in error.messages]
    return problems


def _changed(request: HttpRequest, asked: Any) -> Given | None:
    """What the form says of a question, where it says something else than what stands."""
    key = asked.question.key
    said, note = request.POST.get(f"level-{key}", ""), request.POST.get(f"note-{key}", "").strip()
    stands = asked.answer.note if asked.answer else ""
    if said == asked.chosen and note.replace("\r\n", "\n") == stands.replace("\r\n", "\n"):
        return None
    level = int(said) if said.isdecimal() and len(said) == 1 else None
    return Given(uuid.uuid4(), key, level, said == "na" or level is not None, note)


def _id_of(found: Assessment, question: str, upload: Any) -> uuid.UUID:
    """The same picture at the same question has the same id, so a form sent twice adds it once."""
    content = upload.read()
    upload.seek(0)
    return uuid.uuid5(found.pk, f"{question}:{uuid.uuid5(found.pk, content.hex())}")


@require_safe
@audience("signed_in")
def sync(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """What a phone asks before it sends: who is signed in, the token of forms, and which pictures are here already."""
    found = the_assessment(assessment_id)
    refusal = policy.may_walk(request.standing, found)
    here = Photograph.objects.filter(assessment=found).values_list("pk", flat=True)
    return JsonResponse(
        {
            "person": request.standing.person.pk,
            "token": get_token(request),
            "photographs": [str(key) for key in here],
            "refusal": str(refusal) if refusal else "",
        },
        headers={"Cache-Control": "no-store"},
    )


@require_POST
@audience("signed_in")
def answers(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Answers from a phone, each with its own id; each is told what became of it."""
    found = the_assessment(assessment_id)
    require(policy.may_walk(request.standing, found))
    try:
        given = _read(request.body)
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=422)
    told = answer_questions(found, given=given, by=request.standing, at=clock.now())
    return JsonResponse({"told": [{"id": str(one.id), "outcome": one.outcome, "why": one.why} for one in told]})


def _read(body: bytes) -> list[Given]:
    """The answers of a message; ValueError with a sentence where it is none."""
    try:
        said = json.loads(body)
        listed = said["answers"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(_("This is no list of answers.")) from error
    if not isinstance(listed, list) or len(listed) > MOST_AT_ONCE:
        raise ValueError(_("Send up to %(number)s answers at once.") % {"number": MOST_AT_ONCE})
    return [_one(each) for each in listed]


def _one(each: Any) -> Given:
    wrong = _("An answer needs an id, a question, a level or null, a note, and when it was written.")
    if not isinstance(each, dict):
        raise ValueError(wrong)  # noqa: TRY004  told to the sender like every other mistake
    level, note, question = each.get("level"), each.get("note", ""), each.get("question")
    is_level = level is None or (isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= 9)
    if not (is_level and isinstance(note, str) and isinstance(question, str) and "\0" not in note):
        raise ValueError(wrong)
    try:
        key, written = uuid.UUID(str(each.get("id"))), parse_datetime(str(each.get("written_at")))
    except ValueError as error:
        raise ValueError(wrong) from error
    if written is not None and not is_aware(written):
        raise ValueError(wrong)
    return Given(key, question, level, bool(each.get("is_answered", True)), note, written)


@require_POST
@audience("signed_in")
@few_at_once(4, of="photographs")
def photographs(request: PersonRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """One picture from a phone, under the id that the phone gave it."""
    found = the_assessment(assessment_id)
    require(policy.may_walk(request.standing, found))
    upload = request.FILES.get("photograph")
    try:
        key = uuid.UUID(request.POST.get("id", ""))
    except ValueError:
        return JsonResponse({"error": _("A photograph needs an id.")}, status=422)
    if upload is None:
        return JsonResponse({"error": _("There is no photograph in this message.")}, status=422)
    question = request.POST.get("question", "")
    try:
        kept, outcome = add_photograph(
            found, photograph_id=key, question=question, upload=upload, by=request.standing, at=clock.now()
        )
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=422)
    return JsonResponse({"id": str(kept.pk), "outcome": outcome})


@require_safe
@audience("signed_in")
def photograph(request: PersonRequest, photograph_id: uuid.UUID) -> HttpResponse:
    """The clean copy of one picture, for a page to show."""
    found = _the_photograph(photograph_id)
    require(policy.may_read_one(request.standing, found.assessment))
    note_read(request.standing, found.assessment)
    try:
        content = file_store().open(found.document.sha256)
    except FileNotFoundError as error:
        raise Http404 from error
    with content:
        answer = HttpResponse(content.read(), content_type=found.document.content_type)
    answer["Content-Security-Policy"] = FILE_OF_OTHERS
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@audience("signed_in")
def remove(request: PersonRequest, photograph_id: uuid.UUID) -> HttpResponse:
    """Take a picture out of the assessment."""
    found = _the_photograph(photograph_id)
    remove_photograph(found, by=request.standing, at=clock.now())
    domain = templates.followed_by(found.assessment).domain_of[found.question]
    messages.success(request, _("The photograph is removed."))
    return redirect("assessments:walk", found.assessment_id, domain.key)


def _the_photograph(photograph_id: uuid.UUID) -> Photograph:
    rows = Photograph.objects.select_related("assessment__org", "assessment__team", "document")
    return get_object_or_404(rows, pk=photograph_id, removed_on=None)
