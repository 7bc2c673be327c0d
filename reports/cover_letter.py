"""Surat pengantar: the letter that goes with a filing, as plain values, and on paper. Word: reports/word.py."""

from dataclasses import dataclass

from reports import paper

RECIPIENT = (
    "Yth. Koordinator Pelaksana Tim Nasional Pencegahan Korupsi",
    "c.q. Kepala Sekretariat Nasional Pencegahan Korupsi",
    "di Jakarta",
)
PRACTICE = "Mode latihan. Dokumen contoh, tidak berlaku sebagai surat."


@dataclass(frozen=True)
class LetterLine:
    """One report of the list: its code, what was owed, and how it is reported."""

    code: str
    text: str
    state: str


@dataclass(frozen=True)
class Letter:
    """Every value is a finished word. `signature`: line by line, empty lines for the signature itself."""

    government: str
    unit: str
    address: tuple[str, ...]
    place_and_date: str
    number: str
    nature: str
    attachments: str
    subject: str
    opening: str
    lines: tuple[LetterLine, ...]
    closing: tuple[str, ...]
    signature: tuple[str, ...]
    copies: tuple[str, ...]
    practice: bool = False

    columns = ("No.", "Kode", "Kewajiban pelaporan", "Keadaan")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Nomor", self.number),
            ("Sifat", self.nature),
            ("Lampiran", self.attachments),
            ("Hal", self.subject),
        )

    @property
    def heading(self) -> tuple[str, ...]:
        """The signature's lines above the room for it."""
        return self.signature[: self.signature.index("")] if "" in self.signature else ()

    @property
    def signed_by(self) -> tuple[str, ...]:
        return tuple(line for line in self.signature[len(self.heading) :] if line)


def as_pdf(letter: Letter) -> bytes:
    return paper.render("cover_letter.html", s=letter, recipient=RECIPIENT, practice=letter.practice)
