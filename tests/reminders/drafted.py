"""A letter of the secretariat as a row of its own, without the days that lead to it."""

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reminders.escalation import Content
from stranas.reminders.models import EscalationLetter
from stranas.reminders.rules import LetterKind
from stranas.system import clock
from stranas.system.db import db


def make_letter(
    agency: Agency,
    period: Period,
    *,
    kind: LetterKind = LetterKind.SECRETARY,
    awaited: list[int] | None = None,
    **columns,
) -> EscalationLetter:
    """`awaited`: obligations that it names; a draft unless `columns` say more."""
    content = Content(
        office=f"Sekretaris Daerah {agency.name}",
        through="",
        place="Temanggung",
        subject=f"Laporan Aksi Pencegahan Korupsi {period.name} ({period.key}) {agency.name}",
        opening=["Yang masih ditunggu:"],
        lines=[["1-a", "Terpenuhinya komitmen perizinan berusaha tepat waktu", "14 Juli 2020"]],
        closing=["Kami siap membantu."],
        signature=["Kepala Sekretariat Nasional Pencegahan Korupsi,", "", "", "", "(nama jelas)"],
        copies=[f"Inspektur {agency.name}"],
        year=2020,
        awaited=awaited or [],
    )
    letter = EscalationLetter(
        agency_id=agency.id,
        period_id=period.id,
        kind=kind,
        drafted_at=columns.pop("drafted_at", clock.now()),
        content=content.plain(),
        **columns,
    )
    db.session.add(letter)
    db.session.commit()
    return letter
