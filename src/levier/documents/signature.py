"""Electronic signature of a PDF (PAdES baseline B-B), and its verification, without the network.

The certificate is the person's own, given as a PKCS#12 file with its passphrase: both are used in
memory and never written, logged nor put in an error. A signature is appended to the file: the
bytes of the document that is signed stay as they are, at the start of the signed one.

What needs the network cannot be known here, and is said so: revocation, and whether the certificate
stands on the European trusted list, which alone gives a signature its legal level (eIDAS).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from levier.common.domain.errors import Invalid, LevierError, UnreadableInput
from levier.common.domain.french import date_in_words, time_in_words

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSigner, SimpleSigner
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

NOT_A_PDF = "Ce fichier n’est pas un PDF lisible."
# The library logs each refusal with its traceback and the names in the certificate; the report says
# what a person needs.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False
_FIELD = "Signature"
# What a certificate that signs documents is for (RFC 5280, 4.2.1.3); one of both is enough.
_SIGNING_USAGES = {"digital_signature", "non_repudiation"}
_SIGNATURE_ONLY = "Un certificat qui signe contient sa clé privée : fichier « .p12 » ou « .pfx »."


def sign_pdf(
    pdf: bytes,
    *,
    pkcs12: bytes,
    passphrase: str,
    reason: str,
    location: str,
    name: str,
    signed_at: datetime,
) -> bytes:
    """The same file with one more signature, which covers it whole.

    Nothing is drawn on the pages; tags and archive conformity (PDF/UA-1, PDF/A-3) are kept.
    `signed_at`, with its time zone, is the hour that the signature states. Raises Invalid (fields
    `certificate`, `passphrase`) with what to do, and UnreadableInput when the PDF cannot be read.
    """
    signer = _signer(pkcs12, passphrase, signed_at)
    with _reading_pdf():
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        writer = IncrementalPdfFileWriter(_stream(pdf), strict=False)
        if writer.prev.encrypted:
            raise UnreadableInput("Ce PDF est protégé par un mot de passe : il ne se signe pas.")
        taken = {item.field_name for item in writer.prev.embedded_signatures}
        field = next(f"{_FIELD}{n}" for n in range(1, 1000) if f"{_FIELD}{n}" not in taken)
        # The metadata stay those of the document: rewritten, its PDF/A declarations would be lost.
        writer._update_meta = lambda: None  # type: ignore[method-assign]
        _keep_tab_order(writer)
        return _signed_at(_pdf_signer(signer, field, reason, location, name), writer, signed_at)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What can be said of one signature from the file alone.

    `intact`: the bytes signed are unchanged and the signature is that of the certificate.
    `covers_whole_file` is False when bytes follow; `later_changes_allowed` then tells that they
    only add other signatures, or answers to a form. `certificate_valid` is judged at `claimed_at`,
    the hour that the signer states (at the hour of the check when none is stated). `trusted` is
    None when no root certificate was given to compare with. Revocation is never known.
    """

    field: str
    signer: str
    issuer: str
    is_self_signed: bool
    claimed_at: datetime | None
    intact: bool
    covers_whole_file: bool
    later_changes_allowed: bool
    certificate_from: datetime
    certificate_until: datetime
    certificate_valid: bool
    expired_since: bool
    trusted: bool | None

    @property
    def holds(self) -> bool:
        """Whether nothing in the file contradicts the signature; not that the signer is known."""
        return (
            self.intact
            and self.later_changes_allowed
            and self.certificate_valid
            and self.trusted is not False
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """The report as a person reads it, the gravest first."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        when = f" le {_moment(self.claimed_at)}" if self.claimed_at else ", à une heure non donnée"
        yield f"Signé par {self.signer}{when} (heure déclarée, qu’aucun tiers n’atteste ici)."
        if not self.intact:
            yield "Le document a changé depuis cette signature : elle ne vaut plus."
            return
        yield "Le contenu signé est intact, à l’octet près."
        if self.covers_whole_file:
            yield "La signature couvre tout le fichier."
        elif self.later_changes_allowed:
            yield "La suite du fichier n’ajoute que des signatures ou des réponses de formulaire."
        else:
            yield "Du contenu a été ajouté après cette signature, qui ne le couvre pas."
        yield self._on_certificate()
        yield self._on_trust()
        yield "Révocation du certificat : non vérifiable hors ligne."

    def _on_certificate(self) -> str:
        dates = (
            f"valable du {date_in_words(self.certificate_from.date())} au "
            f"{date_in_words(self.certificate_until.date())}"
        )
        if not self.certificate_valid:
            return f"Le certificat, {dates}, ne l’était pas à l’heure de la signature."
        since = " ; il a expiré depuis" if self.expired_since else ""
        return f"Le certificat était valable à l’heure de la signature ({dates}){since}."

    def _on_trust(self) -> str:
        if self.trusted:
            return f"Le certificat remonte à une autorité que vous avez donnée : {self.issuer}."
        if self.trusted is False:
            return "Le certificat ne remonte à aucune des autorités que vous avez données."
        if self.is_self_signed:
            return (
                "Le certificat est émis par son propre titulaire : il scelle le fichier, il ne "
                "prouve pas l’identité de qui signe."
            )
        return (
            f"Certificat émis par {self.issuer} : confiance non vérifiable, faute de certificat "
            "d’autorité à quoi le comparer. Son niveau au sens du règlement eIDAS ne se lit que "
            "sur la liste de confiance européenne, que Levier ne consulte pas."
        )

    def as_json(self) -> dict[str, object]:
        """Plain values, for a program."""
        return {
            "field": self.field,
            "signer": self.signer,
            "issuer": self.issuer,
            "self_signed": self.is_self_signed,
            "claimed_at": self.claimed_at and self.claimed_at.isoformat(),
            "intact": self.intact,
            "covers_whole_file": self.covers_whole_file,
            "later_changes_allowed": self.later_changes_allowed,
            "certificate_from": self.certificate_from.isoformat(),
            "certificate_until": self.certificate_until.isoformat(),
            "certificate_valid": self.certificate_valid,
            "trusted": self.trusted,
            "revocation": "unverifiable",
            "holds": self.holds,
            "sentences": list(self.sentences),
        }


def verify_pdf(
    pdf: bytes, *, trusted: Sequence[Certificate] | None, at: datetime
) -> tuple[SignatureReport, ...]:
    """One report per signature, in the order of signing; none for a file that is not signed.

    `trusted` are the authorities that the person trusts, None when they name none; `at` is the hour
    of the check. Raises UnreadableInput for what is not a PDF, or whose signatures are broken to
    the point that they cannot be read.
    """
    with _reading_pdf():
        from pyhanko.pdf_utils.reader import PdfFileReader

        reader = PdfFileReader(_stream(pdf), strict=False)
        return tuple(
            _report(signature, trusted, at) for signature in reader.embedded_regular_signatures
        )


def certificates_from(data: bytes) -> list[Certificate]:
    """The certificates of a PEM or DER file. Raises UnreadableInput when there is none."""
    from cryptography import x509

    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        raise UnreadableInput(
            "Ce fichier ne contient pas de certificat : attendu le certificat d’une autorité, au "
            "format PEM ou DER (« .pem », « .crt », « .cer »)."
        ) from None


# --- Signing -------------------------------------------------------------------------------------


def _signer(pkcs12: bytes, passphrase: str, at: datetime) -> SimpleSigner:
    from pyhanko.keys.internal import (
        translate_pyca_cryptography_cert_to_asn1,
        translate_pyca_cryptography_key_to_asn1,
    )
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key, certificate, others = _opened(pkcs12, passphrase)
    _require_usable(certificate, at)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for other in others:
        store.register(translate_pyca_cryptography_cert_to_asn1(other))
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=store,
    )


def _opened(pkcs12: bytes, passphrase: str) -> tuple[Any, Certificate, list[Certificate]]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12 as format_

    try:
        key, certificate, others = format_.load_key_and_certificates(pkcs12, passphrase.encode())
    except UnsupportedAlgorithm:
        raise Invalid(
            {"certificate": "Ce certificat est chiffré par un procédé trop ancien : réexportez-le."}
        ) from None
    except ValueError as error:
        if "password" in str(error):
            raise Invalid(
                {"passphrase": "Cette phrase secrète n’ouvre pas le certificat : vérifiez-la."}
            ) from None
        raise Invalid(
            {"certificate": f"Ce fichier n’est pas un certificat PKCS#12. {_SIGNATURE_ONLY}"}
        ) from None
    if key is None or certificate is None:
        raise Invalid(
            {"certificate": f"Ce fichier ne contient pas de clé privée. {_SIGNATURE_ONLY}"}
        )
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Invalid(
            {"certificate": "La clé de ce certificat ne convient pas : attendu RSA ou ECDSA."}
        )
    return key, certificate, list(others)


def _require_usable(certificate: Certificate, at: datetime) -> None:
    """Told before signing: nobody should publish a signature that no reader will accept."""
    from cryptography import x509

    if at > certificate.not_valid_after_utc:
        ended = date_in_words(certificate.not_valid_after_utc.date())
        raise Invalid(
            {"certificate": f"Ce certificat a expiré le {ended} : il ne peut plus signer."}
        )
    if at < certificate.not_valid_before_utc:
        starts = date_in_words(certificate.not_valid_before_utc.date())
        raise Invalid({"certificate": f"Ce certificat n’est valable qu’à partir du {starts}."})
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise Invalid(
            {
                "certificate": "Ce certificat n’est pas fait pour signer : son usage déclaré ne "
                "comprend ni la signature ni l’engagement sur un contenu."
            }
        )


def _pdf_signer(
    signer: SimpleSigner, field: str, reason: str, location: str, name: str
) -> PdfSigner:
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter

    return PdfSigner(
        PdfSignatureMetadata(
            field_name=field,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            reason=reason or None,
            location=location or None,
            name=name or None,
        ),
        signer,
        # PDF/A wants a printable widget and PDF/UA an untagged one out of the page: both are met.
        new_field_spec=SigFieldSpec(
            field,
            invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
            readable_field_name="Signature électronique",
        ),
    )


def _signed_at(signer: PdfSigner, writer: IncrementalPdfFileWriter, at: datetime) -> bytes:
    """Sign with the hour given: pyHanko's own shortcut reads the clock."""
    import asyncio

    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    session = signer.init_signing_session(writer)
    session.system_time = at

    async def sign() -> bytes:
        reserved = await session.estimate_signature_container_size(None)
        document = session.prepare_tbs_document(None, bytes_reserved=reserved)
        digest, output = document.digest_tbs_document()
        await document.perform_signature(
            document_digest=digest.document_digest,
            pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
        )
        assert isinstance(output, BytesIO)  # noqa: S101 (no other stream was asked for)
        return output.getvalue()

    return asyncio.run(sign())


def _keep_tab_order(writer: IncrementalPdfFileWriter) -> None:
    """PDF/UA-1, 7.18.3: a page that bears an annotation says in which order they are reached."""
    from pyhanko.pdf_utils import generic

    page_reference, _ = writer.find_page_for_modification(0)  # type: ignore[no-untyped-call]
    page = page_reference.get_object()
    if "/Tabs" not in page:
        page["/Tabs"] = generic.pdf_name("/S")
        writer.mark_update(page_reference)


# --- Verifying -----------------------------------------------------------------------------------


def _report(
    signature: EmbeddedPdfSignature,
    trusted: Sequence[Certificate] | None,
    at: datetime,
) -> SignatureReport:
    from cryptography import x509
    from pyhanko.sign.validation import SignatureCoverageLevel

    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    claimed_at = signature.self_reported_timestamp
    moment = min(claimed_at, at) if claimed_at else at
    starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    status = _status(signature, trusted, moment)
    covers_all = bool(status and status.coverage is SignatureCoverageLevel.ENTIRE_FILE)
    return SignatureReport(
        field=signature.field_name,
        signer=_titular(certificate.subject),
        issuer=_titular(certificate.issuer),
        is_self_signed=certificate.issuer == certificate.subject,
        claimed_at=claimed_at,
        intact=bool(status and status.intact and status.valid),
        covers_whole_file=covers_all,
        later_changes_allowed=covers_all or _adds_only_signatures(status),
        certificate_from=starts,
        certificate_until=ends,
        certificate_valid=starts <= moment <= ends and (claimed_at is None or claimed_at <= at),
        expired_since=ends < at,
        trusted=None if trusted is None else bool(status and status.trusted),
    )


def _status(
    signature: EmbeddedPdfSignature, trusted: Sequence[Certificate] | None, moment: datetime
) -> Any:
    """What pyHanko finds, None when the signature itself is broken."""
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    roots = [translate_pyca_cryptography_cert_to_asn1(root) for root in trusted or ()]
    context = ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False)
    try:
        return validate_pdf_signature(
            signature,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(
                key_usage=_SIGNING_USAGES, match_all_key_usages=False
            ),
        )
    except SignatureValidationError:
        return None


def _adds_only_signatures(status: Any) -> bool:
    """Whether what follows the signature is signatures: stray bytes make no revision at all."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    allowed = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    return bool(status and status.docmdp_ok and status.modification_level in allowed)


def _titular(name: Any) -> str:
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(oid):
            return " ".join(str(found[0].value).split())[:200]
    return name.rfc4514_string()[:200] or "un titulaire sans nom"


def _moment(at: datetime) -> str:
    from zoneinfo import ZoneInfo

    local = at.astimezone(ZoneInfo("Europe/Paris"))
    return f"{date_in_words(local.date())} à {time_in_words(local.time())}"


def _stream(pdf: bytes) -> BytesIO:
    if b"%PDF-" not in pdf[:1024]:
        raise UnreadableInput(NOT_A_PDF)
    return BytesIO(pdf)


@contextmanager
def _reading_pdf() -> Iterator[None]:
    """A PDF from anywhere may break its reader in any way: the person only learns that it does."""
    try:
        yield
    except LevierError:
        raise
    except Exception as error:
        raise UnreadableInput(f"{NOT_A_PDF} Ouvrez-le dans un lecteur pour le vérifier.") from error
