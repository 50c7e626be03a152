"""What people do in the council room: one function per use case.

Each one asks its policy, runs in one transaction, and writes one line of the journal with the
values before and after.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from levier.accounts import audit
from levier.accounts.domain.actors import Actor
from levier.accounts.models import AuditEntry, Organisation
from levier.accounts.policies import require
from levier.accounts.writing import writing
from levier.common.domain import provenance
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import date_in_words, group_thousands, time_in_words
from levier.common.models import Source
from levier.common.validation import checked
from levier.council.domain.circumstances import Circumstances
from levier.council.domain.coherence import problems, renamed, tidied
from levier.council.domain.locking import kept_as_voted
from levier.council.domain.record import AssemblyKind, Record
from levier.council.domain.statements import Statement
from levier.council.membership import Roll, forget_unnamed
from levier.council.models import ActStatement, Assembly, Deliberation, Sitting
from levier.council.policies import (
    can_add_assembly,
    can_add_sitting,
    can_edit_sitting,
    can_make_public,
    can_view_sitting,
)
from levier.council.rebuilding import circumstances_of, record_from, with_rows
from levier.council.record_json import dump_record
from levier.council.services.publication import require_no_act_due_online
from levier.council.storing import (
    paired,
    sitting_search_text,
    sitting_values,
    store_rows,
    store_statements,
)

NO_SITTING = "Cette séance n’existe pas, ou n’est pas publique."
NO_ASSEMBLY = "Cette assemblée n’existe pas."


def add_assembly(
    actor: Actor,
    *,
    organisation_id: int,
    kind: AssemblyKind,
    name: str,
    insee_code: str = "",
    siren: str = "",
    department: str = "",
    population: int | None = None,
    population_vintage: str = "",
    population_source: provenance.Source | None = None,
) -> Assembly:
    """Set up the council of an organisation.

    `population` is the one that sets the thresholds (R2151-3); it comes with its vintage and its
    source, or stays unknown.
    """
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFound("Cet organisme n’existe pas.")
    require(can_add_assembly, actor, organisation)
    with writing(actor):
        assembly = Assembly(
            organisation=organisation,
            kind=kind.value,
            name=name.strip(),
            insee_code=insee_code,
            siren=siren,
            department=department,
            population=population,
            population_vintage=population_vintage,
            population_source=Source.from_domain(population_source) if population_source else None,
        )
        checked(assembly).save()
        audit.write(
            actor,
            "assembly.added",
            assembly,
            {
                field.name: (None, getattr(assembly, field.name))
                for field in Assembly._meta.local_fields
                if field.name != "id" and getattr(assembly, field.name) not in (None, "")
            },
        )
    return assembly


def save_sitting(
    actor: Actor,
    record: Record,
    *,
    assembly_id: int,
    sitting_id: int | None = None,
    expected_version: int | None = None,
    source: provenance.Source | None = None,
    added_source: provenance.Source | None = None,
) -> Sitting:
    """Store a record that a person has reviewed: a new sitting, or the new state of one.

    `expected_version` is the version that the person opened, which a stored sitting demands;
    Conflict is raised when somebody saved another since. `source` is the text that the record was
    read from; without it the sitting keeps the one it has. `added_source` is the text of the
    deliberations added to a sitting that came from another. Raises Invalid with the path of each
    field at fault, NotFound, or Refused.
    Saving what is stored already writes nothing, not even a line of the journal.
    """
    record = tidied(record)
    with writing(actor):
        assembly = Assembly.objects.select_for_update(of=("self",)).filter(pk=assembly_id).first()
        if assembly is None:
            raise NotFound(NO_ASSEMBLY)
        if sitting_id is None:
            require(can_add_sitting, actor, assembly)
            sitting, before = Sitting(assembly=assembly, version=0), Record()
        else:
            sitting = locked_sitting(actor, sitting_id)
            require(can_edit_sitting, actor, sitting)
            if expected_version is None:
                raise TypeError("A stored sitting is only saved over the version that was opened.")
            require_version(sitting, expected_version)
            before = record_from(sitting)
        _require_storable(record, sitting, assembly_id)
        stored_source = Source.from_domain(source) if source else sitting.source
        roll = Roll(assembly, record)
        record = renamed(record, roll.printed_name)
        if sitting_id is not None:
            _require_kept(record, sitting, before)
        changes = record_changes(before, record) | _source_change(sitting, stored_source)
        if sitting_id is not None and not changes:
            return sitting
        added = Source.from_domain(added_source) if added_source else None
        if added is not None:
            changes["added_source"] = (None, str(added))
        for column, value in sitting_values(record, roll.member_named).items():
            setattr(sitting, column, value)
        sitting.source = stored_source
        sitting.search_text = sitting_search_text(assembly.name, record)
        sitting.version += 1
        sitting.save()
        store_rows(sitting, record, roll.member_named, added)
        roll.attest(record, sitting.date, stored_source, moved_from=before.sitting.date)
        forget_unnamed(assembly, before, record)
        action = "sitting.added" if sitting_id is None else "sitting.changed"
        audit.write(actor, action, sitting, changes)
    return sitting


def set_public(actor: Actor, sitting_id: int, public: bool) -> Sitting:
    """Show a sitting to everyone, or withdraw it from the public pages.

    Raises Invalid while one of its acts must stay online: two months from its posting (R2131-1).
    """
    with writing(actor):
        sitting = locked_sitting(actor, sitting_id)
        require(can_make_public, actor, sitting)
        if not public:
            require_no_act_due_online(sitting)
        if sitting.is_public != public:
            sitting.is_public = public
            sitting.save()
            audit.write(
                actor,
                "sitting.published" if public else "sitting.withdrawn",
                sitting,
                {"is_public": (not public, public)},
            )
    return sitting


def add_statements(
    actor: Actor, deliberation_id: int, statements: Iterable[Statement]
) -> tuple[ActStatement, ...]:
    """Make these statements those of the act, in their order, for other rooms to take over."""
    wanted = tuple(statements)
    with writing(actor):
        deliberation = (
            Deliberation.objects.select_for_update(of=("self",))
            .select_related("sitting__assembly")
            .filter(pk=deliberation_id)
            .first()
        )
        if deliberation is None or not can_view_sitting(actor, deliberation.sitting):
            raise NotFound("Cette délibération n’existe pas, ou n’est pas publique.")
        require(can_edit_sitting, actor, deliberation.sitting)
        blank = [index for index, statement in enumerate(wanted) if not statement.text.strip()]
        if blank:
            raise Invalid({f"statements[{blank[0]}].text": "Cet élément n’a pas de texte."})
        before = [str(row) for row in deliberation.statements.all()]
        rows = store_statements(deliberation, wanted)
        after = [str(row) for row in deliberation.statements.all()]
        if before != after:
            audit.write(actor, "deliberation.stated", deliberation, {"statements": (before, after)})
    return tuple(rows)


def locked_sitting(actor: Actor, sitting_id: int) -> Sitting:
    """The sitting with its rows, locked for the time of the transaction."""
    sitting = (
        with_rows(Sitting.objects.select_for_update(of=("self",))).filter(pk=sitting_id).first()
    )
    if sitting is None or not can_view_sitting(actor, sitting):
        raise NotFound(NO_SITTING)
    return sitting


def require_version(sitting: Sitting, expected: int) -> None:
    """Raise Conflict, which names the other person, unless this is the version stored."""
    if expected == sitting.version:
        return
    last = (
        AuditEntry.objects.filter(object_type=sitting._meta.label_lower, object_id=sitting.pk)
        .exclude(action__in=("sitting.published", "sitting.withdrawn"))
        .order_by("-at", "-id")
        .first()
    )
    whom = "quelqu’un"
    if last is not None:
        at = timezone.localtime(last.at)
        whom = f"{last.actor_label}, le {date_in_words(at.date())} à {time_in_words(at.time())}"
    raise Conflict(
        f"Cette séance a été enregistrée entre-temps par {whom} : rouvrez-la, puis reportez vos "
        "changements. Rien n’a été écrasé."
    )


def _require_storable(record: Record, sitting: Sitting, assembly_id: int) -> None:
    assembly = sitting.assembly
    found = problems(record)
    if sitting.assembly_id != assembly_id:
        found.setdefault("assembly", f"Cette séance est une séance de {assembly.name}.")
    if record.assembly_kind not in (None, AssemblyKind(assembly.kind)):
        found.setdefault(
            "assembly_kind",
            f"L’acte n’est pas de la même nature que l’assemblée : {assembly}.",
        )
    if record.population not in (None, assembly.population):
        known = group_thousands(assembly.population) if assembly.population else "inconnue"
        found.setdefault(
            "population",
            "La population se corrige avec sa source, sur le poste du serveur : « levier assembly "
            f"population {assembly.pk} » (valeur enregistrée : {known}).",
        )
    if record.department not in (None, assembly.department or None):
        found.setdefault(
            "department",
            "Le département est celui de l’assemblée : il ne se change pas avec une séance.",
        )
    if record.circumstances not in (Circumstances(), circumstances_of(assembly)):
        found.setdefault(
            "circumstances",
            f"La vie de l’assemblée ne se change pas avec une séance : modifiez-la dans « Vie de "
            f"l’assemblée », page de {assembly.name}.",
        )
    if found:
        raise Invalid(found)


def _require_kept(record: Record, sitting: Sitting, before: Record) -> None:
    """An act that the contract takes over, or that a closed sitting holds, stays."""
    found: dict[str, str] = {}
    existing = list(sitting.deliberations.all())
    continued = paired(existing, record.deliberations)
    kept = {row.pk for row in continued if row is not None}
    for row in existing:
        if row.pk not in kept and row.statements.exists():
            found.setdefault(
                "deliberations",
                f"La délibération « {row.subject} » ne peut pas être retirée : le contrat en "
                "reprend des éléments.",
            )
    if any(row.locked_at for row in existing):
        ranks = {row.pk: rank for rank, row in enumerate(existing)}
        places = [None if row is None else ranks[row.pk] for row in continued]
        for path, sentence in kept_as_voted(before, record, places):
            found.setdefault(path, sentence)
    if found:
        raise Invalid(found)


def _source_change(sitting: Sitting, source: Source | None) -> dict[str, tuple[Any, Any]]:
    before = sitting.source
    if before == source:
        return {}
    return {"source": (None if before is None else str(before), source and str(source))}


def record_changes(before: Record, after: Record) -> dict[str, tuple[Any, Any]]:
    """Value before and after of each stored field that differs, by path."""
    return plain_changes(dump_record(before), dump_record(after))


def plain_changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Value before and after of each known value that differs, by path."""
    old, new = _flat(before), _flat(after)
    return {
        path: (old.get(path), new.get(path))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    }


# Of the assembly, or of the way the text was read: not of the sitting.
_NOT_STORED = {
    *("assembly", "assembly_kind", "document_kind", "population", "unread"),
    *("department", "circumstances"),
}


def _flat(plain: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Known values by path; the unknown and the empty have no place in it."""
    flat: dict[str, Any] = {}
    for key, value in plain.items():
        path = f"{prefix}{key}"
        if path.partition(".")[0] in _NOT_STORED:
            continue
        if isinstance(value, dict):
            flat |= _flat(value, f"{path}.")
        elif key == "deliberations":
            for rank, act in enumerate(value):
                flat |= _flat(act, f"{path}[{rank}].")
        elif value is not None and value != () and value != []:
            flat[path] = value
    return flat
