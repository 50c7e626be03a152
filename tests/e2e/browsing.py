"""A browser that reports whatever a page should not do, and a walk over every page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.e2e.product import Account, Product

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
MOST_PAGES = 150
_REPORT_POLICY_BREACHES = """
document.addEventListener("securitypolicyviolation",
  (breach) => console.error("CSP", breach.violatedDirective, breach.blockedURI));
"""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@dataclass
class Visit:
    """A browser context of one person, and what went wrong in it."""

    context: BrowserContext
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str, *, status: int = 200) -> Page:
        """A new page on a path of the site; its status must be the one expected."""
        page = self.context.new_page()
        page.on("console", lambda message: self._heard(message, page, status))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._asked)
        response = page.goto(f"{self.address}{path}")
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        return page

    def _heard(self, message: ConsoleMessage, page: Page, status: int) -> None:
        is_expected = status >= 400 and f"status of {status}" in message.text
        if message.type in {"error", "warning"} and not is_expected:
            self.faults.append(f"{page.url}: {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.hostname != "127.0.0.1":
            self.faults.append(f"request to {request.url}")

    def sign_in(self, account: Account) -> None:
        """Through the form, like anyone."""
        page = self.open("/connexion")
        page.fill("#id_username", account.email)
        page.fill("#id_password", account.password)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.address}/")
        page.close()

    def pages(self, seen: set[str]) -> tuple[list[str], list[str]]:
        """Every page reached by links from the cockpit, and those among them that read anew.

        `seen` holds the prints of the pages already met, the header left out, and is added to: most
        pages read the same for everyone. The cockpit always counts as new: its header is not.
        """
        waiting, known, new = ["/"], ["/"], ["/"]
        while waiting and len(known) < MOST_PAGES:
            path = waiting.pop(0)
            response = self.context.request.get(f"{self.address}{path}")
            if not response.headers.get("content-type", "").startswith("text/html"):
                known.remove(path)
                continue
            assert response.status == 200, f"{path}: {response.status}"
            html = response.text()
            if (print_of_page := _fingerprint(html)) not in seen:
                seen.add(print_of_page)
                new.append(path)
            links = [link for link in dict.fromkeys(_links(html, path)) if link not in known]
            known += links
            waiting += links
        return known, list(dict.fromkeys(new))


def _fingerprint(html: str) -> str:
    body = _TOKEN.sub("", html.partition('<div class="frame">')[2])
    return hashlib.sha256(body.encode()).hexdigest()


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "download" not in values:
            self.found.append(values["href"] or "")


def _links(html: str, path: str) -> Iterator[str]:
    """Internal addresses of a page. The date looked at is left alone: it would change them all."""
    anchors = _Anchors()
    anchors.feed(html)
    for href in anchors.found:
        target = urlsplit(urldefrag(urljoin(f"http://site{path}", href)).url)
        if target.netloc == "site" and "au=" not in target.query:
            yield target.path + (f"?{target.query}" if target.query else "")


@contextmanager
def visiting(
    browser: Browser,
    product: Product,
    *,
    width: int = 1280,
    account: Account | None = None,
    javascript: bool = True,
    **options: object,
) -> Iterator[Visit]:
    """A person at a screen of that width. Whatever the pages did wrong fails at the end."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=javascript,
        locale="fr-FR",
        **options,  # type: ignore[arg-type]
    )
    context.set_default_timeout(15_000)
    if javascript:
        context.add_init_script(_REPORT_POLICY_BREACHES)
    visit = Visit(context, product.address)
    try:
        if account:
            visit.sign_in(account)
        yield visit
    finally:
        context.close()
    assert not visit.faults, "\n".join(visit.faults)
