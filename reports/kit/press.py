"""The press release as a Word document: for Humas to finish, number and send. Import is lazy."""

import io
from collections.abc import Iterator

from reports import word
from reports.excel.archive import StampedZip
from reports.kit.alternatives import achievement
from reports.kit.prose import Paragraph, paragraphs
from reports.kit.values import KitValues
from reports.kit.words import MEANING

HEADING = "SIARAN PERS"
PRACTICE = "CONTOH dari mode latihan. Tidak untuk disiarkan."
QUOTE_SLOT = "[kutipan]"
CONTACT_SLOT = "[belum diisi: tulis di sini, atau sekali untuk semua siaran pers pada halaman Identitas publikasi]"
ABOUT = (
    "Tentang angka. Kepatuhan adalah jumlah laporan yang dikirim dibanding jumlah laporan wajib. Capaian adalah nilai "
    "yang diberikan tim nasional setelah memverifikasi laporan dan data dukungnya. Lolos verifikasi pertama adalah "
    "laporan yang diterima tanpa dikembalikan untuk diperbaiki."
)


def press_release(values: KitValues) -> bytes:
    """DOCX bytes, A4; the same values give the same bytes."""
    document = word.blank(values.title)
    _head(document, values)
    word.paragraph(document, lead(values), justified=True, after=8)
    for one in _body(values):
        _prose(document, one)
    _quote(document, values)
    for words in _closing(values):
        word.paragraph(document, words, justified=True, after=8)
    return _stamped(word.saved(document))


def lead(values: KitValues) -> str:
    """Who, what, when; then the figure with what it is of, and its source."""
    first = values.summary if values.summary.endswith((".", "?")) else f"{values.summary}."
    opening = f"{values.place}, {values.published} – {first}"
    if values.figures is None:
        return opening
    known = [f"{count.words} {count.label}" for count in values.figures.counts if count.share is not None]
    about = f" pada aksi {values.action}" if values.action else ""
    counts = f" {', '.join(known)}." if known else ""
    return f"{opening} {values.agency}, {values.period}{about}. {achievement(values.figures)}{counts} {values.source}"


def _body(values: KitValues) -> Iterator[Paragraph]:
    yield from paragraphs(values.body)


def _head(document, values: KitValues) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if values.practice:
        word.paragraph(document, PRACTICE, after=6).runs[0].italic = True
    for words, size, after in ((values.agency, 12, 0), (HEADING, 12, 14), (values.title, 16, 12)):
        row = word.paragraph(document, words, after=after)
        row.alignment = WD_ALIGN_PARAGRAPH.CENTER
        row.runs[0].font.size, row.runs[0].bold = Pt(size), True


def _prose(document, one: Paragraph) -> None:
    row = word.paragraph(document, "", after=8)
    if one.kind == "li":
        row.style = document.styles["List Bullet"]
    for words, strong in one.runs:
        row.add_run(words).bold = strong or one.kind.startswith("h")
    if one.kind.startswith("h"):
        row.paragraph_format.keep_with_next = True


def _quote(document, values: KitValues) -> None:
    quote = values.quote
    words = f"“{quote.words.rstrip('.')},”" if quote else f"“{QUOTE_SLOT},”"
    by = ", ".join(part for part in ((quote.name, quote.office) if quote else ("[nama]", "[jabatan]")) if part)
    word.paragraph(document, f"{words} kata {by or '[jabatan]'}.", justified=True, after=8)


def _closing(values: KitValues) -> Iterator[str]:
    if values.units:
        yield f"Dikerjakan oleh {'; '.join(values.units)}."
    if values.partners:
        yield f"Bersama {'; '.join(values.partners)}."
    if values.figures is not None:
        yield f"{ABOUT} {MEANING}"
    yield f"Cerita lengkap: {values.address}"
    if values.website:
        yield f"Situs resmi: {values.website}"
    yield f"Narahubung: {values.contact or CONTACT_SLOT}"
    yield values.source_line


def _stamped(content: bytes) -> bytes:
    """The library writes the machine's time into the file."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, StampedZip(out, "w") as again:
        for name in made.namelist():
            again.writestr(name, made.read(name))
    return out.getvalue()
