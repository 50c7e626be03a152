"""A sitting held in a real browser: with the keyboard alone, through lost answers and two tabs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browsing import Visit, visiting
from tests.e2e.product import Account, Product, running_product
from tests.e2e.test_accessibility import CHECKS
from tests.e2e.test_council import tab_to

SUBJECTS = ("Tarifs de la cantine", "Garantie d’emprunt", "Désignation d’un délégué au syndicat")
# Panels close each other: for axe to see all of them, they forget that.
OPEN_ALL = """document.querySelectorAll("main details").forEach((item) => {
  item.removeAttribute("name");
  item.open = true;
})"""
_days = count(1)


@pytest.fixture(scope="module")
def town(browser: Browser) -> Iterator[Product]:
    """`levier demo` for this module only."""
    with running_product() as running:
        yield running


@pytest.fixture
def visit(browser: Browser, town: Product) -> Iterator[Visit]:
    """The demo's secretary at her desk."""
    secretary: Account = town.account("secretariat")
    with visiting(browser, town, account=secretary) as visit:
        yield visit


def prepared(visit: Visit) -> str:
    """The address at which a sitting, convoked with its agenda, is held. Fourteen members."""
    new = f"{visit.address}/decider/seances/nouvelle/"
    html = visit.context.request.get(new).text()
    fields = [
        ("csrfmiddlewaretoken", found(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)),
        ("assembly_id", found(r'<option value="(\d+)"', html)),
        ("date", f"2024-07-{next(_days):02d}"),
        ("convocation_date", "2024-06-20"),
        ("convocation_posted", "true"),
        ("action", "save"),
    ]
    for rank, subject in enumerate(SUBJECTS):
        fields += [("agenda", str(rank)), (f"agenda-{rank}-number", str(rank + 1))]
        fields += [(f"agenda-{rank}-subject", subject)]
    answer = visit.context.request.post(
        new,
        data=urlencode(fields),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": new},
    )
    return found(r"(/decider/seances/\d+/)", answer.url) + "tenir/"


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]


def press(page: Page, *keys: str) -> None:
    """Letters, words and named keys, as fingers do."""
    for key in keys:
        if key in {"Enter", "Tab", "Escape"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)


def done(page: Page, sentence: str) -> None:
    """The entry is stored, and told; one whose answer was lost is sent again after some seconds."""
    expect(page.locator("#fait")).to_contain_text(sentence, timeout=30_000)


def opened(visit: Visit, address: str) -> Page:
    """The sitting opened by Daniel KRUSZKA, twelve present, two absent, first item called."""
    page = visit.open(address)
    tab_to(page, "#opening-president")
    press(page, "kru", "Tab", "dondela", "Enter")
    done(page, "présidence Daniel KRUSZKA, secrétaire de séance Emmanuel DONDELA, 14 membres")
    press(page, "a", "a", *"pppppppppppp", "Enter")
    done(page, "Appel : 12 présents, 2 absents ou excusés")
    press(page, "o", "Enter")
    done(page, "Affaire 1 appelée")
    return page


def forgive(visit: Visit, *expected: str) -> None:
    """The browser tells of answers that the test provokes."""
    visit.faults[:] = [fault for fault in visit.faults if not any(e in fault for e in expected)]


def test_a_whole_sitting_is_held_with_the_keyboard_alone(visit: Visit) -> None:
    page = opened(visit, prepared(visit))
    bar = page.locator("#barre")
    expect(bar).to_contain_text("Affaire 1 : 12 présents, 8 requis, quorum atteint")
    press(page, "a", "lefe", "Enter")
    done(page, "Arrivée de Corinne LEFEBVRE")
    expect(bar).to_contain_text("13 présents")
    press(page, "m", "wille", "Tab", "lannabi", "Enter")
    done(page, "Procuration de Catherine WILLE à Khadija LANNABI")
    expect(bar).to_contain_text("14 votes possibles, dont 1 procuration")
    # A tie: seven against, the others in favour, and the president's vote decides.
    press(page, "v", "7", "Tab", "Tab", "Tab", "Tab", "p", "Enter")
    done(page, "adoptée : 7 pour, 7 contre")
    expect(page.locator(".live-why")).to_contain_text("le président ayant voté pour")
    press(page, "o", "Enter")
    done(page, "Affaire 2 appelée")
    press(page, "i", "guide", "Enter")
    done(page, "Déport de David GUIDE")
    expect(bar).to_contain_text("Affaire 2 : 12 présents, 8 requis")
    press(page, "n", "c", "Enter")
    done(page, "(appel nominal) : adoptée")
    expect(page.locator(".live-result")).to_contain_text("12 pour, 1 contre")
    press(page, "o", "Enter")
    done(page, "Affaire 3 appelée")
    press(page, "t", "Khadija LANNABI", "Tab", "9", "Tab", "Robert UNTERFRANC", "Tab", "5", "Enter")
    done(page, "(1er tour)")
    expect(page.locator(".live-result")).to_contain_text("Khadija LANNABI")
    press(page, "c", "Enter")
    done(page, "Séance levée à")
    press(page, "k", "Enter")
    page.wait_for_url(re.compile(r"/decider/seances/\d+/$"))
    assert page.locator("text=ne changent plus").first.is_visible()


