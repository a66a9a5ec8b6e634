"""What the base template asks of every request, under the one name `page`."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from shelterbelt.ui import navigation, states, strips
from shelterbelt.ui.typed import typed


def page(request: HttpRequest) -> dict[str, dict[str, object]]:
    """State, language, person and menu. Nothing here touches the database beyond what the request already has."""
    person = getattr(request, "person", None)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "page": {
            "state": states.named(settings.STATE).name,
            "demonstration": settings.DEMONSTRATION,
            "language": language,
            "languages": other_languages(language),
            "person": person,
            "acting_for": getattr(getattr(request, "standing", None), "acting_for", None),
            "stop_acting": navigation.address("people:stop_acting"),
            "access": getattr(getattr(request, "standing", None), "fingerprint", "") if person else "",
            "session_state": navigation.address("people:session_state"),
            "stay": navigation.address("people:stay"),
            "typed": lambda: typed(request),
            "here": request.get_full_path() if request.method == "GET" else request.path,
            "navigation": navigation.entries(request),
            "strips": strips.seen(request),
            "start": navigation.address("home:start" if person else "home:front"),
            "sign_in": navigation.address("people:sign_in"),
            "account": navigation.address("people:account"),
            "sign_out": navigation.address("people:sign_out"),
            "entrance": navigation.address("demo:entrance"),
            "set_language": navigation.address("set_language"),
        }
    }


def other_languages(current: str) -> list[tuple[str, str]]:
    """Every language but the current one, each by its own name."""
    codes = [code for code, _ in settings.LANGUAGES if code != current]
    return [(code, str(get_language_info(code)["name_local"]).capitalize()) for code in codes]
