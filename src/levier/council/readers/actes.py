"""ACTES messages, envelopes and packages, read from files that anybody may have made.

No entity is expanded, nothing is fetched, nothing is written to disk, and sizes are bounded.
"""

from __future__ import annotations

import io
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.matters import NATURE_CODES, AttachmentType, Classification, Matter
from levier.council.domain.state_messages import DeclaredAct, Message, MessageKind, Sent

NAMESPACE = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
INSEE_NAMESPACE = "http://xml.insee.fr/schema"
MOST_MESSAGE_BYTES = 2 * 1024 * 1024
MOST_PACKAGE_BYTES = 150 * 1024 * 1024
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_FILES = 200
_GZIP = b"\x1f\x8b"
Element = Any  # lxml, imported where it is used, has no types.


def read_messages(data: bytes, name: str = "") -> tuple[Message, ...]:
    """The message of a file, or every message of a package, envelope first.

    Raises UnreadableInput with the file and what was expected.
    """
    if not data.startswith(_GZIP):
        return (read_message(data, name),)
    found = [
        read_message(content, file)
        for file, content in unpacked(data, name)
        if file.lower().endswith(".xml") and NAMESPACE.encode() in content
    ]
    if not found:
        raise UnreadableInput(f"« {name or 'paquet'} » : aucun message ACTES dans ce paquet.")
    envelopes = {MessageKind.SENT_ENVELOPE, MessageKind.STATE_ENVELOPE}
    return tuple(sorted(found, key=lambda message: message.kind not in envelopes))


def read_message(data: bytes, name: str = "") -> Message:
    """One message or envelope. Raises UnreadableInput likewise."""
    root = parsed(data, name)
    place = f"« {name} » : " if name else ""
    tag = _local(root)
    reader = _READERS.get(tag) if root.tag == f"{{{NAMESPACE}}}{tag}" else None
    if reader is None:
        raise UnreadableInput(
            f"{place}« {tag[:60]} » n’est pas un message ACTES que Levier lit ; attendu un accusé "
            "de réception (ARActe), une anomalie ou un autre message de la préfecture."
        )
    try:
        return reader(root)
    except ValueError as error:
        raise UnreadableInput(f"{place}{error}") from None


def parsed(data: bytes, name: str = "") -> Element:
    """The root of an XML file, without entities, document type nor network."""
    from lxml import etree

    place = f"« {name} » : " if name else ""
    if len(data) > MOST_MESSAGE_BYTES:
        raise UnreadableInput(
            f"{place}ce message pèse {len(data) // 1024} Ko ; attendu "
            f"{MOST_MESSAGE_BYTES // 1024} Ko au plus."
        )
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise UnreadableInput(
            f"{place}ce fichier déclare un type de document, ce qu’aucun message ACTES ne fait : "
            "il n’est pas lu."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None)
        where = f" (ligne {line})" if line else ""
        raise UnreadableInput(f"{place}ce fichier n’est pas du XML lisible{where}.") from None
    if root.getroottree().docinfo.doctype:
        raise UnreadableInput(f"{place}ce fichier déclare un type de document : il n’est pas lu.")
    return root


def unpacked(data: bytes, name: str = "") -> tuple[tuple[str, bytes], ...]:
    """The files of a package by name. Raises UnreadableInput for whatever is not plain files."""
    place = f"« {name} » : " if name else ""
    if len(data) > MOST_PACKAGE_BYTES:
        raise UnreadableInput(
            f"{place}ce paquet pèse {len(data) >> 20} Mo ; attendu "
            f"{MOST_PACKAGE_BYTES >> 20} Mo au plus."
        )
    plain = _decompressed(data, place)
    files: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as archive:
            for entry in archive:
                _refuse_entry(entry, files, place)
                content = archive.extractfile(entry)
                files[entry.name] = content.read() if content else b""
    except (tarfile.TarError, EOFError, ValueError):
        raise UnreadableInput(f"{place}ce paquet n’est pas une archive tar.gz lisible.") from None
    if not files:
        raise UnreadableInput(f"{place}ce paquet est vide.")
    return tuple(files.items())


def _decompressed(data: bytes, place: str) -> bytes:
    engine = zlib.decompressobj(wbits=31)
    try:
        plain = engine.decompress(data, MOST_UNPACKED_BYTES + 1)
    except zlib.error:
        raise UnreadableInput(f"{place}ce paquet n’est pas une archive tar.gz lisible.") from None
    if len(plain) > MOST_UNPACKED_BYTES:
        raise UnreadableInput(
            f"{place}ce paquet dépasse {MOST_UNPACKED_BYTES >> 20} Mo une fois décompressé."
        )
    if not engine.eof:
        raise UnreadableInput(f"{place}ce paquet est tronqué : déposez-le de nouveau.")
    return plain


