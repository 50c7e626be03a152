"""Preparing what goes to the State, filing what comes back, and saying that an act was sent.

Nothing here sends anything: an approved third party does (CGCT R2131-1 to R2131-4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from levier.accounts.domain.actors import Actor
from levier.accounts.writing import writing
from levier.common.domain.errors import Conflict, Invalid, NotFound
from levier.common.domain.french import date_in_words
from levier.council.domain.formalities import ActFormalities, Channel
from levier.council.domain.record import Outcome
from levier.council.domain.state_messages import Message, MessageKind
from levier.council.domain.transmission import (
    ActToSend,
    Attachment,
    Dispatch,
    Fault,
    Sender,
    faults,
)
from levier.council.models import Assembly, Deliberation
from levier.council.queries.exchange import (
    act_concerned,
    act_kept,
    department_of,
    number_of,
    same_number_that_day,
    siren_of,
)
from levier.council.queries.publication import current_file
from levier.council.rebuilding import record_from
from levier.council.record_json import load_part
from levier.council.services.formalities import ActDates, save_act_formalities

_ANOMALIES = (MessageKind.ACT_ANOMALY, MessageKind.MISSING_PIECES, MessageKind.OBSERVATIONS)


@dataclass(frozen=True, slots=True)
class SendingOptions:
    """What the person adds to the act to make a package; a blank subject keeps that of the act.

    `rank` tells two packages of one day apart; without it, each act has its own.
    """

    emails: tuple[str, ...] = ()
    contact: str = ""
    telephone: str = ""
    third_party: str = ""
    subject: str = ""
    annexes: tuple[Attachment, ...] = ()
    classification_dated_on: date | None = None
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one message: the act that it concerns, and whether something was stored."""

    message: Message
    act: Deliberation | None
    is_stored: bool
    sentence: str


def sender_of(assembly: Assembly, options: SendingOptions) -> Sender:
    """The collectivité as the envelope names it."""
    return Sender(
        siren=siren_of(assembly),
        department=department_of(assembly),
        district=assembly.state_district,
        nature=assembly.state_nature,
        emails=options.emails,
        contact=options.contact,
        telephone=options.telephone,
    )


def missing_for_package(
    actor: Actor, deliberation_id: int, options: SendingOptions, *, on: date
) -> tuple[Fault, ...]:
    """What keeps the package from being built, each with its field; empty when nothing does."""
    act = act_kept(actor, deliberation_id)
    to_send = _to_send(act, options, _no_document)
    return (
        *_stored_faults(act),
        *(
            fault
            for fault in faults(to_send, _dispatch(act, options, on))
            if fault.field != "document"
        ),
    )


def build_act_package(
    actor: Actor, deliberation_id: int, options: SendingOptions, *, on: date
) -> Any:
    """The package (levier.council.writers.actes.Package) of an act, for a third party to send.

    Its document is the file that is online when there is one, else the extract of the record.
    Raises Invalid with each field that is missing, NotFound, or Refused.
    """
    from levier.council.writers.actes import act_package

    act = act_kept(actor, deliberation_id)
    if found := _stored_faults(act):
        raise Invalid({fault.field: fault.sentence for fault in found})
    return act_package(_to_send(act, options, _document), _dispatch(act, options, on))


def build_cancellation(
    actor: Actor, deliberation_id: int, options: SendingOptions, *, on: date
) -> Any:
    """The package that withdraws the transmission of an act (message 6-1). Raises likewise."""
    from levier.council.writers.actes import cancellation_package

    act = act_kept(actor, deliberation_id)
    identifier = _formalities(act).state_identifier or ""
    if not identifier:
        raise Invalid(
            {
                "identifier": "Aucun accusé de réception de cet acte n’est enregistré : son "
                "identifiant n’est pas connu."
            }
        )
    dispatch = _dispatch(act, options, on)
    if options.rank is None:
        dispatch = replace(dispatch, rank=dispatch.rank + 1)
    return cancellation_package(sender_of(act.sitting.assembly, options), identifier, dispatch)


def record_acknowledgement(actor: Actor, data: bytes, name: str = "") -> tuple[Filed, ...]:
    """File what the State answered: every message of the file, in one transaction.

    An acknowledgement gives its act the date of reception and the identifier; a request for pieces,
    its date. Anything else is told and nothing of it is stored, nor of a message that no known act
    answers to. Raises UnreadableInput.
    """
    from levier.council.readers.actes import read_messages

    messages = read_messages(data, name)
    with writing(actor):
        return tuple(_filed(actor, message) for message in messages)


