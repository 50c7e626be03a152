"""The acts that an answer of the State may concern, and those that open data describe."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from levier.accounts.domain.actors import Actor
from levier.accounts.policies import require
from levier.common.domain.errors import NotFound
from levier.common.domain.french import date_in_words, fold
from levier.council.domain.state_messages import DeclaredAct, Message
from levier.council.domain.transmission import IDENTIFIER_PATTERN, internal_number
from levier.council.models import Assembly, Deliberation
from levier.council.policies import can_edit_sitting, open_to
from levier.council.queries.sittings import deliberation_detail


def act_kept(actor: Actor, deliberation_id: int) -> Deliberation:
    """A deliberation that the person may transmit. Raises NotFound, or Refused."""
    act = deliberation_detail(actor, deliberation_id)
    require(can_edit_sitting, actor, act.sitting)
    return act


def siren_of(assembly: Assembly) -> str:
    """The SIREN, which a SIRET begins with."""
    return assembly.siren or assembly.siret[:9]


def department_of(assembly: Assembly) -> str:
    """The department, which the code of a commune begins with."""
    code = assembly.insee_code
    return assembly.department or (code[:3] if code.startswith("97") else code[:2])


def act_concerned(actor: Actor, message: Message) -> Deliberation:
    """The only act, among those that the person may transmit, that a message designates.

    By its identifier where an acknowledgement gave it already; else by SIREN, date of the decision,
    then number. Raises NotFound with what was looked for.
    """
    known = _of_writers(actor)
    if message.identifier:
        same = known.filter(formalities__state_identifier=message.identifier).first()
        if same is not None:
            return same
    siren, day = message.siren, _decided_on(message)
    assemblies = {
        assembly.pk
        for assembly in Assembly.objects.filter(open_to(actor))
        if siren and siren_of(assembly) == siren
    }
    if not assemblies and siren:
        raise NotFound(
            f"Aucune de vos assemblées n’a le SIREN {siren} : vérifiez celui qui est enregistré."
        )
    if day is None:
        raise NotFound("Ce message ne dit pas de quel acte il s’agit.")
    of_the_day = known.filter(sitting__date=day)
    if siren:
        of_the_day = of_the_day.filter(sitting__assembly__in=assemblies)
    number = message.act.number if message.act else _number_in(message.identifier)
    found = _designated(list(of_the_day), number, message.act)
    if found is None:
        raise NotFound(
            f"Aucune délibération enregistrée du {date_in_words(day)} ne porte le numéro "
            f"« {number} » : rien n’a été enregistré."
        )
    return found


def _of_writers(actor: Actor) -> QuerySet[Deliberation]:
    return (
        Deliberation.objects.filter(
            sitting__assembly__in=Assembly.objects.filter(open_to(actor)).values("pk")
        )
        .select_related("sitting__assembly__organisation")
        .order_by("sitting_id", "position")
    )


def _designated(
    acts: list[Deliberation], number: str, declared: DeclaredAct | None
) -> Deliberation | None:
    """The act of that number; failing that, the only one with its rank, or with its very subject.

    The collectivité may number its acts otherwise in the tool of its operator.
    """
    ours = [act for act in acts if number_of(act) == number]
    digits = number[len(number.rstrip("0123456789")) :]
    ranked = [act for act in acts if digits and act.number == int(digits)]
    titled = [act for act in acts if declared and fold(act.subject) == fold(declared.subject)]
    for found in (ours, titled, ranked):
        if len(found) == 1:
            return found[0]
    return None


def number_of(act: Deliberation) -> str:
    """NumeroInterne of a stored act."""
    return internal_number(act.sitting.date, act.number, act.pk)


def same_number_that_day(act: Deliberation) -> bool:
    """Whether another act of the same assembly and date bears the same number."""
    return (
        act.number is not None
        and Deliberation.objects.filter(
            sitting__assembly_id=act.sitting.assembly_id,
            sitting__date=act.sitting.date,
            number=act.number,
        )
        .exclude(pk=act.pk)
        .exists()
    )


def public_acts(assembly_id: int | None = None) -> QuerySet[Any, dict[str, Any]]:
    """What open data say of the acts of public sittings, in the order of the register."""
    acts = Deliberation.objects.filter(sitting__is_public=True)
    if assembly_id is not None:
        acts = acts.filter(sitting__assembly_id=assembly_id)
    rows: QuerySet[Any, dict[str, Any]] = acts.order_by(
        "sitting__assembly_id", "sitting__date", "sitting_id", "position"
    ).values(
        *("pk", "subject", "number", "received_on", "matter_code", "vote__outcome"),
        *("vote__in_favour", "vote__against", "vote__abstentions", "vote__blank"),
        held_on=F("sitting__date"),
        in_office=F("sitting__in_office"),
        assembly=F("sitting__assembly__name"),
        siret=F("sitting__assembly__siret"),
    )
    return rows


def public_act_counts() -> Iterable[tuple[int, str, str, int]]:
    """How many public acts each (assembly, outcome, matter) has, in one query."""
    return (
        Deliberation.objects.filter(sitting__is_public=True)
        .order_by()
        .values_list("sitting__assembly_id", "vote__outcome", "matter_code")
        .annotate(acts=Count("pk"))
    )


def publishing_bodies() -> QuerySet[Assembly]:
    """The assemblies that have a public sitting, by name."""
    return (
        Assembly.objects.filter(Q(sittings__is_public=True))
        .select_related("organisation")
        .distinct()
        .order_by("name", "pk")
    )


def _decided_on(message: Message) -> date | None:
    if message.act and message.act.decided_on:
        return message.act.decided_on
    found = IDENTIFIER_PATTERN.match(message.identifier)
    try:
        return date.fromisoformat(found["day"]) if found else None
    except ValueError:
        return None


def _number_in(identifier: str) -> str:
    found = IDENTIFIER_PATTERN.match(identifier)
    return found["number"] if found else ""
