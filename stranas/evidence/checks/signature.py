"""Electronic signatures, each judged by itself: intact, changed after signing, not covering the whole file, of an
unknown issuer, or not to be judged from here. What cannot be judged is never called invalid, and a paper signed
with a pen, a stamp or "ttd" is not spoken of at all.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.signed import has_signature
from stranas.evidence.checks.signing import Chain, Content, Signature, signatures
from stranas.evidence.rules import Severity

# Words that papers print beside the picture of an electronic signature.
_SAYS_SIGNED = re.compile(
    r"ditandatangani\s+secara\s+elektronik|balai\s+sertifikasi\s+elektronik|sertifikat\s+elektronik\s+yang\s+diterbitkan",
    re.IGNORECASE,
)
PAGES_READ, SIGNS_READ = 3, 20_000
NOTHING_TO_DO = "Tidak perlu tindakan."
_ORIGINAL = (
    "Unggah berkas asli dari aplikasi tanda tangan elektronik, tanpa dicetak, dikompres, digabung, atau disimpan ulang."
)


def signature(path: Path, claim: Claim, trust: Path | None = None) -> Iterator[Finding]:
    """`trust`: the folder of certificates that are believed (STRANAS_TRUST)."""
    if media_of(path).key != "pdf":
        return
    found = signatures(path, trust) if has_signature(path) else []
    for number, one in enumerate(found, 1):
        which = f"Tanda tangan elektronik {number}" if len(found) > 1 else "Tanda tangan elektronik"
        yield _about(one, f"{which} ({one.signer})" if one.signer else which)
    if not found and _says_signed(path):
        yield Finding(
            "signature_picture",
            Severity.INFO,
            "Dokumen ini menyebut tanda tangan elektronik, tetapi berkasnya hanya memuat gambar atau kode QR.",
            "Bila Anda memegang berkas asli dari aplikasi tanda tangan elektronik, unggah berkas itu.",
        )


def _about(one: Signature, which: str) -> Finding:
    if one.content is Content.CHANGED:
        return Finding(
            "signature_changed", Severity.EXPLAIN, f"{which}: isi berkas berubah sesudah ditandatangani.", _ORIGINAL
        )
    if one.content is Content.EXTENDED:
        return Finding(
            "signature_partial",
            Severity.EXPLAIN,
            f"{which} tidak mencakup seluruh berkas: sesudah ditandatangani, berkas ditambah isi lain.",
            _ORIGINAL,
        )
    if one.content is Content.UNKNOWN:
        return _not_judged(f"{which} tidak dapat dinilai di sini.")
    return _with_chain(one, which)


def _not_judged(message: str) -> Finding:
    return Finding(
        "signature_unjudged",
        Severity.INFO,
        message,
        "Tidak perlu tindakan. Verifikator dapat memeriksanya melalui layanan verifikasi penerbit sertifikat.",
    )


def _with_chain(one: Signature, which: str) -> Finding:
    """The content is as it was signed; what is left to say is whose certificate it is."""
    if one.chain is Chain.UNTRUSTED:
        return Finding(
            "signature_untrusted",
            Severity.EXPLAIN,
            f"{which}: isi utuh, tetapi penerbit sertifikatnya tidak ada dalam daftar yang dipercaya.",
            "Jelaskan pada uraian siapa penerbit sertifikatnya, atau minta tanda tangan dengan sertifikat instansi.",
        )
    if one.chain is Chain.NOT_VALID_THEN:
        return Finding(
            "signature_untrusted",
            Severity.EXPLAIN,
            f"{which}: isi utuh, tetapi sertifikatnya tidak berlaku pada saat penandatanganan.",
            "Minta penanda tangan menandatangani kembali dengan sertifikat yang berlaku, atau jelaskan pada uraian.",
        )
    if one.content is Content.EXTENDED_HARMLESSLY:
        return Finding(
            "signature_partial",
            Severity.INFO,
            f"{which}: isi utuh, tetapi tidak mencakup seluruh berkas; sesudahnya hanya ditambah keterangan teknis.",
            NOTHING_TO_DO,
        )
    if one.chain is Chain.NOT_JUDGED:
        return _not_judged(f"{which}: isi utuh; penerbit sertifikatnya tidak dapat dinilai di sini.")
    return Finding(
        "signature_intact",
        Severity.INFO,
        f"{which}: isi utuh, dan sertifikatnya dari penerbit yang dipercaya.",
        NOTHING_TO_DO,
    )


def _says_signed(path: Path) -> bool:
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as document:
        last = len(document) - 1
        return any(
            _SAYS_SIGNED.search(_text(document, number)) for number in sorted({*range(min(PAGES_READ, last + 1)), last})
        )


def _text(document: Any, number: int) -> str:
    """Nothing for a page that cannot be shown: of that the check "legible" speaks."""
    import pypdfium2

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            return text.get_text_range(0, min(text.count_chars(), SIGNS_READ))
    except pypdfium2.PdfiumError:
        return ""
