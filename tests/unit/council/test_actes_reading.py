"""What the State answers: every example file, and files made to do harm."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from levier.common.domain.errors import UnreadableInput
from levier.council.domain.matters import MATTERS, ActNature
from levier.council.domain.state_messages import (
    ADVICE,
    TITLES,
    Message,
    MessageKind,
    said,
    to_do,
)
from levier.council.readers import actes
from levier.council.readers.actes import NAMESPACE, read_message, read_messages, unpacked
from levier.council.readers.actes_package import check_package
from levier.council.writers.actes import act_package
from tests.shared_data import SHARED, needs_shared
from tests.unit.council.test_actes_writing import ACT, DISPATCH, PDF

EXAMPLES = SHARED / "data/schemas/actes/examples"


def _example(name: str) -> Message:
    return read_message((EXAMPLES / name).read_bytes(), name)


@needs_shared
def test_acknowledgement() -> None:
    message = _example("006-210600235-20180522-684-AI-1-2_5279.xml")
    assert message.kind is MessageKind.ACKNOWLEDGEMENT
    assert message.identifier == "006-210600235-20180522-684-AI"
    assert (message.on, message.siren) == (date(2018, 5, 28), "210600235")
    assert message.act is not None
    assert (message.act.number, message.act.matter_code) == ("684", "4.2")
    assert message.act.nature is ActNature.INDIVIDUAL
    assert said(message) == "L’État a reçu l’acte 006-210600235-20180522-684-AI le 28 mai 2018."


@needs_shared
def test_anomaly_of_an_act_tells_that_the_classification_is_out_of_date() -> None:
    message = _example("044-214400152----1-3_1.xml")
    assert (message.kind, message.anomaly) == (MessageKind.ACT_ANOMALY, "002")
    assert message.is_bad_news
    assert message.act is not None
    assert message.act.matter_code == "1.1.1.1"
    assert len(message.act.annexes) == 1
    assert message.siren == "214400152"
    assert "« ODT-VERIF-01" in said(message)
    assert "celle du 10 octobre 2018" in to_do(message)


@needs_shared
def test_anomaly_of_an_envelope_with_a_code_that_the_schema_does_not_list() -> None:
    message = _example("ANO_EACT--214400152--20180925-1.xml")
    assert (message.kind, message.anomaly) == (MessageKind.ENVELOPE_ANOMALY, "999")
    assert (message.siren, message.on) == ("214400152", date(2018, 9, 25))
    assert "044-214400152-20180905-4365-DE-4365-DE_0.xml" in said(message)


@needs_shared
def test_acknowledgement_of_a_cancellation() -> None:
    message = _example("044-214400152-20181106-TEST_DGCL_4-DE-6-2_10.xml")
    assert message.kind is MessageKind.CANCELLATION_ACKNOWLEDGED
    assert message.identifier == "044-214400152-20181106-TEST_DGCL_4-DE"
    assert message.on == date(2018, 11, 28)


@needs_shared
def test_envelope_of_the_state() -> None:
    message = _example("EACT--SPREF0441-214400152-20181012-9.xml")
    assert (message.kind, message.siren) == (MessageKind.STATE_ENVELOPE, "214400152")
    assert message.forms == ("044-214400152----1-3_1.xml",)


@needs_shared
def test_classification_of_a_department() -> None:
    message = _example("codes_matieres.xml")
    assert message.kind is MessageKind.CLASSIFICATION
    table = message.classification
    assert table is not None
    assert table.dated_on == date(2017, 4, 19)
    assert [matter.code for matter in table.matters] == [matter.code for matter in MATTERS]
    assert [(kind.nature, kind.code) for kind in table.attachment_types] == [
        (ActNature.OTHER, "55"),
        (ActNature.OTHER, "45"),
    ]


@needs_shared
def test_real_package_is_read_and_has_no_fault() -> None:
    path = EXAMPLES / "SIC-EACT--210600730--20180115-1.tar.gz"
    kinds = [message.kind for message in read_messages(path.read_bytes(), path.name)]
    assert kinds == [MessageKind.SENT_ENVELOPE, MessageKind.ACT]
    report = check_package(path.read_bytes(), path.name, EXAMPLES.parent)
    assert (report.faults, report.unverifiable) == ((), ())


@needs_shared
def test_no_example_is_left_out() -> None:
    for path in EXAMPLES.iterdir():
        for message in read_messages(path.read_bytes(), path.name):
            assert said(message).endswith(".")
            assert to_do(message)


def test_each_kind_has_its_title_and_its_advice() -> None:
    assert set(TITLES) == set(ADVICE) == set(MessageKind)
    for kind in MessageKind:
        assert said(Message(kind)).endswith(".")


@pytest.mark.parametrize(
    ("tag", "kind", "detail"),
    [
        ("CourrierSimple", MessageKind.LETTER, ""),
        ("DemandePieceComplementaire", MessageKind.MISSING_PIECES, "DescriptionPieces"),
        ("LettreObservations", MessageKind.OBSERVATIONS, "Motif"),
    ],
)
def test_letters_of_the_prefecture(tag: str, kind: MessageKind, detail: str) -> None:
    inner = f"<a:{detail}>Le plan manque</a:{detail}>" if detail else ""
    message = read_message(
        f'<a:{tag} xmlns:a="{NAMESPACE}" a:IDActe="062-216205237-20240611-1-DE" '
        f'a:DateCourrierPref="2024-07-01">{inner}</a:{tag}>'.encode()
    )
    assert (message.kind, message.on) == (kind, date(2024, 7, 1))
    assert message.detail == ("Le plan manque" if detail else "")


# Files made to do harm, or damaged.

ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b'<a:Annulation xmlns:a="http://www.interieur.gouv.fr/ACTES#v1.1-20040216" a:IDActe="&b;"/>'
)
OUTSIDE = (
    b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    b'<a:Annulation xmlns:a="http://www.interieur.gouv.fr/ACTES#v1.1-20040216">&f;</a:Annulation>'
)


@pytest.mark.parametrize(
    "data",
    [
        ENTITIES,
        OUTSIDE,
        ENTITIES.decode().encode("utf-16"),
        b"",
        b"bonjour",
        b"<a>",
        b"<a/>",
        b'<?xml version="1.0" encoding="inconnu"?><a/>',
        f'<a:ARActe xmlns:a="{NAMESPACE}"/>'.encode(),
        f'<a:ARActe xmlns:a="{NAMESPACE}" a:DateReception="hier"/>'.encode(),
        f'<a:Inconnu xmlns:a="{NAMESPACE}"/>'.encode(),
        f'<a:RetourClassification xmlns:a="{NAMESPACE}"><a:DateClassification>2017-04-19'
        "</a:DateClassification></a:RetourClassification>".encode(),
        b"<a>" * 5000 + b"</a>" * 5000,
        b"<a>" + b"x" * (actes.MOST_MESSAGE_BYTES + 1) + b"</a>",
    ],
)
def test_hostile_or_damaged_message_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"« reçu\.xml »"):
        read_message(data, "reçu.xml")


def _archive(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def _link(name: str, target: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = tarfile.SYMTYPE, target
    return entry


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_archive((tarfile.TarInfo("../acte.pdf"), PDF)), "sans dossier"),
        (_archive((tarfile.TarInfo("/tmp/acte.pdf"), PDF)), "sans dossier"),  # noqa: S108
        (_archive((tarfile.TarInfo("a\\b.pdf"), PDF)), "sans dossier"),
        (_archive((_link("acte.pdf", "/etc/passwd"), b"")), "fichier ordinaire"),
        (_archive(*[(tarfile.TarInfo("a.pdf"), PDF)] * 2), "deux fois"),
        (_archive(*[(tarfile.TarInfo(f"{n}.pdf"), b"") for n in range(201)]), "200 fichiers"),
        (_archive(), "vide"),
        (b"\x1f\x8bxxxx", "lisible"),
        (gzip.compress(b"x" * 2000), "lisible"),
        (_archive((tarfile.TarInfo("a.pdf"), PDF))[:-20], "tronqué"),
    ],
)
def test_hostile_package_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason):
        unpacked(data, "paquet.tar.gz")


def test_bomb_is_stopped_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actes, "MOST_UNPACKED_BYTES", 1_000_000)
    bomb = gzip.compress(b"\0" * 20_000_000)
    assert len(bomb) < 50_000
    with pytest.raises(UnreadableInput, match="une fois décompressé"):
        unpacked(bomb, "bombe.tar.gz")


def _repacked(change: Callable[[dict[str, bytes]], None]) -> bytes:
    files = dict(act_package(ACT, DISPATCH).files)
    change(files)
    return _archive(*((tarfile.TarInfo(name), content) for name, content in files.items()))


def _rename(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        for name in list(files):
            if old in name:
                files[name.replace(old, new)] = files.pop(name)

    return change


def _replace(suffix: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        for name, content in files.items():
            if name.endswith(suffix):
                assert old in content
                files[name] = content.replace(old, new)

    return change


def _add(files: dict[str, bytes]) -> None:
    files["notes.txt"] = b"x"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_rename(".pdf", ".doc"), "absent du paquet"),
        (_rename("20240620-1.xml", "20240620-2.xml"), "pas le même nom"),
        (_rename("EACT--216205237", "EACT--216205230"), "Le nom porte le SIREN"),
        (_rename("EACT--", "ENV--"), "attendu une seule"),
        (_replace("-1.xml", b'SIREN="216205237"', b'SIREN="216205230"'), "Le nom porte le SIREN"),
        (_replace("_0.xml", b"2024-06-11", b"2024-06-12"), "ne suit pas son contenu"),
        (_replace("_0.xml", b'CodeNatureActe="1"', b'CodeNatureActe="9"'), "code de nature"),
        (_replace("_0.xml", b'20240611_1"', b'2024-1"'), "numéro interne"),
        (_replace("_0.xml", b'Nombre="0"', b'Nombre="2"'), "annoncé vaut « 2 »"),
        (_replace("_0.xml", b"</actes:Acte>", b""), "pas du XML lisible"),
        (_replace(".pdf", b"%PDF", b"PK"), "n’est pas celui d’un fichier PDF"),
        (_add, "n’est présenté ni"),
    ],
)
def test_package_that_does_not_hold_together(
    change: Callable[[dict[str, bytes]], None], reason: str
) -> None:
    report = check_package(_repacked(change), "EACT--216205237--20240620-1.tar.gz")
    assert any(reason in fault.sentence for fault in report.faults), report.faults


def test_without_schema_the_package_says_what_was_not_checked() -> None:
    package = act_package(ACT, DISPATCH)
    report = check_package(package.content, package.name)
    assert report.faults == ()
    assert len(report.unverifiable) == 1


@needs_shared
def test_what_only_the_schema_sees() -> None:
    data = _repacked(_replace("_0.xml", b"<actes:DocumentPapier>N</actes:DocumentPapier>", b""))
    name = "EACT--216205237--20240620-1.tar.gz"
    assert check_package(data, name).faults == ()
    (fault,) = check_package(data, name, EXAMPLES.parent).faults
    assert "non conforme au schéma" in fault.sentence


def test_folder_without_schema(tmp_path: Path) -> None:
    package = act_package(ACT, DISPATCH)
    with pytest.raises(UnreadableInput, match=r"ne contient pas actesv1_1\.xsd"):
        check_package(package.content, package.name, tmp_path)
