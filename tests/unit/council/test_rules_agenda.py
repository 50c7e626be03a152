"""K9, K10, K12: what the convocation announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.findings import Status
from levier.council.domain.circumstances import Circumstances, Seat
from levier.council.domain.formalities import (
    ContractRequest,
    Convocation,
    SentAgenda,
    SittingFormalities,
)
from levier.council.domain.record import AgendaItem, AssemblyKind, MatterNature, Record
from levier.council.domain.rules.agenda import announces
from tests.unit.council.judging import judged, record

OK, RISK, BAD, ASK, NONE = (
    Status.OK,
    Status.AT_RISK,
    Status.IRREGULAR,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)


SUBJECTS_SEEN = st.lists(
    st.sampled_from(("signature", "du", "bail", "Budget", "écoles", "école", "divers", "tarifs")),
    max_size=4,
).map(" ".join)


def called(*agendas: SentAgenda, subject: str = "Emprunt", **fields: Any) -> Record:
    fields = {"population": 900, **fields}
    convocation = Convocation(agendas=agendas)
    return record(
        subject=subject, formalities=SittingFormalities(convocation=convocation), **fields
    )


def sent(day: int, *subjects: str) -> SentAgenda:
    return SentAgenda(date(2024, 6, day), subjects)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Subventions aux associations", "Subvention à l’association des parents d’élèves"),
        ("VOTE DU BUDGET PRIMITIF 2024", "Budget primitif 2024 de la commune"),
        ("3. Contrat de Ville", "Approbation du contrat de ville 2024-2030"),
        ("Tarifs de la cantine", "Cantine scolaire : révision des tarifs"),
        ("Régie d’œuvres", "REGIE D'OEUVRES"),
        ("Signature", "Signature du bail"),
        # Two significant words of four.
        ("Voirie rurale entretien chemin", "Voirie rurale, achat, camion"),
    ],
)
def test_wordings_are_compared_leniently(line: str, subject: str) -> None:
    assert announces((line,), subject)
    assert announces((subject,), line)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Questions diverses", "Emprunt"),
        ("Questions et informations diverses", "Information sur l’emprunt"),
        ("Budget primitif 2024", "Tarifs de la cantine 2024"),
        ("Approbation du projet communal", "Approbation du règlement"),
        ("", "Emprunt"),
        ("Voirie rurale entretien chemin", "Voirie urbaine, achat, camion"),
        ("Don du sang", "Don du terrain"),
    ],
)
def test_a_line_that_announces_something_else(line: str, subject: str) -> None:
    assert not announces((line,), subject)


@given(st.lists(SUBJECTS_SEEN, max_size=6), SUBJECTS_SEEN)
def test_the_index_finds_what_comparing_every_line_finds(lines: list[str], subject: str) -> None:
    one_by_one = any(announces((line,), subject) for line in lines)
    assert announces(tuple(lines), subject) is one_by_one


@pytest.mark.parametrize(
    ("population", "day", "status"),
    [
        # Three clear days below 3 500 inhabitants, five from there: sitting on 11 June.
        (900, 7, OK),
        (900, 8, BAD),
        (5_000, 5, OK),
        (5_000, 6, BAD),
        (None, 5, OK),
        (None, 6, ASK),
        (None, 7, ASK),
        (None, 8, BAD),
    ],
)
def test_k9_the_agenda_is_sent_in_time(population: int | None, day: int, status: Status) -> None:
    found = judged(called(sent(day, "Emprunt"), population=population), "K9")
    assert found.status is status
    assert found.inputs["clear_days"] == 11 - day - 1


def test_k9_an_item_added_later_needs_the_whole_delay_again() -> None:
    """CAA Marseille, 27 November 2008 (gaz-2142)."""
    agendas = (sent(3, "Budget primitif"), sent(10, "Budget primitif", "Emprunt"))
    assert judged(called(*agendas), "K9").status is BAD
    assert judged(called(*agendas, subject="Budget primitif"), "K9").status is OK
    assert judged(called(*agendas, urgency=True), "K9").status is BAD
    assert judged(called(sent(9, "Emprunt"), urgency=True), "K9").status is OK


def test_k9_diverse_questions_announce_nothing() -> None:
    """CAA Marseille, 24 February 1998 (gaz-2142)."""
    found = judged(called(sent(3, "Budget", "Questions diverses")), "K9")
    assert found.status is RISK
    assert "Questions diverses" in found.explanation
    assert "Questions diverses" not in judged(called(sent(3, "Budget")), "K9").explanation


def test_k9_falls_back_on_the_agenda_of_the_sitting() -> None:
    agenda = (AgendaItem(1, "Budget"), AgendaItem(2, "Emprunt"))
    assert judged(record(subject="Emprunt", agenda=agenda), "K9").status is OK
    other = record(subject="Cession", agenda=agenda)
    assert judged(other, "K9").status is RISK
    assert judged(replace(other, unread=("…",)), "K9").status is ASK
    assert judged(record(subject="Cession"), "K9").status is NONE


@pytest.mark.parametrize(
    "subject",
    [
        "Désignation du secrétaire de séance",
        "Approbation du procès-verbal de la séance du 3 mai",
        "Adoption du compte rendu",
    ],
)
def test_k9_what_every_sitting_does_need_not_be_announced(subject: str) -> None:
    assert judged(called(sent(3, "Budget"), subject=subject), "K9").status is NONE


def test_k9_impossible_dates_and_local_law() -> None:
    assert judged(called(sent(12, "Emprunt")), "K9").status is ASK
    assert judged(called(sent(11, "Emprunt")), "K9").status is BAD
    assert judged(called(sent(3, "Emprunt"), date=None), "K9").status is ASK
    assert judged(called(sent(10, "Emprunt")), "K9", department="67").status is ASK


def asking(*requests: ContractRequest, population: int | None = 5_000) -> Record:
    convocation = Convocation(contract_requests=requests)
    return record(population=population, formalities=SittingFormalities(convocation=convocation))


@pytest.mark.parametrize(
    ("shown", "population", "status"),
    [
        (11, 5_000, OK),
        (12, 5_000, BAD),
        (None, 5_000, ASK),
        (12, None, ASK),
        (12, 900, NONE),
    ],
)
def test_k10_whoever_asks_reads_the_draft(
    shown: int | None, population: int | None, status: Status
) -> None:
    request = ContractRequest(
        "Alice A", date(2024, 6, 6), None if shown is None else date(2024, 6, shown)
    )
    assert judged(asking(request, population=population), "K10").status is status


def test_k10_only_on_request() -> None:
    assert judged(asking(), "K10").status is NONE
    after = ContractRequest("Alice A", date(2024, 6, 12), date(2024, 6, 13))
    assert judged(asking(after), "K10").status is OK
    same_day = ContractRequest("Alice A", date(2024, 6, 11), date(2024, 6, 13))
    assert judged(asking(same_day), "K10").status is BAD


def electing(
    nature: MatterNature | None = MatterNature.MAYOR_ELECTION,
    *,
    mention: bool | None = True,
    agendas: tuple[SentAgenda, ...] = (),
    **fields: Any,
) -> Record:
    convocation = Convocation(special_mention=mention, agendas=agendas)
    return record(
        formalities=SittingFormalities(convocation=convocation),
        deliberation={"nature": nature},
        **fields,
    )


@pytest.mark.parametrize(("mention", "status"), [(True, OK), (False, BAD), (None, ASK)])
@pytest.mark.parametrize("nature", [MatterNature.MAYOR_ELECTION, MatterNature.DEPUTIES_ELECTION])
def test_k12_the_convocation_announces_the_election(
    nature: MatterNature, mention: bool | None, status: Status
) -> None:
    assert judged(electing(nature, mention=mention), "K12").status is status


def test_k12_the_agenda_sent_may_tell() -> None:
    told = (sent(3, "Élection du maire"),)
    assert judged(electing(mention=None, agendas=told), "K12").status is OK
    untold = (sent(3, "Budget"),)
    assert judged(electing(mention=None, agendas=untold), "K12").status is BAD


@pytest.mark.parametrize(
    "subject",
    [
        "Élection d’un adjoint au maire",
        "Election du 3ème adjoint",
        "Élection du maire et des adjoints",
        "Élection de Madame le Maire",
    ],
)
def test_k12_reads_the_subject(subject: str) -> None:
    assert judged(electing(None, subject=subject, mention=False), "K12").status is BAD


def test_k12_leaves_epci_and_other_elections() -> None:
    other = electing(None, subject="Élection des membres de la commission", mention=False)
    assert judged(other, "K12").status is NONE
    assert judged(electing(kind=AssemblyKind.EPCI, mention=False), "K12").status is NONE
    assert judged(electing(None, mention=False), "K12").status is NONE


@pytest.mark.parametrize(
    ("president", "status"), [("Alice A", OK), ("Bruno B", RISK), ("Chloé C", OK), (None, OK)]
)
def test_k12_the_eldest_presides_over_the_election_of_the_mayor(
    president: str | None, status: Status
) -> None:
    """The eldest of those present: Zoé is older and away; Chloé's age is unknown."""
    what = electing(president=president, present=("Bruno B", "Alice A", "Chloé C"))
    seats = (
        Seat("Alice A", born_on=date(1950, 1, 1)),
        Seat("Bruno B", born_on=date(1960, 1, 1)),
        Seat("Chloé C"),
        Seat("Zoé Z", born_on=date(1940, 1, 1)),
    )
    aged = replace(what, circumstances=Circumstances(seats=seats))
    assert judged(aged, "K12").status is status
