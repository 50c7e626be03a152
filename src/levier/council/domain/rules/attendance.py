"""Who is in the room at each item: lists, stated counts and timed movements, with their doubts.

A number that the record leaves open is a `Span`: what it establishes at least, and at most.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from levier.common.domain.french import fold
from levier.council.domain.parameters import SITTINGS_PER_PROXY
from levier.council.domain.record import (
    Deliberation,
    Movement,
    MovementEvent,
    Proxy,
    Sitting,
    name_key,
)

Identity = frozenset[str]


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number known between two bounds, both possible."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether the number is known."""
        return self.low == self.high

    def shifted(self, low: int, high: int) -> Span:
        """Both bounds moved, kept at zero or above and in order."""
        lower = max(self.low + low, 0)
        return Span(lower, max(self.high + high, lower))

    def covering(self, other: Span) -> Span:
        """The narrowest span that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))


def known_count(value: int | None) -> int | None:
    """A count, or None when it is unknown or impossible."""
    return None if value is None or value < 0 else value


def sorted_names(names: Iterable[str]) -> list[str]:
    """Names in an order that does not depend on the lists' own order."""
    return sorted(set(names), key=lambda name: (fold(name), name))


def _may_be_the_same(one: Identity, other: Identity) -> bool:
    """Whether the shorter name could abridge the longer: "Adeline", "M. Claire", "DUPONT"."""
    short, long = sorted((one, other), key=len)
    return all(
        any(word == full or (len(word) == 1 and full.startswith(word)) for full in long)
        for word in short
    )


@dataclass(frozen=True, slots=True)
class ProxyUse:
    """A procuration at one item: usable or not (None: it cannot be told), and what hinders it."""

    proxy: Proxy
    usable: bool | None
    reason: str = ""


def too_many_sittings(proxy: Proxy) -> bool | None:
    """Whether the same document serves beyond three sittings in a row (CGCT L2121-20).

    A recorded illness lifts the limit; where nothing tells of one, it stays open.
    """
    limit = SITTINGS_PER_PROXY.values[-1][1]
    if proxy.sittings_used is None or proxy.sittings_used <= limit or proxy.illness:
        return False
    return True if proxy.illness is False else None


