"""Who somebody is: by address and password, by a link we mailed, or in a demonstration by a click."""

from shelterbelt.people.sign_in.by_address import BACKEND, ByAddress, recognised
from shelterbelt.people.sign_in.entering import enter, enter_as, remember_sign_in
from shelterbelt.people.sign_in.links import from_link, password_link, with_address
from shelterbelt.people.sign_in.scope import signing_in

__all__ = [
    "BACKEND",
    "ByAddress",
    "enter",
    "enter_as",
    "from_link",
    "password_link",
    "recognised",
    "remember_sign_in",
    "signing_in",
    "with_address",
]
