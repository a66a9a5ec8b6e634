"""What somebody types for a contact: a number as it is dialed, and what can't be right, in sentences for them."""

import re

MOST_DIGITS = 15
"""ITU-T E.164."""
NANP = re.compile(r"1?([2-9]\d{2}[2-9]\d{6})")
"""North American Numbering Plan: neither area code nor exchange begins with 0 or 1."""
_EXTENSION = re.compile(r"(?<!\s)\s{0,3}(?:ext\.?|extension|x|#)\s{0,3}(\d{1,6})\s{0,3}$", re.IGNORECASE)
_TYPED = re.compile(r"\+?[\d\s().\-/]+")


class NotANumber(ValueError):
    """It can't be dialed; the words say why, for whoever typed it."""


def _(text: str) -> str:
    """Marks a text for the catalogue of translations."""
    return text


NO_NUMBER = _("This is no telephone number. Write it with its area code, such as 573-555-0100.")
NO_AREA_CODE = _("Write the number with its area code: ten digits, such as 573-555-0100.")
NO_TEXT_TO_EXTENSION = _("A text can't be sent to an extension. Give a cell phone's own number.")
FOREIGN = _("Begin a number outside of the United States with + and the country's code.")


def dialed(typed: str, *, may_have_extension: bool = True) -> str:
    """A number as it is dialed, `+15735550100` or `+15735550100x12`; empty for nothing typed."""
    text = typed.strip()
    if not text:
        return ""
    found = _EXTENSION.search(text)
    if found and not may_have_extension:
        raise NotANumber(NO_TEXT_TO_EXTENSION)
    number = _number(text[: found.start()] if found else text)
    return f"{number}x{found[1]}" if found else number


def _number(text: str) -> str:
    if not _TYPED.fullmatch(text.strip()):
        raise NotANumber(NO_NUMBER)
    digits = re.sub(r"\D", "", text)
    home = NANP.fullmatch(digits)
    if home and (not text.strip().startswith("+") or digits.startswith("1")):
        return f"+1{home[1]}"
    if text.strip().startswith("+") and 8 <= len(digits) <= MOST_DIGITS and not digits.startswith(("0", "1")):
        return f"+{digits}"
    if len(digits) == 7:
        raise NotANumber(NO_AREA_CODE)
    raise NotANumber(FOREIGN if len(digits) > 11 else NO_NUMBER)


def shown(number: str) -> str:
    """A number as people read it: 573-555-0100, with an extension if it has one."""
    plain, _x, extension = number.partition("x")
    home = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", plain)
    text = "-".join(home.groups()) if home else plain
    return f"{text} x{extension}" if extension else text


_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_BASIC = re.compile(r"\s{0,9}(\d{3})\b")
DEAD_ENHANCED = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1")
"""RFC 3463, RFC 7505: no such mailbox, host or address; moved away; no mail there at all; the mailbox is off."""
DEAD_BASIC = frozenset({"550", "551", "553"})
"""RFC 5321: no such mailbox, not here, not a name that may be. Servers say 550 for much else as well."""
_ELSE = re.compile(
    r"relay|spam|block|policy|denied|authent|reputation|black|listed|rejected due|dmarc|spf|dkim|virus|quota|full",
    re.IGNORECASE,
)
"""Words with which a server says that it dislikes the letter, or us."""


def is_dead(channel: str, outcome: str, reply: str) -> bool:
    """Whether an outcome means that the address itself is dead.

    Not that a letter wasn't liked, that a service isn't set up, or that it was a bad time: one wrong setting would
    otherwise make everybody in the state unreachable.
    """
    if outcome == "bounced":
        return True
    if channel != "email" or outcome != "refused":
        return False
    enhanced, basic = _CODE.search(reply), _BASIC.match(reply)
    if enhanced:
        return bool(DEAD_ENHANCED.fullmatch(enhanced[1]))
    return basic is not None and basic[1] in DEAD_BASIC and not _ELSE.search(reply)
