"""A council of 69 members with 200 items in one sitting, and ten thousand sittings to search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count

from bench.live import live_timings
from bench.measure import Timing, timed

MEMBERS, ITEMS, SITTINGS, ACTS_OF_EACH = 69, 200, 10_000, 4
HELD_ON = date(2024, 6, 11)
_GIVEN = ("Anne", "Bruno", "Chloé", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo")
_TOPICS = (
    *("subvention à l’association", "marché de travaux", "garantie d’emprunt", "tarifs"),
    *("convention de mise à disposition", "acquisition de la parcelle", "vœu", "contrat de ville"),
)
_PLACES = ("Lens", "Liévin", "Avion", "Harnes", "Grenay", "Sallaumines", "Méricourt", "Vimy")


def names() -> tuple[str, ...]:
    """The members, all different."""
    return tuple(f"{_GIVEN[rank % len(_GIVEN)]} CONSEILLER{rank:02}" for rank in range(MEMBERS))


def large_record():  # type: ignore[no-untyped-def]
    """Two hundred items voted by roll call, with arrivals, departures, procurations, déports."""
    from levier.council.domain import record as domain

    people = names()
    present, absent = people[:60], people[60:]
    choices = domain.BallotChoice
    ballots = tuple(
        domain.Ballot(name, choices.AGAINST if rank % 9 == 0 else choices.FOR)
        for rank, name in enumerate(present)
    )
    against = sum(ballot.choice is choices.AGAINST for ballot in ballots)
    acts = tuple(
        domain.Deliberation(
            f"{_TOPICS[rank % len(_TOPICS)].capitalize()}, dossier {rank} de {_PLACES[rank % 8]}",
            rank + 1,
            rapporteur=people[rank % 60],
            visas=("Vu le code général des collectivités territoriales,", f"Vu l’avis {rank},"),
            recitals=(f"Considérant l’intérêt local du dossier {rank},",),
            decisions=(f"Le dossier {rank} est approuvé.", "Le maire est chargé de l’exécuter."),
            vote=domain.Vote(
                domain.Outcome.ADOPTED,
                in_favour=len(ballots) - against,
                against=against,
                abstentions=0,
                mode=domain.VoteMode.ROLL_CALL if rank % 20 == 0 else domain.VoteMode.PUBLIC,
                ballots=ballots if rank % 20 == 0 else (),
            ),
            recused=(domain.Recusal(people[rank % 60], domain.RecusalGround.PERSONAL),)
            if rank % 10 == 5
            else (),
            matter_code="7.5",
        )
        for rank in range(ITEMS)
    )
    return domain.Record(
        sitting=domain.Sitting(
            date=HELD_ON,
            opens_at=time(18),
            place="Hôtel de ville",
            convocation_date=HELD_ON - timedelta(days=7),
            convocation_posted=True,
            president=people[0],
            secretary=people[1],
            in_office=MEMBERS,
            present=present,
            absent=absent,
            proxies=tuple(
                domain.Proxy(giver, holder)
                for giver, holder in zip(absent, present[10:], strict=False)
            ),
            movements=tuple(
                domain.Movement(people[30 + rank], event, before_item=20 * rank + offset)
                for rank in range(6)
                for offset, event in (
                    (5, domain.MovementEvent.LEAVES),
                    (12, domain.MovementEvent.ARRIVES),
                )
            ),
            agenda=tuple(domain.AgendaItem(act.number, act.subject) for act in acts),
        ),
        deliberations=acts,
        signed_on=HELD_ON + timedelta(days=3),
        signatory=people[0],
    )


def council(name: str):  # type: ignore[no-untyped-def]
    """An assembly of its own, in a new organisation."""
    from levier.accounts.actors import OPERATOR
    from levier.accounts.models import OrganisationKind
    from levier.accounts.services import add_organisation
    from levier.common.domain.provenance import Source
    from levier.council.domain.record import AssemblyKind
    from levier.council.services.sittings import add_assembly

    organisation = add_organisation(OPERATOR, kind=OrganisationKind.COMMUNE, name=name)
    return add_assembly(
        OPERATOR,
        organisation_id=organisation.pk,
        kind=AssemblyKind.COMMUNE,
        name=name,
        population=300_000,
        population_vintage="données de mesure",
        population_source=Source("mesure", "données de mesure", "sans millésime"),
    )


def many_sittings(assembly: object) -> None:
    """Ten thousand public sittings of four acts each, written at once."""
    from levier.council.models import Deliberation, Sitting, Vote
    from levier.council.storing import search_text

    sittings, acts = [], []
    for rank in range(SITTINGS):
        day = date(1990, 1, 1) + timedelta(days=rank)
        subjects = [
            f"{_TOPICS[(rank + n) % 8]} {rank + n} {_PLACES[(rank // 8 + n) % 8]}"
            for n in range(ACTS_OF_EACH)
        ]
        sittings.append(
            Sitting(
                assembly=assembly,
                date=day,
                is_public=True,
                search_text=search_text("Mesures", day, *subjects),
            )
        )
        acts.append(subjects)
    Sitting.objects.bulk_create(sittings, batch_size=500)
    rows = [
        Deliberation(
            sitting=sitting,
            position=position,
            number=position + 1,
            subject=subject,
            search_text=search_text(
                subject,
                "Vu le code général des collectivités territoriales,",
                "Considérant l’intérêt local de ce dossier et l’avis de la commission,",
                "Le dossier est approuvé et le maire est chargé de l’exécuter.",
            ),
        )
        for sitting, subjects in zip(sittings, acts, strict=True)
        for position, subject in enumerate(subjects)
    ]
    Deliberation.objects.bulk_create(rows, batch_size=500)
    Vote.objects.bulk_create([Vote(deliberation=row) for row in rows], batch_size=500)


def large_council_timings() -> Iterator[Timing]:
    """Pages as the server makes them for the secretary, savings, and searches."""
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse

    from levier.accounts.actors import ANONYMOUS, OPERATOR
    from levier.accounts.domain.actors import Role
    from levier.accounts.services import add_person
    from levier.council.queries import sittings as queries
    from levier.council.services.sittings import save_sitting

    assembly = council("Grande ville")
    secretary = add_person(
        OPERATOR,
        email="secretariat@mesure.example",
        full_name="Alix MESURE",
        password="marronnier-en-fleur-62",
        organisation=assembly.organisation,
        role=Role.SECRETARY,
        starts_on=date(2020, 1, 1),
    )
    record = large_record()

    def saved() -> None:
        with transaction.atomic():
            save_sitting(OPERATOR, record, assembly_id=assembly.pk)
            transaction.set_rollback(True)

    yield timed("enregistrer 200 délibérations, 69 membres", saved, runs=5, goal=1_000)
    sitting = save_sitting(OPERATOR, record, assembly_id=assembly.pk)
    kept = queries.record_of(OPERATOR, sitting.pk)
    versions = count(sitting.version)

    def changed() -> None:
        version = next(versions)
        act = replace(kept.deliberations[99], decisions=(f"Décision revue {version}.",))
        acts = (*kept.deliberations[:99], act, *kept.deliberations[100:])
        save_sitting(
            OPERATOR,
            replace(kept, deliberations=acts),
            assembly_id=assembly.pk,
            sitting_id=sitting.pk,
            expected_version=version,
        )

    yield timed("changer une délibération sur 200", changed, runs=10, goal=300)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(secretary)
    act = sitting.deliberations.get(position=99)
    for label, address in (
        ("séance", reverse("council:sitting", args=[sitting.pk])),
        ("modifier la séance", reverse("council:sitting-edit", args=[sitting.pk])),
        ("délibération", reverse("council:deliberation", args=[act.pk])),
        ("modifier une délibération", reverse("council:deliberation-edit", args=[sitting.pk, 100])),
        ("formalités de la séance", reverse("council:sitting-formalities", args=[sitting.pk])),
        ("formalités de l’acte", reverse("council:act-formalities", args=[act.pk])),
        ("clore la séance", reverse("council:sitting-close", args=[sitting.pk])),
        ("assemblée", reverse("council:assembly", args=[assembly.pk])),
        ("séances", reverse("council:home")),
        ("tableau de bord", "/"),
    ):
        yield timed(
            f"69 × 200, page : {label}", lambda a=address: _get(client, a), runs=20, goal=100
        )
    yield from live_timings(client, sitting.pk)
    many_sittings(assembly)
    for words in ("contrat de ville", "garantie 4242", "avion 1999", "introuvable"):
        yield timed(
            f"chercher « {words} » dans 10 000 séances",
            lambda w=words: queries.search(ANONYMOUS, w, as_of=HELD_ON),
            runs=20,
            goal=100,
        )
    search = f"{reverse('council:search')}?q=garantie+emprunt+lens"
    yield timed("10 000 séances, page : recherche", lambda: _get(client, search), runs=20, goal=100)
    home = reverse("council:home")
    yield timed("10 000 séances, page : séances", lambda: _get(client, home), runs=20, goal=100)


def _get(client: object, address: str) -> None:
    response = client.get(address)  # type: ignore[attr-defined]
    if response.status_code != 200:
        raise SystemExit(f"{address} répond {response.status_code}")
