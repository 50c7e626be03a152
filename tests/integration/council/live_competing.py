"""Run as a process of its own: enters votes and movements of one sitting again and again.

Arguments: `prepare`, `compete LABEL TIMES` or `forever`. The data folder is LEVIER_HOME's.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from levier.common.bootstrap import open_database

open_database()

from levier.accounts.actors import OPERATOR  # noqa: E402
from levier.accounts.models import OrganisationKind  # noqa: E402
from levier.accounts.services import add_organisation  # noqa: E402
from levier.council.domain.record import AssemblyKind, BallotChoice  # noqa: E402
from levier.council.models import LiveEntry, Sitting  # noqa: E402
from levier.council.queries.live import live_sitting  # noqa: E402
from levier.council.services.live import Overtaken  # noqa: E402
from levier.council.services.live_entries import Debate  # noqa: E402
from levier.council.services.live_votes import NamedVotes  # noqa: E402
from levier.council.services.sittings import add_assembly  # noqa: E402
from tests.integration.council.live_cases import Room, prepared  # noqa: E402


def prepare() -> None:
    """A council of twelve whose sitting is open."""
    commune = add_organisation(OPERATOR, kind=OrganisationKind.COMMUNE, name="Avion")
    assembly = add_assembly(
        OPERATOR, organisation_id=commune.pk, kind=AssemblyKind.COMMUNE, name="Avion"
    )
    prepared(assembly).open()


def meet(label: str) -> None:
    """Wait for the other window: both have then seen the same version, so that they do cross."""
    place = Path(os.environ["LEVIER_HOME"])
    (place / f"ready-{label}").touch()
    until = time.monotonic() + 60
    while len(list(place.glob("ready-*"))) < 2 and time.monotonic() < until:
        time.sleep(0.005)


def compete(room: Room, label: str, times: int) -> int:
    """Enter that many texts, each over the version seen; how often another window came first."""
    told = 0
    for rank in range(times):
        while True:
            seen = Sitting.objects.get(pk=room.sitting.pk).version
            act = room.act(1)
            if not (rank or told):
                meet(label)
            try:
                room.enter(
                    Debate(act.pk, f"{label} {rank}", act.debate),
                    version=seen,
                    key=f"{label}-{rank}-{seen}",
                )
            except Overtaken as error:
                told += bool(error.others)
                continue
            break
    return told


def vote_forever(room: Room) -> None:
    """One roll call after another on the same item: against, then in favour, and so on."""
    rank = LiveEntry.objects.filter(kind=NamedVotes.kind).count()
    while True:
        voters = live_sitting(OPERATOR, room.sitting.pk).voters
        choice = (BallotChoice.FOR, BallotChoice.AGAINST)[rank % 2]
        room.enter(
            NamedVotes(room.act(1).pk, tuple((voter.pk, choice) for voter in voters)),
            key=f"vote-{rank}",
        )
        sys.stdout.write(f"{rank}\n")
        sys.stdout.flush()
        rank += 1


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["compete", label, times]:
            sys.stdout.write(f"{compete(Room(Sitting.objects.get()), label, int(times))}\n")
        case ["forever"]:
            vote_forever(Room(Sitting.objects.get()))
