"""Hypothesis strategies for records: any well-typed one, and plausible ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from levier.council.domain.record import (
    AgendaItem,
    AssemblyKind,
    Deliberation,
    DocumentKind,
    Movement,
    MovementEvent,
    Outcome,
    Proxy,
    Record,
    Recusal,
    RecusalGround,
    Sitting,
    Vote,
    VoteMode,
)

# Few words, so that names meet, abridge each other and collide; none is a word that a finding
# must not say.
_WORDS = ("Jean", "Marie", "DUPONT", "Martin", "J", "Élodie", "Le", "GOFF", "née", "-", "")
NAMES = st.lists(st.sampled_from(_WORDS), max_size=3).map(" ".join)
SUBJECTS = st.sampled_from(
    (
        "Subvention",
        "Compte administratif",
        "Compte administratif et affectation",
        "Élection du maire",
        "Avis sur une installation classée",
        "",
    )
)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def records(
    counts: st.SearchStrategy[int] | None = None,
    president_votes: st.SearchStrategy[str] | None = None,
    days: st.SearchStrategy[date] | None = None,
) -> st.SearchStrategy[Record]:
    """Any record; with `counts` left out, numbers may be negative or huge."""
    number = counts if counts is not None else st.integers(-5, 40) | st.integers()
    day = days if days is not None else st.dates() | st.dates(date(2019, 1, 1), date(2027, 1, 1))
    hour = st.times()
    choice = president_votes if president_votes is not None else st.text(max_size=10)
    place = maybe(st.integers(-2, 5))
    movements = st.lists(
        st.builds(
            Movement,
            member=NAMES,
            event=st.sampled_from(MovementEvent),
            before_item=place,
            at=maybe(hour),
        ),
        max_size=3,
    ).map(tuple)
    vote = st.builds(
        Vote,
        outcome=maybe(st.sampled_from(Outcome)),
        unanimous=maybe(st.booleans()),
        in_favour=maybe(number),
        against=maybe(number),
        abstentions=maybe(number),
        blank=maybe(number),
        mode=maybe(st.sampled_from(VoteMode)),
        president_vote=maybe(st.sampled_from(("for", "against", "abstention")) | choice),
    )
    deliberation = st.builds(
        Deliberation,
        subject=SUBJECTS,
        number=place,
        visas=st.lists(st.sampled_from(("Vu l’article L. 2541-2,", "Vu le CGCT,")), max_size=1).map(
            tuple
        ),
        vote=vote,
        present_changes=movements,
        recused=st.lists(
            st.builds(Recusal, member=NAMES, ground=st.sampled_from(RecusalGround)), max_size=2
        ).map(tuple),
        transmitted_on=maybe(day),
        received_on=maybe(day),
        published_on=maybe(day),
    )
    people = st.lists(NAMES, max_size=8).map(tuple)
    sitting = st.builds(
        Sitting,
        date=maybe(day),
        opens_at=maybe(hour),
        convocation_date=maybe(day),
        convocation_posted=maybe(st.booleans()),
        urgency=maybe(st.booleans()),
        second_convocation=maybe(st.booleans()),
        president=maybe(NAMES),
        secretary=maybe(NAMES),
        in_office=maybe(number),
        present=people,
        absent=people,
        all_present_except_absent=st.booleans(),
        present_count=maybe(number),
        represented_count=maybe(number),
        proxies=st.lists(st.builds(Proxy, giver=NAMES, holder=NAMES), max_size=4).map(tuple),
        movements=movements,
        agenda=st.lists(st.builds(AgendaItem, number=place, subject=SUBJECTS), max_size=2).map(
            tuple
        ),
    )
    return st.builds(
        Record,
        assembly=maybe(st.just("Loison-sous-Lens")),
        assembly_kind=maybe(st.sampled_from(AssemblyKind)),
        document_kind=maybe(st.sampled_from(DocumentKind)),
        population=maybe(number),
        sitting=sitting,
        deliberations=st.lists(deliberation, max_size=3).map(tuple),
        signed_on=maybe(day),
        signatory=maybe(NAMES),
        unread=st.lists(st.just("…"), max_size=1).map(tuple),
    )
