"""Run as a process of its own: saves the sitting of a small database again and again.

Arguments: `prepare`, `compete LABEL TIMES` or `forever`. The data folder is LEVIER_HOME's.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

from levier.common.bootstrap import open_database

open_database()

from levier.accounts.actors import OPERATOR  # noqa: E402
from levier.accounts.models import OrganisationKind  # noqa: E402
from levier.accounts.services import add_organisation  # noqa: E402
from levier.common.domain.errors import Conflict  # noqa: E402
from levier.council.domain.record import AssemblyKind, Deliberation, Record, Sitting  # noqa: E402
from levier.council.models import Sitting as StoredSitting  # noqa: E402
from levier.council.services.sittings import add_assembly, save_sitting  # noqa: E402

RECORD = Record(
    sitting=Sitting(date=date(2024, 6, 11), president="Anne UN", present=("Paul DEUX",)),
    deliberations=(Deliberation("Objet", decisions=("Oui.",)),),
)


def prepare() -> None:
    """One commune, one assembly, one sitting."""
    commune = add_organisation(OPERATOR, kind=OrganisationKind.COMMUNE, name="Avion")
    assembly = add_assembly(
        OPERATOR, organisation_id=commune.pk, kind=AssemblyKind.COMMUNE, name="Avion"
    )
    save_sitting(OPERATOR, RECORD, assembly_id=assembly.pk)


def save(label: str) -> None:
    """Save the sitting with a place never seen before, as often as another one came first."""
    place = replace(RECORD, sitting=replace(RECORD.sitting, place=label))
    while True:
        opened = StoredSitting.objects.get()
        try:
            save_sitting(
                OPERATOR,
                place,
                assembly_id=opened.assembly_id,
                sitting_id=opened.pk,
                expected_version=opened.version,
            )
        except Conflict:
            continue
        return


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["compete", label, times]:
            for rank in range(int(times)):
                save(f"{label} {rank}")
        case ["forever"]:
            rank = 0
            while True:
                save(f"salle {rank}")
                sys.stdout.write(f"{rank}\n")
                sys.stdout.flush()
                rank += 1
