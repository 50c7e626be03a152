"""Records of every storable shape, for properties."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import strategies as st

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
votes = st.builds(
    domain.Vote,
    outcome=st.none() | st.sampled_from(domain.Outcome),
    unanimous=flags,
    in_favour=counts,
    against=counts,
    abstentions=counts,
    blank=counts,
    mode=st.none() | st.sampled_from(domain.VoteMode),
    president_vote=st.sampled_from((None, *PRESIDENT_VOTES)),
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
        vote=draw(votes),
        present_changes=draw(movements),
        recused=tuple(
            domain.Recusal(name, draw(st.sampled_from(domain.RecusalGround)))
            for name in draw(st.lists(names, max_size=2, unique=True))
        ),
        transmitted_on=draw(st.none() | st.just(sent)),
        received_on=draw(st.none() | st.just(received)),
        published_on=draw(later_days),
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
            domain.Proxy(giver, draw(names.filter(lambda name, giver=giver: name != giver)))
            for giver in givers
        ),
        movements=draw(movements),
        agenda=tuple(draw(st.lists(st.builds(domain.AgendaItem, counts, texts), max_size=3))),
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
