"""The one operation by which services hand tips in. It takes no session: whoever signs is who they say they are."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from shelterbelt.access.audience import audience
from shelterbelt.access.standing import PersonRequest
from shelterbelt.core import clock
from shelterbelt.core.limits import Limit
from shelterbelt.core.problems import problem
from shelterbelt.orgs.models import Org
from shelterbelt.tips.actions import filing, inbound
from shelterbelt.tips.models import InboundSource, Tip
from shelterbelt.tips.queries.schools_by_code import school_with_code
from shelterbelt.tips.rules.event_types import event_types

LARGEST = 64 * 1024
MOST = Limit("inbound", 600, "minute")
Name = Annotated[str, Field(min_length=1, max_length=200)]


def _says_something(text: str) -> str:
    """Kept as it is, whatever letters it has; but spaces and control characters alone say nothing."""
    if not any(each.isprintable() and not each.isspace() for each in text):
        raise ValueError("Nothing is said.")
    return text


class Contact(BaseModel):
    """Who the reporter is, if they said so: sealed for two people together."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field("", max_length=120)
    phone: str = Field("", max_length=40)
    email: str = Field("", max_length=120)


class HandedOver(BaseModel):
    """What a service sends: the first message of a thread, or a later one."""

    model_config = ConfigDict(extra="forbid")
    thread: Name
    """The service's own name of the conversation. It is not kept: an id follows from it."""
    message: Name
    """The service's own name of this message, by which it is known when it is sent again."""
    text: Annotated[str, Field(max_length=20_000), AfterValidator(_says_something)]
    language: Literal["en", "es"] = "en"
    event_types: list[str] = Field(default_factory=list, max_length=10)
    school: str = Field("", max_length=20, pattern="^[0-9A-Za-z-]*$")
    """NCES id or state building code; empty where no school was named."""
    is_happening_now: bool = False
    contact: Contact | None = None


@csrf_exempt
@audience("public")
def hand_in(request: PersonRequest) -> HttpResponse:
    """Keep what a service hands in. 201 for something new, 200 for what was there; 401 unless it is signed."""
    if request.method != "POST":
        return problem(405, Allow="POST")
    if request.content_type != "application/json":
        return problem(415)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or len(request.body) > LARGEST:
        return problem(413, _("A message of at most 64 kilobytes is taken."))
    now = clock.now()
    with inbound.as_the_door(now):
        try:
            source = _source(request)
        except inbound.NotSigned:
            return problem(401, _("This is not signed by a service that may hand tips in, or its clock is wrong."))
        if wait := MOST.taken(str(source.pk)):
            return problem(429, Retry_After=str(max(1, round(wait))))
        return _kept(source, request.body)


def _source(request: HttpRequest) -> InboundSource:
    return inbound.proven(
        source_id=request.headers.get("X-Shelterbelt-Source", ""),
        signature=request.headers.get("X-Shelterbelt-Signature", ""),
        sent_at=request.headers.get("X-Shelterbelt-Timestamp", ""),
        body=request.body,
        at=clock.now(),
    )


def _kept(source: InboundSource, body: bytes) -> HttpResponse:
    try:
        said = HandedOver.model_validate_json(body)
    except ValidationError as error:
        return problem(422, errors=_wrong(error))
    if unknown := set(said.event_types) - set(event_types()):
        return problem(422, errors={"event_types": [_("Unknown: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}]})
    school = school_with_code(source.org, said.school) if said.school else None
    if said.school and school is None:
        return problem(422, errors={"school": [_("No school of the state has this code.")]})
    done = _keep(source, said, school)
    return JsonResponse({"tip": str(done.tip_id), "code": done.code}, status=201 if done.is_new else 200)


def _keep(source: InboundSource, said: HandedOver, school: Org | None) -> inbound.HandedIn:
    """A later message where the thread is known, else a tip. The first message sent again is the tip it was."""
    at = clock.now()
    if not inbound.is_known(source, said.thread):
        done = inbound.hand_in(source=source, thread=said.thread, filed=_filed(source, said, school), at=at)
        if done.is_new:
            return done
    # The thread is known, or became so this very moment: two parts of one text come at once, in any order.
    if inbound.is_first(source, said.thread, said.message):
        return inbound.HandedIn(inbound.id_of(source, said.thread), None, is_new=False)
    return inbound.hand_in_message(source=source, thread=said.thread, message=said.message, text=said.text, at=at)


def _filed(source: InboundSource, said: HandedOver, school: Org | None) -> filing.Filed:
    return filing.Filed(
        id=inbound.id_of(source, said.thread),
        state_id=source.org_id,
        answers={"narrative": said.text, "first_message": inbound.mark(source, said.message)},
        event_types=said.event_types,
        language=said.language,
        place_kind=Tip.PlaceKind.SCHOOL if school else Tip.PlaceKind.UNKNOWN,
        school_id=school.pk if school else None,
        is_happening_now=said.is_happening_now,
        contact={name: text for name, text in said.contact.model_dump().items() if text} if said.contact else {},
    )


def _wrong(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong with which part, without repeating what was sent."""
    wrong: dict[str, list[str]] = {}
    for each in error.errors(include_input=False, include_url=False, include_context=False):
        wrong.setdefault(".".join(map(str, each["loc"])) or "body", []).append(each["msg"])
    return wrong