def test_the_last_entry_is_taken_back_with_one_letter(visit: Visit) -> None:
    page = opened(visit, prepared(visit))
    press(page, "u", "Enter")
    done(page, "adoptée à l’unanimité")
    press(page, "z", "Enter")
    done(page, "Annulation : Affaire 1")
    expect(page.locator(".live-result")).to_have_count(0)


def test_no_letter_writes_by_itself_and_letters_can_be_silenced(visit: Visit) -> None:
    page = opened(visit, prepared(visit))
    for letter in "uvnstriepoadmlzhcj":
        press(page, letter, "Escape")
        page.evaluate("document.activeElement.blur()")
    expect(page.locator("#fait")).to_contain_text("Affaire 1 appelée")
    press(page, "?")
    tab_to(page, "[data-letters-switch]")
    press(page, "Enter")
    page.evaluate("document.activeElement.blur()")
    press(page, "v")
    assert not page.evaluate("document.getElementById('geste-vote').open")


def test_the_second_tab_is_told_and_redoes_with_one_key(visit: Visit) -> None:
    address = prepared(visit)
    first = opened(visit, address)
    second = visit.open(address)
    first.bring_to_front()
    press(first, "d", "lelong", "Enter")
    done(first, "Départ de Jacky LELONG")
    second.bring_to_front()
    press(second, "v", "3", "Enter")
    expect(second.locator("#refus")).to_contain_text("Départ de Jacky LELONG")
    expect(second.locator("#vote-against")).to_have_value("3")
    expect(second.locator("#barre")).to_contain_text("11 présents")
    press(second, "Enter")
    done(second, "adoptée : 8 pour, 3 contre")
    forgive(visit, "status of 409")


def test_what_is_typed_survives_a_crash_and_another_entry(visit: Visit) -> None:
    address = prepared(visit)
    page = opened(visit, address)
    press(page, "e", "Madame LANNABI rappelle le coût d’un repas.")
    page.wait_for_timeout(400)
    press(page, "Escape", "d", "lelong", "Enter")
    done(page, "Départ de Jacky LELONG")
    expect(page.locator("#debate-debate")).to_have_value(
        "Madame LANNABI rappelle le coût d’un repas."
    )
    page.close()
    page = visit.open(address)
    expect(page.locator("#debate-debate")).to_have_value(
        "Madame LANNABI rappelle le coût d’un repas."
    )
    expect(page.locator("#geste-debate [data-draft-note]")).to_be_visible()
    page.locator("#geste-debate button[type=submit]").press("Enter")
    done(page, "Discussions de l’affaire 1")
    assert page.evaluate("Object.keys(localStorage).filter((n) => n.includes('tenir'))") == []


def test_an_entry_whose_answer_is_lost_is_stored_once(visit: Visit) -> None:
    page = opened(visit, prepared(visit))
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/tenir/", lose_the_answer)
    press(page, "d", "lelong", "Enter")
    expect(page.locator("#alerte")).to_contain_text("Pas de réponse")
    done(page, "Départ de Jacky LELONG")
    assert lost == [200, 200]
    expect(page.locator(".live-entries li", has_text="LELONG")).to_have_count(1)
    expect(page.locator("#alerte")).to_be_hidden()
    forgive(visit, "ERR_FAILED")


def test_an_entry_on_its_way_when_the_browser_dies_is_taken_up(visit: Visit) -> None:
    address = prepared(visit)
    page = opened(visit, address)
    page.route(
        "**/tenir/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    press(page, "d", "lelong", "Enter")
    expect(page.locator("#alerte")).to_contain_text("Pas de réponse")
    page.close()
    page = visit.open(address)
    done(page, "Départ de Jacky LELONG")
    expect(page.locator(".live-entries li", has_text="LELONG")).to_have_count(1)
    forgive(visit, "ERR_FAILED")


def test_the_screen_is_accessible_and_fits_every_screen(
    visit: Visit, subtests: pytest.Subtests
) -> None:
    script = Axe().axe_script
    address = prepared(visit)

    def checked(page: Page, what: str) -> None:
        page.evaluate(OPEN_ALL)
        page.evaluate(script)
        for width, check in CHECKS:
            page.set_viewport_size({"width": width, "height": 900})
            with subtests.test(page=what, width=width):
                check(page, width)
        page.set_viewport_size({"width": 1280, "height": 900})

    page = visit.open(address)
    checked(page, "ouverture")
    page.close()
    page = opened(visit, address)
    checked(page, "affaire")
    page.reload()
    press(page, "v", "99", "Enter")
    expect(page.locator("#refus")).to_be_visible()
    checked(page, "refus")
    forgive(visit, "status of 422")


def test_the_quorum_stays_in_sight(visit: Visit) -> None:
    page = opened(visit, prepared(visit))
    for size in ({"width": 1280, "height": 700}, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
        box = page.locator("#barre").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 60, json.dumps(box)