def _refuse_entry(entry: tarfile.TarInfo, files: dict[str, bytes], place: str) -> None:
    shown = entry.name[:120]
    if not entry.isfile():
        raise UnreadableInput(f"{place}« {shown} » n’est pas un fichier ordinaire.")
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*", entry.name):
        raise UnreadableInput(
            f"{place}le nom « {shown} » n’est pas admis : attendu un nom de fichier sans dossier."
        )
    if entry.name in files:
        raise UnreadableInput(f"{place}« {shown} » est deux fois dans le paquet.")
    if len(files) >= MOST_FILES:
        raise UnreadableInput(f"{place}attendu {MOST_FILES} fichiers au plus.")


def _act(root: Element) -> Message:
    return Message(MessageKind.ACT, act=_declared(root))


def _acknowledgement(root: Element) -> Message:
    return Message(
        MessageKind.ACKNOWLEDGEMENT,
        identifier=_attribute(root, "IDActe"),
        on=_date(_attribute(root, "DateReception"), "DateReception"),
        act=_declared(_required(root, "ActeRecu")),
        current_classification_on=_optional_date(root, "ClassificationDateVersionEnCours"),
    )


def _act_anomaly(root: Element) -> Message:
    return Message(
        MessageKind.ACT_ANOMALY,
        on=_optional_date(root, "Date"),
        anomaly=_text(root, "Nature"),
        detail=_text(root, "Detail"),
        act=_declared(_required(root, "ActeRecu")),
        current_classification_on=_optional_date(root, "ClassificationDateVersionEnCours"),
    )


def _envelope_anomaly(root: Element) -> Message:
    received = _required(root, "EnveloppeRecue")
    return Message(
        MessageKind.ENVELOPE_ANOMALY,
        on=_optional_date(root, "Date"),
        anomaly=_text(root, "Nature"),
        detail=_text(root, "Detail"),
        party=_sender(received),
        forms=_forms(received),
    )


def _letter(kind: MessageKind, detail: str = "") -> Callable[[Element], Message]:
    def read(root: Element) -> Message:
        return Message(
            kind,
            identifier=_attribute(root, "IDActe"),
            on=_date(_attribute(root, "DateCourrierPref"), "DateCourrierPref"),
            detail=_text(root, detail) if detail else "",
        )

    return read


def _referral(root: Element) -> Message:
    return Message(
        MessageKind.REFERRAL,
        identifier=_attribute(root, "IDActe"),
        on=_optional_date(root, "DateDepot"),
        detail=_text(root, "NatureIllegalite"),
    )


def _cancellation(root: Element) -> Message:
    return Message(MessageKind.CANCELLATION, identifier=_attribute(root, "IDActe"))


def _cancellation_acknowledged(root: Element) -> Message:
    return Message(
        MessageKind.CANCELLATION_ACKNOWLEDGED,
        identifier=_attribute(root, "IDActe"),
        on=_date(_attribute(root, "DateReception"), "DateReception"),
    )


def _sent_envelope(root: Element) -> Message:
    return Message(MessageKind.SENT_ENVELOPE, party=_sender(root), forms=_forms(root))


def _state_envelope(root: Element) -> Message:
    recipient = _required(root, "Destinataire")
    return Message(
        MessageKind.STATE_ENVELOPE,
        party=Sent(siren=recipient.get(f"{{{INSEE_NAMESPACE}}}SIREN", "")),
        forms=_forms(root),
    )


def _classification(root: Element) -> Message:
    dated_on = _date(_text(root, "DateClassification"), "DateClassification")
    matters: list[Matter] = []
    for first in root.iterfind("{*}Matieres/{*}Matiere1"):
        matters += _matters(first, "", _attribute(first, "Libelle").strip())
    types = tuple(
        AttachmentType(letters, _attribute(file, "CodeTypePJ"), _attribute(file, "Libelle"))
        for nature in root.iterfind("{*}NaturesActes/{*}NatureActe")
        for letters in NATURE_CODES
        if letters.value == nature.get(f"{{{NAMESPACE}}}TypeAbrege")
        for file in nature.iterfind("{*}TypePJNatureActe")
    )
    ordered = tuple(sorted(matters, key=lambda matter: matter.levels))
    if not ordered:
        raise ValueError("cette nomenclature ne contient aucune matière.")
    return Message(
        MessageKind.CLASSIFICATION,
        on=dated_on,
        classification=Classification(dated_on, ordered, types),
    )


