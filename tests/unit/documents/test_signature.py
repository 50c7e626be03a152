"""Signing a PDF and verifying it; poppler's `pdfsig` and pikepdf are the independent readers."""

from __future__ import annotations

import io
import logging
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509 import load_der_x509_certificate

from levier.common.domain.errors import Invalid, UnreadableInput
from levier.documents.signature import (
    SignatureReport,
    certificates_from,
    sign_pdf,
    verify_pdf,
)
from levier.documents.typesetting import render
from tests.unit.documents.certificates import PASSPHRASE, Identity, authority, make, mayor
from tests.unit.documents.forging import rewritten
from tests.unit.documents.pdf_reading import printed_text, structure_types

SIGNED_AT = datetime(2024, 6, 20, 9, 30, tzinfo=UTC)
CHECKED_AT = datetime(2024, 6, 25, 12, tzinfo=UTC)
needs_pdfsig = pytest.mark.skipif(
    shutil.which("pdfsig") is None,
    reason="pdfsig (poppler-utils) est absent : la signature n'est pas relue par un tiers",
)


@lru_cache(maxsize=1)
def act() -> bytes:
    """A tagged file of our own making, PDF/UA-1 and PDF/A-3."""
    data = {
        "assembly": "Loison-sous-Lens",
        "heading": "Liste",
        "date": "11 juin 2024",
        "short_date": "11 juin 2024",
        "deliberations": [{"number": "1", "subject": "Contrat de Ville", "outcome": None}],
    }
    return render("council_deliberation_list", data, title="Un acte", date=date(2024, 6, 20))


def sign(pdf: bytes, who: Identity, *, at: datetime = SIGNED_AT, **changes: str) -> bytes:
    values = {"reason": "Extrait conforme", "location": "Loison-sous-Lens", "name": ""}
    return sign_pdf(
        pdf, pkcs12=who.pkcs12, passphrase=PASSPHRASE, signed_at=at, **(values | changes)
    )


@lru_cache(maxsize=1)
def signed() -> bytes:
    return sign(act(), mayor())


def reports(
    pdf: bytes, *, trusting: Identity | None = None, at: datetime = CHECKED_AT
) -> tuple[SignatureReport, ...]:
    return verify_pdf(pdf, trusted=None if trusting is None else [trusting.certificate], at=at)


def the_report(
    pdf: bytes, *, trusting: Identity | None = None, at: datetime = CHECKED_AT
) -> SignatureReport:
    (report,) = reports(pdf, trusting=trusting, at=at)
    return report


# --- Signing -------------------------------------------------------------------------------------


def test_the_signature_is_appended_to_the_bytes_of_the_act() -> None:
    assert signed().startswith(act())
    assert printed_text(signed()) == printed_text(act())


def test_the_signed_file_keeps_its_tags_and_what_it_declares() -> None:
    assert structure_types(signed()) == structure_types(act())
    with pikepdf.open(io.BytesIO(act())) as before, pikepdf.open(io.BytesIO(signed())) as after:
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert dict(after.docinfo) == dict(before.docinfo)
        assert after.Root.MarkInfo.Marked is True
        widget = after.pages[0].Annots[0]
        assert str(after.pages[0].Tabs) == "/S"
    # PDF/A-3, 6.3.2: printed, and neither hidden nor invisible. PDF/UA-1, 7.18.1: named, and out
    # of the page since it is not tagged.
    assert int(widget.F) & 0b100111 == 0b100
    assert all(float(side) < 0 for side in widget.Rect)
    assert str(widget.TU) == "Signature électronique"


def test_the_signature_is_of_the_profile_of_european_law_and_states_the_hour_given() -> None:
    with pikepdf.open(io.BytesIO(signed())) as document:
        value = document.Root.AcroForm.Fields[0].V
        assert str(value.SubFilter) == "/ETSI.CAdES.detached"
        assert str(value.M) == "D:20240620093000Z"
        assert str(value.Reason) == "Extrait conforme"
        assert str(value.Location) == "Loison-sous-Lens"


@needs_pdfsig
def test_another_reader_finds_the_signature_valid_and_whole(tmp_path: Path) -> None:
    told = pdfsig(signed(), tmp_path)
    assert "Signer Certificate Common Name: Daniel KRUSZKA" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told


