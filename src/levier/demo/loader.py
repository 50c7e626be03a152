"""Loads the Lens-Liévin case through the services, so that the journal tells it like any work."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils import timezone

from levier.accounts.actors import OPERATOR
from levier.accounts.domain.actors import Role
from levier.accounts.models import Organisation, OrganisationKind, Person
from levier.accounts.services import add_organisation, add_person, change_password
from levier.accounts.writing import writing
from levier.common.domain.errors import LevierError
from levier.common.domain.french import plural
from levier.common.domain.provenance import Source
from levier.council.domain.record import AssemblyKind
from levier.council.domain.statements import Statement, Topic
from levier.council.models import Assembly, Sitting
from levier.council.record_json import load_record
from levier.council.services.publication import publish_act
from levier.council.services.sittings import add_assembly, add_statements, save_sitting, set_public

# Roles of the example accounts hold from the period of the contract on.
ROLES_START_ON = date(2024, 1, 1)
ACTS = ("loison_2024_06_11.toml",)
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An example account, with the password to print: the database only keeps its hash."""

    title: str
    email: str
    password: str


def load(tell: Tell) -> tuple[DemoAccount, ...]:
    """Load what is missing of the case, all or nothing; a second time, nothing is missing.

    `tell` receives a line of progress per step. What a person changed in the case stays as it is.
    Raises LevierError when the database holds anything real.
    """
    refuse_real_data()
    territory = _read("territory.toml")
    with writing(OPERATOR):
        organisations = {row["key"]: _organisation(row, tell) for row in territory["organisations"]}
        assemblies: dict[str, Assembly] = {}
        for row in territory["assemblies"]:
            assemblies[row["organisation"]] = _assembly(
                row, organisations[row["organisation"]], tell
            )
        for name in ACTS:
            act = _read(name)
            _act(act, assemblies[act["assembly"]], tell)
        return tuple(
            _account(row, organisations[row["organisation"]], tell) for row in territory["people"]
        )


def refuse_real_data() -> None:
    """Raise LevierError when an organisation or an account is not an example."""
    organisations = Organisation.objects.filter(is_demo=False).count()
    people = Person.objects.filter(is_demo=False).count()
    if organisations or people:
        raise LevierError(
            "Cette base contient de vraies données "
            f"({plural(organisations, 'organisme')}, {plural(people, 'compte')}) : la "
            "démonstration ne s'y mêle pas, et rien n'a été changé. Donnez-lui un autre dossier "
            "par la variable LEVIER_HOME, ou une autre base par DATABASE_URL."
        )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("levier.demo").joinpath("data", name).read_text(encoding="utf-8"))


def _organisation(row: dict[str, Any], tell: Tell) -> Organisation:
    kind = OrganisationKind(row["kind"])
    known = Organisation.objects.filter(kind=kind.value, name=row["name"]).first()
    if known is not None:
        return known
    tell(f"Organisme : {row['name']}")
    return add_organisation(
        OPERATOR,
        kind=kind,
        name=row["name"],
        insee_code=row.get("insee_code", ""),
        siren=row.get("siren", ""),
        is_demo=True,
    )


def _assembly(row: dict[str, Any], organisation: Organisation, tell: Tell) -> Assembly:
    known = Assembly.objects.filter(
        organisation=organisation, kind=row["kind"], name=row["name"]
    ).first()
    if known is not None:
        return known
    source = row.get("population_source")
    assembly = add_assembly(
        OPERATOR,
        organisation_id=organisation.pk,
        kind=AssemblyKind(row["kind"]),
        name=row["name"],
        insee_code=row.get("insee_code", ""),
        siren=row.get("siren", ""),
        department=row.get("department", ""),
        population=row.get("population"),
        population_vintage=row.get("population_vintage", ""),
        population_source=_source(source) if source else None,
    )
    tell(f"Assemblée : {assembly}")
    return assembly


def _act(act: dict[str, Any], assembly: Assembly, tell: Tell) -> None:
    record = load_record(json.dumps(act["record"]))
    held_on = act["record"]["sitting"]["date"]
    if Sitting.objects.filter(assembly=assembly, date=held_on).exists():
        return
    sitting = save_sitting(OPERATOR, record, assembly_id=assembly.pk, source=_source(act["source"]))
    tell(f"Acte : {sitting}")
    deliberation = sitting.deliberations.get()
    add_statements(
        OPERATOR,
        deliberation.pk,
        [
            Statement(Topic(topic), text)
            for topic, texts in act["statements"].items()
            for text in texts
        ],
    )
    set_public(OPERATOR, sitting.pk, True)
    # When the town published it is not known: the file shows a page, and the act stays undated.
    publish_act(
        OPERATOR,
        deliberation.pk,
        posted_on=timezone.localdate(),
        author_name=act["author"]["name"],
        author_capacity=act["author"]["capacity"],
        as_example=True,
    )
    tell("Page publique d'exemple : l'acte, son auteur et son fichier")


def _source(row: dict[str, str]) -> Source:
    return Source(**row, imported_at=timezone.now(), imported_by="levier demo")


def _account(row: dict[str, Any], organisation: Organisation, tell: Tell) -> DemoAccount:
    account = DemoAccount(row["title"], row["email"], _password(row["email"]))
    known = Person.objects.filter(email=account.email).first()
    if known is None:
        tell(f"Compte d'exemple : {account.title}")
        add_person(
            OPERATOR,
            email=account.email,
            full_name=row["full_name"],
            password=account.password,
            organisation=organisation,
            role=Role(row["role"]),
            starts_on=ROLES_START_ON,
            is_demo=True,
        )
    elif not known.check_password(account.password):
        tell(f"Mot de passe d'exemple renouvelé : {account.title}")
        change_password(OPERATOR, known, account.password)
    return account


def _password(email: str) -> str:
    """A password that only this installation gives, the same at each start.

    It is derived from the secret key, so that it can be printed again without being kept.
    """
    digest = hmac.new(
        settings.SECRET_KEY.encode(), f"levier demo {email}".encode(), hashlib.sha256
    ).digest()
    letters = base64.b32encode(digest).decode().lower()
    return "-".join(letters[start : start + 5] for start in (0, 5, 10))
