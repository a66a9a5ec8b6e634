"""What the page of a tip shows of its referrals, and how its history tells them."""

from typing import Any

from django.utils.translation import gettext as _

from shelterbelt.access.standing import PersonRequest
from shelterbelt.tips.models import Disposition, Referral, Tip
from shelterbelt.tips.policy import closing, referrals as policy
from shelterbelt.tips.queries import recipients
from shelterbelt.tips.views.desk import parts
from shelterbelt.tips.words import SENTENCES


def _referrals(request: PersonRequest, tip: Tip) -> dict[str, Any]:
    found = list(recipients.referrals_of(tip))
    return {
        "referrals": found,
        "red": [each for each in recipients.red(found) if each.is_primary],
        "may_refer": policy.may_refer(request.standing, tip),
        "may_close": closing.may_close(request.standing, tip),
        "may_close_without": closing.may_close_without(request.standing, tip),
        "may_reopen": closing.may_reopen(request.standing, tip),
    }


parts.MAIN.append(parts.Part("tips/desk/_referrals.html", _referrals))

SENTENCES |= {
    "refer": lambda told: _("referred it") if told["primary"] else _("referred it for information"),
    "send_again": lambda _told: _("sent a notice anew"),
    "tell_anew": lambda _told: _("told a recipient that nobody else has answered"),
    "reach": lambda _told: _("reached a recipient"),
    "not_reached": lambda _told: _("could not reach a recipient"),
    "acknowledge": lambda told: _("acknowledged it: %(how)s") % {"how": Referral.How(told["how"]).label},
    "work": lambda _told: _("began to work on it"),
    "ask_back": lambda _told: _("wrote to the desk"),
    "reply": lambda _told: _("wrote to a recipient"),
    "return": lambda _told: _("gave it back"),
    "make_primary": lambda _told: _("said that a recipient must answer"),
    "withdraw": lambda _told: _("took a referral back"),
    "report": lambda told: _("reported an outcome: %(result)s") % {"result": _result(told["result"])},
    "revise": lambda told: _("changed the outcome: %(result)s") % {"result": _result(told["result"])},
    "accept_outcome": lambda _told: _("accepted an outcome"),
    "ask_outcome_again": lambda _told: _("asked for an outcome again"),
    "ask_outcome": lambda _told: _("asked for the outcome that is due"),
    "open_link": lambda _told: _("opened it by link and code"),
    "lock_link": lambda _told: _("locked a link after five wrong codes"),
    "read_code": lambda _told: _("looked at a link's code, to read it out"),
    "close": lambda told: _("closed it by a reason") if told["word"] == "reason" else _("closed it with all outcomes"),
    "reopen": lambda _told: _("opened it again"),
}


def _result(code: str) -> str:
    return str(Disposition.Result(code).label)
