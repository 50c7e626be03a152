"""Who may see, write and publish what a council does."""

from __future__ import annotations

from django.db.models import Q

from levier.accounts.domain.actors import Actor, Role
from levier.accounts.models import Organisation
from levier.accounts.policies import policy
from levier.council.domain.formalities import SittingFormalities
from levier.council.models import Assembly, Sitting
from levier.council.record_json import load_part

WRITERS = (Role.SECRETARY, Role.MAYOR, Role.PRESIDENT)


@policy(
    refusal="Cette séance n’est pas publique : seuls les agents et les élus de cette collectivité "
    "la voient."
)
def can_view_sitting(actor: Actor, sitting: Sitting) -> bool:
    """Published sittings are everyone's (CGCT L2121-26); drafts stay within the organisation.

    The State's auditor reads everything and writes nothing; the operator keeps the machine.
    """
    return sitting.is_public or can_view_drafts(actor, sitting.assembly)


@policy(
    refusal="Seuls les agents et les élus de cette collectivité voient ses séances non publiées."
)
def can_view_drafts(actor: Actor, assembly: Assembly) -> bool:
    """What is not published is known within the organisation, and to those who read everything."""
    return actor.reads_everything or actor.belongs_to(assembly.organisation_id)


@policy(
    refusal="Qui a enregistré un acte, et sous quel nom de fichier, ne regarde que cette "
    "collectivité."
)
def can_see_who_recorded(actor: Actor, assembly: Assembly) -> bool:
    """The public reads elected members' names (L2121-26), not the agent's nor their file's."""
    return can_view_drafts(actor, assembly)


@policy(
    refusal="L’historique d’une séance nomme les agents qui l’ont saisie : seules les personnes de "
    "cette collectivité le lisent."
)
def can_read_history(actor: Actor, sitting: Sitting) -> bool:
    """Who typed what concerns the organisation and its control, even for a published sitting."""
    return can_view_drafts(actor, sitting.assembly)


@policy(
    refusal="Le procès-verbal n’est pas encore arrêté : seules les personnes de cette collectivité "
    "en lisent le projet. La liste des délibérations et leurs extraits sont publics."
)
def can_read_minutes(actor: Actor, sitting: Sitting) -> bool:
    """Minutes are published once a later sitting has adopted them (L2121-15); until then a draft.

    Those of a sitting that is not public stay within the organisation all the same.
    """
    return can_view_drafts(actor, sitting.assembly) or (
        sitting.is_public and minutes_are_adopted(sitting)
    )


def minutes_are_adopted(sitting: Sitting) -> bool:
    """Whether the date on which a later sitting adopted the minutes is recorded (L2121-15)."""
    return load_part(sitting.formalities, SittingFormalities).minutes.adopted_on is not None


@policy(
    refusal="Seuls le secrétariat général et l’exécutif de cette collectivité peuvent modifier ses "
    "séances."
)
def can_edit_sitting(actor: Actor, sitting: Sitting) -> bool:
    """The secretary keeps the register (L2121-23), under the mayor or the president."""
    return _writes_for(actor, sitting.assembly)


@policy(
    refusal="Seuls le secrétariat général et l’exécutif de cette collectivité peuvent y "
    "enregistrer une séance."
)
def can_add_sitting(actor: Actor, assembly: Assembly) -> bool:
    """Who may edit the sittings of an assembly may add one."""
    return _writes_for(actor, assembly)


@policy(
    refusal="Seuls le secrétariat général et l’exécutif de cette collectivité peuvent publier une "
    "séance ou la retirer."
)
def can_make_public(actor: Actor, sitting: Sitting) -> bool:
    """Publication is an act of the executive (L2131-1), carried out by the secretary."""
    return _writes_for(actor, sitting.assembly)


@policy(
    refusal="Seuls le secrétariat général et l’exécutif de cette collectivité peuvent mettre un "
    "acte en ligne, le signer ou le retirer."
)
def can_publish_act(actor: Actor, sitting: Sitting) -> bool:
    """Acts are published under the author's responsibility (L2131-1), by who keeps the register."""
    return _writes_for(actor, sitting.assembly)


@policy(refusal="Seule la personne qui administre cet organisme peut y créer une assemblée.")
def can_add_assembly(actor: Actor, organisation: Organisation) -> bool:
    """An assembly is set up once, by the organisation's administrator or by the operator."""
    return actor.is_operator or actor.holds(Role.ADMINISTRATOR, in_organisation=organisation.pk)


@policy(
    refusal="Seuls le secrétariat général, l’exécutif et l’administration de cette collectivité "
    "peuvent modifier ses mandats et sa population."
)
def can_edit_assembly(actor: Actor, assembly: Assembly) -> bool:
    """Who keeps the register knows who sits; the administrator keeps the assembly's own facts."""
    return _writes_for(actor, assembly) or actor.holds(
        Role.ADMINISTRATOR, in_organisation=assembly.organisation_id
    )


def visible_to(actor: Actor, *, path: str = "") -> Q:
    """`can_view_sitting` as a filter; `path` leads from the filtered model to the sitting."""
    if actor.reads_everything:
        return Q()
    return Q(**{f"{path}is_public": True}) | Q(
        **{f"{path}assembly__organisation_id__in": actor.organisation_ids()}
    )


def open_to(actor: Actor) -> Q:
    """`can_add_sitting` as a filter on assemblies."""
    if actor.is_operator:
        return Q()
    return Q(organisation_id__in=actor.organisation_ids(*WRITERS))


def _writes_for(actor: Actor, assembly: Assembly) -> bool:
    return actor.is_operator or actor.holds(*WRITERS, in_organisation=assembly.organisation_id)
