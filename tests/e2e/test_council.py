"""From an act to its extract in a real browser: by keyboard alone, without JavaScript, and a draft
that survives a closed page. A product of its own: what is stored here is nobody else's demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsing import visiting
from tests.e2e.product import Account, Product, running_product
from tests.e2e.test_accessibility import CHECKS, OPEN_EVERYTHING
from tests.web.council_cases import ACT

KEYS_AT_MOST = 250


@pytest.fixture(scope="module")
def town(browser: Browser) -> Iterator[Product]:
    """`levier demo` for this module only."""
    with running_product() as running:
        yield running


@pytest.fixture(scope="module")
def secretary(town: Product) -> Account:
    """The demo's secretary."""
    return next(account for account in town.accounts if account.email.startswith("secretariat"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element that the selector names has the focus."""
    for _ in range(KEYS_AT_MOST):
        if page.evaluate("(s) => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} ne s’atteint pas au clavier")


def act_of(day: str) -> str:
    """The act, moved to another day of April: one sitting per day can be stored."""
    return ACT.replace("le 9 avril", f"le {day} avril")


def test_an_act_becomes_an_extract_by_keyboard_alone(
    browser: Browser, town: Product, secretary: Account
) -> None:
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/deposer/")
        tab_to(page, "#id_text")
        page.keyboard.insert_text(act_of("9"))
        tab_to(page, "main form button[type=submit]")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Relisez")
        tab_to(page, "#attendance-add")
        page.keyboard.press("Enter")
        expect(page.locator("[name^='attendance-'][name$='-name']").last).to_be_focused()
        page.keyboard.insert_text("Élise FABRE")
        page.keyboard.press("Tab")
        page.keyboard.press("p")
        tab_to(page, "button[value=save]")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("9 avril 2024, Loison-sous-Lens")
        expect(page.get_by_role("rowheader", name="Élise FABRE")).to_be_visible()
        tab_to(page, "main a[href^='/decider/deliberations/']")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("Tarifs de la cantine")
        tab_to(page, "main a[href$='extrait.pdf']")
        address = page.evaluate("document.activeElement.href")
        pdf = visit.context.request.get(address)
        assert pdf.body().startswith(b"%PDF-")


def test_an_act_becomes_a_sitting_without_javascript(
    browser: Browser, town: Product, secretary: Account, tmp_path: Path
) -> None:
    act = tmp_path / "extrait.txt"
    act.write_text(act_of("10"), encoding="utf-8")
    with visiting(browser, town, account=secretary, javascript=False) as visit:
        page = visit.open("/decider/deposer/")
        page.set_input_files("#id_document", act)
        page.click("main form button[type=submit]")
        page.click("#attendance-add")
        page.fill("[name$='-name'] >> nth=-1", "Élise FABRE")
        page.select_option("[name$='-state'] >> nth=-1", "present")
        page.click("button[value=preview]")
        expect(page.locator("#controle")).to_be_visible()
        page.click("button[value=save]")
        expect(page.locator("h1")).to_contain_text("10 avril 2024")
        expect(page.get_by_role("rowheader", name="Élise FABRE")).to_be_visible()


def test_a_draft_is_offered_again_and_erased_once_saved(
    browser: Browser, town: Product, secretary: Account
) -> None:
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/seances/nouvelle/")
        expect(page.locator("[data-draft-offer]")).to_be_hidden()
        page.fill("#id_place", "Salle Voltaire")
        page.fill("#id_date", "2024-03-05")
        expect(page.locator("[data-draft-status]")).to_contain_text("Brouillon gardé")
        page.close()
        page = visit.open("/decider/seances/nouvelle/")
        assert page.input_value("#id_place") == ""
        page.click("[data-draft-restore]")
        expect(page.locator("#id_place")).to_have_value("Salle Voltaire")
        page.fill("#id_deliberations-0-subject", "Vœu")
        page.click("button[value=all-present]")
        page.click("button[value=save]")
        expect(page.locator("h1")).to_contain_text("5 mars 2024")
        assert page.evaluate("Object.keys(localStorage)") == []
        page.close()
        page = visit.open("/decider/seances/nouvelle/")
        expect(page.locator("[data-draft-offer]")).to_be_hidden()


KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('levier.draft.')).length"


def type_a_place(page: Page, place: str) -> None:
    """Type, and wait for the draft to be kept."""
    page.fill("#id_place", place)
    expect(page.locator("[data-draft-status]")).to_contain_text("Brouillon gardé")
    assert page.evaluate(KEPT) == 1


def test_signing_out_leaves_no_draft_in_the_browser(
    browser: Browser, town: Product, secretary: Account
) -> None:
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/seances/nouvelle/")
        other = visit.open("/decider/seances/nouvelle/")
        type_a_place(other, "Salle Rabelais")
        type_a_place(page, "Salle Voltaire")
        # Typed at the last moment: what waits to be kept must not be kept after the sign-out.
        page.fill("#id_place", "Salle Molière")
        page.click("details.account summary")
        page.click("form[data-sign-out] button")
        page.wait_for_url(f"{town.address}/")
        page.wait_for_timeout(1000)
        other.fill("#id_place", "Salle Racine")
        other.wait_for_timeout(1000)
        assert page.evaluate(KEPT) == 0


def test_the_sign_in_page_erases_what_a_session_that_ended_left(
    browser: Browser, town: Product, secretary: Account
) -> None:
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/seances/nouvelle/")
        type_a_place(page, "Salle Voltaire")
        page.close()
        visit.context.clear_cookies()
        page = visit.open("/connexion")
        assert page.evaluate(KEPT) == 0


def test_a_form_still_open_when_its_session_ends_keeps_what_was_typed(
    browser: Browser, town: Product, secretary: Account
) -> None:
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/seances/nouvelle/")
        type_a_place(page, "Salle Voltaire")
        visit.context.clear_cookies()
        visit.sign_in(secretary)
        page.reload()
        page.click("[data-draft-restore]")
        expect(page.locator("#id_place")).to_have_value("Salle Voltaire")


def test_the_pages_that_answer_a_form_are_accessible_and_fit_every_screen(
    browser: Browser, town: Product, secretary: Account, subtests: pytest.Subtests
) -> None:
    script = Axe().axe_script

    def checked(page: Page, what: str) -> None:
        page.evaluate(OPEN_EVERYTHING)
        page.evaluate(script)
        for width, check in CHECKS:
            page.set_viewport_size({"width": width, "height": 900})
            with subtests.test(page=what, width=width):
                check(page, width)
        page.set_viewport_size({"width": 1280, "height": 900})

    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/deposer/")
        page.fill("#id_text", act_of("11"))
        page.click("main form button[type=submit]")
        expect(page.locator("h1")).to_contain_text("Relisez")
        page.click(".deliberation-entry summary")
        page.click("button[value='deliberations-0-movements']")
        expect(page.locator("[name='deliberations-0-movements-0-member']")).to_be_focused()
        checked(page, "relecture")
        page = visit.open("/decider/controler/")
        page.fill("#id_text", act_of("11"))
        page.click("main form button[type=submit]")
        expect(page.locator("h1")).to_contain_text("Une délibération")
        checked(page, "contrôle")
    with visiting(browser, town, account=secretary) as visit:
        page = visit.open("/decider/seances/nouvelle/")
        page.fill("#id_in_office", "0")
        page.fill("#id_deliberations-0-visas", "Vu le code,")
        page.click("button[value=save]")
        expect(page.locator("[role=alert]")).to_be_focused()
        checked(page, "saisie refusée")
        visit.faults[:] = [fault for fault in visit.faults if "status of 422" not in fault]
