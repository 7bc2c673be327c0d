"""Profiles made without an app: a usual one, the fullest, and one of an agency that owes nothing."""

from dataclasses import replace
from decimal import Decimal

from reports.charts import TrendPoint
from reports.profile import ActionLine, Figure, ObligationLine, Profile, ReasonLine, Standing

KEYS = ("Kepatuhan", "Lolos verifikasi pertama", "Ketepatan waktu", "Capaian")
LONG_ACTION = (
    "Utilisasi Nomor Induk Kependudukan (NIK) untuk Perbaikan Tata Kelola Pemberian Bantuan Sosial dan Subsidi"
)
LONG_TARGET = (
    "Tersusunnya rencana aksi penguatan Inspektorat Daerah meliputi kelembagaan, sumber daya manusia, anggaran, "
    "dan tata kelola"
)
LONG_MEANING = "Jumlah bobot kali nilai dibagi jumlah bobot, atas semua kewajiban kecuali nihil yang disetujui. " * 3


def usual(**more) -> Profile:
    values = {
        "agency": "Kabupaten Temanggung",
        "code": "33.23",
        "place": "Kabupaten, wilayah Jawa Tengah. Kode 33.23",
        "programme": "Aksi Pencegahan Korupsi 2019–2020",
        "period": "Triwulan V (B15), Januari–Maret 2020",
        "period_key": "B15",
        "status": "Hasil ditetapkan 13 Juli 2020 pukul 09.00 WIB",
        "provisional": False,
        "practice": True,
        "cutoff": "13 Juli 2020 pukul 09.22 WIB",
        "due": "Rabu, 15 April 2020 pukul 23.59 WIB",
        "rates": tuple(
            Figure(key, title, "87,50", "3 dari 4")
            for key, title in zip(("compliance", "first_pass", "punctuality", "achievement"), KEYS, strict=True)
        ),
        "counts": tuple(Figure(title, title, "4") for title in ("Kewajiban", "Diterima", "Tepat waktu", "V", "A")),
        "standings": (Standing("Kabupaten", "415", "12", "–", "89,83", "78,58"),),
        "standing_note": "Angka yang sama berbagi peringkat.",
        "trend": (
            TrendPoint("B12", Decimal("90.25"), Decimal("61.00"), provisional=False),
            TrendPoint("B15", Decimal("87.50"), None, provisional=True),
        ),
        "trend_words": "Kepatuhan: dari 90,25 persen pada B12 menjadi 87,50 persen pada B15 (sementara).",
        "actions": (ActionLine("1", "Perizinan", "1", "1", "100,00", "0,00", "75,00"),),
        "obligations": (ObligationLine("1-a", "Target <b>satu</b>", "Terkirim", "kirim", "Ya", "–", "Nihil"),),
        "more_obligations": 0,
        "reasons": (ReasonLine("S01", "Dokumen belum ditandatangani", "3"),),
        "reasons_note": "Jumlah persyaratan yang dikembalikan dengan alasan itu.",
        "open": ("1 laporan menunggu keputusan verifikator: 1-a.",),
        "definitions": (("Kewajiban", "Kewajiban pelaporan yang berlaku."),),
        "notes": ("Tanda – berarti tidak ada angka.",),
    }
    return Profile(**(values | more))


def fullest(name: str) -> Profile:
    keys = [f"{n}-{letter}" for n in range(1, 12) for letter in "ab"][:20]
    return usual(
        agency=name,
        standings=usual().standings * 2,
        trend=tuple(TrendPoint(f"B{n:02}", Decimal(90), Decimal(50), True) for n in range(3, 27, 3)),
        actions=tuple(ActionLine(str(n), LONG_ACTION, "12", "12", "100,00", "100,00", "100,00") for n in range(1, 12)),
        obligations=tuple(
            ObligationLine(key, LONG_TARGET[:86], "Menunggu persetujuan", "setuju", "Tidak", "–", "Bukan kewenangan")
            for key in keys
        ),
        more_obligations=3,
        reasons=(ReasonLine("S01", "Dokumen tidak lengkap karena lampiran tidak disertakan " * 2, "13"),) * 5,
        open=(f"20 kewajiban belum dikirim: {', '.join(keys)}.",) * 3,
        definitions=(("Capaian", LONG_MEANING),) * 4,  # as long as those of weights that are not renormalised
    )


def idle() -> Profile:
    return replace(
        usual(),
        standings=(),
        trend=(TrendPoint("B15", None, None, True),),
        trend_words="Belum ada angka dari triwulan yang sudah berjalan.",
        actions=(),
        obligations=(),
        open=("Tidak ada yang masih terbuka.",),
    )
