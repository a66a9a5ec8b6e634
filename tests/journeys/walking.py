"""Follows every link that a person is shown, so that no page is forgotten and no link leads nowhere."""

import html
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import BrowserContext

from shelterbelt.core import headers

HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
PART = re.compile(r'<(\w+)(?:[^>]*?\bclass="([^"]*)")?')
# So many organisations, drills and people of a kind are enough: their pages are made by the same view.
SAMPLES = 3


@dataclass(frozen=True)
class Visited:
    """A page, its name among the addresses, and the parts that it is made of."""

    address: str
    name: str
    parts: frozenset[tuple[str, str]]


@dataclass
class Walk:
    """Where somebody came, and what was wrong there."""

    pages: list[Visited] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def unlike(self, known: dict[str, set[tuple[str, str]]]) -> list[Visited]:
        """Pages with a part that no `known` page of the same view has, which are known then: the others look alike."""
        found = []
        for page in self.pages:
            parts = known.setdefault(page.name, set())
            if not page.parts <= parts:
                found.append(page)
            parts |= page.parts
        return found


def walk(context: BrowserContext, site: str, *starts: str) -> Walk:
    """Follow the links from the pages that somebody starts at, without drawing them."""
    done, seen = Walk(), Counter[tuple[object, ...]]()
    todo = deque((start, "the beginning") for start in starts)
    while todo:
        address, before = todo.popleft()
        match = _resolved(address)
        if match is None:
            done.faults.append(f"{before} links to {address}, which is no address of ours")
        elif _is_new(seen, match, address):
            todo.extend((link, address) for link in _links(done, context, site, address, match, before))
    return done


def _resolved(address: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def _is_new(seen: Counter[tuple[object, ...]], match: ResolverMatch, address: str) -> bool:
    """Whether the view, with such words in its path or such names in its query, was opened often enough."""
    words = tuple(value for value in match.kwargs.values() if isinstance(value, str))
    asked = frozenset(name for name, _ in parse_qsl(urlsplit(address).query))
    keys = [(match.view_name, "path", words), (match.view_name, "query", asked)]
    wanted = any(seen[key] < (1 if words else SAMPLES) for key in keys) and seen[address,] == 0
    seen.update([*keys, (address,)] if wanted else [])
    return wanted


def _links(
    done: Walk, context: BrowserContext, site: str, address: str, match: ResolverMatch, before: str
) -> list[str]:
    answer = context.request.get(address, max_redirects=0)
    done.names.add(match.view_name)
    done.faults += [f"{address} lacks {name}" for name in headers.LACKED_BY_NONE if name.lower() not in answer.headers]
    if answer.status >= 400:
        done.faults.append(f"{before} links to {address}, which answers {answer.status}")
        return []
    if "location" in answer.headers:
        return [link for link in [_inside(site, address, answer.headers["location"])] if link]
    if not _is_page(answer.headers):
        return []
    text = answer.text()
    done.pages.append(Visited(address, match.view_name, frozenset(PART.findall(text))))
    return [link for link in (_inside(site, address, html.unescape(href)) for href in HREF.findall(text)) if link]


def _is_page(answered: dict[str, str]) -> bool:
    """Whether a browser shows it: no picture or table, and no file to keep, which may be HTML as well."""
    is_kept = answered.get("content-disposition", "").startswith("attachment")
    return answered.get("content-type", "").startswith("text/html") and not is_kept


def _inside(site: str, address: str, href: str) -> str:
    """The path of a link on this site; empty for one that leads elsewhere."""
    whole = urljoin(site + address, href)
    return whole.removeprefix(site) if whole.startswith(site + "/") else ""


def all_names() -> set[str]:
    """The name of every address, from the addresses themselves."""
    return set(_names(get_resolver()))


def _names(resolver: URLResolver, room: str = "") -> list[str]:
    found = []
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            found += _names(each, f"{room}{each.namespace}:" if each.namespace else room)
        elif isinstance(each, URLPattern):
            found.append(f"{room}{each.name}")
    return found
