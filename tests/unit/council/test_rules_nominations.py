"""T6, T7 and T8: rounds of a nomination, secret ballot given up or not, mayor and deputies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levier.common.domain.findings import Finding, Status
from levier.council.domain.record import Candidate, MatterNature, Outcome, Round, Vote, VoteMode
from levier.council.domain.rules.facts import guessed_nature
from levier.council.domain.rules.nominations import nomination_result
from tests.unit.council.judging import judged, names, record

OK, BAD, RISK, ASK, NONE = (
    Status.OK,
    Status.IRREGULAR,
    Status.AT_RISK,
    Status.UNVERIFIABLE,
    Status.NOT_APPLICABLE,
)
SECRET, PUBLIC = VoteMode.SECRET, VoteMode.PUBLIC
BORN = {"A": date(1950, 5, 1), "B": date(1960, 5, 1), "C": date(1970, 5, 1)}
NOMINATION = MatterNature.NOMINATION


def votes(**counts: int) -> Round:
    return Round(tuple(Candidate(name, count, BORN[name]) for name, count in counts.items()))


def nominated(
    rule: str, *rounds: Round, nature: MatterNature | None = NOMINATION, **ballot: Any
) -> Finding:
    subject = ballot.pop("subject", "Commission d’appel d’offres")
    return judged(
        record(
            subject=subject,
            vote=Vote(rounds=rounds, **ballot),
            deliberation={"nature": nature},
            present=names(9),
        ),
        rule,
    )


def by_hand(rounds: tuple[Round, ...]) -> str | None:
    """Another reading of L2121-21: percentages, then the oldest first."""
    for rank, one in enumerate(rounds[:3]):
        ranking = sorted(one.candidates, key=lambda c: (-c.votes, c.born_on or date.max))
        expressed = sum(candidate.votes for candidate in one.candidates)
        if not expressed:
            continue
        if rank == 2 or ranking[0].votes / expressed > 0.5:
            return ranking[0].name
    return None


counts = st.integers(0, 6)
rounds_of_three = st.builds(votes, A=counts, B=counts, C=counts)


@given(st.lists(rounds_of_three, max_size=4).map(tuple))
def test_winner_is_the_one_found_by_hand(rounds: tuple[Round, ...]) -> None:
    assert nomination_result(rounds).elected == by_hand(rounds)


@given(st.lists(rounds_of_three, min_size=1, max_size=3).map(tuple), st.randoms())
def test_order_of_candidates_does_not_matter(rounds: tuple[Round, ...], random: Any) -> None:
    mixed = tuple(Round(tuple(random.sample(one.candidates, 3)), one.blank) for one in rounds)
    assert nomination_result(mixed).elected == nomination_result(rounds).elected


@pytest.mark.parametrize(
    ("rounds", "elected", "at_round", "by_age"),
    [
        ((votes(A=5, B=4),), "A", 1, False),
        # Half is no absolute majority; blank ballots are no votes cast.
        ((votes(A=5, B=5),), None, None, False),
        ((Round((Candidate("A", 3), Candidate("B", 2)), blank=20),), "A", 1, False),
        ((votes(A=4, B=3, C=2), votes(A=4, B=5)), "B", 2, False),
        ((votes(A=4, B=3, C=2),) * 3, "A", 3, False),
        ((votes(A=3, B=3, C=2),) * 3, "A", 3, True),
        ((votes(B=3, C=3),) * 3, "B", 3, True),
    ],
)
def test_rounds(
    rounds: tuple[Round, ...], elected: str | None, at_round: int | None, by_age: bool
) -> None:
    found = nomination_result(rounds)
    assert (found.elected, found.at_round, found.by_age) == (elected, at_round, by_age)


def test_tie_between_lists_goes_to_the_highest_average_age() -> None:
    tied = Round(
        (Candidate("Liste 1", 7, average_age=51.2), Candidate("Liste 2", 7, average_age=53))
    )
    assert nomination_result((tied,) * 3).elected == "Liste 2"


def test_tie_without_ages_or_of_one_age_is_undecided() -> None:
    for tied in (
        Round((Candidate("A", 7), Candidate("B", 7))),
        Round((Candidate("A", 7, BORN["A"]), Candidate("B", 7))),
        Round((Candidate("A", 7, BORN["A"]), Candidate("B", 7, BORN["A"]))),
    ):
        found = nomination_result((tied,) * 3)
        assert (found.elected, found.tied) == (None, ("A", "B"))


def test_declared_winner_against_the_computed_one() -> None:
    first = votes(A=5, B=4)
    found = nominated("T6", first, elected=("A",))
    assert (found.status, found.inputs["elected"], found.inputs["round"]) == (OK, "A", 1)
    found = nominated("T6", first, elected=("B",))
    assert (found.status, found.inputs["elected_printed"]) == (BAD, ["B"])
    assert nominated("T6", first).status is OK


def test_elected_without_the_majority() -> None:
    found = nominated("T6", votes(A=4, B=3, C=2), elected=("A",))
    assert found.status is BAD
    assert "deuxième tour" in found.explanation
    assert nominated("T6", votes(A=4, B=3, C=2)).status is ASK


def test_youngest_declared_after_a_tie() -> None:
    rounds = (votes(A=3, B=3),) * 3
    assert nominated("T6", *rounds, elected=("B",)).status is BAD
    assert nominated("T6", *rounds, elected=("A",)).status is OK
    unknown = (Round((Candidate("A", 3), Candidate("B", 3))),) * 3
    assert nominated("T6", *unknown, elected=("B",)).status is ASK
    assert nominated("T6", *unknown, elected=("C",)).status is BAD


def test_persons_of_a_list_are_not_compared_with_its_name() -> None:
    lists = Round(
        (Candidate("Ensemble", 6, average_age=50), Candidate("Demain", 3, average_age=40))
    )
    assert nominated("T6", lists, elected=("Anne UN",)).status is ASK
    assert nominated("T6", lists, elected=("Anne UN", "Bruno DEUX")).status is ASK
    assert nominated("T6", lists, elected=("Ensemble",)).status is OK


def test_several_named_by_one_ballot_are_not_accused() -> None:
    """Each ballot names two: no one has more than half of the sum, both have of the voters."""
    assert nominated("T6", votes(A=6, B=6, C=2), elected=("A", "B")).status is ASK


def test_a_useless_round_is_told() -> None:
    found = nominated("T6", votes(A=6, B=3), votes(A=4, B=5), elected=("A",))
    assert found.status is RISK
    assert nominated("T6", votes(A=6, B=3), votes(A=4, B=5), elected=("B",)).status is BAD


def test_nomination_without_rounds() -> None:
    assert nominated("T6", unanimous=True).status is OK
    assert nominated("T6", in_favour=9, against=0).status is OK
    assert nominated("T6").status is ASK
    assert nominated("T6", outcome=Outcome.POSTPONED).status is NONE
    assert nominated("T6", nature=MatterNature.ORDINARY).status is NONE
    assert nominated("T6", votes(A=5), nature=None).status is OK


@pytest.mark.parametrize(
    ("ballot", "status"),
    [
        ({"mode": SECRET}, OK),
        ({"mode": PUBLIC, "secret_waived": True}, OK),
        ({"mode": PUBLIC, "secret_waived": False}, BAD),
        ({"mode": PUBLIC}, ASK),
        ({}, ASK),
    ],
)
def test_secret_ballot_is_given_up_unanimously(ballot: dict[str, Any], status: Status) -> None:
    assert nominated("T7", **ballot).status is status


def test_a_guessed_nomination_is_not_accused() -> None:
    subject = "Désignation d’un délégué au syndicat"
    for ballot, status in (
        ({"mode": PUBLIC, "secret_waived": False}, RISK),
        ({"mode": PUBLIC}, ASK),
        ({}, NONE),
    ):
        assert nominated("T7", nature=None, subject=subject, **ballot).status is status


def test_single_candidacy_takes_effect_at_once() -> None:
    found = nominated("T7", Round((Candidate("A", 0),)), mode=PUBLIC)
    assert found.status is OK
    assert "prend effet" in found.explanation
    assert nominated("T6", Round((Candidate("A", 0),)), elected=("A",)).status is OK


@pytest.mark.parametrize("nature", [MatterNature.MAYOR_ELECTION, MatterNature.DEPUTIES_ELECTION])
def test_mayor_and_deputies_are_always_elected_in_secret(nature: MatterNature) -> None:
    won = votes(A=5, B=4)
    assert nominated("T8", won, nature=nature, mode=SECRET, elected=("A",)).status is OK
    assert nominated("T8", won, nature=nature, elected=("A",)).status is ASK
    assert nominated("T8", won, nature=nature, mode=PUBLIC).status is BAD
    assert nominated("T8", won, nature=nature, mode=VoteMode.ROLL_CALL).status is BAD
    assert nominated("T8", nature=nature, secret_waived=True).status is BAD
    assert nominated("T8", won, nature=nature, mode=SECRET, elected=("B",)).status is BAD
    assert nominated("T6", won, nature=nature).status is NONE
    assert nominated("T7", won, nature=nature).status is NONE


def test_single_candidate_for_mayor_needs_a_vote() -> None:
    only = Round((Candidate("A", 0),))
    mayor = {"nature": MatterNature.MAYOR_ELECTION, "mode": SECRET}
    assert nominated("T8", only, **mayor).inputs["elected"] is None
    assert nominated("T8", Round((Candidate("A", 9),), blank=2), **mayor).inputs["elected"] == "A"


@pytest.mark.parametrize(
    ("subject", "nature"),
    [
        ("Élection du maire", MatterNature.MAYOR_ELECTION),
        ("ELECTION DU MAIRE ET DES ADJOINTS", MatterNature.MAYOR_ELECTION),
        ("Élection des adjoints au maire", MatterNature.DEPUTIES_ELECTION),
        ("Élection d’un 3e adjoint", MatterNature.DEPUTIES_ELECTION),
        ("Élection du maire délégué", NOMINATION),
        ("Élection des membres de la commission d’appel d’offres", NOMINATION),
        ("Fixation du nombre d’adjoints", MatterNature.ORDINARY),
        ("Compte administratif 2023", MatterNature.ACCOUNTS),
        ("Compte administratif et affectation du résultat", None),
    ],
)
def test_guess_from_the_subject(subject: str, nature: MatterNature | None) -> None:
    assert guessed_nature(subject) is nature


def test_guessed_election_of_the_mayor_is_a_risk_at_most() -> None:
    found = nominated("T8", nature=None, subject="Élection du maire", mode=PUBLIC)
    assert found.status is RISK


def test_round_with_more_votes_than_the_room() -> None:
    def count(*rounds: Round, **ballot: Any) -> Status:
        what = record(
            vote=Vote(rounds=rounds, **ballot),
            present=names(9),
            deliberation={"nature": NOMINATION},
        )
        return judged(what, "T3", scope="délibération n° 1").status

    assert count(votes(A=5, B=4)) is OK
    assert count(votes(A=5, B=5)) is RISK
    assert count(Round((Candidate("A", 5),), blank=5)) is RISK
    # Two seats named by one ballot: each candidate has at most one vote of each voter.
    assert count(votes(A=9, B=8), elected=("A", "B")) is OK
    assert count(votes(A=10, B=8), elected=("A", "B")) is RISK
