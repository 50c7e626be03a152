"""Commands of the person who keeps the machine: assemblies, and the population that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from levier.common.arguments import told_by_option, whole_number
from levier.common.domain.errors import LevierError
from levier.common.french_help import FrenchCommand, french_app

if TYPE_CHECKING:
    from levier.common.domain.provenance import Source

app = french_app(help="Créer et lister les assemblées, corriger leur population.")

_POPULATION_HELP = "Population municipale authentifiée avant le dernier renouvellement du conseil."
_VINTAGE_HELP = "Millésime de la population, par exemple « population légale 2017 »."
_PUBLISHER_HELP = "Éditeur de ce chiffre, par exemple INSEE."
_DATASET = "population municipale"
_OPTIONS = {"name": "--name", "department": "--department"}


@app.command("add", cls=FrenchCommand)
def add(
    organisation: Annotated[
        str, typer.Argument(metavar="ORGANISME", help="Identifiant de l'organisme.")
    ],
    name: Annotated[str, typer.Option(metavar="NOM", help="Nom, tel que les actes l'écrivent.")],
    department: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Département ; sinon celui du code INSEE de l'organisme."
        ),
    ] = None,
    population: Annotated[str | None, typer.Option(metavar="ENTIER", help=_POPULATION_HELP)] = None,
    vintage: Annotated[
        str | None, typer.Option("--population-vintage", metavar="TEXTE", help=_VINTAGE_HELP)
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--population-publisher", metavar="TEXTE", help=_PUBLISHER_HELP)
    ] = None,
) -> None:
    """Crée le conseil d'une commune ou d'un EPCI."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.accounts.queries import organisation_numbered
    from levier.council.domain.record import AssemblyKind
    from levier.council.services.sittings import add_assembly

    body = organisation_numbered(OPERATOR, whole_number("ORGANISME", organisation))
    if body.kind not in set(AssemblyKind):
        raise LevierError(
            f"ORGANISME : {body} n'est ni une commune ni un EPCI ; Levier ne connaît pas son "
            "assemblée."
        )
    given = (population, vintage, publisher)
    if any(given) and not all(given):
        raise LevierError(
            "Une population s'enregistre avec son millésime et son éditeur : donnez --population, "
            "--population-vintage et --population-publisher ensemble, ou aucun des trois."
        )
    with told_by_option(_OPTIONS | {"population": "--population"}):
        assembly = add_assembly(
            OPERATOR,
            organisation_id=body.pk,
            kind=AssemblyKind(body.kind),
            name=name,
            insee_code=body.insee_code,
            siren=body.siren,
            department=_department_of(body.insee_code) if department is None else department,
            population=whole_number("--population", population) if population else None,
            population_vintage=vintage or "",
            population_source=_source(publisher, vintage) if publisher and vintage else None,
        )
    typer.echo(f"Assemblée {assembly.pk} créée : {assembly}.")
    typer.echo(f"Département : {assembly.department or 'non précisé'}.")
    if assembly.population is None:
        typer.echo(
            "Population inconnue : les règles à seuil restent à vérifier. "
            f"« levier assembly population {assembly.pk} … » la donne."
        )


@app.command(cls=FrenchCommand)
def population(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Identifiant de l'assemblée.")],
    number: Annotated[str, typer.Argument(metavar="ENTIER", help=_POPULATION_HELP)],
    vintage: Annotated[str, typer.Option(metavar="TEXTE", help=_VINTAGE_HELP)],
    publisher: Annotated[str, typer.Option(metavar="TEXTE", help=_PUBLISHER_HELP)],
) -> None:
    """Corrige la population qui fixe les seuils ; l'ancienne reste dans l'historique."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.common.domain.french import plural
    from levier.council.services.assemblies import set_population

    with told_by_option({"population": "ENTIER", "population_vintage": "--vintage"}):
        assembly = set_population(
            OPERATOR,
            whole_number("ID", identifier),
            population=whole_number("ENTIER", number),
            source=_source(publisher, vintage),
        )
    counted = plural(assembly.population or 0, "habitant")
    typer.echo(f"{assembly} : {counted}, {assembly.population_vintage}.")


@app.command("list", cls=FrenchCommand)
def list_assemblies() -> None:
    """Liste les assemblées, avec leur identifiant et leur population."""
    _open()
    from levier.accounts.actors import OPERATOR
    from levier.council.queries.sittings import assemblies_open_to

    rows = list(assemblies_open_to(OPERATOR))
    if not rows:
        typer.echo("Aucune assemblée. « levier assembly add --help » dit comment en créer une.")
    for row in rows:
        count = "" if row.population is None else row.population
        typer.echo(
            f"{row.pk}\t{row.kind}\t{row.name}\t{row.department}\t{count}\t{row.population_vintage}"
        )


def _department_of(insee_code: str) -> str:
    """The code of a commune begins with that of its department: two characters, or 97 and one."""
    return insee_code[: 3 if insee_code.startswith("97") else 2]


def _source(publisher: str, vintage: str) -> Source:
    from levier.common.domain.provenance import Source

    try:
        return Source(publisher=publisher.strip(), dataset=_DATASET, vintage=vintage.strip())
    except ValueError as error:
        raise LevierError(str(error)) from None


def _open() -> None:
    from levier.common.bootstrap import open_database

    open_database()
