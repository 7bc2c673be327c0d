"""A chain of certificates in the manner of the state's certificate authority, and PDFs signed with it."""

import datetime as dt
import functools
import io
from dataclasses import dataclass

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

_FROM, _UNTIL = dt.datetime(2018, 1, 1, tzinfo=dt.UTC), dt.datetime(2048, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Holder:
    cert: x509.Certificate
    key: rsa.RSAPrivateKey
    above: tuple[x509.Certificate, ...] = ()


def _name(common: str, unit: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, unit),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def issue(common: str, unit: str, by: Holder | None, ca: bool) -> Holder:
    """A certificate by `by`, or by itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = _name(common, unit)
    build = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.cert.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if by:
        build = build.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
    cert = build.sign(by.key if by else key, hashes.SHA256())
    return Holder(cert, key, (by.cert, *by.above) if by else ())


@functools.cache
def root() -> Holder:
    return issue("CA Induk Uji Sandi Negara", "Balai Uji Sertifikasi Elektronik", None, ca=True)


@functools.cache
def issuer() -> Holder:
    return issue(
        "CA Penerbit Uji Instansi Pemerintah",
        "Balai Uji Sertifikasi Elektronik",
        issue("CA Menengah Uji Pemerintah", "Balai Uji Sertifikasi Elektronik", root(), ca=True),
        ca=True,
    )


@functools.cache
def official(name: str = "Sekretaris Daerah") -> Holder:
    return issue(name, "Pemerintah Kabupaten Temanggung", issuer(), ca=False)


@functools.cache
def stranger(name: str = "Sigit Haryanto") -> Holder:
    """Someone whose chain leads to another root."""
    other = issue("Acme Document CA", "Acme", None, ca=True)
    return issue(name, "Perorangan", other, ca=False)


@functools.cache
def self_made(name: str = "Kepala Dinas") -> Holder:
    """As Acrobat makes a digital ID on the spot."""
    return issue(name, "Temanggung", None, ca=False)


def root_pem() -> bytes:
    return root().cert.public_bytes(serialization.Encoding.PEM)


def _as_asn1(cert: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(cert.public_bytes(serialization.Encoding.DER))


def _signer(holder: Holder) -> signers.SimpleSigner:
    raw = holder.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    for cert in holder.above:
        store.register(_as_asn1(cert))
    return signers.SimpleSigner(
        signing_cert=_as_asn1(holder.cert), signing_key=keys.PrivateKeyInfo.load(raw), cert_registry=store
    )


def sign(
    pdf: bytes,
    holder: Holder,
    field: str = "Tanda Tangan",
    box: tuple[int, int, int, int] | None = None,
    reason: str = "",
    certify: bool = False,
    pades: bool = False,
) -> bytes:
    """The PDF with a signature added as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if box:
        fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=0, box=box))
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        reason=reason or None,
        location="Temanggung",
        md_algorithm="sha256",
        certify=certify,
        subfilter=fields.SigSeedSubFilter.PADES if pades else fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
    )
    out = io.BytesIO()
    signers.sign_pdf(writer, meta, signer=_signer(holder), output=out)
    return out.getvalue()
