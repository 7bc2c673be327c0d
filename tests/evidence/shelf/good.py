"""Honest files in the shapes that agencies really send. No check may accuse any of them."""

import zipfile
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.evidence import samples
from tests.evidence.shelf import office, paper, picture
from tests.evidence.shelf.case import Case

HEADS = (
    "PEMERINTAH KABUPATEN TEMANGGUNG",
    "PEMERINTAH PROVINSI JAWA TENGAH",
    "PEMERINTAH ACEH - QANUN KABUPATEN PIDIE",
    "PEMERINTAH KOTA PARIAMAN - NAGARI SUNUR",
    "PEMERINTAH KABUPATEN JAYAPURA - DISTRIK SENTANI",
    "KEMENTERIAN PENDIDIKAN DAN KEBUDAYAAN",
    "KEMENTERIAN RISET DAN TEKNOLOGI/BADAN RISET DAN INOVASI NASIONAL",
)
TAILS = (
    "Ditetapkan di Temanggung pada tanggal 3 Maret 2017",  # older than the quarter, and in force
    "Temanggung, 10 Juli 2020",  # after the end of the quarter, before the due instant
    "Salinan sesuai dengan aslinya, Kepala Bagian Hukum, ttd",
    "Bupati Temanggung, ttd. Sekretaris Daerah, ttd.",
    "tanggal dua puluh bulan Juni tahun dua ribu dua puluh",
)
SIGNED_KINDS = ("keputusan", "peraturan", "surat", "berita_acara", "perjanjian")


def cases() -> Iterator[Case]:
    yield from _typed()
    yield from _scans()
    yield from _odd_pdfs()
    yield from _worksheets()
    yield from _documents()
    yield from _pictures()
    yield from _tables()


def _typed() -> Iterator[Case]:
    producers = ("LibreOffice 6.4", "Microsoft: Print To PDF", "iText 2.1.7", "TCPDF 6.3.2", "Skia/PDF m83")
    for seed in range(40):
        head, tail = HEADS[seed % 7], TAILS[seed % 5]
        yield Case(
            f"typed paper, {tail[:30]}",
            f"dokumen-{seed}.pdf",
            lambda seed=seed, head=head, tail=tail: paper.typed(
                [paper.lines(seed * 9 + page, head=head, tail=tail) for page in range(1 + seed % 4)],
                producer=producers[seed % 5],
                object_stream_mode=pikepdf.ObjectStreamMode(seed % 3),
                linearize=seed % 4 == 1,
            ),
            kind=SIGNED_KINDS[seed % 5],
        )


def _scans() -> Iterator[Case]:
    for seed in range(36):
        look = {
            "dpi": (120, 150, 200, 300)[seed % 4],
            "ground": (255, 235, 205)[seed % 3],
            "noise": (0, 15, 40)[seed % 3],
            "angle": (0, 1.2, -2.5)[seed % 3],
        }
        yield Case(
            "scanned letter" if look["noise"] < 40 else "old scanned letter",
            f"pindaian-{seed}.pdf",
            lambda seed=seed, look=look: paper.scanned(
                [paper.sheet(paper.lines(seed), **look, seed=seed)], quality=30 + seed
            ),
            kind=SIGNED_KINDS[seed % 5],
        )
    for seed in range(8):  # a short letter: few words on a wide page
        words = [HEADS[seed % 7], "", "Laporan diterima.", "", "ttd"]
        yield Case(
            "scan with few words",
            f"disposisi-{seed}.pdf",
            lambda words=words, seed=seed: paper.scanned([paper.sheet(words, dpi=150, noise=10, seed=seed)]),
            kind="surat",
        )
    for seed in range(8):  # a written paper with an empty back
        yield Case(
            "scan with an empty back page",
            f"bolak-balik-{seed}.pdf",
            lambda seed=seed: paper.scanned([paper.sheet(paper.lines(seed)), paper.sheet([], noise=8, seed=seed)]),
            kind="surat",
        )


