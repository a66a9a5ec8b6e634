"""A device in the words of whoever uses it: enough to know it again, too little to find anybody by."""

from django.utils.translation import gettext as _

# Looked for in this order: each browser also names those it wants to be taken for.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """Browser and system, such as `Firefox on Windows`, kept in English: names of products are the same everywhere."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} on {system}" if browser and system else browser or system


def shown(device: str) -> str:
    """The same for a page, in its language."""
    browser, _on, system = device.partition(" on ")
    if not device:
        return _("Unknown device")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else device


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for part, name in names if part in user_agent), "")
