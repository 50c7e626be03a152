"""The running product and the browser. They live no longer than this folder's tests: the browser's
event loop would otherwise forbid the database to the tests that follow in the same process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsing import ARGUMENTS
from tests.e2e.product import Product, running_product


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """An installed Chromium; the tests skip where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next((path for name in names if (path := shutil.which(name))), None)
    if executable is None:
        pytest.skip("aucun navigateur Chromium n’est installé sur cette machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="package")
def product(browser: Browser) -> Iterator[Product]:
    """`levier demo`, started once; `browser` first, so that nothing starts where tests skip."""
    with running_product() as running:
        yield running
