"""Who somebody is: by address and password, passkey or a link we mailed; in a demonstration by a click."""

from shelterbelt.people.sign_in.again import proved_lately, recent, require_recent
from shelterbelt.people.sign_in.by_address import BACKEND, ByAddress, recognised
from shelterbelt.people.sign_in.entering import enter, enter_as, remember_sign_in
from shelterbelt.people.sign_in.links import from_link, password_link, with_address
from shelterbelt.people.sign_in.onward import own_address
from shelterbelt.people.sign_in.required import before_second_factor, lacks_second_factor
from shelterbelt.people.sign_in.scope import signing_in

__all__ = [
    "BACKEND",
    "ByAddress",
    "before_second_factor",
    "enter",
    "enter_as",
    "from_link",
    "lacks_second_factor",
    "own_address",
    "password_link",
    "proved_lately",
    "recent",
    "recognised",
    "remember_sign_in",
    "require_recent",
    "signing_in",
    "with_address",
]