def _odd_pdfs() -> Iterator[Case]:
    def odd(label: str, name: str, build, kind: str = "laporan") -> Case:
        return Case(label, f"{name}.pdf", build, kind=kind)

    for seed in range(6):
        whole = paper.decree(seed)
        yield odd("blank line before the head", f"spasi-{seed}", lambda whole=whole: b"\r\n" + whole)
        yield odd("printer commands around", f"pjl-{seed}", lambda whole=whole: b"\x1b%-12345X@PJL\r\n" + whole)
        yield odd("zeros behind the end", f"nol-{seed}", lambda whole=whole: whole + b"\0" * 3000)
        yield odd("printing forbidden", f"cetak-{seed}", lambda seed=seed: _owner_only(seed))
        yield odd("links to web pages", f"tautan-{seed}", lambda whole=whole: paper.changed(whole, _with_links))
        yield odd("form without scripts", f"isian-{seed}", lambda whole=whole: paper.changed(whole, _with_form))
        yield odd("table of contents", f"daftar-isi-{seed}", lambda whole=whole: paper.changed(whole, _with_outline))
        yield odd("landscape", f"lanskap-{seed}", lambda seed=seed: paper.typed([paper.lines(seed)], size=(842, 595)))
    for pages in (40, 120, 300):
        yield odd("thick report", f"tebal-{pages}", lambda pages=pages: paper.decree(pages=pages))
    for seed in range(4):
        yield odd("photos in a PDF", f"album-{seed}", lambda seed=seed: _album(seed), kind="foto")


def _owner_only(seed: int) -> bytes:
    return paper.decree(seed, encryption=pikepdf.Encryption(user="", owner="rahasia"))