@needs_pdfsig
def test_another_reader_agrees_on_two_signatures_and_on_a_changed_byte(tmp_path: Path) -> None:
    twice = sign(signed(), make("Emmanuel DONDELA", issuer=authority()))
    told = pdfsig(twice, tmp_path)
    assert told.count("Signature is Valid.") == 2
    assert [report.intact for report in reports(twice)] == [True, True]
    broken = pdfsig(changed(signed(), 2_000), tmp_path)
    assert "Digest Mismatch" in broken
    assert not the_report(changed(signed(), 2_000)).intact


def test_an_elliptic_key_signs_too() -> None:
    who = make("Khadija LANNABI", issuer=authority(), key=ec.generate_private_key(ec.SECP256R1()))
    assert the_report(sign(act(), who)).holds


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (b"", "PDF lisible"),
        (b"Extrait du registre", "PDF lisible"),
        (b"%PDF-1.7\ntrop court", "PDF lisible"),
    ],
)
def test_what_is_not_a_pdf_is_neither_signed_nor_verified(pdf: bytes, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words):
        sign(pdf, mayor())
    with pytest.raises(UnreadableInput, match=words):
        reports(pdf)


def test_a_protected_pdf_is_not_signed() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(act())) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(UnreadableInput, match="protégé"):
        sign(locked.getvalue(), mayor())


def _without_key() -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"x", None, mayor().certificate, None, NoEncryption()
    )


def _with_a_key_of_another_kind() -> bytes:
    key = ed25519.Ed25519PrivateKey.generate()
    return pkcs12.serialize_key_and_certificates(b"x", key, None, None, NoEncryption())


@pytest.mark.parametrize(
    ("given", "passphrase", "field", "words"),
    [
        (lambda: mayor().pkcs12, "une autre", "passphrase", "n’ouvre pas"),
        (lambda: mayor().pkcs12, "", "passphrase", "n’ouvre pas"),
        (lambda: b"", PASSPHRASE, "certificate", "PKCS#12"),
        (lambda: mayor().pem, PASSPHRASE, "certificate", "PKCS#12"),
        (lambda: mayor().pkcs12[:-30], PASSPHRASE, "certificate", "PKCS#12"),
        (_without_key, "", "certificate", "clé privée"),
        (_with_a_key_of_another_kind, "", "certificate", "clé privée"),
    ],
)
def test_a_certificate_that_cannot_sign_is_told_beside_its_field(
    given: Callable[[], bytes], passphrase: str, field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=re.escape(words)) as caught:
        sign_pdf(
            act(),
            pkcs12=given(),
            passphrase=passphrase,
            reason="",
            location="",
            name="",
            signed_at=SIGNED_AT,
        )
    assert list(caught.value.by_field) == [field]


@pytest.mark.parametrize(
    ("valid", "signs", "words"),
    [
        ((2020, 2024), True, "a expiré le 1er janvier 2024"),
        ((2025, 2030), True, "qu’à partir du 1er janvier 2025"),
        ((2024, 2030), False, "n’est pas fait pour signer"),
    ],
)
def test_a_certificate_out_of_use_is_told_before_signing(
    valid: tuple[int, int], signs: bool, words: str
) -> None:
    years = (datetime(valid[0], 1, 1, tzinfo=UTC), datetime(valid[1], 1, 1, tzinfo=UTC))
    who = make("Daniel KRUSZKA", issuer=authority(), valid=years, signs=signs)
    with pytest.raises(Invalid, match=words) as caught:
        sign(act(), who)
    assert list(caught.value.by_field) == ["certificate"]


def test_neither_the_passphrase_nor_the_key_leaves_memory(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Invalid) as caught:
        sign_pdf(
            act(),
            pkcs12=mayor().pkcs12,
            passphrase="secret-mal-tapé",
            reason="",
            location="",
            name="",
            signed_at=SIGNED_AT,
        )
    sign(act(), mayor())
    reports(signed())
    said = caplog.text + "".join(capfd.readouterr()) + repr(caught.value)
    assert "secret-mal-tapé" not in said
    assert PASSPHRASE not in said
    assert PASSPHRASE.encode() not in sign(act(), mayor())


# --- Verifying -----------------------------------------------------------------------------------


def test_a_file_without_signature_has_no_report() -> None:
    assert reports(act()) == ()


def test_a_signature_of_a_known_authority_holds() -> None:
    report = the_report(signed(), trusting=authority())
    assert (report.holds, report.intact, report.covers_whole_file) == (True, True, True)
    assert (report.trusted, report.certificate_valid) == (True, True)
    assert (report.signer, report.issuer) == ("Daniel KRUSZKA", "Autorité d’essai")
    assert report.claimed_at == SIGNED_AT
    assert "20 juin 2024 à 11 h 30" in report.sentences[0]


