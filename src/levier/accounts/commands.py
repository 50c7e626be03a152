"""Commands of the person who keeps the machine: organisations, accounts and roles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from levier.accounts.domain.actors import Role
from levier.common.arguments import iso_date, one_of, told_by_option, whole_number
from levier.common.french_help import FrenchCommand, french_app
from levier.common.passwords import asked_password

organisation_app = french_app(help="Créer et lister les organismes.")
person_app = french_app(help="Ouvrir et lister les comptes, renouveler un mot de passe.")
role_app = french_app(help="Confier et lister les rôles.")

EmailArgument = Annotated[
    str, typer.Argument(metavar="EMAIL", help="Adresse électronique du compte.")
]
StdinOption = Annotated[
    bool,
    typer.Option("--password-stdin", help="Lit le mot de passe sur l'entrée standard."),
]
_ROLES = ", ".join(f"{role.value} ({role.label})" for role in Role)


@organisation_app.command("add", cls=FrenchCommand)
def add_organisation(
    kind: Annotated[
        str, typer.Option(metavar="NATURE", help="Nature : commune, epci, state, department…")
    ],
    name: Annotated[str, typer.Option(metavar="NOM", help="Nom de l'organisme.")],
    insee: Annotated[str, typer.Option(metavar="CODE", help="Code INSEE d'une commune.")] = "",
    siren: Annotated[str, typer.Option(metavar="NUMÉRO", help="Numéro SIREN.")] = "",
) -> None:
    """Crée un organisme."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.models import OrganisationKind
    from levier.accounts.services import add_organisation as add
    from levier.accounts.services import refuse_examples

    refuse_examples()
    with told_by_option({"name": "--name", "insee_code": "--insee", "siren": "--siren"}):
        organisation = add(
            OPERATOR,
            kind=one_of("--kind", kind, OrganisationKind),
            name=name,
            insee_code=insee,
            siren=siren,
        )
    typer.echo(f"Organisme {organisation.pk} créé : {organisation}.")


@organisation_app.command("list", cls=FrenchCommand)
def list_organisations() -> None:
    """Liste les organismes, avec leur identifiant."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import organisations_known

    rows = list(organisations_known(OPERATOR))
    if not rows:
        typer.echo("Aucun organisme. « levier organisation add --help » dit comment en créer un.")
    for row in rows:
        typer.echo(f"{row.pk}\t{row.kind}\t{row.name}\t{row.insee_code}\t{row.siren}")


@person_app.command("add", cls=FrenchCommand)
def add_person(
    email: EmailArgument,
    name: Annotated[str, typer.Option(metavar="NOM", help="Prénom et nom.")],
    password_stdin: StdinOption = False,
) -> None:
    """Ouvre un compte. Le mot de passe se tape deux fois, et ne s'affiche pas."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.services import open_account, refuse_examples

    refuse_examples()
    with told_by_option({"email": "EMAIL", "full_name": "--name", "password": "Mot de passe"}):
        person = open_account(
            OPERATOR,
            email=email,
            full_name=name,
            password=asked_password(from_stdin=password_stdin),
        )
    typer.echo(
        f"Compte ouvert : {person}, {person.email}. Il ne peut rien encore : "
        f"« levier role add {person.email} RÔLE ORGANISME » lui confie un rôle."
    )


@person_app.command("password", cls=FrenchCommand)
def change_password(email: EmailArgument, password_stdin: StdinOption = False) -> None:
    """Donne un autre mot de passe à un compte ; ses sessions ouvertes se ferment."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import person_with_email
    from levier.accounts.services import change_password as change

    person = person_with_email(OPERATOR, email)
    with told_by_option({"password": "Mot de passe"}):
        change(OPERATOR, person, asked_password(from_stdin=password_stdin))
    typer.echo(f"Mot de passe changé : {person}, {person.email}.")


@person_app.command("list", cls=FrenchCommand)
def list_people() -> None:
    """Liste les comptes."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import people_known

    rows = list(people_known(OPERATOR))
    if not rows:
        typer.echo("Aucun compte. « levier person add --help » dit comment en ouvrir un.")
    for row in rows:
        typer.echo(f"{row.email}\t{row.full_name}\t{'ouvert' if row.is_active else 'fermé'}")


@role_app.command("add", cls=FrenchCommand)
def add_role(
    email: EmailArgument,
    role: Annotated[str, typer.Argument(metavar="RÔLE", help=f"Parmi : {_ROLES}.")],
    organisation: Annotated[
        str, typer.Argument(metavar="ORGANISME", help="Identifiant de l'organisme.")
    ],
    starts_on: Annotated[
        str | None,
        typer.Option("--from", metavar="AAAA-MM-JJ", help="Premier jour ; sinon aujourd'hui."),
    ] = None,
    ends_on: Annotated[
        str | None, typer.Option("--until", metavar="AAAA-MM-JJ", help="Dernier jour, s'il y en a.")
    ] = None,
) -> None:
    """Confie un rôle à une personne dans un organisme."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import organisation_numbered, person_with_email
    from levier.accounts.services import appoint
    from levier.common.domain.french import date_in_words

    appointment = appoint(
        OPERATOR,
        role=one_of("RÔLE", role, Role),
        organisation=organisation_numbered(OPERATOR, whole_number("ORGANISME", organisation)),
        person=person_with_email(OPERATOR, email),
        starts_on=_day("--from", starts_on) or datetime.now().astimezone().date(),
        ends_on=_day("--until", ends_on),
    )
    typer.echo(f"Rôle confié : {appointment}, à compter du {date_in_words(appointment.starts_on)}.")


@role_app.command("list", cls=FrenchCommand)
def list_roles() -> None:
    """Liste les rôles confiés, avec leurs dates."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import appointments_known

    rows = list(appointments_known(OPERATOR))
    if not rows:
        typer.echo("Aucun rôle. « levier role add --help » dit comment en confier un.")
    for row in rows:
        typer.echo(
            f"{row.person.email}\t{row.role}\t{row.organisation_id}\t{row.organisation}\t"
            f"{row.starts_on}\t{row.ends_on or ''}"
        )


def _day(name: str, text: str | None) -> date | None:
    return None if text is None else iso_date(name, text)


def _open() -> None:
    from levier.common.bootstrap import open_database

    open_database()
