"""The frame: headers, landmarks, the loop, what each person finds in it."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.db import OperationalError, connection
from django.test import Client

from levier.accounts.domain.actors import Role
from levier.site.loop import LOOP, room_of_path
from tests.web.shell_cases import Installation, hold_sitting, install, state_contract

pytestmark = pytest.mark.django_db
VERBS = (
    "Décider",
    "S’engager",
    "Situer",
    "Observer",
    "Mobiliser",
    "Écouter",
    "Piloter",
    "Évaluer",
)
PUBLIC_PAGES = ("/", "/connexion", *(f"/boucle/{room.slug}/" for room in LOOP))


class Outline(HTMLParser):
    """What matters of a page: its title, headings, elements and their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in {"title", "h1", "h2", "h3", "a", "script", "style"}:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            self.texts[tag][-1] += data


@pytest.fixture
def place() -> Installation:
    return install()


def outline(client: Client, path: str) -> Outline:
    return Outline(client.get(path).content.decode())


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, "/rien", "/sante"])
def test_policy_refuses_everything_inline_and_every_other_host(client: Client, path: str) -> None:
    headers = client.get(path).headers
    directives = {
        name: sources.split()
        for name, *rest in (
            part.split(None, 1)
            for part in headers["Content-Security-Policy"].split(";")
            if part.strip()
        )
        for sources in rest
    }
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    assert directives["frame-ancestors"] == directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    allowed = {source for sources in directives.values() for source in sources}
    assert allowed == {"'none'", "'self'", "data:"}
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, "/rien"])
def test_pages_hold_no_inline_code_and_load_nothing_from_elsewhere(
    client: Client, path: str
) -> None:
    page = outline(client, path)
    for tag, attributes in page.elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if tag in {"script", "link", "img"}:
            address = attributes.get("src") or attributes.get("href") or ""
            assert address.startswith("/static/"), address
    assert page.texts.get("script") == [""] * len(page.texts["script"])


def test_titles_are_unique_and_name_the_product(client: Client) -> None:
    titles = [outline(client, path).texts["title"][0] for path in (*PUBLIC_PAGES, "/rien")]
    assert all(title.endswith(" – Levier") for title in titles)
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, "/rien"])
def test_headings_landmarks_and_language(client: Client, path: str) -> None:
    page = outline(client, path)
    tags = [tag for tag, _ in page.elements]
    assert ("html", {"lang": "fr"}) in page.elements
    assert (tags.count("h1"), tags.count("main"), tags.count("header")) == (1, 1, 1)
    levels = [int(tag[1]) for tag in tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    first_link = next(attributes for tag, attributes in page.elements if tag == "a")
    assert first_link["href"] == "#contenu"


def test_the_loop_has_its_eight_verbs_in_order_and_says_which_are_absent(client: Client) -> None:
    links = [
        text.replace(" (pas dans cette version)", "") for text in outline(client, "/").texts["a"]
    ]
    assert tuple(text for text in links if text in VERBS) == VERBS
    html = client.get("/").content.decode()
    assert html.count("(pas dans cette version)") == sum(not room.is_built for room in LOOP) == 7


@pytest.mark.parametrize("room", LOOP, ids=lambda room: room.slug)
def test_a_room_says_whether_this_version_has_it(client: Client, room) -> None:
    html = client.get(f"/boucle/{room.slug}/").content.decode()
    assert ("n’est pas dans cette version" in html) is not room.is_built
    assert room_of_path(f"/boucle/{room.slug}/") is room
    assert 'aria-current="page">' + room.verb in html


def test_header_names_territory_and_the_contract_of_the_latest_public_act(
    client: Client, place: Installation
) -> None:
    private = hold_sitting(place, date(2024, 6, 11), public=False)
    state_contract(private)
    assert "Engagement quartiers 2030" not in client.get("/").content.decode()
    public = hold_sitting(place, date(2024, 9, 3))
    state_contract(public)
    html = client.get("/").content.decode()
    assert "Communauté d’Agglomération de Lens-Liévin" in html
    assert "Engagement quartiers 2030" in html
    assert "Données de démonstration" in html
    before = client.get("/", {"au": "2024-09-02"}).content.decode()
    assert "Engagement quartiers 2030" not in before


def test_an_empty_installation_names_no_territory(client: Client) -> None:
    html = client.get("/").content.decode()
    assert "Aucun territoire enregistré" in html
    assert "démonstration" not in html


@pytest.mark.parametrize(
    ("role", "may_write", "may_control"),
    [
        (None, False, False),
        (Role.SECRETARY, True, False),
        (Role.MAYOR, True, False),
        (Role.PARTNER, False, False),
        (Role.AUDITOR, False, True),
        (Role.ADMINISTRATOR, False, True),
    ],
)
def test_each_role_finds_only_the_pages_it_may_use(
    client: Client, place: Installation, role: Role | None, may_write: bool, may_control: bool
) -> None:
    if role:
        client.force_login(place.person(role))
    links = outline(client, "/boucle/decider/").texts["a"]
    assert "Séances" in links
    assert ("Saisir une séance" in links) is may_write
    assert ("Déposer un acte" in links) is may_write
    assert ("Journal" in links) is may_control
    assert ("Se connecter" in links) is (role is None)


def test_health_tells_whether_the_database_answers(client: Client, monkeypatch) -> None:
    assert client.get("/sante").json()["database"] == "ok"

    def unreachable(*_args: object) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(connection, "cursor", unreachable)
    response = client.get("/sante")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
