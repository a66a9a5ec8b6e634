"""A browser without a picture: goes to a provider's pages, logs in there, and says where it was sent back to."""

import html
import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

PASSWORD = "their password there"
_FORM = re.compile(r'<form method="post" action="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


class Browser:
    """Keeps cookies, follows redirects until one leads to the site whose sign-in this is."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.cookies: dict[str, str] = {}
        self.address = ""

    def open(self, url: str, form: dict[str, str] | None = None) -> str:
        """The page at an address; or an empty text, with `address` saying where it was sent home to."""
        for _ in range(10):
            self.address = url
            if url.startswith(self.home):
                return ""
            status, location, body = self._ask(url, form)
            if not 300 <= status < 400:
                return body
            url, form = urljoin(url, location), None
        raise AssertionError(f"Redirected for ever: {url}")

    def _ask(self, url: str, form: dict[str, str] | None) -> tuple[int, str, str]:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        target = f"{parts.path or '/'}?{parts.query}"
        connection.request("POST" if form is not None else "GET", target, urlencode(form or {}), headers)
        response = connection.getresponse()
        body = response.read().decode()
        for name, morsel in SimpleCookie("; ".join(response.msg.get_all("Set-Cookie", []))).items():
            self.cookies[name] = morsel.value
        connection.close()
        return response.status, response.headers.get("Location", ""), body

    def log_in(self, url: str, login: str, password: str = PASSWORD) -> str:
        """Go to a provider's address and log in on its page, if it asks: it may remember who we are."""
        page = self.open(url)
        if not page:
            return page
        action, hidden = form_of(page)
        return self.open(urljoin(self.address, action), {**hidden, "login": login, "password": password})


def form_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the form of a page goes, and what is hidden in it."""
    found = _FORM.search(page)
    assert found, page[:500]
    hidden = {html.unescape(name): html.unescape(value) for name, value in _HIDDEN.findall(page)}
    return html.unescape(found[1]), hidden
