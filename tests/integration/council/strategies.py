"""Records of every storable shape, for properties."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from levier.council.domain import formalities
from levier.council.domain import record as domain
from levier.council.domain.coherence import PRESIDENT_VOTES

NAMES = tuple(
    f"{given} {surname}"
    for given in ("Anne", "Jean-Rémy", "Naséra", "Œdipe")
    for surname in ("LELONG", "D'HONDT", "LE MEN")
)
HELD_ON = date(2024, 6, 11)

texts = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)
    .map(str.strip)
    .filter(bool)
)
counts = st.none() | st.integers(0, 200)
flags = st.none() | st.booleans()
names = st.sampled_from(NAMES)
later_days = st.none() | st.integers(0, 90).map(lambda days: HELD_ON + timedelta(days=days))
hours = st.none() | st.times()
movements = st.lists(
    st.builds(domain.Movement, names, st.sampled_from(domain.MovementEvent), counts, hours),
    max_size=3,
).map(tuple)
days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
# Dates, flags and choices follow the types of the formalities; texts and numbers are storable.
storable = {
    str: texts,
    int: st.integers(0, 200),
    date: st.dates(date(2020, 1, 1), date(2030, 1, 1)),
}


def formalities_of(kind: type) -> st.SearchStrategy[Any]:
    """Any formalities: each field by its type, however deep."""
    return st.builds(kind, **{f.name: _of_type(get_type_hints(kind)[f.name]) for f in fields(kind)})


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    if is_dataclass(hint):
        return formalities_of(hint)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        return st.lists(_of_type(get_args(hint)[0]), max_size=2).map(tuple)
    if get_args(hint):
        return st.one_of(*map(_of_type, get_args(hint)))
    return storable[hint] if hint in storable else st.from_type(hint)


rounds = st.lists(
    st.builds(
        domain.Round,
        st.lists(
            st.builds(
                domain.Candidate,
                texts,
                st.integers(0, 200),
                days,
                st.none() | st.floats(18, 99),
            ),
            max_size=3,
        ).map(tuple),
        counts,
    ),
    max_size=3,
).map(tuple)


@st.composite
def votes(draw: st.DrawFn) -> domain.Vote:
    """Any ballot; a secret one has no names."""
    mode = draw(st.none() | st.sampled_from(domain.VoteMode))
    voters = draw(st.lists(names, max_size=4, unique=True))
    return domain.Vote(
        outcome=draw(st.none() | st.sampled_from(domain.Outcome)),
        unanimous=draw(flags),
        in_favour=draw(counts),
        against=draw(counts),
        abstentions=draw(counts),
        blank=draw(counts),
        mode=mode,
        president_vote=draw(st.sampled_from((None, *PRESIDENT_VOTES))),
        not_voting=draw(counts),
        roll_call_requests=draw(counts),
        secret_requests=draw(counts),
        secret_waived=draw(flags),
        ballots=()
        if mode is domain.VoteMode.SECRET
        else tuple(
            domain.Ballot(name, draw(st.sampled_from(domain.BallotChoice)), draw(st.none() | names))
            for name in voters
        ),
        rounds=draw(rounds),
        elected=draw(st.lists(texts, max_size=2).map(tuple)),
    )


@st.composite
def deliberations(draw: st.DrawFn) -> domain.Deliberation:
    """One act, recused members all different, dates in their order."""
    sent, received = sorted([draw(later_days) or HELD_ON, draw(later_days) or HELD_ON])
    clauses = st.lists(texts, max_size=3).map(tuple)
    return domain.Deliberation(
        subject=draw(texts),
        number=draw(counts),
        rapporteur=draw(st.none() | names),
        visas=draw(clauses),
        recitals=draw(clauses),
        decisions=draw(clauses),
        vote=draw(votes()),
        present_changes=draw(movements),
        recused=tuple(
            domain.Recusal(
                name,
                draw(st.sampled_from(domain.RecusalGround)),
                draw(st.lists(st.sampled_from(domain.Participation), max_size=2).map(tuple)),
                draw(st.none() | texts),
            )
            for name in draw(st.lists(names, max_size=2, unique=True))
        ),
        transmitted_on=draw(st.none() | st.just(sent)),
        received_on=draw(st.none() | st.just(received)),
        published_on=draw(later_days),
        nature=draw(st.none() | st.sampled_from(domain.MatterNature)),
        matter_code=draw(st.sampled_from((None, "7.5", "7.10", "2.1.2", "9"))),
        president=draw(st.none() | names),
        debate=draw(st.none() | texts),
        corrects=draw(st.none() | texts),
        formalities=draw(formalities_of(formalities.ActFormalities)),
    )


@st.composite
def records(draw: st.DrawFn) -> domain.Record:
    """One sitting of 11 June 2024, as the assembly of the tests would hold it."""
    members = draw(st.permutations(NAMES))
    split = draw(st.integers(0, len(members)))
    listed = draw(st.integers(split, len(members)))
    givers = draw(st.lists(names, max_size=4, unique=True))
    sitting = domain.Sitting(
        date=HELD_ON,
        opens_at=draw(hours),
        place=draw(st.none() | texts),
        convocation_date=draw(st.none() | st.just(HELD_ON - timedelta(days=6))),
        convocation_posted=draw(flags),
        urgency=draw(flags),
        second_convocation=draw(flags),
        president=draw(st.none() | names),
        secretary=draw(st.none() | names),
        in_office=draw(st.none() | st.integers(1, 200)),
        present=tuple(members[:split]),
        absent=tuple(members[split:listed]),
        all_present_except_absent=draw(st.booleans()),
        present_count=draw(counts),
        represented_count=draw(counts),
        proxies=tuple(
            domain.Proxy(
                giver,
                draw(names.filter(lambda name, giver=giver: name != giver)),
                written=draw(flags),
                signed_on=draw(days),
                sittings_used=draw(counts),
                illness=draw(flags),
                revoked_before_item=draw(counts),
            )
            for giver in givers
        ),
        movements=draw(movements),
        agenda=tuple(draw(st.lists(st.builds(domain.AgendaItem, counts, texts), max_size=3))),
        closes_at=draw(hours),
        formalities=draw(formalities_of(formalities.SittingFormalities)),
    )
    return domain.Record(
        assembly="Loison-sous-Lens",
        assembly_kind=domain.AssemblyKind.COMMUNE,
        population=5169,
        sitting=sitting,
        deliberations=tuple(draw(st.lists(deliberations(), max_size=3))),
        signed_on=draw(later_days),
        signatory=draw(st.none() | names),
    )


FIXED = domain.Record(
    assembly="Loison-sous-Lens",
    assembly_kind=domain.AssemblyKind.COMMUNE,
    population=5169,
    sitting=domain.Sitting(
        date=HELD_ON,
        opens_at=time(18, 30),
        place="mairie",
        convocation_date=date(2024, 6, 5),
        president="Daniel KRUSZKA",
        secretary="Emmanuel DONDELA",
        present=("Jacky LELONG", "Sandrine WABLE"),
        absent=("Françoise TOULOUSE",),
        proxies=(domain.Proxy("Françoise TOULOUSE", "Jacky LELONG"),),
        agenda=(domain.AgendaItem(1, "Contrat de ville"), domain.AgendaItem(2, "Budget")),
    ),
    deliberations=(
        domain.Deliberation(
            "Contrat de ville",
            number=1,
            rapporteur="Sandrine WABLE",
            visas=("Vu le code,",),
            recitals=("Un motif.",),
            vote=domain.Vote(domain.Outcome.ADOPTED, unanimous=True),
            decisions=("Le contrat est approuvé.",),
        ),
        domain.Deliberation("Budget", number=2, decisions=("Le budget est voté.",)),
    ),
    signed_on=date(2024, 6, 20),
    signatory="Daniel KRUSZKA",
)
