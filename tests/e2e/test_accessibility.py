"""Every page that each person can reach: axe-core, no sideways scroll, one title each."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

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


@pytest.fixture(scope="module")
def site_map(browser: Browser, product: Product) -> dict[str, list[str]]:
    """The pages of each person; those that read as the public's are checked once."""
    found: dict[str, list[str]] = {}
    for account in people(product):
        with visiting(browser, product, account=account) as visit:
            found[name_of(account)] = visit.pages()
    return found


def test_each_person_reaches_pages(site_map: dict[str, list[str]], product: Product) -> None:
    assert len(product.accounts) >= 2
    for person, pages in site_map.items():
        assert "/" in pages, person
        assert len(pages) >= 10, person


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(
    browser: Browser,
    product: Product,
    site_map: dict[str, list[str]],
    width: int,
    subtests: pytest.Subtests,
) -> None:
    axe = Axe()
    for account in people(product):
        with visiting(browser, product, width=width, account=account) as visit:
            for path in site_map[name_of(account)]:
                with subtests.test(person=name_of(account), path=path):
                    page = visit.open(path)
                    page.evaluate(OPEN_EVERYTHING)
                    results = axe.run(page, options=OPTIONS)
                    page.close()
                    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize(("width", "what"), [(320, "phone"), (640, "1280 at 200 %")])
def test_no_page_scrolls_sideways(
    browser: Browser,
    product: Product,
    site_map: dict[str, list[str]],
    width: int,
    what: str,
    subtests: pytest.Subtests,
) -> None:
    for account in people(product):
        with visiting(browser, product, width=width, account=account) as visit:
            for path in site_map[name_of(account)]:
                with subtests.test(person=name_of(account), path=path, screen=what):
                    page = visit.open(path)
                    page.evaluate(OPEN_EVERYTHING)
                    needed = page.evaluate("document.documentElement.scrollWidth")
                    page.close()
                    assert needed <= width


def test_titles_tell_pages_apart(
    browser: Browser, product: Product, site_map: dict[str, list[str]]
) -> None:
    with visiting(browser, product) as visit:
        titles: dict[str, str] = {}
        for path in site_map["public"]:
            page = visit.open(path)
            title = page.title()
            page.close()
            assert title.endswith(" – Levier"), path
            assert title not in titles, f"{path} et {titles.get(title)} : « {title} »"
            titles[title] = path
