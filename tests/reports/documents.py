"""A small document with nasty words, made without an app."""

from datetime import UTC, datetime
from decimal import Decimal

from reports import tables
from reports.document import Document, KeyFigure
from reports.tables import Table

CUTOFF = datetime(2020, 7, 13, 1, 58, tzinfo=UTC)
NASTY = ("=1+1", "+62811", "-2", "@SUM(A1)", "<script>alert(1)</script>", 'a"b\x07\uffff', "&P & Rp")


def make_document(names: tuple[str, ...] = NASTY, *, practice: bool = True, **more) -> Document:
    nine = (4, 3, 2, 3, 1, Decimal("75.00"), Decimal("50.00"), Decimal("1234.56"), None)
    agencies = tuple((f"33.{n:02}", name, "Kabupaten", "Jawa Tengah", *nine) for n, name in enumerate(names, 1))
    group = (2, 1, *nine, *(Decimal("10.01"),) * 4)
    province_rows = (("33", "Jawa Tengah", *group), ("35", "Jawa Timur", *group), ("91", "Papua", *group))
    detail = (
        *("33.23", "=evil()", "Kabupaten", "Jawa Tengah"),
        *("B15", 2020, 1),
        *("1", "1-a", "Perizinan", "Target <b>&</b>", "persen"),
        *(Decimal(60), Decimal("1.5"), datetime(2020, 4, 15, 17, tzinfo=UTC), None, "Belum dikirim", "Belum diisi"),
        *(True, False, False, False, False, False, Decimal(0), ""),
    )
    values = {
        "title": "Laporan kepatuhan pelaporan",
        "subtitle": "Aksi PK 2019–2020. Triwulan V (B15), Januari–Maret 2020. Keadaan 13 Juli 2020 pukul 08.58.00 WIB",
        "period": "Triwulan V (B15), Januari–Maret 2020",
        "status": "Angka sementara: hasil belum ditetapkan",
        "practice": practice,
        "made_at": CUTOFF,
        "facts": (("Program", "Aksi PK 2019–2020"), ("Lingkup", "Semua instansi")),
        "key_figures": (
            KeyFigure("compliance", "Kepatuhan", Decimal("75.00"), Decimal("74.99"), "3 diterima dari 4 kewajiban"),
            KeyFigure("punctuality", "Ketepatan waktu", Decimal("50.00"), Decimal("50.00"), "2 dari 4 kewajiban"),
            KeyFigure("achievement", "Capaian", Decimal("60.69"), Decimal("60.72"), "1 terverifikasi", "Cukup"),
            KeyFigure("first_pass", "Lolos verifikasi pertama", None, None, "0 lolos dari 0 diverifikasi"),
        ),
        "summary": Table("Ringkasan", "Ringkasan", tables.SUMMARY, (("Kepatuhan", Decimal("75.00"), None, "3 / 4"),)),
        "provinces": Table("Provinsi", "Menurut provinsi", tables.PROVINCES, province_rows),
        "levels": Table("Tingkat", "Menurut tingkat", tables.LEVELS, (("Kabupaten", *group),)),
        "actions": Table("Aksi", "Menurut aksi", tables.ACTIONS, (("1", "=Aksi satu", *group),)),
        "items": Table("Sub-aksi", "Menurut sub-aksi", tables.ITEMS, (("1-a", "Perizinan", *group),)),
        "agencies": Table("Instansi", "Menurut instansi", tables.AGENCIES, agencies, "Kepatuhan: diterima / kewajiban"),
        "matrices": (),
        "details": Table("Rincian", "Rincian kewajiban", tables.DETAILS, (detail,), for_pivots=True),
        "later_ends": Table("Perpanjangan", "Perpanjangan", tables.LATER_ENDS, ()),
        "reasons": Table("Alasan", "Alasan pengembalian", tables.REASONS, (("S01", "Belum ditandatangani", 3),)),
        "definitions": Table("Definisi", "Definisi", tables.DEFINITIONS, (("Kepatuhan", "Diterima / kewajiban."),)),
        "notes": ("0 kewajiban nihil tidak dihitung dalam capaian.",),
        "identity": {
            "programme": "stranas-2019-2020",
            "period": "B15",
            "cutoff": CUTOFF,
            "provisional": True,
            "withheld": False,
        },
    }
    return Document(**(values | more))
