"""The real type of the file against the kind of document that the requirement asks for, and against its name.

Which types serve which kind (our decision; verifiers judge the rest):
- data: a worksheet or table that can be calculated again (xlsx, xls, ods, csv). A PDF or a picture is none.
- foto, tangkapan layar: pictures, or a PDF that collects them. peta: the same, and TIFF.
- signed papers (keputusan, peraturan, surat, berita acara, SOP, daftar hadir, sertifikat, perjanjian, surat
  pernyataan): PDF or a picture of the scan. A Word file carries no signature: wajib diperbaiki.
- working papers (laporan, rencana, notulen): the same; a Word, Excel or PowerPoint file needs an explanation,
  because some criteria ask for a signature and others do not.
- tautan: a file may prove what a page showed, but the requirement asks for the address: needs an explanation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BY_ENDING, Media, media_of
from stranas.evidence.rules import Severity, ending_of

SCANS = frozenset({"pdf", "jpg", "png", "webp", "tiff"})
SHEETS = frozenset({"xlsx", "xls", "ods", "csv"})
DRAFTS = frozenset({"docx", "doc", "odt", "pptx", "ppt", "odp", "rtf"})
# A CSV file without a table is text, and Word opens RTF under the name of its own old type without a word.
_SAME_TO_THEIR_PROGRAMS = ({"csv", "text"}, {"doc", "rtf"})
_UNPACK = "Keluarkan berkas dari arsipnya di komputer Anda (klik kanan, Ekstrak), lalu unggah satu per satu."


@dataclass(frozen=True)
class Fit:
    """Which types serve a kind, which need an explanation, what the kind asks for in words, and the repair."""

    good: frozenset[str]
    asks: str
    repair: str
    doubtful: frozenset[str] = frozenset()


_DATA = Fit(
    SHEETS,
    "lembar kerja (Excel, OpenDocument, atau CSV)",
    "Unggah lembar kerja asli dari Excel atau LibreOffice, bukan hasil cetaknya.",
)
_PICTURE = Fit(
    frozenset({"jpg", "png", "webp", "pdf"}), "gambar JPG, PNG, atau PDF", "Simpan sebagai JPG, lalu unggah kembali."
)
_MAP = Fit(SCANS, "peta dalam PDF atau gambar", "Simpan peta sebagai PDF atau JPG, lalu unggah kembali.")
_SIGNED = Fit(
    SCANS,
    "hasil pindai dokumen resmi dalam PDF atau gambar",
    "Pindai dokumen yang sudah ditandatangani menjadi PDF, lalu unggah hasilnya.",
)
_WORKING = Fit(
    SCANS,
    "dokumen PDF",
    "Simpan dokumen sebagai PDF, lalu unggah kembali.",
    doubtful=SHEETS | DRAFTS,
)
FITS = {
    "data": _DATA,
    "foto": _PICTURE,
    "tangkapan_layar": _PICTURE,
    "peta": _MAP,
    "laporan": _WORKING,
    "rencana": _WORKING,
    "notulen": _WORKING,
    "tautan": Fit(
        frozenset(),
        "tautan",
        "Beri tautan ke halaman itu, atau jelaskan mengapa berkas ini menggantikannya.",
        doubtful=SCANS | SHEETS | DRAFTS,
    ),
    **dict.fromkeys(
        (
            "keputusan",
            "peraturan",
            "surat",
            "berita_acara",
            "sop",
            "daftar_hadir",
            "sertifikat",
            "perjanjian",
            "surat_pernyataan",
        ),
        _SIGNED,
    ),
}


def real_type(path: Path, claim: Claim) -> Iterator[Finding]:
    media, fit = media_of(path), FITS.get(claim.kind)
    ending = ending_of(claim.name)
    misnamed = _is_misnamed(media, ending)
    if fit and media.family == "archive":
        yield Finding("archive", Severity.MUST_FIX, _archive(media, misnamed, ending), _UNPACK)
    elif fit and media.key not in fit.good | fit.doubtful and not _is_one_column(media, ending, fit):
        yield Finding("wrong_type", Severity.MUST_FIX, _what(media, ending, misnamed, fit), fit.repair)
    elif misnamed:
        yield _misnamed(media, ending)
    elif fit and media.key in fit.doubtful:
        yield _doubtful(media, claim, fit)


def _is_misnamed(media: Media, ending: str) -> bool:
    """The ending promises another type. Text may carry endings that we do not list."""
    promised = BY_ENDING.get(ending)
    if promised is None or media.family == "unknown":
        return False
    both = {promised.key, media.key}
    return promised.key != media.key and both not in _SAME_TO_THEIR_PROGRAMS


def _is_one_column(media: Media, ending: str, fit: Fit) -> bool:
    """A CSV file with one column or one line cannot be told from other text."""
    return media.key == "text" and ending == "csv" and "csv" in fit.good


def _what(media: Media, ending: str, misnamed: bool, fit: Fit) -> str:
    if misnamed:
        return f"Berkas bernama .{ending}, tetapi isinya {media.words}."
    return f"Persyaratan ini meminta {fit.asks}, tetapi isi berkas ini {media.words}."


def _archive(media: Media, misnamed: bool, ending: str) -> str:
    if misnamed:
        return f"Berkas bernama .{ending}, tetapi isinya {media.words}, sehingga dokumennya tidak dapat dilihat."
    return f"Berkas ini {media.words}: dokumen di dalamnya tidak dapat dilihat dan tidak dapat dicek."


def _misnamed(media: Media, ending: str) -> Finding:
    message = f"Berkas bernama .{ending}, tetapi isinya {media.words}."
    if BY_ENDING[ending].family == media.family == "image":
        return Finding("other_ending", Severity.INFO, message, "Tidak perlu tindakan. Gambarnya dapat dibuka.")
    if media.endings and media.family not in ("text", "web"):
        repair = f"Ganti akhiran namanya menjadi .{media.endings[0]}, lalu unggah kembali."
    else:
        repair = f"Buka di aplikasi asalnya, simpan sebagai .{ending} yang sebenarnya, lalu unggah kembali."
    return Finding("wrong_ending", Severity.MUST_FIX, message, repair)


def _doubtful(media: Media, claim: Claim, fit: Fit) -> Finding:
    if claim.kind == "tautan":
        return Finding("file_for_link", Severity.EXPLAIN, "Persyaratan ini meminta tautan, bukan berkas.", fit.repair)
    return Finding(
        "unsigned_format",
        Severity.EXPLAIN,
        f"Berkas ini {media.words}, sehingga tanda tangannya tidak dapat dilihat.",
        "Bila kriteria meminta tanda tangan, unggah hasil pindai PDF. Bila tidak, jelaskan pada uraian.",
    )