def mark_transmitted(actor: Actor, deliberation_id: int, on: date) -> Deliberation:
    """The person says that a third party sent the act that day. Raises Invalid, or Conflict."""
    if on > timezone.localdate():
        raise Invalid(
            {"transmitted_on": "Cette date est à venir : indiquez-la une fois l’acte transmis."}
        )
    act = act_kept(actor, deliberation_id)
    return _save(actor, act, _formalities(act), transmitted_on=on)


def _filed(actor: Actor, message: Message) -> Filed:
    wants_act = message.kind in (MessageKind.ACKNOWLEDGEMENT, *_ANOMALIES)
    if not wants_act:
        return Filed(message, None, False, "Rien n’est à enregistrer de ce message.")
    try:
        act = act_concerned(actor, message)
    except NotFound as error:
        return Filed(message, None, False, str(error))
    if message.kind is MessageKind.ACKNOWLEDGEMENT:
        return _acknowledged(actor, message, act)
    if message.kind is MessageKind.MISSING_PIECES:
        known = _formalities(act)
        if known.missing_pieces_asked_on is None:
            _save(actor, act, replace(known, missing_pieces_asked_on=message.on))
            return Filed(message, act, True, "La date de la demande est enregistrée.")
    return Filed(message, act, False, "Ce message concerne cette délibération.")


def _acknowledged(actor: Actor, message: Message, act: Deliberation) -> Filed:
    known = _formalities(act)
    if known.state_identifier == message.identifier and act.received_on == message.on:
        return Filed(message, act, False, "Cet accusé de réception était déjà enregistré.")
    if known.state_identifier not in (None, message.identifier):
        return Filed(
            message,
            act,
            False,
            f"Cette délibération porte déjà l’accusé {known.state_identifier} : celui-ci n’est pas "
            "enregistré.",
        )
    formalities = replace(
        known,
        state_identifier=message.identifier,
        channel=known.channel or Channel.ELECTRONIC,
    )
    try:
        saved = _save(actor, act, formalities, received_on=message.on)
    except (Invalid, Conflict) as error:
        return Filed(message, act, False, f"Rien n’a été enregistré : {error}")
    day = date_in_words(message.on) if message.on else ""
    return Filed(message, saved, True, f"Réception par l’État enregistrée : {day}.")


def _save(
    actor: Actor, act: Deliberation, formalities: ActFormalities, **dates: date | None
) -> Deliberation:
    known = ActDates(
        matter_code=act.matter_code or None,
        transmitted_on=act.transmitted_on,
        received_on=act.received_on,
        published_on=act.published_on,
    )
    return save_act_formalities(
        actor,
        act.pk,
        act.sitting.version,
        formalities,
        replace(known, **dates),  # type: ignore[arg-type]
    )


def _formalities(act: Deliberation) -> ActFormalities:
    return load_part(act.formalities, ActFormalities)


def _stored_faults(act: Deliberation) -> tuple[Fault, ...]:
    found = []
    if act.vote.outcome in (Outcome.POSTPONED, Outcome.REJECTED):
        found.append(
            Fault(
                "outcome", "Cette affaire n’a pas été adoptée : il n’y a pas d’acte à transmettre."
            )
        )
    if same_number_that_day(act):
        found.append(
            Fault(
                "number",
                f"Deux délibérations de ce jour portent le numéro {act.number} : leurs "
                "identifiants se confondraient. Corrigez la numérotation.",
            )
        )
    return tuple(found)


def _to_send(
    act: Deliberation,
    options: SendingOptions,
    document: Callable[[Deliberation], Attachment | None],
) -> ActToSend:
    return ActToSend(
        sender=sender_of(act.sitting.assembly, options),
        decided_on=act.sitting.date,
        number=number_of(act),
        subject=options.subject or act.subject,
        document=document(act),
        matter_code=act.matter_code,
        annexes=options.annexes,
        classification_dated_on=options.classification_dated_on,
    )


def _no_document(_: Deliberation) -> None:
    return None


def _document(act: Deliberation) -> Attachment:
    from levier.council.writers.extracts import extract_pdf

    online = current_file(act.pk)
    if online is not None:
        return Attachment(bytes(online.content))
    position = [row.pk for row in act.sitting.deliberations.all()].index(act.pk)
    return Attachment(extract_pdf(record_from(act.sitting), position))


def _dispatch(act: Deliberation, options: SendingOptions, on: date) -> Dispatch:
    # Even ranks are acts, the odd ones that follow them are their cancellations.
    return Dispatch(on, options.rank or 2 * act.pk, options.third_party)
