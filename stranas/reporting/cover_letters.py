"""Surat pengantar of a filing as plain values, from the frozen versions and the signature of its approval."""

from reports.cover_letter import Letter, LetterLine
from stranas.accounts.rules import ROOM
from stranas.agencies import rules
from stranas.agencies.models import Agency
from stranas.reporting.letters import Receipt, ReceiptLine, period_words, receipt_of
from stranas.reporting.models import CoverLetter, Filing
from stranas.reporting.queries.approvals import approval_of_filing
from stranas.system import clock, text

NOT_YET = "…"


def letter_of(filing: Filing, row: CoverLetter | None) -> Letter:
    """Without a row of its own the letter has no number yet and the day of the filing."""
    agency, receipt = filing.agency, receipt_of(filing)
    dated_on = (row and row.dated_on) or text.local_day(filing.received_at, agency.timezone)
    names = {"name": agency.name, "level": agency.level.value}
    return Letter(
        government=rules.government(**names).upper(),
        unit=(agency.oversight_unit or rules.oversight_unit(**names)).upper(),
        address=tuple(agency.letterhead),
        place_and_date=f"{agency.seat or 'Jakarta'}, {text.day(dated_on)}",
        number=(row and row.number) or NOT_YET,
        nature=(row and row.nature) or "Biasa",
        attachments=f"{len(receipt.lines)} laporan capaian dan {len(receipt.files)} berkas data dukung",
        subject=f"Penyampaian Laporan {filing.period.name} ({filing.period.key}) {receipt.programme}",
        opening=_opening(filing, receipt),
        lines=tuple(_line(line) for line in receipt.lines),
        closing=_closing(receipt),
        signature=signature_of(filing),
        copies=rules.copies(**names, province=agency.province.name if agency.province else "", own_head=agency.head),
        practice=clock.is_practice(),
    )


def signature_of(filing: Filing) -> tuple[str, ...]:
    """The block of who approved; where nobody had to, room for whoever signs."""
    approval = approval_of_filing(filing.id)
    return tuple(approval.signature) if approval else (f"{_usual_office(filing.agency)},", *ROOM, "(nama jelas)")


def _usual_office(agency: Agency) -> str:
    return "Inspektur" if agency.level.is_local else f"Pimpinan {agency.oversight_unit or 'Unit Pengawasan Internal'}"


def _opening(filing: Filing, receipt: Receipt) -> str:
    beside = sum(bool(line.beside) for line in receipt.lines)
    said = f", di antaranya {beside} dengan keadaan selain capaian," if beside else ""
    return (
        f"Bersama ini disampaikan laporan {period_words(filing.period)}, atas pelaksanaan {receipt.programme} "
        f"di {receipt.agency}, penyampaian ke-{receipt.ordinal}, yang terdiri atas {len(receipt.lines)} laporan "
        f"capaian{said} sebagai berikut."
    )


def _line(line: ReceiptLine) -> LetterLine:
    return LetterLine(line.item, line.text, line.beside or f"Realisasi {line.realised}, target {line.target}")


def _closing(receipt: Receipt) -> tuple[str, ...]:
    return (
        f"Laporan diterima sistem Pelaporan Aksi PK pada {receipt.received} dengan nomor tanda terima "
        f"{receipt.number}.",
        "Demikian disampaikan. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
    )
