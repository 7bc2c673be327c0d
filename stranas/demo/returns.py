"""Why verifiers return: a coded reason that fits the kind of document, and the note to it."""

from random import Random

from stranas.catalogue.models import DocumentKind as Kind
from stranas.demo.story import Leaf, Need
from stranas.system import text

_FITTING = {
    Kind.DECREE: ("S01", "S02", "S03", "K02", "W02"),
    Kind.REGULATION: ("S06", "S02", "K02", "W02"),
    Kind.LETTER: ("S03", "S01", "S04"),
    Kind.MINUTES_OF_EVENT: ("S01", "K02", "W03"),
    Kind.REPORT: ("S01", "I03", "K02", "K05", "W01"),
    Kind.PLAN: ("K02", "S01", "S02"),
    Kind.SOP: ("S01", "S03"),
    Kind.MINUTES: ("W03", "S01", "W01"),
    Kind.ATTENDANCE: ("W03", "K05"),
    Kind.PHOTO: ("I06",),
    Kind.SCREENSHOT: ("I06", "W01"),
    Kind.MAP: ("K05", "K02"),
    Kind.CERTIFICATE: ("K05", "I02"),
    Kind.AGREEMENT: ("K02", "S01"),
    Kind.STATEMENT: ("S01", "S03"),
    Kind.DATA: ("A01", "A02", "A01", "D01"),
    Kind.LINK: ("I07",),
}
_NOTES = {
    "A01": ("Jumlah pada lembar kerja belum sama dengan angka pada uraian.", "Baris jumlah berbeda dengan realisasi."),
    "A02": ("Penyebut belum tercantum pada lembar kerja.", "Sumber dan tanggal data belum disebut."),
    "D01": ("Kolom NIK perlu dihapus dari lembar kerja.",),
    "I02": ("Sertifikat atas nama perangkat lain.",),
    "I03": ("Isinya baru rencana rapat, belum ada hasil.", "Bagian realisasi masih kosong."),
    "I06": ("Alamat situs dan tanggal tidak terlihat.", "Keterangan tempat dan tanggal tidak ada."),
    "I07": ("Tautan mengarah ke penyimpanan pribadi dan meminta izin akses.",),
    "K02": ("Lampiran yang disebut pada naskah belum ada.", "Halaman lampiran tidak ikut dipindai."),
    "K05": ("Halaman terpotong di sisi kanan dan bawah.", "Hasil pindai miring dan tidak terbaca sampai tepi."),
    "S01": ("Kolom tanda tangan masih kosong.", "Belum ada tanda tangan pimpinan unit."),
    "S02": ("Naskah masih bertuliskan rancangan.",),
    "S03": ("Nomor dan tanggal masih kosong.",),
    "S04": ("Penanda tangan menjabat Plt., surat perintahnya belum dilampirkan.",),
    "S06": ("Salinan belum memuat keterangan sesuai dengan aslinya.",),
    "W01": ("Tanggal dokumen {date}, di luar triwulan ini.",),
    "W02": ("Keputusan ini sudah diganti pada tahun berjalan.",),
    "W03": ("Dokumen bertanggal {date}, berbeda dengan tanggal pada uraian.",),
}
_REPAIRED = {
    "A": "Angka pada lembar kerja sudah disamakan dengan uraian",
    "D": "Kolom data pribadi sudah dihapus dari lembar kerja",
    "I": "Bukti yang sesuai sudah diunggah",
    "K": "Dokumen utuh sudah diunggah",
    "S": "Dokumen yang sah sudah diunggah",
    "W": "Dokumen dengan tanggal yang benar sudah diunggah",
    "N": "Dasar pengajuan sudah dilengkapi",
}


def fitting(need: Need, rng: Random) -> str:
    return rng.choice(_FITTING[need.kind])


def note(code: str, leaf: Leaf | None, rng: Random) -> str:
    said = rng.choice(_NOTES.get(code, ("",)))
    return said.format(date=text.day(leaf.dated) if leaf else "")


def repaired(code: str, need: Need, day: str) -> str:
    """How the agency tells that it repaired one requirement."""
    return f"Perbaikan {day}: {_REPAIRED[code[0]].lower()} untuk persyaratan {need.position}."
