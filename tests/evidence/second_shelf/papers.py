"""Official papers before they are put on a page: letterhead, title, body and who signed."""

import datetime as dt
import random
from dataclasses import dataclass, replace

from . import chance
from .chance import Window
from .offices import NAMES, OPD, POSTS, Office
from .topics import Topic


@dataclass(frozen=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Head:
    text: str


Block = str | Table | Head


@dataclass(frozen=True)
class Signer:
    role: str
    name: str
    nip: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Paper:
    head: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[Block, ...]
    dated: str = ""
    signers: tuple[Signer, ...] = ()
    foot: str = ""

    def more(self, *blocks: Block) -> "Paper":
        return replace(self, body=(*self.body, *blocks))


def nip(r: random.Random) -> str:
    """A civil servant's number: birth date, first appointment, sex, order; 18 digits."""
    birth = dt.date(r.randint(1962, 1992), r.randint(1, 12), r.randint(1, 28))
    since = birth.year + r.randint(22, 28)
    return f"{birth:%Y%m%d} {since}{r.randint(1, 12):02d} {r.randint(1, 2)} {r.randint(1, 24):03d}"


def fill(r: random.Random, text: str, office: Office, window: Window) -> str:
    """A sentence with its numbers, places and dates set."""
    return chance.spin(r, text).format(
        n=r.randint(38, 940),
        q=r.randint(8, 37),
        s=r.randint(2, 7),
        p=r.randint(41, 97),
        k=r.choice(office.places),
        d=chance.long(chance.day(r, window)),
        opd=r.choice(OPD),
    )


def said(r: random.Random, topic: Topic, office: Office, window: Window, count: int) -> list[str]:
    return [fill(r, t, office, window) for t in chance.some(r, topic.said, count)]


def counts(r: random.Random, topic: Topic, rows: int = 6) -> Table:
    out = []
    for i, what in enumerate(chance.some(r, topic.counted, rows), 1):
        target = r.randint(20, 400)
        real = r.randint(target // 2, target)
        out.append((str(i), what, str(target), str(real), f"{100 * real / target:.1f}".replace(".", ",")))
    return Table(("No", "Uraian", "Target", "Realisasi", "Persen"), tuple(out))


def chief(r: random.Random, office: Office, mark: str = "") -> Signer:
    return Signer(office.chief, r.choice(NAMES), nip(r), mark)


def number(r: random.Random, d: dt.date) -> str:
    return f"{r.choice(('050', '060', '700', '800', '503'))}/{r.randint(12, 980)}/{chance.ROMAN[d.month - 1]}/{d.year}"


def report(
    r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS, signed: dt.date | None = None
) -> Paper:
    """A quarterly report in the usual five chapters, or in a shorter order."""
    quarter = chance.quarter_words(window)
    when = signed or window[1]
    opening = chance.spin(
        r,
        f"Laporan ini [disusun|dibuat] sebagai [pertanggungjawaban|bentuk pelaporan] pelaksanaan "
        f"{topic.about} di {office.region} pada {quarter}.",
    )
    body: list[Block] = [
        Head(r.choice(("A. Pendahuluan", "BAB I PENDAHULUAN", "1. Latar Belakang"))),
        opening,
        Head(r.choice(("B. Pelaksanaan", "BAB II PELAKSANAAN", "2. Kegiatan"))),
        *said(r, topic, office, window, r.randint(5, 7)),
        Head("Target dan Realisasi"),
        counts(r, topic, r.randint(4, 7)),
        Head("Kendala"),
        *[fill(r, t, office, window) for t in chance.some(r, topic.hindered, 2)],
        Head("Rencana Tindak Lanjut"),
        *[fill(r, t, office, window) for t in chance.some(r, topic.next, 2)],
    ]
    title = (f"LAPORAN {topic.about.upper()}", quarter.upper())
    return Paper(office.head, title, tuple(body), f"{office.seat}, {chance.long(when)}", (chief(r, office),))


def minutes(r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS) -> Paper:
    d = chance.day(r, window)
    at = chance.full(d)
    facts: list[Block] = [
        Table(
            ("Perihal", "Keterangan"),
            (
                ("Hari, tanggal", at),
                ("Waktu", f"{r.randint(8, 10)}.00 WIB s.d. selesai"),
                ("Tempat", f"Ruang Rapat {office.unit}"),
                ("Acara", f"Pembahasan {topic.about}"),
                ("Pimpinan rapat", r.choice(NAMES)),
            ),
        )
    ]
    talk = [f"{i}. {s}" for i, s in enumerate(said(r, topic, office, (d, d), r.randint(4, 6)), 1)]
    agreed = [
        f"{c}) {fill(r, t, office, (d, d))} Penanggung jawab: {r.choice(OPD)}."
        for c, t in zip("abc", chance.some(r, topic.next, 3), strict=False)
    ]
    return Paper(
        office.head,
        ("NOTULEN RAPAT",),
        (*facts, Head("Pembahasan"), *talk, Head("Kesepakatan"), *agreed),
        f"{office.seat}, {chance.long(d)}",
        (Signer("Notulis", r.choice(NAMES), nip(r)),),
    )


def proceedings(r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS) -> Paper:
    """Berita acara, with the date in words and two who sign."""
    d = chance.day(r, window)
    words = (
        f"Pada hari ini {chance.in_words(d)} ({d:%d-%m-%Y}), bertempat di {office.seat}, kami yang bertanda tangan "
        f"di bawah ini menyepakati hal-hal mengenai {topic.about} sebagai berikut:"
    )
    points = [f"{i}. {s}" for i, s in enumerate(said(r, topic, office, (d, d), 4), 1)]
    two = (Signer("PIHAK PERTAMA", r.choice(NAMES), nip(r)), Signer("PIHAK KEDUA", r.choice(NAMES), nip(r)))
    return Paper(
        office.head,
        ("BERITA ACARA", f"Nomor: {number(r, d)}"),
        (
            words,
            *points,
            counts(r, topic, 4),
            "Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya.",
        ),
        "",
        two,
    )


def attendance(
    r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS, people: int = 10
) -> Paper:
    d = chance.day(r, window)
    rows = tuple((str(i), r.choice(NAMES), r.choice(POSTS), r.choice(OPD), f"{i}. ttd") for i in range(1, people + 1))
    return Paper(
        office.head,
        ("DAFTAR HADIR", f"Rapat {topic.about}", chance.full(d)),
        (Table(("No", "Nama", "Jabatan", "Unit Kerja", "Tanda Tangan"), rows),),
        "",
        (chief(r, office),),
    )


def letter(r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS, to: str = "") -> Paper:
    d = chance.day(r, window)
    body: tuple[Block, ...] = (
        f"Nomor: {number(r, d)}",
        f"Sifat: {r.choice(('Segera', 'Penting', 'Biasa'))}",
        "Lampiran: 1 (satu) berkas",
        f"Hal: Pelaksanaan {topic.about}",
        f"Yth. {to or 'Kepala Perangkat Daerah'} di tempat",
        chance.spin(
            r,
            "[Menindaklanjuti|Memperhatikan|Sehubungan dengan] pelaksanaan aksi pencegahan korupsi mengenai "
            f"{topic.about}, bersama ini kami sampaikan hal-hal sebagai berikut:",
        ),
        *[f"{i}. {s}" for i, s in enumerate(said(r, topic, office, (d, d), 3), 1)],
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
    )
    return Paper(office.head, (), body, f"{office.seat}, {chance.long(d)}", (chief(r, office),))


def decree(r: random.Random, topic: Topic, office: Office, d: dt.date, mark: str = "") -> Paper:
    """A decree of the head of the region; d may lie long before the quarter."""
    ruler = {"Provinsi": "GUBERNUR", "Kota": "WALI KOTA"}.get(office.region.split()[0], "BUPATI")
    name = office.region.split(maxsplit=1)[1].upper()
    body: tuple[Block, ...] = (
        f"Menimbang: a. bahwa untuk melaksanakan {topic.about} perlu dibentuk tim; b. bahwa berdasarkan pertimbangan "
        "sebagaimana dimaksud dalam huruf a perlu menetapkan keputusan;",
        "Mengingat: 1. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah; 2. Peraturan Presiden Nomor 54 "
        "Tahun 2018 tentang Strategi Nasional Pencegahan Korupsi;",
        Head("MEMUTUSKAN:"),
        f"KESATU: Membentuk Tim Pelaksana {topic.about} {office.region}.",
        f"KEDUA: {fill(r, r.choice(topic.next), office, (d, d))}",
        f"KETIGA: {fill(r, r.choice(topic.next), office, (d, d))}",
        f"KEEMPAT: Segala biaya dibebankan pada Anggaran Pendapatan dan Belanja Daerah {office.region}.",
        "KELIMA: Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    )
    who = Signer(f"{ruler} {name}", r.choice(NAMES).upper(), "", mark)
    return Paper(
        (f"{ruler} {name}",),
        (
            f"KEPUTUSAN {ruler} {name}",
            f"NOMOR {r.randint(100, 600)}/{r.randint(20, 400)} TAHUN {d.year}",
            "TENTANG",
            f"PEMBENTUKAN TIM PELAKSANA {topic.about.upper()}",
        ),
        body,
        f"Ditetapkan di {office.seat} pada tanggal {chance.long(d)}",
        (who,),
    )


def plan(r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS) -> Paper:
    months = chance.MONTHS[window[0].month - 1 : window[1].month]
    rows = tuple(
        (str(i), fill(r, t, office, window), f"{r.choice(months)} {window[0].year}", r.choice(OPD), "APBD")
        for i, t in enumerate(topic.next + topic.next[:1], 1)
    )
    return Paper(
        office.head,
        (f"RENCANA KERJA {topic.about.upper()}", f"TAHUN {window[0].year}"),
        (
            f"Rencana kerja ini memuat kegiatan, jadwal, penanggung jawab dan sumber anggaran {topic.about}.",
            Table(("No", "Kegiatan", "Jadwal", "Penanggung Jawab", "Sumber Dana"), rows),
            *said(r, topic, office, window, 3),
        ),
        f"{office.seat}, {chance.long(chance.day(r, window))}",
        (chief(r, office),),
    )


def statement(r: random.Random, topic: Topic, office: Office, window: Window = chance.WORKDAYS) -> Paper:
    who = chief(r, office)
    return Paper(
        office.head,
        ("SURAT PERNYATAAN",),
        (
            "Yang bertanda tangan di bawah ini:",
            f"Nama: {who.name}",
            f"NIP: {who.nip}",
            f"Jabatan: {office.chief} {office.region}",
            f"menyatakan bahwa data {topic.about} yang dilaporkan adalah benar dan dapat dipertanggungjawabkan.",
            *said(r, topic, office, window, 2),
        ),
        f"{office.seat}, {chance.long(chance.day(r, window))}",
        (who,),
    )


BY_KIND = {
    "laporan": report,
    "notulen": minutes,
    "berita_acara": proceedings,
    "daftar_hadir": attendance,
    "surat": letter,
    "rencana": plan,
    "surat_pernyataan": statement,
}