def _matters(parent: Element, above: str, heading: str) -> Iterator[Matter]:
    code = above + _whole(_attribute(parent, "CodeMatiere"), "CodeMatiere")
    if above:
        yield Matter(code, _attribute(parent, "Libelle").strip(), heading)
    for child in parent:
        if isinstance(child.tag, str) and _local(child).startswith("Matiere"):
            yield from _matters(child, f"{code}.", heading)


def _classification_unchanged(root: Element) -> Message:
    return Message(
        MessageKind.CLASSIFICATION_UNCHANGED, on=_optional_date(root, "DateClassification")
    )


_READERS: dict[str, Callable[[Element], Message]] = {
    "Acte": _act,
    "ARActe": _acknowledgement,
    "AnomalieActe": _act_anomaly,
    "AnomalieEnveloppe": _envelope_anomaly,
    "CourrierSimple": _letter(MessageKind.LETTER),
    "DemandePieceComplementaire": _letter(MessageKind.MISSING_PIECES, "DescriptionPieces"),
    "LettreObservations": _letter(MessageKind.OBSERVATIONS, "Motif"),
    "DefereTA": _referral,
    "Annulation": _cancellation,
    "ARAnnulation": _cancellation_acknowledged,
    "EnveloppeCLMISILL": _sent_envelope,
    "EnveloppeMISILLCL": _state_envelope,
    "RetourClassification": _classification,
    "ReponseClassificationSansChangement": _classification_unchanged,
}


def _declared(root: Element) -> DeclaredAct:
    codes = []
    for level in range(1, 6):
        found = root.find(f"{{*}}CodeMatiere{level}")
        if found is not None:
            codes.append(_attribute(found, "CodeMatiere"))
    annexes = root.find("{*}Annexes")
    return DeclaredAct(
        decided_on=_date(_attribute(root, "Date"), "Date"),
        number=_attribute(root, "NumeroInterne"),
        nature_code=_attribute(root, "CodeNatureActe"),
        matter_code=".".join(codes),
        subject=_text(root, "Objet"),
        classification_dated_on=_optional_date(root, "ClassificationDateVersion"),
        document=_text(root, "Document/NomFichier"),
        annexes=tuple(
            (name.text or "").strip()
            for name in root.iterfind("{*}Annexes/{*}Annexe/{*}NomFichier")
        ),
        annexes_announced="" if annexes is None else _attribute(annexes, "Nombre"),
    )


def _sender(envelope: Element) -> Sent:
    identity = envelope.find("{*}Emetteur/{*}IDCL")
    if identity is None:
        raise ValueError("l’enveloppe ne dit pas qui l’émet (IDCL).")
    return Sent(
        siren=identity.get(f"{{{INSEE_NAMESPACE}}}SIREN", ""),
        department=_attribute(identity, "Departement"),
        district=_attribute(identity, "Arrondissement"),
        nature=_attribute(identity, "Nature"),
        emails=tuple(
            (email.text or "").strip() for email in envelope.iterfind("{*}AdressesRetour/{*}Email")
        ),
    )


def _forms(envelope: Element) -> tuple[str, ...]:
    return tuple(
        (name.text or "").strip()
        for name in envelope.iterfind("{*}FormulairesEnvoyes/{*}Formulaire/{*}NomFichier")
    )


def _required(root: Element, tag: str) -> Element:
    found = root.find(f"{{*}}{tag}")
    if found is None:
        raise ValueError(f"il manque l’élément {tag} du message {_local(root)}.")
    return found


def _attribute(element: Element, name: str) -> str:
    return str(element.get(f"{{{NAMESPACE}}}{name}", "")).strip()


def _text(root: Element, path: str) -> str:
    found = root.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    return "" if found is None else " ".join((found.text or "").split())


def _optional_date(root: Element, tag: str) -> date | None:
    text = _text(root, tag)
    return _date(text, tag) if text else None


def _date(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(
            f"{field} : « {text[:40]} » n’est pas une date ; attendu AAAA-MM-JJ."
        ) from None


def _whole(text: str, field: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{field} : « {text[:40]} » n’est pas un nombre entier.")
    return str(int(text))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