def test_without_authority_to_compare_with_trust_is_not_verifiable() -> None:
    report = the_report(signed())
    assert report.trusted is None
    assert report.holds
    assert any("confiance non vérifiable" in sentence for sentence in report.sentences)


def test_an_unknown_authority_is_told() -> None:
    report = the_report(signed(), trusting=make("Autre autorité", is_authority=True, signs=False))
    assert report.trusted is False
    assert not report.holds


def test_a_certificate_of_its_own_making_proves_no_identity() -> None:
    report = the_report(sign(act(), make("Personne")))
    assert report.is_self_signed
    assert any("ne prouve pas l’identité" in sentence for sentence in report.sentences)


def test_revocation_and_legal_level_are_never_claimed() -> None:
    for report in (the_report(signed()), the_report(signed(), trusting=authority())):
        assert any("Révocation" in text and "non vérifiable" in text for text in report.sentences)
        assert "qualifié" not in " ".join(report.sentences)
        assert report.as_json()["revocation"] == "unverifiable"


@pytest.mark.parametrize("part", range(24))
def test_one_changed_byte_anywhere_in_what_is_signed_is_seen(part: int) -> None:
    """Places spread over both ranges, the first and the last byte of each included."""
    first, length, second, rest = _byte_range(signed())
    places = [first, length - 1, second, second + rest - 1]
    places += [first + (length * share) // 21 for share in range(1, 20)]
    places += [second + rest // 2]
    try:
        told = reports(changed(signed(), places[part]))
    except UnreadableInput:
        return
    assert not any(report.holds for report in told)


def test_a_second_signature_leaves_the_first_one_valid() -> None:
    twice = sign(signed(), make("Emmanuel DONDELA", issuer=authority()), reason="Secrétaire")
    first, second = reports(twice, trusting=authority())
    assert first.holds
    assert second.holds
    assert (first.covers_whole_file, second.covers_whole_file) == (False, True)
    assert (first.signer, second.signer) == ("Daniel KRUSZKA", "Emmanuel DONDELA")


def test_a_page_rewritten_after_the_signature_is_told() -> None:
    report = the_report(rewritten(signed()))
    assert report.intact
    assert not report.covers_whole_file
    assert not report.later_changes_allowed
    assert not report.holds
    assert any("ne le couvre pas" in sentence for sentence in report.sentences)


def test_bytes_thrown_after_the_end_are_not_covered() -> None:
    with_more = signed() + b"\n% et trois articles de plus"
    told = reports(with_more)
    assert not any(report.covers_whole_file for report in told)
    assert not any(report.holds for report in told)


def test_a_certificate_that_expired_since_was_valid_when_it_signed() -> None:
    years = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 12, 31, tzinfo=UTC))
    pdf = sign(act(), make("Daniel KRUSZKA", issuer=authority(), valid=years))
    report = the_report(pdf, trusting=authority(), at=datetime(2026, 1, 1, tzinfo=UTC))
    assert report.certificate_valid
    assert report.holds
    assert any("il a expiré depuis" in sentence for sentence in report.sentences)


def test_an_hour_outside_the_certificate_or_in_the_future_does_not_hold() -> None:
    assert not the_report(signed(), at=datetime(2024, 6, 19, tzinfo=UTC)).holds
    assert the_report(signed(), at=CHECKED_AT).holds


def test_authorities_are_read_as_text_or_as_bytes() -> None:
    both = authority().pem + mayor().pem
    assert certificates_from(both) == [authority().certificate, mayor().certificate]
    der = authority().certificate.public_bytes(Encoding.DER)
    assert certificates_from(der) == [load_der_x509_certificate(der)]
    with pytest.raises(UnreadableInput, match="certificat"):
        certificates_from(b"rien")


# --- Helpers -------------------------------------------------------------------------------------


def changed(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def pdfsig(pdf: bytes, folder: Path) -> str:
    path = folder / "acte.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", path], capture_output=True, check=False, timeout=60)
    return done.stdout.decode()


def _byte_range(pdf: bytes) -> tuple[int, int, int, int]:
    match = re.search(rb"/ByteRange \[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", pdf)
    assert match is not None
    first, length, second, rest = (int(number) for number in match.groups())
    return first, length, second, rest
