"""The columns of the open data, said once: the files, the data dictionary and the catalogue are made of them. Pure."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from reports.data import field
from stranas.agencies.models import AgencyLevel, Provenance
from stranas.publication.rules import Scope

Plain = str | int | float | None
TEXT, COUNT, PERCENT, DAY, INSTANT = "teks", "bilangan bulat", "desimal", "tanggal (ISO 8601)", "waktu (ISO 8601, UTC)"
MARK = "teks (tanda)"


@dataclass(frozen=True)
class Column:
    """`source`: the name of the value in a row of the database. `allowed`: what values there may be; `rule`: where the
    value comes from or how it is counted."""

    name: str
    source: str
    meaning: str
    kind: str = TEXT
    unit: str = ""
    allowed: str = ""
    rule: str = ""

    def plain(self, row: Mapping[str, Any]) -> Plain:
        """As it stands in JSON: the same in every file and on every database."""
        value = row[self.source]
        if value is None:
            return None
        return _PLAIN[self.kind](value)


def _text(value: Any) -> str:
    return str(getattr(value, "value", value))


def _percent(value: Decimal) -> float:
    return float(value)  # two places: prints the same digits


def _day(value: date) -> str:
    return value.isoformat()


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


_PLAIN: dict[str, Callable[[Any], Plain]] = {
    TEXT: _text,
    COUNT: int,
    PERCENT: _percent,
    DAY: _day,
    INSTANT: _instant,
    MARK: lambda provenance: provenance.mark,
}


def plain(value: Any) -> Any:
    """A value as JSON says it, for what is no column."""
    return _instant(value) if isinstance(value, datetime) else value


_EDITION = "Edisi resmi laporan kepatuhan"
_MEAN = "dari sekelompok instansi: rata-rata angka instansinya"
_POOLED = "Jumlah pembilang dibagi jumlah penyebut atas semua kewajiban kelompok; kosong untuk satu instansi."
_WHOLE = "0 atau lebih"
_FULL = "0–100, dua angka di belakang titik; kosong bila penyebutnya nol"


def _rate(name: str, source: str, meaning: str, rule: str) -> Column:
    return Column(name, source, meaning, PERCENT, "persen", _FULL, rule)


def _count(name: str, source: str, meaning: str, unit: str, rule: str) -> Column:
    return Column(name, source, meaning, COUNT, unit, _WHOLE, rule)


COLUMNS = (
    Column("program", "programme_key", "Kunci program", allowed="contoh: stranas-2019-2020", rule="Tidak berubah"),
    Column("triwulan", "period_key", "Kunci triwulan", allowed="B03, B06, … B24", rule="Bulan sejak Januari 2019"),
    Column("mulai", "starts_on", "Hari pertama triwulan", DAY),
    Column("selesai", "ends_on", "Hari terakhir triwulan", DAY),
    Column(
        "lingkup",
        "scope",
        "Siapa yang diterangkan angka ini",
        allowed=" | ".join(scope.value for scope in Scope),
        rule="provinsi: pemerintah provinsi bersama kabupaten dan kotanya",
    ),
    Column(
        "kode",
        "scope_key",
        "Pengenal lingkup, dibaca sebagai teks (33.10 bukan 33,1)",
        allowed="Kode Kemendagri (33.23), nama pendek K/L (kemendagri), atau tingkat; kosong untuk nasional",
        rule="Tidak berubah walaupun nama berubah",
    ),
    Column("nama", "name", "Nama lingkup", rule=_EDITION),
    Column("tingkat", "level", "Tingkat instansi", allowed=" | ".join(level.value for level in AgencyLevel)),
    Column("kode_provinsi", "province_code", "Kode Kemendagri provinsi", allowed="dua angka, teks; kosong untuk K/L"),
    Column("provinsi", "province", "Nama provinsi", rule=_EDITION),
    Column("aksi", "action_key", "Kunci aksi", allowed="kosong: seluruh aksi", rule="Katalog program"),
    Column("nama_aksi", "action", "Nama aksi", rule="Katalog program"),
    Column(
        "tanda_nama_aksi",
        "action_provenance",
        "Dari mana nama aksi diketahui",
        MARK,
        allowed=" | ".join(dict.fromkeys(one.mark for one in Provenance if one.mark)) + "; kosong: sesuai sumbernya",
        rule="Katalog program, keadaan sekarang",
    ),
    _count("jumlah_instansi", "agencies", "Instansi yang dihitung dalam kelompok", "instansi", "0 untuk satu instansi"),
    _count("kewajiban", "expected", "Kewajiban pelaporan", "kewajiban", "Tanpa yang disetujui bukan kewenangan"),
    _count("diterima", "received", "Kewajiban yang laporannya pernah terkirim", "kewajiban", "Termasuk nihil"),
    _count("tepat_waktu", "on_time", "Pertama dikirim sebelum batas waktu", "kewajiban", "Perbaikan tidak mengubahnya"),
    _count("diverifikasi", "verified", "Sudah mendapat sekurangnya satu keputusan", "kewajiban", _EDITION),
    _count("terverifikasi", "accepted", "Keputusan terakhirnya terverifikasi", "kewajiban", _EDITION),
    _count("lolos_pertama", "first_accepted", "Keputusan pertamanya terverifikasi", "kewajiban", _EDITION),
    _rate("kepatuhan_persen", "compliance", "Kepatuhan", f"Diterima dibagi kewajiban; {_MEAN}"),
    _rate("ketepatan_waktu_persen", "punctuality", "Ketepatan waktu", f"Tepat waktu dibagi kewajiban; {_MEAN}"),
    _rate("capaian_persen", "achievement", "Capaian", f"Rata-rata nilai menurut bobot; {_MEAN}"),
    _rate("lolos_pertama_persen", "first_pass", "Lolos verifikasi pertama", f"Dibagi yang diverifikasi; {_MEAN}"),
    _rate("kepatuhan_gabungan_persen", "pooled_compliance", "Kepatuhan gabungan", _POOLED),
    _rate("ketepatan_waktu_gabungan_persen", "pooled_punctuality", "Ketepatan waktu gabungan", _POOLED),
    _rate("capaian_gabungan_persen", "pooled_achievement", "Capaian gabungan", _POOLED),
    _rate("lolos_pertama_gabungan_persen", "pooled_first_pass", "Lolos verifikasi pertama gabungan", _POOLED),
    Column("kelas", "score_class", "Kelas capaian", allowed="Kelas program; kosong tanpa capaian", rule=_EDITION),
    Column("peringkat", "rank", "Peringkat", COUNT, allowed="1 atau lebih; kosong bila tidak diperingkat"),
    Column("pertama_dikirim", "first_sent_at", "Pengiriman pertama instansi", INSTANT, rule="Saat diterima sistem"),
    Column("terakhir_dikirim", "last_sent_at", "Laporan yang paling akhir pertama kali dikirim", INSTANT),
    Column("edisi", "number", "Nomor edisi", COUNT, allowed="1 atau lebih", rule="Koreksi menjadi edisi baru"),
    Column("keadaan_angka", "cutoff", "Saat yang diterangkan angka", INSTANT, rule=_EDITION),
    Column("ditetapkan", "released_at", "Penetapan hasil triwulan", INSTANT, rule="Sebelumnya tidak ada yang terbuka"),
    Column(
        "sidik_sha256",
        "snapshot_sha256",
        "Sidik angka edisi",
        allowed="64 angka heksadesimal",
        rule="Dapat diperiksa di /periksa-laporan",
    ),
)
DICTIONARY = ("nama", "arti", "jenis", "satuan", "nilai_yang_mungkin", "aturan_sumber")


def record(row: Mapping[str, Any]) -> dict[str, Plain]:
    """One figure as JSON says it; an empty text is nothing, in every file."""
    values = {column.name: column.plain(row) for column in COLUMNS}
    return {name: None if value == "" else value for name, value in values.items()}


def dictionary() -> list[dict[str, Plain]]:
    """The data dictionary, one row per column."""
    return [
        dict(
            zip(
                DICTIONARY,
                (column.name, column.meaning, column.kind, column.unit, column.allowed, column.rule),
                strict=True,
            )
        )
        for column in COLUMNS
    ]


def header(names: Iterable[str] = tuple(column.name for column in COLUMNS)) -> str:
    return _lines([list(names)])


def lines(records: Iterable[Mapping[str, Plain]]) -> str:
    """Rows of a CSV (RFC 4180): comma, point, CRLF; rates with two places."""
    return _lines([_field(name, value) for name, value in one.items()] for one in records)


def _field(name: str, value: Plain) -> str:
    return f"{value:.2f}" if isinstance(value, float) else field(value)


def _lines(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
