"""The words of a surat permohonan data, as plain values for paper and Word."""

from reports.data_letter import DataLetter as Paper
from stranas.accounts.rules import ROOM
from stranas.agencies.models import Agency
from stranas.agencies.rules import government, oversight_unit
from stranas.requests.models import DataLetter
from stranas.system import clock, text

BLANK_NUMBER = "…………………………"
# Where no official was chosen: the office fills the block in by hand.
UNSIGNED = ("Jabatan,", *ROOM, "Nama", "NIP")


def paper_of(letter: DataLetter) -> Paper:
    agency, obligation = letter.agency, letter.obligation
    level, period = agency.level.value, obligation.period
    seat = agency.seat or ("Jakarta" if level == "kl" else agency.name.partition(" ")[2])
    wanted_for = (
        f"Dalam rangka pelaporan Aksi Pencegahan Korupsi {period.name} ({period.key}), "
        f"{text.month_span(period.starts_on, period.ends_on)}, {agency.name} memerlukan data untuk target berikut: "
        f"{obligation.text}."
    )
    return Paper(
        government=government(name=agency.name, level=level).upper(),
        unit=oversight_of(agency).upper(),
        address=tuple(agency.letterhead),
        place_and_date=f"{seat}, {text.day(letter.dated) if letter.dated else '…………………… ' + str(_year())}",
        number=letter.number or BLANK_NUMBER,
        subject=f"Permohonan data Aksi Pencegahan Korupsi {period.key}",
        recipient=tuple(line for line in (f"Yth. {letter.addressee}", _at(letter.place)) if line),
        paragraphs=(wanted_for, "Sehubungan dengan itu, mohon berkenan memberikan:"),
        wanted=letter.wanted,
        closing=(
            f"Data tersebut kami harapkan dapat diterima paling lambat {text.day(letter.answer_by, weekday=True)}.",
            "Atas perhatian dan kerja sama yang baik, kami sampaikan terima kasih.",
        ),
        signature=tuple(letter.signature) or UNSIGNED,
        practice=clock.is_practice(),
    )


def oversight_of(agency: Agency) -> str:
    return agency.oversight_unit or oversight_unit(name=agency.name, level=agency.level.value)


def _at(place: str) -> str:
    return f"di {place}" if place else ""


def _year() -> int:
    return clock.now().astimezone(text.JAKARTA).year
