"""Who is in the room at one item, and what follows: quorum, procurations, votes to be cast.

It is drawn from the very facts that rules Q1 and T3 judge, so that no screen and no document can
show another number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from levier.common.domain.findings import Status
from levier.council.domain.record import Deliberation, Record
from levier.council.domain.rules import judge_item
from levier.council.domain.rules.attendance import ProxyUse, Span, sorted_names
from levier.council.domain.rules.facts import Case, Item
from levier.council.domain.rules.rule import typeset


@dataclass(frozen=True, slots=True)
class Presence:
    """The room when one item opens. Numbers count members; a number that is unknown is None.

    `unknown` names those of whom the record does not tell whether they are in the room. `recused`
    keep out of the item, wherever they are; `withdrawn` is the mayor, who may stay for the debate
    of the accounts but is not counted and does not vote (L2121-14). `proxies` have their reason
    when they are suspended. `quorum` and `quorum_sentence` are the verdict of rule Q1.
    `votes_available` is how many votes can be cast, members and procurations together: what the
    tallies must make.
    """

    present: tuple[str, ...]
    absent: tuple[str, ...]
    unknown: tuple[str, ...]
    recused: tuple[str, ...]
    withdrawn: tuple[str, ...]
    proxies: tuple[ProxyUse, ...]
    quorum: Status
    quorum_sentence: str
    quorum_required: int | None
    quorum_present: int | None
    votes_available: Span | None

    @property
    def usable_proxies(self) -> tuple[ProxyUse, ...]:
        """Procurations that vote at this item."""
        return tuple(use for use in self.proxies if use.usable)

    @property
    def suspended_proxies(self) -> tuple[ProxyUse, ...]:
        """Procurations that do not vote, or of which it cannot be told, with their reason."""
        return tuple(use for use in self.proxies if not use.usable)


def presence_at(record: Record, place: int | None, *, as_of: date) -> Presence:
    """The room at the item of that place in the sitting (the `before_item` of movements).

    A place at which the record has no deliberation is judged as an item without recusal; so is the
    opening, at place 1 of a record without deliberations. Never raises on a well-typed record.
    """
    case = Case(record, as_of, record.department)
    none_there = Item(case, Deliberation(""), place, 0)
    item = next((item for item in case.items if item.place == place), none_there)
    quorum = judge_item("Q1", item)
    states = case.attendance.states(place)

    def names(state: bool | None) -> tuple[str, ...]:
        return tuple(name for name, here in states.items() if here is state)

    return Presence(
        present=names(True),
        absent=names(False),
        unknown=names(None),
        recused=tuple(sorted_names(one.member for one in item.deliberation.recused)),
        withdrawn=(case.attendance.name_of(head),) if (head := item.withdrawn_head) else (),
        proxies=case.attendance.proxy_uses(place, item.excluded, case.proxies_per_holder),
        quorum=quorum.status,
        quorum_sentence=typeset(quorum.explanation),
        quorum_required=quorum.inputs.get("quorum_required"),
        quorum_present=quorum.inputs.get("quorum_present"),
        votes_available=item.voters,
    )