def _with_links(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://jdih.example.go.id/perbup-12-2020")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 200, 80]), A=action)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(link)])


def _with_form(pdf: pikepdf.Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="nama", V="Budi", Rect=Array([60, 60, 200, 80])
    )
    field = pdf.make_indirect(field)
    pdf.pages[0].obj["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))


def _with_outline(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(f"Bab {number + 1}", number) for number in range(len(pdf.pages)))


def _album(seed: int) -> bytes:
    with pikepdf.new() as pdf:
        for number in range(2):
            paper.add_scan(pdf, picture.scene(1280, 960, seed + number), box=(50, 300, 495, 371))
        return paper.saved(pdf)


def _worksheets() -> Iterator[Case]:
    looks = ({}, {"formulas": True}, {"chart": True}, {"protected": True}, {"sheets": 4, "hidden": True})
    for seed in range(45):
        rows = (5, 40, 400, 1500)[seed % 4]
        look = looks[seed % 5]
        yield Case(
            f"worksheet, {', '.join(look) or 'plain'}",
            f"kertas-kerja-{seed}.xlsx",
            lambda seed=seed, rows=rows, look=look: office.worksheet(seed, rows, **look),
            kind="data",
        )
    for seed in range(10):
        yield Case(
            "LibreOffice worksheet",
            f"rekap-{seed}.ods",
            lambda seed=seed: office.open_document("spreadsheet", seed),
            kind="data",
        )
        yield Case("old Excel workbook", f"lama-{seed}.xls", lambda seed=seed: office.old_book(), kind="data")


def _documents() -> Iterator[Case]:
    hyperlink = office.relations(("hyperlink", "https://example.go.id/a?b=1", True), ("styles", "styles.xml", False))
    template = office.relations(("attachedTemplate", "file:///C:\\Users\\Staf\\Templates\\Surat.dotx", True))
    field = f'<w:p xmlns:w="{office.WORD}"><w:fldSimple w:instr=" PAGE "/></w:p>'
    for seed in range(12):
        yield Case("Word document", f"notulen-{seed}.docx", lambda seed=seed: office.document(seed))
        yield Case(
            "with web links",
            f"tautan-{seed}.docx",
            lambda seed=seed: office.document(seed, body=field, parts={"word/_rels/document.xml.rels": hyperlink}),
        )
        yield Case(
            "with a template of the own machine",
            f"templat-{seed}.docx",
            lambda seed=seed: office.document(seed, parts={"word/_rels/settings.xml.rels": template}),
        )
        yield Case(
            "with a worksheet inside",
            f"grafik-{seed}.docx",
            lambda seed=seed: office.document(
                seed, parts={"word/embeddings/Microsoft_Excel_Sheet.xlsx": office.worksheet(seed, 5)}
            ),
        )
        yield Case("LibreOffice text", f"surat-{seed}.odt", lambda seed=seed: office.open_document("text", seed))
        yield Case("slides", f"paparan-{seed}.pptx", lambda seed=seed: office.slides(seed))


def _pictures() -> Iterator[Case]:
    whatsapp = ((1280, 960), (1600, 1200), (1032, 581), (1280, 720), (960, 1280))
    for seed in range(30):
        size = whatsapp[seed % 5]
        yield Case(
            "photo from WhatsApp, no EXIF",
            f"IMG-20200620-WA{seed:04}.jpg",
            lambda seed=seed, size=size: picture.saved(picture.scene(*size, seed), quality=50 + seed),
            kind="foto",
        )
    for seed in range(8):
        yield Case(
            "photo of a phone held upright",
            f"IMG_{seed}.jpg",
            lambda seed=seed: picture.turned(picture.scene(2400, 1800, seed)),
            kind="foto",
        )
        yield Case(
            "photo with a film behind it",
            f"MVIMG_{seed}.jpg",
            lambda seed=seed: (
                picture.saved(picture.scene(1280, 960, seed)) + b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40
            ),
            kind="foto",
        )
        yield Case(
            "photo with a second picture behind it",
            f"DSC_{seed}.jpg",
            lambda seed=seed: (
                picture.saved(picture.scene(1600, 900, seed)) + picture.saved(picture.scene(160, 90, seed))
            ),
            kind="foto",
        )
        yield Case(
            "letter photographed at an angle",
            f"surat-{seed}.jpg",
            lambda seed=seed: picture.saved(
                paper.sheet(paper.lines(seed), dpi=150, ground=215, noise=30, angle=7 + seed, seed=seed)
            ),
            kind="surat",
        )
        yield Case(
            "black and white scan",
            f"hitam-putih-{seed}.tif",
            lambda seed=seed: picture.saved(
                paper.sheet(paper.lines(seed), dpi=200).convert("1"), "TIFF", compression="group4"
            ),
            kind="surat",
        )
    for seed in range(20):
        size = ((1366, 768), (1920, 1080), (720, 1280), (1024, 600))[seed % 4]
        kind = ("PNG", "WEBP")[seed % 2]
        yield Case(
            "screenshot",
            f"layar-{seed}.{kind.lower()}",
            lambda seed=seed, size=size, kind=kind: picture.saved(picture.screen(*size, seed), kind),
            kind="tangkapan_layar",
        )
    for seed in range(6):
        yield Case(
            "map",
            f"peta-{seed}.png",
            lambda seed=seed: picture.saved(picture.screen(2400, 1800, seed), "PNG"),
            kind="peta",
        )


def _tables() -> Iterator[Case]:
    for seed in range(10):
        rows = [("Nomor", "Uraian", "Nilai")] + [(n, f"=SUM(C{n})", f"-{seed}|{n}") for n in range(1, 30)]
        yield Case("table as CSV", f"data-{seed}.csv", lambda rows=rows: samples.csv_table(rows), kind="data")
        yield Case(
            "archive",
            f"lampiran-{seed}.zip",
            lambda seed=seed: office.zipped({"a.pdf": paper.decree(seed), "b/b.docx": office.document(seed)}),
        )
    for seed in range(3):
        yield Case(
            "archive that packs nothing",
            f"arsip-{seed}.zip",
            lambda seed=seed: office.zipped(
                {"a.txt": "isi", "a.pdf": paper.decree(seed), "b.pdf": paper.decree(seed + 9)},
                method=zipfile.ZIP_STORED,
            ),
        )
    yield Case("text", "catatan.txt", samples.text)
