"""Checking an ACTES package before it is sent: names, envelope, message and files agree.

With a folder that holds `actesv1_1.xsd` and the two schemas it names, each XML file is validated
too; without one, that part is said to be unverifiable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from levier.common.domain.errors import UnreadableInput
from levier.common.domain.french import plural
from levier.council.domain.state_messages import DeclaredAct, Message, MessageKind
from levier.council.domain.transmission import (
    EMAIL_PATTERN,
    NUMBER_PATTERN,
    SUBJECT_LIMIT,
    Attachment,
    Fault,
    Sender,
    act_identifier,
    attachment_faults,
)
from levier.council.readers.actes import parsed, read_message, unpacked

SCHEMA_FILE = "actesv1_1.xsd"
_NO_SCHEMA = (
    "La conformité au schéma XML de l’État n’est pas vérifiée : indiquez le dossier qui contient "
    f"{SCHEMA_FILE}."
)
_ARCHIVE = re.compile(r"(?:[A-Z0-9]{3}-)?(?P<stem>EACT--[0-9]{9}--[0-9]{8}-[0-9]+)\.tar\.gz\Z")
_ENVELOPE = re.compile(r"EACT--(?P<siren>[0-9]{9})--(?P<day>[0-9]{8})-[0-9]+\.xml\Z")
_ATTACHED = re.compile(
    r"(?P<type>[A-Z0-9]+_[A-Z0-9]+)-(?P<base>.+)_(?P<rank>[0-9]+)\.(?P<kind>\w+)\Z"
)


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What was found in a package. `unverifiable` tells what could not be checked, and why."""

    messages: tuple[Message, ...]
    faults: tuple[Fault, ...]
    unverifiable: tuple[str, ...] = ()


def check_package(data: bytes, name: str, schemas: Path | None = None) -> PackageReport:
    """Check a package. Raises UnreadableInput when it is none, or when `schemas` has no schema."""
    files = dict(unpacked(data, name))
    validate = _Schema(schemas) if schemas else None
    faults: list[Fault] = []
    messages: dict[str, Message] = {}
    for file, content in files.items():
        if _ENVELOPE.match(file) or file.endswith("_0.xml"):
            try:
                messages[file] = read_message(content, file)
            except UnreadableInput as error:
                faults.append(Fault(file, str(error)))
                continue
            if validate:
                faults += (Fault(file, sentence) for sentence in validate(content))
    faults += _envelope_faults(name, files, messages)
    for file, message in messages.items():
        if message.kind is MessageKind.ACT and message.act:
            faults += _act_faults(file, message.act, files, _party(messages))
    return PackageReport(tuple(messages.values()), tuple(faults), () if schemas else (_NO_SCHEMA,))


def _party(messages: Mapping[str, Message]) -> Sender | None:
    for message in messages.values():
        if message.kind is MessageKind.SENT_ENVELOPE and message.party:
            party = message.party
            return Sender(party.siren, party.department, party.district, party.nature)
    return None


def _envelope_faults(
    name: str, files: Mapping[str, bytes], messages: Mapping[str, Message]
) -> Iterator[Fault]:
    archive = _ARCHIVE.match(Path(name).name)
    if archive is None:
        yield Fault(
            name,
            "Le nom du paquet n’est pas admis : attendu EACT--SIREN--AAAAMMJJ-n.tar.gz, précédé "
            "s’il y a lieu du trigramme de l’opérateur.",
        )
    envelopes = [file for file in files if _ENVELOPE.match(file)]
    if len(envelopes) != 1:
        yield Fault(
            name, f"Le paquet contient {plural(len(envelopes), 'enveloppe')} ; attendu une seule."
        )
        return
    file = envelopes[0]
    if archive and f"{archive['stem']}.xml" != file:
        yield Fault(file, "L’enveloppe et le paquet ne portent pas le même nom.")
    envelope = messages.get(file)
    if envelope is None:
        return
    if envelope.kind is not MessageKind.SENT_ENVELOPE or envelope.party is None:
        yield Fault(file, "Ce fichier n’est pas l’enveloppe d’une collectivité.")
        return
    found = _ENVELOPE.match(file)
    if found and found["siren"] != envelope.party.siren:
        yield Fault(
            file,
            f"Le nom porte le SIREN {found['siren']}, le contenu le SIREN {envelope.party.siren}.",
        )
    for email in envelope.party.emails:
        if not EMAIL_PATTERN.match(email):
            yield Fault(file, f"« {email} » n’est pas une adresse électronique admise.")
    yield from _presence_faults(file, envelope.forms, files, messages)