class Attendance:
    """Presence of the members of one sitting, item by item."""

    def __init__(self, sitting: Sitting, placed: Iterable[tuple[int | None, Deliberation]]) -> None:
        self._sitting = sitting
        self.present = Counter(key for name in sitting.present if (key := name_key(name)))
        self.absent = {key for name in sitting.absent if (key := name_key(name))}
        self.names = {
            name_key(name): name for name in sorted_names((*sitting.present, *sitting.absent))
        }
        self._known = [*self.present, *(self.absent - set(self.present))]
        self._other_names: dict[Identity, str] = {}
        self._found: dict[str, tuple[Identity, bool]] = {}
        # A member who gave a procuration is prevented from attending unless listed as present.
        for proxy in sitting.proxies:
            giver, _ = self.identify(proxy.giver)
            if giver and giver not in self.present and giver not in self.absent:
                self.absent.add(giver)
                self._other_names.setdefault(giver, proxy.giver)
        self._moves: dict[Identity, list[tuple[int | None, MovementEvent]]] = defaultdict(list)
        for movement in sitting.movements:
            self._add(movement, None)
        for place, deliberation in placed:
            for movement in deliberation.present_changes:
                self._add(movement, place)
        self.members = set(self.present) | self.absent | set(self._moves)

    def _add(self, movement: Movement, default_place: int | None) -> None:
        member, _ = self.identify(movement.member)
        if not member:
            return
        self._other_names.setdefault(member, movement.member)
        place = movement.before_item
        opens_at = self._sitting.opens_at
        if place is None and movement.at is None:
            place = default_place
        elif place is None and opens_at is not None and movement.at is not None:
            before_opening = movement.at.replace(tzinfo=None) <= opens_at.replace(tzinfo=None)
            place = 0 if before_opening else None
        if (place, movement.event) not in self._moves[member]:
            self._moves[member].append((place, movement.event))

    def identify(self, name: str) -> tuple[Identity, bool]:
        """The member whom this name means, and whether the match is certain.

        A name printed in part finds its member when only one listed name can be meant.
        """
        if name not in self._found:
            self._found[name] = self._identify(name_key(name))
        return self._found[name]

    def _identify(self, key: Identity) -> tuple[Identity, bool]:
        if not key or key in self.names:
            return key, True
        likely = [known for known in self._known if _may_be_the_same(key, known)]
        return (likely[0], False) if len(likely) == 1 else (key, not likely)

    def listed(self, name: str) -> bool:
        """Whether the lists name this member, in full or in part."""
        key, _ = self.identify(name)
        return key in self.names

    def here(self, member: Identity, place: int | None) -> bool | None:
        """Whether the member is in the room when that item opens; None when it cannot be told."""
        moves = self._moves.get(member, [])
        if not moves:
            return self._listed_state(member)
        if place is None or any(where is None for where, _ in moves):
            return None
        timeline = sorted((where or 0, event) for where, event in moves)
        state = timeline[0][1] is MovementEvent.LEAVES
        past = [(where, event) for where, event in timeline if where <= place]
        if not past:
            return state
        last = {event for where, event in past if where == past[-1][0]}
        return None if len(last) > 1 else last == {MovementEvent.ARRIVES}

    def _listed_state(self, member: Identity) -> bool | None:
        if member in self.present:
            return None if member in self.absent else True
        if member in self.absent:
            return False
        return True if self._sitting.all_present_except_absent else None

    def ever_here(self, name: str) -> bool | None:
        """Whether the person named attends at least a part of the sitting."""
        member, certain = self.identify(name)
        if member in self._moves:
            return True
        state = self._listed_state(member)
        # A name in part that can only be an absent member may still be a misprint of another.
        return None if state is False and not certain else state

    def moves(self, name: str) -> bool:
        """Whether the person named comes in or goes out during the sitting."""
        return self.identify(name)[0] in self._moves

    def count(self, place: int | None, in_office: int | None) -> Span | None:
        """Members physically present at that item; None when nothing tells. Proxies never count."""
        stated = known_count(self._sitting.present_count)
        movers = len(self._moves)
        by_count = None if stated is None else Span(max(stated - movers, 0), stated + movers)
        by_list = self._by_list(place, in_office)
        if by_list is None or by_count is None:
            return by_list or by_count
        disagree = by_list.high < by_count.low or by_count.high < by_list.low
        return by_list.covering(by_count) if disagree else by_list

    def _by_list(self, place: int | None, in_office: int | None) -> Span | None:
        states = Counter(self.here(member, place) for member in self.members)
        if self.present:
            extra = sum(self.present.values()) - len(self.present)
            president = self._sitting.president
            if president and name_key(president) and not self.listed(president):
                extra += 1  # Some acts name who presides and leave them out of the list.
            return Span(states[True], states[True] + states[None] + extra)
        if self._sitting.all_present_except_absent and in_office is not None:
            high = max(in_office - states[False], 0)
            return Span(max(high - states[None], 0), high)
        return None

    def listed_span(self) -> Span | None:
        """Members present according to the list: at least those who never move, at most all."""
        if not self.present:
            return None
        steady = sum(1 for member in self.present if member not in self._moves)
        late = sum(1 for member in self._moves if member not in self.present)
        return Span(steady, sum(self.present.values()) + late)

    def proxies_used(
        self, place: int | None, excluded: frozenset[Identity], per_holder: int
    ) -> Span:
        """Votes cast by proxy at that item; see `proxy_uses` for what makes one usable."""
        stated = known_count(self._sitting.represented_count)
        if not self._sitting.proxies:
            return Span(0, 0) if stated is None else Span(stated if not excluded else 0, stated)
        certain: Counter[Identity] = Counter()
        possible: Counter[Identity] = Counter()
        givers = set()
        for use in self.proxy_uses(place, excluded, per_holder):
            if use.usable is not False:
                count = certain if use.usable else possible
                count[self.identify(use.proxy.holder)[0]] += 1
                givers.add(self.identify(use.proxy.giver)[0])
        holders = set(certain) | set(possible)
        held = sum(min(certain[holder] + possible[holder], per_holder) for holder in holders)
        # Whoever gave several procurations has one vote all the same.
        return Span(sum(certain.values()), min(held, len(givers)))

    def proxy_uses(
        self, place: int | None, excluded: frozenset[Identity], per_holder: int
    ) -> tuple[ProxyUse, ...]:
        """Which procurations can be used at that item, and why not the others (CGCT L2121-20).

        A procuration has effect while its giver is out, its holder in the room, and neither is
        `excluded` from the vote; beyond the number allowed per holder it has none.
        """
        proxies = tuple(dict.fromkeys(self._sitting.proxies))
        givers = Counter(self.identify(proxy.giver)[0] for proxy in proxies)
        held: Counter[Identity] = Counter()
        uses = []
        for proxy in proxies:
            reason, usable = self._hindrance(proxy, place, excluded)
            holder = self.identify(proxy.holder)[0]
            if usable and givers[self.identify(proxy.giver)[0]] > 1:
                reason, usable = "donnée à plusieurs membres", None
            elif usable:
                held[holder] += 1
                if held[holder] > per_holder:
                    reason, usable = "au-delà de ce qu’un même membre peut porter", False
            uses.append(ProxyUse(proxy, usable, reason))
        return tuple(uses)

    def _hindrance(
        self, proxy: Proxy, place: int | None, excluded: frozenset[Identity]
    ) -> tuple[str, bool | None]:
        """What suspends the procuration at that item ("" for nothing), and whether it is usable."""
        giver, _ = self.identify(proxy.giver)
        holder, certain = self.identify(proxy.holder)
        giver_here, holder_here = self.here(giver, place), self.here(holder, place)
        if holder_here is False and not certain:
            holder_here = None
        revoked = proxy.revoked_before_item
        for reason, suspended in (
            ("noms incomplets", not giver or not holder),
            ("donnée à soi-même", giver == holder),
            ("mandant tenu à l’écart de l’affaire", giver in excluded),
            ("porteur tenu à l’écart de l’affaire", holder in excluded),
            ("mandant présent", giver_here is True),
            ("porteur absent", holder_here is False),
            (
                "révoquée par le mandant",
                revoked is not None and place is not None and place >= revoked,
            ),
            ("utilisée pour plus de trois séances", too_many_sittings(proxy) is True),
        ):
            if suspended:
                return reason, False
        if giver_here is None or holder_here is None:
            return "présence du mandant ou du porteur inconnue", None
        if revoked is not None and place is None:
            return "révoquée en cours de séance", None
        if too_many_sittings(proxy) is None:
            return "utilisée pour plus de trois séances, sauf maladie constatée", None
        return "", True

    def name_of(self, member: Identity) -> str:
        """The member's name as printed."""
        return self.names.get(member) or self._other_names.get(member, "")

    def states(self, place: int | None) -> dict[str, bool | None]:
        """Each member named, and whether they are in the room at that item (None: unknown)."""
        return {
            name: self.here(member, place)
            for member, name in sorted(
                ((member, self.name_of(member)) for member in self.members),
                key=lambda pair: (fold(pair[1]), pair[1]),
            )
            if name
        }
