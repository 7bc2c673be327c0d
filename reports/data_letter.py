"""Surat permohonan data: asks an office outside the agency, as plain values, on paper and for Word."""

import io
from dataclasses import dataclass

from reports import paper

PRACTICE = "Mode latihan. Dokumen contoh, tidak berlaku sebagai surat."
FONT = "Arial"


@dataclass(frozen=True)
class DataLetter:
    """Every value is a finished word. `signature`: line by line, empty lines for the signature itself."""

    government: str
    unit: str
    address: tuple[str, ...]
    place_and_date: str
    number: str
    subject: str
    recipient: tuple[str, ...]
    paragraphs: tuple[str, ...]
    wanted: str
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    practice: bool = False

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return (("Nomor", self.number), ("Sifat", "Penting"), ("Lampiran", "–"), ("Hal", self.subject))


def as_pdf(letter: DataLetter) -> bytes:
    return paper.render("data_letter.html", s=letter, practice=letter.practice)


def as_docx(letter: DataLetter) -> bytes:
    """A4, to be numbered, corrected and signed in the office. The same letter has the same bytes."""
    document = _blank(letter)
    for words, size in ((letter.government, 13), (letter.unit, 16), *((line, 9.5) for line in letter.address)):
        _paragraph(document, words, size=size, bold=size > 10, side="CENTER")
    _paragraph(document, "")
    _paragraph(document, letter.place_and_date, side="RIGHT")
    for word, value in letter.facts:
        _paragraph(document, f"{word}\t: {value}")
    _paragraph(document, "")
    for line in letter.recipient:
        _paragraph(document, line)
    _paragraph(document, "")
    for words in (*letter.paragraphs, letter.wanted, *letter.closing):
        _paragraph(document, words, side="JUSTIFY", after=6)
    for line in ("", *letter.signature):
        _paragraph(document, line, indent=82)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _blank(letter: DataLetter):
    from datetime import datetime

    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = letter.subject, "", ""
    properties.created = properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 (Word keeps no zone)
    if letter.practice:
        _paragraph(document, PRACTICE, after=6)
    return document


def _paragraph(document, words: str, *, size: float = 11, bold=False, side: str = "LEFT", after=0, indent=0) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    row = document.add_paragraph()
    run = row.add_run(words)
    run.font.size, run.bold = Pt(size), bold
    row.alignment = WD_ALIGN_PARAGRAPH[side]
    row.paragraph_format.space_after, row.paragraph_format.left_indent = Pt(after), Mm(indent)
    row.paragraph_format.keep_with_next = bool(indent)
