"""Surat permohonan data: asks an office outside the agency, as plain values, and on paper. Word: reports/word.py."""

from dataclasses import dataclass

from reports import paper
from reports.cover_letter import Letter


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

    heading = Letter.heading
    signed_by = Letter.signed_by

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return (("Nomor", self.number), ("Sifat", "Penting"), ("Lampiran", "–"), ("Hal", self.subject))


def as_pdf(letter: DataLetter) -> bytes:
    return paper.render("data_letter.html", s=letter, recipient=letter.recipient, practice=letter.practice)
