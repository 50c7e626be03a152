"""The frame in use: keyboard, phone, paper, without JavaScript, and what it says in the past."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browsing import visiting
from tests.e2e.product import Product

FOCUS_IS_VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def is_in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    return bool(
        box
        and size
        and box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= size["width"]
        and box["y"] + box["height"] <= size["height"]
    )


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, product: Product) -> None:
    with visiting(browser, product) as visit:
        page = visit.open("/")
        assert not is_in_view(page, ".skip-link")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip-link"
        assert is_in_view(page, ".skip-link")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.parametrize("path", ["/", "/connexion", "/boucle/decider/"])
def test_focus_is_visible_on_each_stop_of_the_keyboard(
    browser: Browser, product: Product, path: str
) -> None:
    with visiting(browser, product) as visit:
        page = visit.open(path)
        stops = 0
        while stops < 60:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
            assert page.evaluate(FOCUS_IS_VISIBLE), page.evaluate(
                "document.activeElement.outerHTML"
            )
            stops += 1
        assert stops >= 12


@pytest.mark.parametrize("javascript", [True, False])
def test_the_date_is_changed_in_the_header_and_the_past_is_told(
    browser: Browser, product: Product, javascript: bool
) -> None:
    with visiting(browser, product, javascript=javascript) as visit:
        page = visit.open("/boucle/situer/")
        page.click(".as-of summary")
        page.fill("#au", "2024-07-01")
        page.click(".as-of button")
        assert page.inner_text(".banner").startswith("Vous consultez Levier au 1er juillet 2024.")
        page.click(".loop-home")
        assert "1er juillet 2024" in page.inner_text(".as-of summary")
        page.click(".banner a")
        assert page.locator(".banner").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_the_loop_folds_and_unfolds(
    browser: Browser, product: Product, javascript: bool
) -> None:
    with visiting(browser, product, width=320, javascript=javascript) as visit:
        page = visit.open("/boucle/situer/")
        assert page.locator(".loop-steps").is_hidden()
        assert "Situer" in page.inner_text(".loop-toggle summary")
        page.click(".loop-toggle summary")
        assert page.locator(".loop-steps").is_visible()
        page.click(".loop-steps a:text-is('Décider')")
        assert page.url.endswith("/boucle/decider/")


def test_panels_of_the_header_fit_a_phone_and_close_with_escape(
    browser: Browser, product: Product
) -> None:
    with visiting(browser, product, width=320, account=product.accounts[0]) as visit:
        page = visit.open("/")
        for panel in (".as-of", ".account"):
            page.click(f"{panel} summary")
            assert is_in_view(page, f"{panel} .pop-panel")
            page.keyboard.press("Escape")
            assert page.locator(f"{panel} .pop-panel").is_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_signing_in_and_out(browser: Browser, product: Product, javascript: bool) -> None:
    account = product.accounts[0]
    with visiting(browser, product, account=account, javascript=javascript) as visit:
        page = visit.open("/compte")
        assert account.email in page.inner_text("main")
        page.click("main button[type=submit]")
        assert page.locator("text=Se connecter").first.is_visible()
        page.goto(f"{product.address}/compte")
        assert "/connexion" in page.url


def test_a_refused_form_is_focused_on_its_summary(browser: Browser, product: Product) -> None:
    with visiting(browser, product) as visit:
        page = visit.open("/connexion")
        page.fill("#id_username", "prenom@")
        page.click("main button[type=submit]")
        assert "form-errors" in page.evaluate("document.activeElement.className")
        page.click(".form-errors a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "id_username"


def test_on_paper_the_page_stands_alone(browser: Browser, product: Product) -> None:
    with visiting(browser, product) as visit:
        page = visit.open("/boucle/situer/")
        page.emulate_media(media="print")
        for hidden in (".loop", ".as-of", ".sign-in", ".skip-link"):
            assert page.locator(hidden).is_hidden(), hidden
        assert page.locator("h1").is_visible()
        address = page.evaluate(
            "getComputedStyle(document.querySelector('main a'), '::after').content"
        )
        assert "/boucle/s-engager/" in address
        foot = page.inner_text(".foot .print-only")
        assert "Imprimé le" in foot
        assert f"{product.address}/boucle/situer/" in foot


def test_nothing_moves_for_those_who_ask_for_stillness(browser: Browser, product: Product) -> None:
    with visiting(browser, product, reduced_motion="reduce") as visit:
        page = visit.open("/")
        durations = page.evaluate(
            "[...document.querySelectorAll('a, button, summary')]"
            ".map((item) => getComputedStyle(item).transitionDuration)"
        )
        assert set(durations) == {"0s"}


def test_an_unknown_page_stays_in_the_frame(browser: Browser, product: Product) -> None:
    with visiting(browser, product) as visit:
        page = visit.open("/rien", status=404)
        assert page.locator(".loop-steps a").count() >= 8
        assert "Il n’y a rien à cette adresse" in page.inner_text("h1")


def test_the_library_of_exchanges_runs_within_the_policy(
    browser: Browser, product: Product
) -> None:
    with visiting(browser, product) as visit:
        page = visit.open("/")
        assert page.evaluate("htmx.config.allowEval") is False
        assert page.evaluate("htmx.config.includeIndicatorStyles") is False


def test_the_demonstration_says_so(browser: Browser, product: Product) -> None:
    with visiting(browser, product) as visit:
        assert "comptes fictifs" in visit.open("/").inner_text("main")