def _presence_faults(
    envelope: str,
    forms: tuple[str, ...],
    files: Mapping[str, bytes],
    messages: Mapping[str, Message],
) -> Iterator[Fault]:
    expected = {envelope, *forms}
    for form in forms:
        if form not in files:
            yield Fault(envelope, f"L’enveloppe présente « {form} », absent du paquet.")
        elif form not in messages:
            yield Fault(form, "Ce fichier est présenté comme un message et n’en est pas un.")
        elif (act := messages[form].act) is not None:
            expected |= {act.document, *act.annexes}
    for file in files:
        if file not in expected:
            yield Fault(file, "Ce fichier n’est présenté ni par l’enveloppe ni par un message.")


def _act_faults(
    file: str, act: DeclaredAct, files: Mapping[str, bytes], sender: Sender | None
) -> Iterator[Fault]:
    if act.nature is None:
        yield Fault(
            file, f"Le code de nature « {act.nature_code} » n’est pas connu ; attendu 1 à 6."
        )
    if not NUMBER_PATTERN.match(act.number):
        yield Fault(
            file,
            f"Le numéro interne « {act.number} » n’est pas admis : attendu 1 à 15 majuscules sans "
            "accent, chiffres ou tirets bas.",
        )
    if not act.subject or len(act.subject) > SUBJECT_LIMIT:
        yield Fault(
            file,
            f"L’objet compte {len(act.subject)} caractères ; attendu 1 à {SUBJECT_LIMIT}.",
        )
    if act.annexes_announced != str(len(act.annexes)):
        yield Fault(
            file,
            f"Le nombre d’annexes annoncé vaut « {act.annexes_announced} » ; le message en nomme "
            f"{len(act.annexes)}.",
        )
    base = ""
    if sender and act.nature:
        base = f"{act_identifier(sender, act.decided_on, act.number, act.nature)}-1-1"
        if file != f"{base}_0.xml":
            yield Fault(
                file,
                f"Le nom du message ne suit pas son contenu : attendu « {base}_0.xml » (la date "
                "est celle de la décision).",
            )
    for rank, document in enumerate((act.document, *act.annexes), start=1):
        yield from _document_faults(file, document, rank, base, files)


def _document_faults(
    message: str, document: str, rank: int, base: str, files: Mapping[str, bytes]
) -> Iterator[Fault]:
    if document not in files:
        yield Fault(message, f"Le message présente « {document} », absent du paquet.")
        return
    found = _ATTACHED.match(document)
    if found is None or (base and found["base"] != base) or int(found["rank"]) != rank:
        expected = f"TYPE-{base or 'identifiant-1-1'}_{rank}.pdf"
        yield Fault(document, f"Ce nom n’est pas admis : attendu « {expected} ».")
        return
    yield from attachment_faults(
        document, Attachment(files[document], found["kind"].lower(), found["type"])
    )


class _Schema:
    """The official schema, loaded from a folder and nothing else."""

    def __init__(self, folder: Path) -> None:
        from lxml import etree

        path = folder / SCHEMA_FILE
        if not path.is_file():
            raise UnreadableInput(
                f"Le dossier « {folder} » ne contient pas {SCHEMA_FILE}, le schéma de l’État."
            )
        try:
            parser = etree.XMLParser(no_network=True, resolve_entities=False)
            self._schema = etree.XMLSchema(etree.parse(str(path), parser))
        except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
            raise UnreadableInput(
                f"Le schéma « {path} » ne se lit pas : {str(error)[:200]}."
            ) from None

    def __call__(self, content: bytes) -> Iterable[str]:
        if self._schema.validate(parsed(content)):
            return ()
        return [
            f"Ligne {error.line} : non conforme au schéma de l’État ({error.message})."
            for error in self._schema.error_log
        ]
