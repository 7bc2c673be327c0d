"""Where a letter of the secretariat stands, and which days it may bear. No database, no clock."""

import enum
from datetime import date

from stranas.system import text

# Why a draft is not needed any more; from these it can come back when something is owed again.
ALL_SENT = "Semua laporan yang ditunggu sudah terkirim sebelum surat ini dikirim."
MORE_TIME = "Batas waktu laporan yang ditunggu diperpanjang sebelum surat ini dikirim."
NOT_OWED = "Laporan yang ditunggu tidak lagi menjadi kewajiban sebelum surat ini dikirim."
CLOSED = "Pengisian triwulan ini sudah ditutup sebelum surat ini tercatat dikirim."
MAY_COME_BACK = (ALL_SENT, MORE_TIME, NOT_OWED)


class LetterState(enum.Enum):
    """Drafted and not yet sent; sent, with number and date; not needed any more."""

    DRAFT = "draft"
    RECORDED = "recorded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"draft": "Konsep", "recorded": "Tercatat dikirim", "withdrawn": "Ditarik"}[self.value]

    @property
    def mark(self) -> str:
        """The look of the status on a page."""
        return {"draft": "draf", "recorded": "kirim", "withdrawn": "belum"}[self.value]


def day_problem(dated_on: date, *, drafted_on: date, today: date, withdrawn_on: date | None = None) -> str | None:
    """Why a letter cannot bear this day, or None: not before its draft, not after today. One that was withdrawn went
    out on the day of its withdrawal at the latest."""
    if dated_on < drafted_on:
        return f"Pilih tanggal paling awal {text.day(drafted_on)}, hari konsep ini disusun."
    if dated_on > today:
        return f"Pilih tanggal paling lambat hari ini, {text.day(today)}."
    if withdrawn_on and dated_on > withdrawn_on:
        return f"Konsep ini ditarik {text.day(withdrawn_on)}. Catat hanya bila suratnya dikirim paling lambat hari itu."
    return None
