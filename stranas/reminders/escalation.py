"""The words of the secretariat's letters: what was sent first, then what is awaited and until when, then help."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from reports.cover_letter import LetterLine
from reports.escalation_letter import EscalationLetter as Paper
from stranas.accounts.rules import ROOM
from stranas.agencies.models import Agency
from stranas.reminders import addressing
from stranas.reminders.addressing import Place
from stranas.reminders.models import EscalationLetter
from stranas.reminders.queries.unsent import Target, Unsent
from stranas.reminders.rules import LetterKind
from stranas.system import clock, text

TEAM, OFFICE = "Tim Nasional Pencegahan Korupsi", "Sekretariat Nasional Pencegahan Korupsi"
SEAT = "Jakarta"
BLANK_NUMBER, BLANK_DAY = "…………………………", "……………………"
SYSTEM = "sistem Pelaporan Aksi PK"
SIGNS = {
    LetterKind.SECRETARY: (f"Kepala {OFFICE},",),
    LetterKind.HEAD: (f"a.n. Koordinator Pelaksana {TEAM}", f"Kepala {OFFICE},"),
}


@dataclass(frozen=True)
class Former:
    """The letter before, once it was recorded: its number, its day and to whom."""

    number: str
    dated_on: date
    office: str


@dataclass(frozen=True)
class Content:
    """A letter as finished words, kept as JSON. `lines`: code, target and last day in time of each awaited target;
    `awaited`: their obligations, by which it is known whether the letter still says what is so."""

    office: str
    through: str
    place: str
    subject: str
    opening: list[str]
    lines: list[list[str]]
    closing: list[str]
    signature: list[str]
    copies: list[str]
    year: int
    awaited: list[int]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def place_of(agency: Agency) -> Place:
    return Place(
        code=agency.code,
        name=agency.name,
        level=agency.level.value,
        province=agency.province.name if agency.province else "",
        seat=agency.seat,
        head=agency.head,
        oversight=agency.oversight_unit,
    )


def content_of(unsent: Unsent, kind: LetterKind, *, today: date, help_contact: str, former: Former | None) -> Content:
    """`today`: the WIB day on which the letter is drafted."""
    place, to_head = place_of(unsent.agency), kind is LetterKind.HEAD
    return Content(
        office=addressing.head(place) if to_head else addressing.secretary(place),
        through=addressing.governor(place) if to_head else "",
        place=addressing.seat(place),
        subject=_subject(unsent),
        opening=_opening(unsent, today, former),
        lines=[[one.item_key, one.text, text.day(text.last_day(one.due_at))] for one in unsent.awaited],
        closing=[*_until(unsent), *_others(unsent), *_asked(place, kind), *_help(help_contact)],
        signature=[*SIGNS[kind], *ROOM, "(nama jelas)"],
        copies=list(addressing.copies_to_head(place) if to_head else addressing.copies_to_secretary(place)),
        year=today.year,
        awaited=[one.obligation_id for one in unsent.awaited],
    )


def _subject(unsent: Unsent) -> str:
    period = unsent.period
    return f"Laporan Aksi Pencegahan Korupsi {period.name} ({period.key}) {unsent.agency.name}"


def _opening(unsent: Unsent, today: date, former: Former | None) -> list[str]:
    period = unsent.period
    title = f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}"
    thanks = (
        f"Terima kasih atas pelaksanaan {period.programme.name} di {unsent.agency.name}. "
        f"Dengan ini kami sampaikan keadaan laporan {title}, pada {text.day(today)}."
    )
    after = (
        f" Surat ini menyusul surat kami kepada {former.office} nomor {former.number} tanggal "
        f"{text.day(former.dated_on)}."
        if former
        else ""
    )
    return [thanks + after, f"{_sent(unsent)} Yang masih ditunggu:"]


def _sent(unsent: Unsent) -> str:
    """What is done comes first; of nothing it is only said how much there is."""
    if unsent.sent:
        return f"Telah terkirim {unsent.sent} dari {unsent.total} target."
    return f"Ada {unsent.total} target pada triwulan ini."


def _until(unsent: Unsent) -> list[str]:
    """Until when each can be sent, in the agency's zone and in WIB."""

    def closes(target: Target) -> datetime:
        return target.closes_at

    groups = [(end, list(group)) for end, group in groupby(sorted(unsent.awaited, key=closes), key=closes)]
    zone = unsent.agency.timezone
    if len(groups) == 1:
        until = text.deadline(groups[0][0], zone)
    else:
        until = text.joined([f"{text.deadline(end, zone)} untuk {_keys(group)}" for end, group in groups])
    return [f"Laporan tetap dapat dikirim melalui {SYSTEM} sampai {until}, dan tercatat dikirim setelah batas waktu."]


def _keys(targets: Sequence[Target]) -> str:
    return text.joined([target.item_key for target in targets])


def _others(unsent: Unsent) -> list[str]:
    if not unsent.others:
        return []
    told = [f"{one.item_key} ({text.day(text.last_day(one.due_at))})" for one in unsent.others]
    return [f"Target lain mempunyai batas waktu sendiri dan tidak termasuk dalam surat ini: {text.joined(told)}."]


def _asked(place: Place, kind: LetterKind) -> list[str]:
    you = "Bapak/Ibu" if kind is LetterKind.HEAD else "Saudara"
    units = "perangkat daerah" if place.is_local else "unit kerja"
    return [
        f"Kami mohon bantuan {you} agar {addressing.overseer(place)} bersama {units} terkait dapat melengkapi dan "
        "mengirimkan laporan tersebut dalam waktu yang masih tersedia. Apabila ada keadaan yang menghalangi, "
        "perpanjangan batas waktu dapat diminta melalui sistem beserta alasannya."
    ]


def _help(contact: str) -> list[str]:
    return [
        f"Kami siap membantu pengisian dan pengirimannya: {contact}. Surat ini dapat diabaikan apabila laporan telah "
        "dikirim. Atas perhatian dan kerja sama yang baik, kami ucapkan terima kasih."
    ]


def paper_of(letter: EscalationLetter) -> Paper:
    """The frozen words with the number and the day that the register gave, or room for them."""
    said = Content(**letter.content)
    dated = text.day(letter.dated_on) if letter.dated_on else f"{BLANK_DAY} {said.year}"
    through = (f"melalui {said.through}",) if said.through else ()
    return Paper(
        government=TEAM.upper(),
        unit=OFFICE.upper(),
        place_and_date=f"{SEAT}, {dated}",
        number=letter.number or BLANK_NUMBER,
        subject=said.subject,
        recipient=(f"Yth. {said.office}", *through, f"di {said.place}"),
        opening=tuple(said.opening),
        lines=tuple(LetterLine(*line) for line in said.lines),
        closing=tuple(said.closing),
        signature=tuple(said.signature),
        copies=tuple(said.copies),
        practice=clock.is_practice(),
    )
