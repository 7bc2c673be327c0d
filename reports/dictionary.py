"""Kamus data: what every column of a workbook means, said once by its key.

A meaning holds for the key wherever it stands, unless it is said for one sheet ("Alasan.code", by its name).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.tables import Column, Kind, Table

NAME = "Kamus data"
COLUMNS = (
    Column("sheet", "Lembar", width=20),
    Column("title", "Kolom", width=34),
    Column("key", "Kunci", width=22),
    Column("meaning", "Arti", width=70),
    Column("format", "Satuan dan format", width=34),
    Column("source", "Pembilang dan penyebut", width=60),
)
FORMATS = {
    Kind.TEXT: "Teks",
    Kind.COUNT: "Jumlah, bilangan bulat",
    Kind.RATE: "Persen (0–100), dua angka di belakang koma",
    Kind.NUMBER: "Bilangan",
    Kind.ORDINAL: "Bilangan bulat",
    Kind.DEADLINE: "Tanggal dan jam, WIB; akhir hari ditulis 23:59",
    Kind.MOMENT: "Tanggal dan jam, WIB",
    Kind.DAY: "Tanggal",
    Kind.FLAG: "1 (tampil Ya) atau 0 (tampil Tidak)",
}


@dataclass(frozen=True)
class Meaning:
    """`source`: what is counted, or what is divided by what; empty where nothing is."""

    words: str
    source: str = ""


SETS = {
    "expected": Meaning("Kewajiban pelaporan yang berlaku pada keadaan laporan, tanpa yang bukan kewenangan."),
    "received": Meaning("Kewajiban yang laporannya pernah terkirim, termasuk nihil."),
    "on_time": Meaning("Pengiriman pertama diterima sistem sebelum batas waktu."),
    "verified": Meaning("Laporan diterima yang sudah mendapat sekurang-kurangnya satu keputusan."),
    "accepted": Meaning("Laporan yang keputusan terakhirnya terverifikasi."),
}
RATES = {
    "compliance": Meaning("Kepatuhan pelaporan.", "Diterima / Kewajiban"),
    "punctuality": Meaning("Ketepatan waktu pelaporan.", "Tepat waktu / Kewajiban"),
    "achievement": Meaning(
        "Rata-rata tertimbang nilai verifikasi. Yang belum dinilai bernilai 0.",
        "Jumlah bobot × nilai / jumlah bobot; lihat lembar Definisi",
    ),
    "first_pass": Meaning(
        "Bagian laporan yang diterima pada verifikasi pertama.", "Keputusan pertama terverifikasi / Diverifikasi"
    ),
}
MEANINGS = {
    **SETS,
    **RATES,
    **{
        f"pooled_{key}": Meaning(f"{one.words} Gabungan semua kewajiban dalam baris ini.", one.source)
        for key, one in RATES.items()
    },
    "figure": Meaning("Nama angka."),
    "mean": Meaning("Rata-rata angka instansi; instansi tanpa kewajiban tidak ikut.", "Jumlah angka / jumlah instansi"),
    "pooled": Meaning("Gabungan semua kewajiban.", "Jumlah pembilang / jumlah penyebut"),
    "words": Meaning("Pembilang dan penyebut angka gabungan dalam kata."),
    "rank": Meaning("Urutan menurut kepatuhan, tertinggi lebih dahulu; angka yang sama berbagi peringkat."),
    "code": Meaning("Kode wilayah Kemendagri, atau singkatan kementerian/lembaga."),
    "Alasan.code": Meaning("Kode alasan pengembalian; tetap dari tahun ke tahun."),
    "province": Meaning("Provinsi tempat instansi berada; kosong atau – untuk kementerian/lembaga."),
    "level": Meaning("Kementerian/Lembaga, Provinsi, Kabupaten, atau Kota."),
    "agency": Meaning("Nama instansi."),
    "agency_code": Meaning("Kode instansi: kode wilayah Kemendagri, atau singkatan kementerian/lembaga."),
    "agencies": Meaning("Instansi yang punya kewajiban pada baris ini."),
    "without": Meaning("Instansi tanpa kewajiban; tidak ikut dalam rata-rata."),
    "class": Meaning("Kelas capaian menurut ambang pada lembar Definisi, dari angka yang sudah dibulatkan."),
    "action": Meaning("Kode aksi."),
    "Aksi.key": Meaning("Kode aksi."),
    "Aksi.name": Meaning("Nama aksi."),
    "Sub-aksi.key": Meaning("Kode sub-aksi."),
    "Sub-aksi.name": Meaning("Nama sub-aksi."),
    "item_key": Meaning("Kode sub-aksi."),
    "item": Meaning("Nama sub-aksi."),
    "period": Meaning("Kode triwulan: B15 berarti bulan ke-15 sejak Januari 2019."),
    "period_name": Meaning("Nama triwulan."),
    "year": Meaning("Tahun kalender triwulan."),
    "quarter": Meaning("Triwulan ke berapa dalam tahun kalender (1–4)."),
    "nature": Meaning("Sementara sebelum penetapan hasil, Ditetapkan sesudahnya."),
    "target": Meaning("Target triwulan sebagaimana diwajibkan kepada instansi."),
    "unit": Meaning("Satuan nilai target."),
    "value": Meaning("Nilai target dalam satuannya."),
    "weight": Meaning("Bobot kewajiban dalam capaian."),
    "due_at": Meaning("Batas waktu yang berlaku, termasuk perpanjangan dan gangguan layanan."),
    "closes_at": Meaning("Penutupan pengisian: sebelum saat ini laporan pertama masih dapat dikirim."),
    "sending": Meaning(
        "Apakah batas waktunya belum lewat, laporannya masih dapat dikirim, atau pengisiannya sudah ditutup."
    ),
    "first_submitted_at": Meaning("Saat sistem menerima pengiriman pertama; perbaikan tidak mengubahnya."),
    "timeliness": Meaning("Tepat waktu, Terlambat, atau Belum dikirim; kosong untuk yang bukan kewenangan."),
    "status": Meaning("Keadaan laporan pada keadaan data ini."),
    "first_accepted": Meaning("Keputusan pertamanya terverifikasi."),
    "score": Meaning("Nilai keputusan akhir; kosong sebelum ada atau bila tidak dihitung."),
    "beside": Meaning("Nihil, Bukan kewenangan, atau Menunggu instansi lain, bila disetujui verifikator."),
    "kind": Meaning("Perpanjangan batas waktu, gangguan layanan, atau perubahan batas waktu."),
    "whom": Meaning("Untuk siapa waktu tambahan itu."),
    "until": Meaning("Akhir waktu tambahan."),
    "decided_at": Meaning("Saat diputuskan."),
    "obligations": Meaning("Jumlah kewajiban yang terjangkau."),
    "reason": Meaning("Alasan yang tertulis dalam keputusan."),
    "Alasan.reason": Meaning("Alasan pengembalian."),
    "count": Meaning("Persyaratan yang dikembalikan dengan alasan ini."),
    "term": Meaning("Istilah yang dipakai dalam laporan."),
    "meaning": Meaning("Arti istilah."),
    "missing": Meaning("Kewajiban yang laporannya belum terkirim.", "Kewajiban − Diterima"),
    "office": Meaning("Unit pengawasan internal yang dihubungi."),
    "items": Meaning("Kode sub-aksi yang laporannya belum terkirim."),
    "group": Meaning("Instansi, tingkat, provinsi, atau aksi yang dibandingkan."),
    "action_name": Meaning("Nama aksi."),
    "constraint": Meaning("Kendala yang ditulis instansi dalam laporan yang sudah diverifikasi."),
    "follow_up": Meaning("Rencana tindak lanjut yang ditulis instansi."),
    "Kendala.agencies": Meaning("Instansi yang menulis kendala ini."),
    "Kendala.whom": Meaning("Instansi yang menulis kendala ini."),
    "story": Meaning("Judul publikasi menurut edisi terakhirnya."),
    "story_kind": Meaning("Publikasi capaian memuat angka yang sudah ditetapkan; kabar kegiatan tidak memuat angka."),
    "about": Meaning("Triwulan yang angkanya dipublikasikan; kosong untuk kabar kegiatan."),
    "published_on": Meaning("Hari edisi pertama terbit di halaman publik."),
    "medium": Meaning("Media tempat publikasi tayang."),
    "place": Meaning("Tautan, halaman, acara, atau lokasi penayangan."),
    "appeared_on": Meaning("Hari tayang menurut catatan Humas."),
    "reach": Meaning("Jangkauan menurut catatan Humas; kosong bila tidak diketahui."),
    "counted": Meaning("Yang dihitung sebagai jangkauan, misalnya tayangan, oplah, atau pendengar."),
    "note": Meaning("Catatan Humas."),
    "public_address": Meaning("Alamat halaman publiknya; kosong bila sudah ditarik."),
    "month": Meaning("Bulan tayang."),
    "appearances": Meaning("Jumlah penayangan yang dicatat."),
    "known_reach": Meaning("Jumlah jangkauan yang dicatat; penayangan tanpa jangkauan tidak ikut."),
    **{
        f"{key}_{when}": Meaning(f"{one.words} {words}", one.source)
        for key, one in RATES.items()
        for when, words in (
            ("before", "Pada triwulan sebelumnya."),
            ("after", "Pada triwulan sesudahnya."),
            ("change", "Selisih keduanya dalam poin persen."),
        )
    },
}
OF_ACTION = "action_"  # how the columns of a matrix begin


def dictionary(sheets: Iterable[Table]) -> Table:
    """One row per column of every sheet."""
    rows = tuple(row for table in sheets for row in _rows(table))
    return Table(NAME, NAME, COLUMNS, rows, "Arti setiap kolom dalam buku kerja ini, lembar demi lembar.")


def _rows(table: Table) -> Iterator[tuple[str, ...]]:
    of_groups = any(column.key == "agencies" for column in table.columns)
    for column in table.columns:
        meaning = meaning_of(table, column)
        words = meaning.words
        if of_groups and column.key in RATES:
            words = f"{words} Rata-rata angka instansi."
        yield table.name, column.title, column.key, words, FORMATS[column.kind], meaning.source


def meaning_of(table: Table, column: Column) -> Meaning:
    """A column that nobody explained has its title: no report fails for a missing word. tests/reports finds it."""
    if column.key.startswith(OF_ACTION):
        return Meaning(f"{table.title} untuk {column.title}. Kosong atau –: tidak ada yang dihitung.")
    return MEANINGS.get(f"{table.name}.{column.key}") or MEANINGS.get(column.key) or Meaning(column.title)
