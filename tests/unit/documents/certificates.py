"""A certificate authority and signers made for a test, with `cryptography` alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "une phrase d’essai é"
VALID = (datetime(2024, 1, 1, tzinfo=UTC), datetime(2034, 1, 1, tzinfo=UTC))
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def pkcs12(self) -> bytes:
        """What its holder keeps, under `PASSPHRASE`."""
        return pkcs12.serialize_key_and_certificates(
            b"signature",
            self.key,
            self.certificate,
            self.issuers or None,
            BestAvailableEncryption(PASSPHRASE.encode()),
        )

    @property
    def pem(self) -> bytes:
        """The certificate alone, as an authority publishes it."""
        return self.certificate.public_bytes(Encoding.PEM)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, sign: bool, issue: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=sign,
        key_encipherment=not sign and not issue,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issue,
        crl_sign=issue,
        encipher_only=False,
        decipher_only=False,
    )


def make(
    common_name: str,
    *,
    issuer: Identity | None = None,
    valid: tuple[datetime, datetime] = VALID,
    signs: bool = True,
    is_authority: bool = False,
    key: Key | None = None,
) -> Identity:
    """A certificate, issued by `issuer` or by itself."""
    key = key or rsa.generate_private_key(65537, 2048)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(issuer.certificate.subject if issuer else _name(common_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(_usage(sign=signs, issue=is_authority), critical=True)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return Identity(certificate, key, (issuer.certificate,) if issuer else ())


@lru_cache(maxsize=1)
def authority() -> Identity:
    """The authority of the tests."""
    return make("Autorité d’essai", is_authority=True, signs=False)


@lru_cache(maxsize=1)
def mayor() -> Identity:
    """A mayor whom the authority knows."""
    return make("Daniel KRUSZKA", issuer=authority())
