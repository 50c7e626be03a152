"""Every page that each person can reach: axe-core, no sideways scroll, one title each."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.browsing import visiting
from tests.e2e.product import Account, Product

# Beyond the defaults: AAA contrast of text, and targets large enough to be touched.
OPTIONS = {
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
OPEN_EVERYTHING = (
    "document.querySelectorAll('main details').forEach((item) => { item.open = true })"
)


def people(product: Product) -> list[Account | None]:
    """The public, then each example account."""
    return [None, *product.accounts]


def name_of(account: Account | None) -> str:
    return account.email if account else "public"


@dataclass
class SiteMap:
    """The pages that each person reaches, and those to check as that person."""

    reached: dict[str, list[str]]
    to_check: dict[str, list[str]]


@pytest.fixture(scope="module")
def site_map(browser: Browser, product: Product) -> SiteMap:
    """A page that reads the same for two people is checked once, as the first of them."""
    found, seen = SiteMap({}, {}), set[str]()
    for account in people(product):
        with visiting(browser, product, account=account) as visit:
            name = name_of(account)
            found.reached[name], found.to_check[name] = visit.pages(seen)
    return found


def test_each_person_reaches_pages(site_map: SiteMap, product: Product) -> None:
    assert len(product.accounts) >= 2
    for person, pages in site_map.reached.items():
        assert {"/", "/boucle/decider/"} <= set(pages), person
    for account in product.accounts:
        assert "/compte" in site_map.to_check[account.email]


def test_every_page_is_accessible_and_fits_every_screen(
    browser: Browser, product: Product, site_map: SiteMap, subtests: pytest.Subtests
) -> None:
    script = Axe().axe_script
    for account in people(product):
        with visiting(browser, product, account=account) as visit:
            for path in site_map.to_check[name_of(account)]:
                page = visit.open(path)
                page.evaluate(OPEN_EVERYTHING)
                page.evaluate(script)
                for width, check in CHECKS:
                    page.set_viewport_size({"width": width, "height": 900})
                    with subtests.test(person=name_of(account), path=path, width=width):
                        check(page, width)
                page.close()


def has_no_violation(page: Page, width: int) -> None:
    """axe-core finds nothing to say."""
    results = AxeResults(page.evaluate(f"axe.run({json.dumps(OPTIONS)})"))
    assert results.violations_count == 0, results.generate_report()


def does_not_scroll_sideways(page: Page, width: int) -> None:
    """The page needs no more than the width of the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# 640 pixels are a screen of 1280 at 200 %.
CHECKS = (
    (1280, has_no_violation),
    (640, does_not_scroll_sideways),
    (390, has_no_violation),
    (320, does_not_scroll_sideways),
)


def test_titles_tell_pages_apart(browser: Browser, product: Product, site_map: SiteMap) -> None:
    with visiting(browser, product) as visit:
        titles: dict[str, str] = {}
        for path in site_map.to_check["public"]:
            html = visit.context.request.get(f"{product.address}{path}").text()
            title = html.partition("<title>")[2].partition("</title>")[0]
            assert title.endswith(" – Levier"), path
            assert title not in titles, f"{path} et {titles.get(title)} : « {title} »"
            titles[title] = path
