"""Reads the electronic signatures of a PDF and judges each, without asking anybody over the network.

pyHanko takes half a second to load, so it is imported only for files that carry a signature.
"""

import enum
import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
MOST_SIGNATURES = 20
CERTIFICATES = ("*.pem", "*.crt", "*.cer", "*.der")


class Content(enum.Enum):
    """What happened to the signed content."""

    INTACT = "intact"
    CHANGED = "changed"
    # Signed and intact, but the file goes on: with certificates and time stamps only, or with something else.
    EXTENDED_HARMLESSLY = "extended harmlessly"
    EXTENDED = "extended"
    UNKNOWN = "unknown"


class Chain(enum.Enum):
    """Where the certificate comes from, at the time of signing."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    NOT_VALID_THEN = "not valid then"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True)
class Signature:
    """One signature: who signed by the certificate (empty if that is not readable), the content, and the chain."""

    signer: str
    content: Content
    chain: Chain = Chain.NOT_JUDGED


def signatures(path: Path, trust: Path | None) -> list[Signature]:
    """Of a PDF that has_signature; in the order of signing, and never none but for time stamps alone.

    `trust`: a folder of certificates; None or empty: no chain can be judged.
    A signature that the structure of the file no longer names (a changed byte may do that) is judged by the bytes
    that it says it covers.
    """
    content = path.read_bytes()
    logging.disable(logging.CRITICAL)  # pyHanko tells the log what we tell the officer
    try:
        known, stamps = _named(path, trust)
        ranges = [tuple(map(int, match)) for match in _RANGE.findall(content)][:MOST_SIGNATURES]
        lost = [_by_bytes(content, one) for one in ranges if one not in known and one not in stamps]
        found = [*known.values(), *(one for one in lost if one)]
        return found or ([] if stamps else [Signature("", Content.UNKNOWN)])
    finally:
        logging.disable(logging.NOTSET)


Range = tuple[int, ...]


def _named(path: Path, trust: Path | None) -> tuple[dict[Range, Signature], set[Range]]:
    """What the structure of the file names: signatures by the bytes that they cover, and the bytes of time stamps."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    anchors = _anchors(trust)
    with path.open("rb") as stream:
        try:
            reader = PdfFileReader(stream, strict=False)
            if reader.encrypted:
                reader.decrypt(b"")
            embedded = list(reader.embedded_signatures)[:MOST_SIGNATURES]
        except Exception:  # a structure that cannot be read: what is left are the bytes
            return {}, set()
        stamps = {_range(one) for one in embedded if str(one.sig_object_type) != "/Sig"}
        signed = [one for one in embedded if str(one.sig_object_type) == "/Sig"]
        return {_range(one): _judged(one, embedded, anchors) for one in signed}, stamps


def _range(embedded: Any) -> Range:
    return tuple(int(number) for number in embedded.byte_range)


def _judged(embedded: Any, everything: list[Any], anchors: list[Any]) -> Signature:
    signer = ""
    try:
        signer = _common_name(embedded.signer_cert)
        content = _content(embedded, everything)
        chain = Chain.NOT_JUDGED if content is Content.CHANGED else _chain(embedded, anchors)
        return Signature(signer, content, chain)
    except Exception:  # kinds and defects of signatures that nobody foresaw: not judged is not invalid
        return Signature(signer, Content.UNKNOWN)


def _common_name(certificate: Any) -> str:
    name = certificate.subject.native.get("common_name", "")
    return (name if isinstance(name, str) else " ".join(name))[:100]


def _content(embedded: Any, everything: list[Any]) -> Content:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    embedded.compute_integrity_info(skip_diff=True)
    if not _is_intact(embedded):
        return Content.CHANGED
    if embedded.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Content.INTACT
    return _extended(embedded, everything)


def _is_intact(embedded: Any) -> bool:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    intact, valid = validate_sig_integrity(
        embedded.signer_info, embedded.signer_cert, "data", embedded.compute_digest()
    )
    return intact and valid


def _extended(embedded: Any, everything: list[Any]) -> Content:
    """Later signatures and time stamps that cover the whole file are what several signers leave behind."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    embedded.compute_integrity_info()
    level = getattr(embedded.diff_result, "modification_level", ModificationLevel.OTHER)
    last = everything[-1]
    closed = last is not embedded and last.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    if closed and level <= ModificationLevel.FORM_FILLING:
        return Content.INTACT
    return Content.EXTENDED_HARMLESSLY if level <= ModificationLevel.LTA_UPDATES else Content.EXTENDED


def _chain(embedded: Any, anchors: list[Any]) -> Chain:
    if not anchors:
        return Chain.NOT_JUDGED
    import asyncio

    moment = embedded.self_reported_timestamp or datetime.now(UTC)
    return asyncio.run(_path_to(anchors, embedded.signer_cert, embedded.other_embedded_certs, moment))


async def _path_to(anchors: list[Any], certificate: Any, others: Iterable[Any], moment: datetime) -> Chain:
    """Judged at the time of signing; whether a certificate was withdrawn cannot be asked from here."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors

    context = ValidationContext(
        trust_roots=anchors, moment=moment, allow_fetching=False, revocation_mode="soft-fail", other_certs=others
    )
    try:
        await CertificateValidator(certificate, others, validation_context=context).async_validate_path()
    except (errors.ExpiredError, errors.NotYetValidError):
        return Chain.NOT_VALID_THEN
    except (errors.PathBuildingError, errors.PathValidationError, errors.InvalidCertificateError):
        return Chain.UNTRUSTED
    return Chain.TRUSTED


def _anchors(trust: Path | None) -> list[Any]:
    """Every certificate in the folder; a file that holds none is passed over."""
    from pyhanko.keys import load_certs_from_pemder

    found: list[Any] = []
    for file in sorted(_files(trust)):
        try:
            found.extend(load_certs_from_pemder([str(file)]))
        except (OSError, ValueError, TypeError):
            continue
    return found


def _files(trust: Path | None) -> Iterator[Path]:
    if trust is not None and trust.is_dir():
        for pattern in CERTIFICATES:
            yield from trust.glob(pattern)


def _by_bytes(content: bytes, covered: Range) -> Signature | None:
    """A signature that no field names any more: its covered bytes against the digest that it holds."""
    from asn1crypto import cms

    start, length, after, rest = covered
    try:
        held = bytes.fromhex(content[start + length : after].strip(b"<> \r\n\0").decode("ascii"))
        signed = cms.ContentInfo.load(held)["content"]
        if signed["encap_content_info"]["content_type"].native != "data":
            return None
        signer = signed["signer_infos"][0]
        digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native)
        digest.update(content[start : start + length] + content[after : after + rest])
        stated = next(one for one in signer["signed_attrs"] if one["type"].native == "message_digest")
        same = stated["values"][0].native == digest.digest()
        return Signature("", Content.UNKNOWN if same else Content.CHANGED)
    except (ValueError, KeyError, IndexError, TypeError, StopIteration):
        return Signature("", Content.UNKNOWN)
