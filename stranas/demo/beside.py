"""The claims beside the main line: nihil, bukan kewenangan, menunggu instansi lain, each with its basis."""

from datetime import date, datetime, timedelta
from random import Random

from stranas.catalogue.models import DocumentKind
from stranas.demo import hours
from stranas.demo.leaves import leaf_of, paper_of
from stranas.demo.story import Attempt, Duty
from stranas.demo.words import Reached
from stranas.reporting.operations import Entry
from stranas.reporting.rules import SubmissionKind
from stranas.system import text

_NIL = {
    "7-b": "Pada triwulan ini tidak ada usulan komoditas baru di {agency}; tidak ada proses pemilihan yang berjalan.",
    "7-c": "Seluruh paket sejenis {agency} sudah dikontrak pada awal tahun, sehingga tidak ada paket yang dapat "
    "dikonsolidasikan pada triwulan ini.",
    "2-a": "Tidak ada izin baru atau perubahan izin di {agency} pada triwulan ini.",
    "2-b": "Tidak ada pemegang izin yang dijadwalkan diawasi {agency} pada triwulan ini.",
    "3-a": "Tidak ada data tidak padan baru yang diterima {agency} pada triwulan ini.",
    "7-d": "Tidak ada transaksi sektoral {agency} pada triwulan ini karena kontrak katalog sedang diperbarui.",
}
_WAITING = (
    ("Kementerian Dalam Negeri", "pembukaan modul dan hak akses"),
    ("Kementerian Hukum dan Hak Asasi Manusia", "harmonisasi rancangan peraturan"),
    ("Lembaga Kebijakan Pengadaan Barang/Jasa Pemerintah", "penetapan hasil pengukuran"),
    ("Badan Pengawasan Keuangan dan Pembangunan", "hasil penjaminan kualitas"),
)
# Fixed in every demo that has the agency: (agency, quarter, item) → the claim.
FIXED = {
    ("kemendagri", "B15", "7-a"): SubmissionKind.NOT_COMPETENT,
    ("33", "B15", "6-a"): SubmissionKind.WAITING,
    ("31", "B09", "7-c"): SubmissionKind.NIL,
}
# Returned at first for want of a basis, and agreed to afterwards.
WITHOUT_BASIS = ("31", "B09", "7-c")
BASIS = " Dasarnya rencana umum pengadaan dan daftar kontrak yang dilampirkan."


def lacks_basis(duty: Duty) -> bool:
    return (duty.place.code, duty.quarter.key, duty.item_key) == WITHOUT_BASIS


def claim_of(duty: Duty, rng: Random) -> SubmissionKind | None:
    """None for a report on the target, as nearly always."""
    fixed = FIXED.get((duty.place.code, duty.quarter.key, duty.item_key))
    drawn = rng.random()
    if fixed:
        return fixed
    if duty.item_key in _NIL and drawn < 0.04:
        return SubmissionKind.NIL
    if duty.quarter.key == "B15" and drawn < 0.008:
        return SubmissionKind.WAITING
    return None


def claiming(duty: Duty, kind: SubmissionKind, rng: Random, *, saved_at: datetime) -> Attempt:
    entry = _ENTRIES[kind](duty, rng)
    need = next((n for n in duty.needs if n.kind not in (DocumentKind.DATA, DocumentKind.LINK)), None)
    if kind is SubmissionKind.NIL or need is None:
        return Attempt(entry, saved_at)
    leaf = leaf_of(duty, need, Reached(1, duty.value * 0, duty.value * 0), rng)
    return Attempt(entry, saved_at, ((need.id, paper_of(duty, need, leaf, rng, at=saved_at - timedelta(minutes=9))),))


def _nil(duty: Duty, rng: Random) -> Entry:
    words = _NIL.get(duty.item_key, "Tidak ada yang dilaporkan {agency} pada triwulan ini.")
    return Entry(kind=SubmissionKind.NIL, beside_reason=words.format(agency=duty.place.name))


def _not_competent(duty: Duty, rng: Random) -> Entry:
    return Entry(
        kind=SubmissionKind.NOT_COMPETENT,
        beside_reason="Pendampingan UKPBJ menjadi kewenangan LKPP menurut Peraturan Presiden Nomor 16 Tahun 2018. "
        f"{duty.place.name} hanya membina kelembagaan perangkat daerahnya.",
    )


def _waiting(duty: Duty, rng: Random) -> Entry:
    whom, what = _WAITING[0] if duty.item_key == "6-a" else rng.choice(_WAITING)
    since = hours.on_or_after(duty.quarter.starts_on + timedelta(days=rng.randrange(30, 80)))
    return Entry(
        kind=SubmissionKind.WAITING,
        beside_reason=f"{duty.place.name} sudah mengirim seluruh bahan pada {text.day(since)}; pekerjaan menunggu "
        f"{what} dari {whom}.",
        waiting_for=whom,
        waiting_letter=f"{rng.randrange(100, 900)}/{rng.randrange(100, 3000)}/{since.year}",
        waiting_since=since,
        review_on=hours.on_or_after(date(2020, 7, 31) + timedelta(days=rng.randrange(0, 45))),
    )


_ENTRIES = {
    SubmissionKind.NIL: _nil,
    SubmissionKind.NOT_COMPETENT: _not_competent,
    SubmissionKind.WAITING: _waiting,
}
