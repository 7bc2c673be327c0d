"""Papers of another agency or on another sub-action, and papers that only look so."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from . import bases, chance, html, office, offices, rawpdf, scans
from .case import Case
from .offices import Office, ministry, own
from .papers import BY_KIND, Paper, decree, letter, report
from .readings import NO_CODE
from .topics_more import TOPICS, topic


def by(where: Office, label: str, kind: str, item: str = "1-a") -> Paper:
    return BY_KIND[kind](chance.rng(label), topic(item), where)


def _dress(paper: Paper, how: int, label: str) -> tuple[str, bytes]:
    if how == 1:
        return "pdf", rawpdf.pdf(paper, b"Helvetica")
    if how == 2:
        return "docx", office.docx(paper)
    if how == 3:
        return "pdf", scans.scan_pdf([scans.scanned(scans.sheet(paper, 200, "sans", 9.5), chance.rng(label))], 200, 40)
    if how == 4:
        return "jpg", scans.jpeg(scans.scanned(scans.sheet(paper, 180, "serif", 9.5), chance.rng(label)), 45)
    return "pdf", html.pdf(paper, "folio" if len(label) % 2 else "dinas")


def _case(label: str, paper: Paper, how: int, said: frozenset[str], kind: str, **claim: str) -> Case:
    if how == 4 and kind in ("laporan", "notulen"):
        how = 3
    ending = ("pdf", "pdf", "docx", "pdf", "jpg")[how]
    return Case(
        label, f"{label}.{ending}", lambda: _dress(paper, how, label)[1], said, "" if how == 2 else kind, **claim
    )


def cases() -> Iterator[Case]:
    yield from _other_agency()
    yield from _other_item()
    yield from _honest_names()
    yield from _renamed()
    yield from _both()


def _other_agency() -> Iterator[Case]:
    said = bases.codes("other_agency")
    kinds = ("surat", "laporan", "notulen", "berita_acara")
    for i, where in enumerate(offices.OTHERS):
        for k in range(3):
            kind, how = kinds[(i + k) % 4], (i * 3 + k) % 5
            how = 3 if how == 4 and kind == "laporan" else how
            label = f"{kind} milik {where.region} {k}"
            yield _case(label, by(where, label, kind), how, said, kind)
    for i, (code, name) in enumerate(
        (
            ("kementan", "Kementerian Pertanian"),
            ("bpom", "Badan Pengawas Obat dan Makanan"),
            ("kkp", "Kementerian Kelautan dan Perikanan"),
            ("kemenhub", "Kementerian Perhubungan"),
        )
    ):
        label = f"surat milik {name}"
        yield _case(label, by(ministry(code, name), label, "surat"), i % 2, said, "surat")
    for code, where in (
        ("kementan", offices.WONOSOBO),
        ("11.06", offices.AGAM),
        ("18.06", offices.MANOKWARI),
        ("13.06", offices.ACEH_BESAR),
        ("33.74", offices.KENDAL),
    ):
        label = f"surat {where.region} diunggah {code}"
        yield _case(label, by(where, label, "surat"), 0, said, "surat", agency=code)
    for i in range(3):
        where = offices.OTHERS[i]
        label = f"keputusan kepala daerah {where.region}"
        yield _case(
            label, decree(chance.rng(label), topic("1-a"), where, dt.date(2020, 5, 12)), i % 2, said, "keputusan"
        )


def _other_item() -> Iterator[Case]:
    said = bases.codes("other_item")
    pairs = (
        ("1-a", "7-a"),
        ("1-a", "9-a"),
        ("1-a", "9-b"),
        ("1-a", "9-c"),
        ("1-a", "10-a"),
        ("9-a", "1-a"),
        ("9-a", "9-b"),
        ("9-b", "9-a"),
        ("9-c", "7-a"),
        ("9-c", "1-a"),
        ("7-a", "9-c"),
        ("7-a", "10-a"),
        ("6-a", "9-a"),
        ("9-b", "1-a"),
        ("10-a", "9-c"),
        ("6-a", "7-a"),
    )
    kinds = ("laporan", "notulen", "surat", "berita_acara")
    for i, (claimed, real) in enumerate(pairs):
        for k in range(2):
            kind = kinds[(i + 2 * k) % 4]
            how = (i + k) % 5
            how = 0 if how in (3, 4) and kind == "laporan" else how
            label = f"{kind} tentang {real} untuk {claimed} {k}"
            yield _case(label, bases.paper(label, kind, real), how, said, kind, item=claimed)


def _honest_names() -> Iterator[Case]:
    """Own papers in which other agencies are named, and papers of others that name the own agency."""
    for sender in (
        ministry("kemendagri", "Kementerian Dalam Negeri"),
        ministry("lkpp", "Lembaga Kebijakan Pengadaan Barang/Jasa Pemerintah"),
        offices.JATENG,
        ministry("bkpm", "Badan Koordinasi Penanaman Modal"),
        ministry("kpk", "Komisi Pemberantasan Korupsi"),
        offices.MAGELANG,
    ):
        for k in range(2):
            label = f"surat dari {sender.region} kepada Temanggung {k}"
            paper = letter(
                chance.rng(label),
                topic("1-a"),
                sender,
                to=("Bupati Temanggung", "Sekretaris Daerah Kabupaten Temanggung")[k],
            )
            yield _case(label.replace("/", "-"), paper, k, NO_CODE, "surat")
    tops = (
        ("PEMERINTAH PROVINSI JAWA TENGAH", "PEMERINTAH KABUPATEN TEMANGGUNG"),
        ("PROVINSI JAWA TENGAH", "KABUPATEN TEMANGGUNG"),
    )
    for i, top in enumerate(tops):
        label = f"kop kabupaten yang menyebut provinsi {i}"
        yield _case(
            label,
            replace(bases.paper(label, "surat"), head=(*top, "DINAS PENANAMAN MODAL DAN PELAYANAN TERPADU SATU PINTU")),
            i,
            NO_CODE,
            "surat",
        )
    for i, top in enumerate(
        (
            ("PEMERINTAH KABUPATEN TEMANGGUNG", "KECAMATAN KLEDUNG", "DESA PETARANGAN"),
            ("KABUPATEN TEMANGGUNG", "KECAMATAN PARAKAN", "KELURAHAN PARAKAN WETAN"),
            ("BUPATI TEMANGGUNG",),
            ("DEWAN PERWAKILAN RAKYAT DAERAH", "KABUPATEN TEMANGGUNG"),
            ("SEKRETARIAT DAERAH", "KABUPATEN TEMANGGUNG"),
            ("PEMKAB TEMANGGUNG", "DPMPTSP"),
        )
    ):
        label = f"kop sendiri ragam {i}"
        yield _case(label, replace(bases.paper(label, "surat"), head=top), i % 5, NO_CODE, "surat")
    visits = (
        "Studi tiru dilaksanakan ke Kabupaten Wonosobo dan Kota Surabaya.",
        "Narasumber berasal dari Kementerian Dalam Negeri dan BKPM.",
        "Perbandingan dilakukan dengan Kabupaten Magelang, Kabupaten Kendal, dan Kota Salatiga.",
        "Rapat dipimpin Gubernur Jawa Tengah di Semarang.",
        "Kerja sama dengan Pemerintah Kabupaten Bandung dibahas pada pertemuan kedua.",
        "Tembusan: Kepala Perwakilan BPKP Provinsi Jawa Tengah.",
    )
    for i, words in enumerate(visits):
        label = f"laporan sendiri yang menyebut daerah lain {i}"
        yield _case(label, bases.paper(label).more(words), i % 3, NO_CODE, "laporan")
    for i in range(6):
        label = f"daftar hadir tanpa kop {i}"
        yield _case(label, replace(bases.paper(label, "daftar_hadir"), head=()), i % 2, NO_CODE, "daftar_hadir")


def _renamed() -> Iterator[Case]:
    """Names that changed, special regions, and words for village and district elsewhere."""
    old = (
        ("kemenko-marves", "Kementerian Koordinator Bidang Kemaritiman"),
        ("kemenko-marves", "Kementerian Koordinator Bidang Kemaritiman dan Investasi"),
        ("kemendikbud", "Kementerian Riset, Teknologi, dan Pendidikan Tinggi"),
        ("kemendikbud", "Kementerian Pendidikan dan Kebudayaan"),
        ("bp2mi", "BNP2TKI"),
        ("kementerian-panrb", "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"),
        ("kementerian-atr-bpn", "Kementerian Agraria dan Tata Ruang/Badan Pertanahan Nasional"),
        ("kementerian-atr-bpn", "Badan Pertanahan Nasional"),
        ("kominfo", "Kementerian Komunikasi dan Informatika"),
        ("klhk", "Kementerian LHK"),
        ("kementerian-pupr", "Kementerian PUPR"),
        ("kementerian-ppn-bappenas", "Bappenas"),
        ("polri", "Kepolisian Negara Republik Indonesia"),
        ("ma", "Mahkamah Agung Republik Indonesia"),
        ("kejagung", "Kejaksaan Agung Republik Indonesia"),
    )
    for i, (code, name) in enumerate(old):
        for k, kind in enumerate(("surat", "notulen")):
            label = f"{kind} {name} {k}".replace("/", "-")
            yield _case(label, by(ministry(code, name), label, kind), (i + k) % 3, NO_CODE, kind, agency=code)
    special = (
        (
            offices.ACEH,
            ("Qanun Aceh Nomor 4 Tahun 2018 menjadi dasar pelayanan perizinan.", "Gampong dan mukim dilibatkan."),
        ),
        (
            offices.ACEH_BESAR,
            ("Keuchik gampong Lamteuba menghadiri kegiatan.", "Pemerintah Aceh memberikan pembinaan."),
        ),
        (offices.AGAM, ("Wali nagari Matua Hilia menerima sosialisasi izin.", "Nagari di Provinsi Sumatera Barat.")),
        (
            offices.TANGGAMUS,
            ("Pekon Gisting Atas menjadi lokasi layanan keliling.", "Kepala pekon dari Kecamatan Wonosobo hadir."),
        ),
        (
            offices.MANOKWARI,
            ("Distrik Warmare dan Distrik Prafi menjadi lokasi layanan.", "Kampung Umbui dikunjungi petugas."),
        ),
        (offices.KUKAR, ("Kampung dan desa di Kutai Kartanegara dilayani.",)),
        (offices.JAKARTA, ("Pemprov DKI Jakarta melayani izin melalui Jakevo.",)),
        (offices.TOBA, ("Kabupaten Toba Samosir kini bernama Kabupaten Toba.",)),
        (offices.JATENG, ("Kabupaten dan kota di Jawa Tengah dibina.",)),
        (offices.KOTABARU, ("Kabupaten Kota Baru Provinsi Kalimantan Selatan.",)),
    )
    for i, (where, words) in enumerate(special):
        for k, kind in enumerate(("surat", "laporan", "notulen")):
            label = f"{kind} {where.region} {k}"
            yield _case(label, by(where, label, kind).more(*words), (i + k) % 3, NO_CODE, kind, agency=where.code)


def _both() -> Iterator[Case]:
    """Papers on the claimed sub-action and on others too, and papers on the whole plan."""
    for i, other in enumerate(("9-a", "9-b", "9-c", "7-a", "6-a", "10-a")):
        label = f"laporan tentang 1-a dan {other}"
        second = bases.paper(f"{label} b", "laporan", other)
        yield _case(label, bases.paper(label).more(*second.body[2:5]), i % 2, NO_CODE, "laporan")
    for i, (item, t) in enumerate(TOPICS.items()):
        if item in ("2-a", "3-a"):
            continue
        label = f"laporan seluruh aksi diajukan untuk {item}"
        lines = tuple(f"Sub-aksi {k}: {x.about}, berjalan sesuai rencana." for k, x in TOPICS.items())
        paper = report(chance.rng(label), t, own(2))
        yield _case(
            label,
            replace(paper, title=("LAPORAN AKSI PENCEGAHAN KORUPSI",), body=(*lines, *paper.body[-3:])),
            i % 2,
            NO_CODE,
            "laporan",
            item=item,
        )
    for i in range(6):
        label = f"undangan umum tanpa pokok {i}"
        paper = bases.paper(label, "surat")
        body = (
            "Nomor: 005/" + str(210 + i),
            "Hal: Undangan",
            "Mengharap kehadiran Saudara pada rapat koordinasi aksi pencegahan korupsi, Selasa, "
            f"{5 + i} Mei 2020 pukul 09.00 WIB di Graha Bumi Phala.",
            "Demikian atas kehadirannya disampaikan terima kasih.",
        )
        yield _case(label, replace(paper, body=body), i % 5, NO_CODE, "surat")
