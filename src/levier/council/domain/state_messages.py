"""What the State answers by ACTES: each kind of message, what it says, what is to be done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from levier.common.domain.french import date_in_words, enumerate_in_words
from levier.council.domain.matters import NATURE_CODES, ActNature, Classification
from levier.council.domain.transmission import IDENTIFIER_PATTERN

_SIREN_IN_NAME = re.compile(r"-[0-9]{2}[0-9AB]-(?P<siren>[0-9]{9})-")


class MessageKind(StrEnum):
    """The messages of the protocol, by their code; envelopes have none and are named."""

    ACT = "1-1"
    ACKNOWLEDGEMENT = "1-2"
    ACT_ANOMALY = "1-3"
    LETTER = "2-1"
    MISSING_PIECES = "3-1"
    OBSERVATIONS = "4-1"
    REFERRAL = "5-1"
    CANCELLATION = "6-1"
    CANCELLATION_ACKNOWLEDGED = "6-2"
    CLASSIFICATION = "7-2"
    CLASSIFICATION_UNCHANGED = "7-3"
    ENVELOPE_ANOMALY = "anomalie d’enveloppe"
    SENT_ENVELOPE = "enveloppe de la collectivité"
    STATE_ENVELOPE = "enveloppe de l’État"


@dataclass(frozen=True, slots=True)
class DeclaredAct:
    """An act as a message describes it; a message may be wrong, so everything is text but dates."""

    decided_on: date | None
    number: str
    nature_code: str
    matter_code: str
    subject: str
    classification_dated_on: date | None
    document: str
    annexes: tuple[str, ...]
    annexes_announced: str

    @property
    def nature(self) -> ActNature | None:
        """The nature of the act, or None when its code is not known."""
        return next(
            (nature for nature, code in NATURE_CODES.items() if str(code) == self.nature_code),
            None,
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sends an envelope or receives it, as the envelope says."""

    siren: str = ""
    department: str = ""
    district: str = ""
    nature: str = ""
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message or envelope.

    `identifier` is that of the act; `on` the date of reception, of the anomaly or of the letter.
    `anomaly` is the code of an anomaly, kept as it is: the State uses more of them than the schema
    lists. `forms` are the files that an envelope presents.
    """

    kind: MessageKind
    identifier: str = ""
    on: date | None = None
    anomaly: str = ""
    detail: str = ""
    act: DeclaredAct | None = None
    party: Sent | None = None
    forms: tuple[str, ...] = ()
    classification: Classification | None = None
    current_classification_on: date | None = None

    @property
    def siren(self) -> str:
        """The SIREN of the collectivité concerned, when the message tells it."""
        found = IDENTIFIER_PATTERN.match(self.identifier)
        if found:
            return found["siren"]
        if self.party:
            return self.party.siren
        # An anomaly has no identifier: the name of the act's file holds what it would be.
        named = _SIREN_IN_NAME.search(self.act.document) if self.act else None
        return named["siren"] if named else ""

    @property
    def is_bad_news(self) -> bool:
        """Whether the act is not received, or the State asks or contests something."""
        return self.kind in _BAD_NEWS


_BAD_NEWS = {
    MessageKind.ACT_ANOMALY,
    MessageKind.ENVELOPE_ANOMALY,
    MessageKind.MISSING_PIECES,
    MessageKind.OBSERVATIONS,
    MessageKind.REFERRAL,
}

TITLES = {
    MessageKind.ACT: "Transmission d’un acte",
    MessageKind.ACKNOWLEDGEMENT: "Accusé de réception d’un acte",
    MessageKind.ACT_ANOMALY: "Anomalie : l’acte n’est pas reçu",
    MessageKind.LETTER: "Courrier de la préfecture",
    MessageKind.MISSING_PIECES: "Demande de pièces complémentaires",
    MessageKind.OBSERVATIONS: "Lettre d’observations",
    MessageKind.REFERRAL: "Déféré au tribunal administratif",
    MessageKind.CANCELLATION: "Annulation d’une transmission",
    MessageKind.CANCELLATION_ACKNOWLEDGED: "Accusé de réception d’une annulation",
    MessageKind.CLASSIFICATION: "Nomenclature des matières de la préfecture",
    MessageKind.CLASSIFICATION_UNCHANGED: "Nomenclature inchangée",
    MessageKind.ENVELOPE_ANOMALY: "Anomalie : l’enveloppe est refusée",
    MessageKind.SENT_ENVELOPE: "Enveloppe de la collectivité",
    MessageKind.STATE_ENVELOPE: "Enveloppe de l’État",
}

ADVICE = {
    MessageKind.ACT: "Ce message va vers l’État : il n’y a rien à enregistrer.",
    MessageKind.ACKNOWLEDGEMENT: "Conservez cet accusé : il prouve la réception (CGCT L2131-1).",
    MessageKind.ACT_ANOMALY: "L’acte n’est pas reçu par l’État. Corrigez ce que dit le détail, "
    "puis transmettez-le de nouveau par votre opérateur.",
    MessageKind.LETTER: "Lisez le courrier joint, puis répondez par votre opérateur s’il le "
    "demande.",
    MessageKind.MISSING_PIECES: "Envoyez les pièces par votre opérateur. Le délai de deux mois du "
    "préfet court à la réception du dossier complet : notez la date de la demande et celle de la "
    "réception des pièces.",
    MessageKind.OBSERVATIONS: "Répondez par votre opérateur. Si la lettre demande de retirer "
    "l’acte, elle vaut recours gracieux et proroge le délai du déféré : notez sa date.",
    MessageKind.REFERRAL: "Le préfet défère l’acte au juge (CGCT L2131-6). Prévenez l’exécutif et "
    "votre conseil.",
    MessageKind.CANCELLATION: "Ce message va vers l’État : il n’y a rien à enregistrer.",
    MessageKind.CANCELLATION_ACKNOWLEDGED: "La transmission est annulée. Si l’acte demeure, "
    "transmettez-le de nouveau : sans réception, il n’est pas exécutoire.",
    MessageKind.CLASSIFICATION: "Choisissez les matières dans cette nomenclature et indiquez sa "
    "date en préparant le paquet.",
    MessageKind.CLASSIFICATION_UNCHANGED: "La nomenclature utilisée est à jour : rien à faire.",
    MessageKind.ENVELOPE_ANOMALY: "Rien de l’enveloppe n’est reçu par l’État. Faites corriger "
    "l’envoi par votre opérateur, puis transmettez de nouveau.",
    MessageKind.SENT_ENVELOPE: "Une enveloppe ne suffit pas : déposez le paquet entier.",
    MessageKind.STATE_ENVELOPE: "Une enveloppe présente d’autres fichiers : déposez celui qu’elle "
    "nomme, ou le paquet entier.",
}


def said(message: Message) -> str:
    """What the message says, in one or two sentences."""
    day = f" le {date_in_words(message.on)}" if message.on else ""
    act = f"l’acte {message.identifier}" if message.identifier else _named(message.act)
    detail = f" Détail : « {message.detail} »." if message.detail else ""
    code = f" (code {message.anomaly})" if message.anomaly else ""
    forms = enumerate_in_words(f"« {name} »" for name in message.forms) or "aucun fichier"
    sentences = {
        MessageKind.ACT: f"Transmission de {_named(message.act)}.",
        MessageKind.ACKNOWLEDGEMENT: f"L’État a reçu {act}{day}.",
        MessageKind.ACT_ANOMALY: f"L’État a refusé {act}{day}{code}.{detail}",
        MessageKind.LETTER: f"La préfecture a écrit{day} au sujet de {act}.",
        MessageKind.MISSING_PIECES: f"La préfecture a demandé{day} des pièces pour {act}.{detail}",
        MessageKind.OBSERVATIONS: f"La préfecture a formulé{day} des observations sur {act}."
        f"{detail}",
        MessageKind.REFERRAL: f"La préfecture a déféré {act}{day}.{detail}",
        MessageKind.CANCELLATION: f"Demande d’annulation de la transmission de {act}.",
        MessageKind.CANCELLATION_ACKNOWLEDGED: "L’État a reçu l’annulation de la transmission de "
        f"{act}{day}.",
        MessageKind.CLASSIFICATION: f"Nomenclature{_dated(message)} : "
        f"{len(message.classification.matters) if message.classification else 0} matières.",
        MessageKind.CLASSIFICATION_UNCHANGED: f"La nomenclature{_dated(message)} est en vigueur.",
        MessageKind.ENVELOPE_ANOMALY: f"L’enveloppe présentant {forms} a été refusée{day}{code}."
        f"{detail}",
        MessageKind.SENT_ENVELOPE: f"La collectivité présente {forms}.",
        MessageKind.STATE_ENVELOPE: f"L’État présente {forms}.",
    }
    return sentences[message.kind]


def to_do(message: Message) -> str:
    """What is to be done, in French."""
    advice = ADVICE[message.kind]
    newer = message.current_classification_on
    used = message.act.classification_dated_on if message.act else None
    if newer and used and newer > used:
        advice += (
            f" La nomenclature utilisée, du {date_in_words(used)}, n’est plus celle de la "
            f"préfecture : demandez à votre opérateur celle du {date_in_words(newer)}."
        )
    return advice


def _dated(message: Message) -> str:
    return f" du {date_in_words(message.on)}" if message.on else ""


def _named(act: DeclaredAct | None) -> str:
    if act is None:
        return "un acte"
    day = f" du {date_in_words(act.decided_on)}" if act.decided_on else ""
    return f"l’acte n° {act.number}{day} (« {act.subject} »)"
