"""Members of an assembly, created by name as acts print them, and the mandates acts attest."""

from __future__ import annotations

from datetime import date

from levier.accounts.history import create_tracked
from levier.common.models import Source
from levier.council.domain.coherence import names_in, names_in_office
from levier.council.domain.record import Record
from levier.council.domain.terms import in_office, term_start
from levier.council.models import Assembly, Mandate, Member
from levier.council.models.assemblies import member_key


class Roll:
    """The members of one assembly that one record names; a name unknown so far makes a member."""

    def __init__(self, assembly: Assembly, record: Record) -> None:
        printed: dict[str, str] = {}
        for _, name in names_in(record):
            printed.setdefault(member_key(name), name)
        known = Member.objects.filter(assembly=assembly, key__in=printed)
        self._by_key = {member.key: member for member in known}
        created = [
            Member(assembly=assembly, name=name, key=key)
            for key, name in printed.items()
            if key not in self._by_key
        ]
        create_tracked(Member, created)
        self._by_key |= {member.key: member for member in created}

    def member_named(self, name: str | None) -> Member | None:
        """The member whom this name identifies, whatever its case, accents and word order."""
        return None if name is None else self._by_key[member_key(name)]

    def printed_name(self, name: str) -> str:
        """The spelling under which the assembly knows this name."""
        return self._by_key[member_key(name)].name

    def attest(
        self, record: Record, held_on: date, source: Source | None, *, moved_from: date | None
    ) -> None:
        """Note that everyone whom the sitting shows in office had a mandate on that day.

        A mandate of the same term is completed, never doubled; one that was attested by a later
        sitting only is now attested from this one. When the date of the sitting was corrected,
        what it attested on `moved_from` follows it.
        """
        members = {
            member.pk: member
            for _, name in names_in_office(record)
            if (member := self.member_named(name))
        }
        mandates: dict[int, list[Mandate]] = {pk: [] for pk in members}
        for mandate in Mandate.objects.filter(member_id__in=members):
            mandates[mandate.member_id].append(mandate)
        created = []
        for pk, held in mandates.items():
            stale = next((m for m in held if _attested(m) == moved_from != held_on), None)
            if stale is None and any(_holds(mandate, held_on) for mandate in held):
                continue
            known = stale or next((m for m in held if _same_term(m, held_on)), None)
            if known is None:
                created.append(Mandate(member_id=pk, attested_on=held_on, source=source))
            else:
                known.attested_on = held_on
                known.save()
        create_tracked(Mandate, created)


def forget_unnamed(assembly: Assembly, before: Record, after: Record) -> None:
    """Remove the members whom only the corrected record named, such as a misspelt name.

    Anyone whom another row names, or whose mandate has a known start or end, stays.
    """
    keys = {member_key(name) for _, name in names_in(before)}
    keys -= {member_key(name) for _, name in names_in(after)}
    if not keys:
        return
    unnamed = (
        Member.objects.filter(assembly=assembly, key__in=keys)
        .exclude(mandates__starts_on__isnull=False)
        .exclude(mandates__ends_on__isnull=False)
    )
    for relation in Member._meta.related_objects:
        if relation.related_model is not Mandate:
            unnamed = unnamed.filter(**{f"{relation.name}__isnull": True})
    for member in unnamed.distinct():
        member.delete()


def _attested(mandate: Mandate) -> date | None:
    return mandate.attested_on if mandate.starts_on is None else None


def _holds(mandate: Mandate, on: date) -> bool:
    return in_office(
        on,
        starts_on=mandate.starts_on,
        attested_on=mandate.attested_on,
        ends_on=mandate.ends_on,
    )


def _same_term(mandate: Mandate, on: date) -> bool:
    return (
        mandate.starts_on is None
        and mandate.attested_on is not None
        and term_start(mandate.attested_on) == term_start(on)
        and (mandate.ends_on is None or on <= mandate.ends_on)
    )
