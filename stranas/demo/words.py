"""What agencies write: narrative, constraint and follow-up, from the target, what was reached, and the agency.

Every narrative names its agency, its unit, and figures of its own, so that no two are alike.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from stranas.demo.offices import office_of, short
from stranas.demo.story import Duty
from stranas.system import text

# Units that count one paper: it is there, or it is not yet.
ONE_PAPER = {
    "dokumen",
    "laporan",
    "keputusan",
    "rencana",
    "peraturan",
    "perjanjian",
    "berita acara",
    "sop",
    "surat",
    "notulen",
    "sistem",
    "unit",
}


@dataclass(frozen=True)
class Reached:
    """How far the work got: 4 full, 3 mostly, 2 partly, 1 begun, 0 nothing to show."""

    level: int
    realised: Decimal
    progress: Decimal

    @property
    def is_full(self) -> bool:
        return self.level == 4


_OPENINGS = (
    "Selama {months}, {office} {agency} melaksanakan target ini bersama {partner}.",
    "Pada triwulan ini {agency} melalui {office} menyelesaikan pekerjaan menurut rencana kerja yang disepakati {day}.",
    "{office} {agency} menjalankan {count} kegiatan untuk target ini sepanjang {months}.",
    "Pelaksanaan dipimpin {office} {agency} dan dibahas dalam {count} rapat, terakhir {day}.",
    "{agency} menugaskan {office} sebagai penanggung jawab; pekerjaan berlangsung sejak {day}.",
    "Sejak {day}, {office} {agency} dan {partner} membagi tugas dan memantau kemajuannya setiap minggu.",
    "Tim kecil yang terdiri atas {count} pegawai {office} {agency} bekerja selama {months}.",
    "Berdasarkan arahan pimpinan {agency}, {office} mengerjakan target ini bersama {partner} selama {months}.",
)
_FULL_PAPER = (
    "{object} sudah {verb} pada {day2} dan berlaku sejak tanggal itu.",
    "Hasilnya, {object} {verb} pada {day2} dengan nomor yang tercantum pada data dukung.",
    "{object} {verb} pada {day2} setelah dibahas dengan {count2} perangkat terkait.",
    "Pada {day2}, {object} {verb} dan disampaikan kepada seluruh unit terkait.",
)
_PART_PAPER = (
    "Sampai akhir triwulan {object} belum {verb}; yang tersedia baru naskah yang dibahas pada {day2}.",
    "{object} masih dalam pembahasan; naskah terakhir bertanggal {day2} dan menunggu paraf {count2} unit.",
    "Baru sebagian yang selesai: {object} direncanakan {verb} pada triwulan berikutnya, naskahnya selesai {day2}.",
)
_RATE = (
    "Dari {whole} {things} yang dihitung, {part} sudah memenuhi, atau {value} persen terhadap target {target} persen.",
    "Realisasi {value} persen, dihitung dari {part} dari {whole} {things} menurut data per {day2}.",
    "Sebanyak {part} dari {whole} {things} selesai sampai {day2}, sehingga realisasinya {value} persen.",
)
_COUNT = (
    "Realisasi sampai {day2} berjumlah {value} {unit} dari target {target} {unit}.",
    "Tercatat {value} {unit} sampai {day2}; target triwulan ini {target} {unit}.",
    "Dari target {target} {unit}, {value} {unit} sudah terpenuhi dan diperiksa kembali pada {day2}.",
)
_CLOSINGS = (
    "Angka dan dokumennya dapat dicocokkan dengan data dukung yang dilampirkan.",
    "Rinciannya ada pada data dukung persyaratan 1.",
    "Hasilnya sudah dilaporkan kepada pimpinan pada {day3}.",
    "Inspektorat memeriksa kembali bukti ini pada {day3}.",
    "Salinan dokumen disimpan di {office} dan dapat diperiksa setiap hari kerja.",
    "Pembahasan terakhir dihadiri {count2} unit kerja.",
)
_CONSTRAINTS = (
    "Pegawai yang menangani di {office} hanya {count} orang dan merangkap tugas lain.",
    "Data dari {count2} unit terlambat diterima sehingga rekapitulasi baru selesai mendekati akhir triwulan.",
    "Jadwal pembahasan dengan {partner} bergeser dua kali.",
    "Anggaran kegiatan baru tersedia setelah pergeseran anggaran pada {day}.",
    "Jaringan internet di sebagian unit kerja {agency} belum stabil.",
    "Pejabat yang berwenang berganti pada {day}, sehingga paraf berjenjang diulang.",
    "Format data antarunit belum sama dan harus disesuaikan satu per satu.",
    "Sebagian ketentuan teknis dari pusat baru diterima {day}.",
)
_EPIDEMIC = (
    "Pembatasan kegiatan akibat Covid-19 menunda {count} pertemuan tatap muka.",
    "Sejak pertengahan Maret 2020 sebagian pegawai {office} bekerja dari rumah, sehingga pengumpulan dokumen melambat.",
    "Pergeseran anggaran untuk penanganan Covid-19 mengurangi kegiatan pendukung target ini.",
)
_FOLLOW_UPS = (
    "{office} menyelesaikan sisa pekerjaan paling lambat {later} dan melaporkannya setiap bulan.",
    "Rapat pemantauan dengan {partner} dijadwalkan pada {later}.",
    "Usulan tambahan pegawai disampaikan kepada pimpinan {agency} sebelum {later}.",
    "Hasil triwulan ini menjadi dasar penyusunan rencana triwulan berikutnya, yang dibahas {later}.",
    "Pendampingan bagi {count2} unit dilanjutkan sampai {later}.",
    "{office} menyiapkan daftar periksa agar data triwulan berikutnya terkumpul sebelum {later}.",
)
_PARTNERS = (
    "perangkat daerah teknis",
    "bagian hukum",
    "Inspektorat",
    "bagian organisasi",
    "sekretariat daerah",
)
_NATIONAL_PARTNERS = ("biro hukum", "unit eselon I terkait", "kementerian terkait", "inspektorat", "biro perencanaan")
THINGS = {
    "1-a": "permohonan",
    "2-a": "berkas izin",
    "2-b": "pemegang izin",
    "2-c": "korporasi sasaran",
    "3-a": "data penerima",
    "3-b": "data penerima",
    "6-a": "subkegiatan",
    "7-a": "UKPBJ",
    "7-c": "paket pengadaan",
    "9-a": "unsur yang dinilai",
    "9-b": "instansi",
    "9-c": "jabatan",
    "10-a": "desa",
}


def narrative(duty: Duty, reached: Reached, rng: Random) -> str:
    words = _words(duty, reached, rng)
    parts = [rng.choice(_OPENINGS), rng.choice(_body(duty, reached)), rng.choice(_CLOSINGS)]
    return " ".join(_sentence(part.format(**words)) for part in parts)


def constraint(duty: Duty, reached: Reached, rng: Random) -> str:
    """Empty where a full result met no obstacle worth telling."""
    if reached.is_full and rng.random() < 0.35:
        return ""
    epidemic = duty.quarter.position >= 5 and rng.random() < 0.45
    return _sentence(rng.choice(_EPIDEMIC if epidemic else _CONSTRAINTS).format(**_words(duty, reached, rng)))


def follow_up(duty: Duty, reached: Reached, rng: Random) -> str:
    return _sentence(rng.choice(_FOLLOW_UPS).format(**_words(duty, reached, rng)))


def _body(duty: Duty, reached: Reached) -> tuple[str, ...]:
    if duty.unit == "persen":
        return _RATE
    if duty.unit in ONE_PAPER and duty.value == 1:
        return _FULL_PAPER if reached.realised >= duty.value else _PART_PAPER
    return _COUNT


def _words(duty: Duty, reached: Reached, rng: Random) -> dict[str, str]:
    quarter, office = duty.quarter, short(office_of(duty.place, duty.item_key))
    days = sorted(quarter.starts_on.toordinal() + rng.randrange(4, 88) for _ in range(3))
    first, second, third = (text.day(quarter.starts_on.fromordinal(day)) for day in days)
    whole, part = share(reached.realised, rng)
    verb, thing = verb_and_object(duty.text)
    return {
        "months": text.month_span(quarter.starts_on, quarter.ends_on),
        "office": office,
        "agency": duty.place.name,
        "partner": rng.choice(_PARTNERS if duty.place.is_local else _NATIONAL_PARTNERS),
        "day": first,
        "day2": second,
        "day3": third,
        "later": text.day(quarter.ends_on.fromordinal(quarter.ends_on.toordinal() + rng.randrange(15, 80))),
        "count": str(rng.randrange(2, 9)),
        "count2": str(rng.randrange(3, 24)),
        "object": thing,
        "verb": verb,
        "whole": text.number(whole),
        "part": text.number(part),
        "things": THINGS.get(duty.item_key, "data"),
        "value": text.number(reached.realised),
        "target": text.number(duty.value),
        "unit": duty.unit,
    }


def share(rate: Decimal, rng: Random) -> tuple[int, int]:
    """A whole and its part that make a rate in whole percent."""
    whole = 100 * rng.randrange(1, 13)
    return whole, int(whole * min(rate, Decimal(100)) / 100)


def verb_and_object(target: str) -> tuple[str, str]:
    """ "Ditetapkannya tim koordinasi …" → ("ditetapkan", "tim koordinasi …")."""
    first, _, rest = target.partition(" ")
    return first.lower().removesuffix("nya"), rest


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
