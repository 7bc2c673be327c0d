"""Signatures of a test chain: a root, an authority under it, and people who sign. Nobody else believes them."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2020, 6, 22, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self):
        from asn1crypto import x509 as asn1

        return asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))


@cache
def holder(name: str, issuer: "Holder | None" = None, *, is_authority: bool = False, years=(2018, 2040)) -> Holder:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sertifikat Uji"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(years[0], 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(years[1], 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(_usage(is_authority), critical=True)
    )
    return Holder(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def root() -> Holder:
    return holder("Root Latihan (Uji)", is_authority=True)


def authority() -> Holder:
    return holder("Balai Sertifikasi Latihan (Uji)", root(), is_authority=True)


def regent() -> Holder:
    return holder("Bupati Contoh (Uji)", authority())


def secretary() -> Holder:
    return holder("Sekretaris Daerah Contoh (Uji)", authority())


def expired() -> Holder:
    """Ended before it signed."""
    return holder("Kepala Dinas Contoh (Uji)", authority(), years=(2015, 2019))


def since_expired() -> Holder:
    """In force when it signed, not any more."""
    return holder("Inspektur Contoh (Uji)", authority(), years=(2019, 2021))


def stranger() -> Holder:
    """Issued by a root of its own."""
    return holder("Orang Lain (Uji)", holder("Root Lain (Uji)", is_authority=True))


def signed(content: bytes, *people: Holder, at: datetime = SIGNED_AT) -> bytes:
    """The PDF with one signature after the other."""
    for number, person in enumerate(people, 1):
        content = _signed(content, person, f"TTE{number}-{len(content)}", at)
    return content


def _signed(content: bytes, person: Holder, field: str, at: datetime) -> bytes:
    store = SimpleCertificateStore.from_certs([authority().asn1])
    signer = signers.SimpleSigner(person.asn1, _key(person), store)
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", name=field)
    pdf_signer = _SignerAt(meta, signer, new_field_spec=fields.SigFieldSpec(field, box=(60, 60, 200, 100)))
    pdf_signer.at = at
    return pdf_signer.sign_pdf(writer).getvalue()


class _SignerAt(PdfSigner):
    """Signs at a given time, so that certificates can be in force or not."""

    at: datetime

    def init_signing_session(self, *args, **kwargs) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def _key(person: Holder):
    content = person.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return load_private_key_from_pemder_data(content, passphrase=None)


def with_note(content: bytes) -> bytes:
    """An incremental update that puts a note on the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Text"),
            generic.pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (100, 100, 120, 120)),
            generic.pdf_name("/Contents"): generic.pdf_string("Catatan"),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))
    return _written(writer)


def with_page(content: bytes) -> bytes:
    """An incremental update that changes what the first page shows."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 60 400 Td (Tambahan) Tj ET")
    writer.add_stream_to_page(0, writer.add_object(stream))
    return _written(writer)


def with_technical_update(content: bytes) -> bytes:
    """An incremental update that brings only what long-term proof adds."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    certificate = writer.add_object(generic.StreamObject(stream_data=authority().asn1.dump()))
    store = generic.DictionaryObject({generic.pdf_name("/Certs"): generic.ArrayObject([certificate])})
    writer.root[generic.pdf_name("/DSS")] = writer.add_object(store)
    writer.update_root()
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved_anew(content: bytes) -> bytes:
    """What a program does that compresses or repairs: the field stays, the signature cannot."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
