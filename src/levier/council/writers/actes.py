"""The ACTES package of an act, ready for an approved third party: envelope, message and files.

The same act, the same day and the same rank give the same bytes.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from levier.common.domain.errors import Invalid
from levier.council.domain.matters import NATURE_CODES
from levier.council.domain.transmission import (
    IDENTIFIER_PATTERN,
    ActToSend,
    Dispatch,
    Fault,
    Sender,
    dispatch_faults,
    faults,
    sender_faults,
    transmissible,
)

Element = Any  # lxml, imported where it is used, has no types.
NAMESPACE = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216"
INSEE_NAMESPACE = "http://xml.insee.fr/schema"
_NAMES = {"actes": NAMESPACE, "insee": INSEE_NAMESPACE}


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its name, its bytes, and the files in it by name."""

    name: str
    content: bytes
    files: tuple[tuple[str, bytes], ...]


def act_package(act: ActToSend, dispatch: Dispatch) -> Package:
    """The package of the message 1-1. Raises Invalid with each field that is missing or wrong."""
    _refuse(faults(act, dispatch))
    documents = (*((act.document,) if act.document else ()), *act.annexes)
    return _package(
        act.sender,
        dispatch,
        [
            (act.message_name, act_message(act)),
            *zip(act.document_names, (file.content for file in documents), strict=True),
        ],
    )


def cancellation_package(sender: Sender, identifier: str, dispatch: Dispatch) -> Package:
    """The package of the message 6-1, which withdraws a transmission. Raises Invalid likewise."""
    found = IDENTIFIER_PATTERN.match(identifier)
    if found is None or found["siren"] != sender.siren:
        raise Invalid(
            {
                "identifier": f"« {identifier} » n’est pas l’identifiant d’un acte transmis par "
                "cette collectivité : attendu DDD-SIREN-AAAAMMJJ-NUMERO-DE."
            }
        )
    _refuse((*sender_faults(sender), *dispatch_faults(dispatch)))
    root = _root("Annulation", {"IDActe": identifier})
    return _package(sender, dispatch, [(f"{identifier}-6-1_0.xml", _written(root))])


def act_message(act: ActToSend) -> bytes:
    """The message 1-1, in ISO-8859-1."""
    names = act.document_names
    root = _root(
        "Acte",
        {
            "Date": str(act.decided_on),
            "NumeroInterne": act.number,
            "CodeNatureActe": str(NATURE_CODES[act.nature]),
        },
    )
    for level, code in enumerate(act.matter_code.split("."), start=1):
        _add(root, f"CodeMatiere{level}", attributes={"CodeMatiere": code})
    _add(root, "Objet", transmissible(act.subject)[0])
    if act.previous_identifier:
        _add(root, "PrecedentIdentifiantActe", attributes={"IDActe": act.previous_identifier})
    _add(root, "ClassificationDateVersion", str(act.classification_dated_on))
    _add(_add(root, "Document"), "NomFichier", names[0])
    annexes = _add(root, "Annexes", attributes={"Nombre": str(len(act.annexes))})
    for name in names[1:]:
        _add(_add(annexes, "Annexe"), "NomFichier", name)
    _add(root, "DocumentPapier", "O" if act.has_paper_annex else "N")
    return _written(root)


def envelope(sender: Sender, forms: tuple[str, ...]) -> bytes:
    """The envelope that presents the messages of these names, in ISO-8859-1."""
    root = _root("EnveloppeCLMISILL", {})
    emitter = _add(root, "Emetteur")
    _add(
        emitter,
        "IDCL",
        attributes={
            "Departement": sender.department_code,
            "Arrondissement": sender.district,
            "Nature": sender.nature,
        },
        insee={"SIREN": sender.siren},
    )
    if sender.contact or sender.telephone:
        contact = _add(emitter, "Referent")
        for tag, text in (("Nom", sender.contact), ("Telephone", sender.telephone)):
            if text:
                _add(contact, tag, transmissible(text)[0])
        _add(contact, "Email", sender.emails[0])
    addresses = _add(root, "AdressesRetour")
    for email in sender.emails:
        _add(addresses, "Email", email)
    sent = _add(root, "FormulairesEnvoyes")
    for form in forms:
        _add(_add(sent, "Formulaire"), "NomFichier", form)
    return _written(root)


def _refuse(found: tuple[Fault, ...]) -> None:
    if found:
        by_field: dict[str, str] = {}
        for fault in found:
            by_field[fault.field] = f"{by_field.get(fault.field, '')} {fault.sentence}".strip()
        raise Invalid(by_field)


def _package(sender: Sender, dispatch: Dispatch, contents: list[tuple[str, bytes]]) -> Package:
    files = (
        (dispatch.envelope_name(sender), envelope(sender, (contents[0][0],))),
        *contents,
    )
    # Midnight of the day of sending: nothing of the moment or of the machine enters the bytes.
    moment = int(
        datetime(dispatch.on.year, dispatch.on.month, dispatch.on.day, tzinfo=UTC).timestamp()
    )
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", filename="", mtime=moment) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(content), moment, 0o644
            archive.addfile(entry, io.BytesIO(content))
    return Package(dispatch.archive_name(sender), packed.getvalue(), files)


def _root(tag: str, attributes: dict[str, str]) -> Element:
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap=_NAMES)
    for name, value in attributes.items():
        root.set(f"{{{NAMESPACE}}}{name}", value)
    return root


def _add(
    parent: Element,
    tag: str,
    text: str | None = None,
    *,
    attributes: dict[str, str] | None = None,
    insee: dict[str, str] | None = None,
) -> Element:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    child.text = text
    for namespace, values in ((INSEE_NAMESPACE, insee), (NAMESPACE, attributes)):
        for name, value in (values or {}).items():
            child.set(f"{{{namespace}}}{name}", value)
    return child


def _written(root: Element) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(
        root, encoding="ISO-8859-1", xml_declaration=True, pretty_print=True
    )
    return written
