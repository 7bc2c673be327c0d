"""A letter of the secretariat about targets that are still awaited, as plain values, and on paper. Word: word.py."""

from dataclasses import dataclass

from reports import paper
from reports.cover_letter import Letter, LetterLine


@dataclass(frozen=True)
class EscalationLetter:
    """Every value is a finished word. `signature`: line by line, empty lines for the signature itself."""

    government: str
    unit: str
    place_and_date: str
    number: str
    subject: str
    recipient: tuple[str, ...]
    opening: tuple[str, ...]
    lines: tuple[LetterLine, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    copies: tuple[str, ...]
    address: tuple[str, ...] = ()
    practice: bool = False

    columns = ("No.", "Kode", "Target triwulan", "Batas waktu")
    heading = Letter.heading
    signed_by = Letter.signed_by

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return (("Nomor", self.number), ("Sifat", "Penting"), ("Lampiran", "–"), ("Hal", self.subject))


def as_pdf(letter: EscalationLetter) -> bytes:
    return paper.render("escalation_letter.html", s=letter, recipient=letter.recipient, practice=letter.practice)
