"""Names that promise another type, types that cannot serve the kind, archives, and files where a link is asked for."""

from collections.abc import Callable, Iterator

from . import bases, chance, office, photos, scans
from .archives import pptx, rar, seven_zip
from .bases import codes
from .case import Case
from .office import zipped
from .readings import MISNAMED_AND_UNFIT, NO_CODE

Build = Callable[[], bytes]


def slides(label: str = "paparan") -> bytes:
    p = bases.paper(label)
    return pptx([list(p.title), [b for b in p.body if isinstance(b, str)][:4], list(p.head)])


def png(label: str) -> bytes:
    return scans.saved(photos.field(chance.rng(label), (800, 600)), "PNG")


def jpg(label: str) -> bytes:
    return scans.jpeg(photos.scene(chance.rng(label), (1280, 960)), 65)


def webp(label: str) -> bytes:
    return scans.saved(photos.field(chance.rng(label), (1100, 820)), "WEBP", quality=60)


def tiff(label: str) -> bytes:
    return scans.saved(photos.field(chance.rng(label), (900, 700)), "TIFF", compression="jpeg")


def html_as_xls(label: str) -> bytes:
    """What many web applications call an Excel export."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in bases.recap_rows(chance.rng(label))
    )
    return f"<html><head><meta charset=utf-8></head><body><table border=1>{rows}</table></body></html>".encode()


def _misnamed() -> Iterator[tuple[str, Build, str, frozenset[str]]]:
    only = codes("wrong_ending")
    yield "SK Satgas.pdf", lambda: bases.docx("nama 1", "surat"), "", only
    yield "Laporan.pdf", lambda: bases.xlsx("nama 2"), "", only
    yield "Surat.docx", lambda: bases.pdf("nama 3", "surat"), "surat", only
    yield "Notulen.doc", lambda: bases.pdf("nama 4", "notulen"), "notulen", only
    yield "Berita Acara.pdf", lambda: bases.page_jpg("nama 5", "berita_acara"), "berita_acara", only
    yield "daftar hadir.pdf", lambda: bases.page_jpg("nama 6", "daftar_hadir"), "daftar_hadir", only
    yield "Rekap.xlsx", lambda: bases.ods("nama 7"), "data", only
    yield "Rekap.ods", lambda: bases.xlsx("nama 8"), "data", only
    yield "foto kegiatan.jpg", lambda: bases.pdf("nama 9", "surat"), "foto", only
    yield "Telaah.odt", lambda: bases.docx("nama 10"), "", only
    yield "ekspor.xls", lambda: html_as_xls("nama 11"), "", only
    yield "SK Tim.pdf", lambda: bases.docx("nama 12", "surat"), "keputusan", MISNAMED_AND_UNFIT
    yield "Perjanjian.pdf", lambda: bases.odt("nama 13", "surat"), "perjanjian", MISNAMED_AND_UNFIT
    yield "Paparan.pdf", lambda: slides("nama 14"), "", only
    yield (
        "peta.pdf",
        lambda: scans.saved(photos.chart(chance.rng("nama 15"), "PETA RENCANA", (1600, 1100)), "PNG"),
        "peta",
        only,
    )


def _other_image() -> Iterator[tuple[str, Build, str]]:
    for i, (name, build) in enumerate(
        (
            ("foto.jpg", png),
            ("IMG_2031.png", jpg),
            ("IMG-20200513-WA0011.jpg", webp),
            ("foto rapat.jpeg", webp),
            ("dokumentasi.webp", jpg),
            ("kegiatan.webp", png),
            ("lapangan.png", webp),
            ("Rapat 1.JPG", png),
        )
    ):
        yield name, lambda b=build, n=i: b(f"gambar lain {n}"), "foto"
    yield "peta.tif", lambda: jpg("peta tif"), ""
    yield "scan.jpg", lambda: tiff("scan tiff"), ""


def _unfit() -> Iterator[tuple[str, Build, str]]:
    for kind in (
        "keputusan",
        "peraturan",
        "surat",
        "berita_acara",
        "sop",
        "daftar_hadir",
        "sertifikat",
        "perjanjian",
        "surat_pernyataan",
    ):
        yield f"{kind}.docx", lambda k=kind: bases.docx(f"unfit {k}", "surat"), kind
    yield "SK.xlsx", lambda: bases.xlsx("unfit sk"), "keputusan"
    yield "Daftar Hadir.xlsx", lambda: bases.xlsx("unfit hadir"), "daftar_hadir"
    yield "Surat.odt", lambda: bases.odt("unfit surat", "surat"), "surat"
    yield "Rekap.pdf", lambda: bases.pdf("unfit data"), "data"
    yield "Rekap.docx", lambda: bases.docx("unfit data2"), "data"
    yield "Rekap.jpg", lambda: bases.page_jpg("unfit data3", "laporan"), "data"
    yield "Dokumentasi.docx", lambda: bases.docx("unfit foto"), "foto"
    yield "Dokumentasi.pptx", lambda: slides("unfit foto2"), "foto"
    yield "foto.tif", lambda: tiff("unfit foto3"), "foto"
    yield "layar.xlsx", lambda: bases.xlsx("unfit layar"), "tangkapan_layar"
    yield "peta.xlsx", lambda: bases.xlsx("unfit peta", "2-a"), "peta"


def _unsigned() -> Iterator[tuple[str, Build, str]]:
    for kind in ("laporan", "rencana", "notulen"):
        yield f"{kind}.docx", lambda k=kind: bases.docx(f"unsigned {k}", k), kind
        yield f"{kind} 2.docx", lambda k=kind: bases.docx(f"unsigned2 {k}", k), kind
        yield f"{kind}.xlsx", lambda k=kind: bases.xlsx(f"unsigned {k}"), kind
        yield f"{kind}.pptx", lambda k=kind: slides(f"unsigned {k}"), kind


def _archives() -> Iterator[tuple[str, Build, str]]:
    for i, kind in enumerate(("laporan", "keputusan", "foto", "data", "notulen", "surat", "peta", "berita_acara")):
        yield (
            f"{kind}.zip",
            lambda k=kind, n=i: zipped({f"{k}.pdf": bases.pdf(f"arsip {n}"), f"{k}.jpg": jpg(f"arsip {n}")}),
            kind,
        )
    for kind in ("laporan", "daftar_hadir", "foto"):
        yield f"{kind}.rar", lambda k=kind: rar(f"{k}.csv", bases.csv(f"rar {k}")), kind
        yield f"{kind}.7z", lambda k=kind: seven_zip(f"{k}.csv", bases.csv(f"7z {k}")), kind


def _for_links() -> Iterator[tuple[str, Build]]:
    yield "halaman.pdf", lambda: bases.pdf("tautan 1")
    yield "tautan.docx", lambda: bases.docx("tautan 2")
    yield "layar JDIH.jpg", lambda: jpg("tautan 3")
    yield "rekap.xlsx", lambda: bases.xlsx("tautan 4")
    yield "layar.png", lambda: png("tautan 5")
    yield "Pedoman.odt", lambda: bases.odt("tautan 6")


def _item(kind: str) -> str:
    """Maps are asked for where the sub-action is about maps."""
    return "2-a" if kind == "peta" else "1-a"


def cases() -> Iterator[Case]:
    for i, (name, build, kind, said) in enumerate(_misnamed()):
        yield Case(f"akhiran tidak sesuai isi {i}: {name}", name, build, said, kind, item=_item(kind))
    for name, build, kind in _other_image():
        yield Case(f"gambar berakhiran gambar lain: {name}", name, build, codes("other_ending"), kind)
    for name, build, kind in _unfit():
        yield Case(
            f"jenis berkas tidak cocok untuk {kind}: {name}", name, build, codes("wrong_type"), kind, item=_item(kind)
        )
    for name, build, kind in _unsigned():
        yield Case(f"format tanpa tanda tangan: {name}", name, build, codes("unsigned_format"), kind)
    for name, build, kind in _archives():
        yield Case(f"arsip untuk {kind}: {name}", name, build, codes("archive"), kind)
    for name, build in _for_links():
        yield Case(f"berkas untuk tautan: {name}", name, build, codes("file_for_link"), "tautan")
    yield from _honest()


def _honest() -> Iterator[Case]:
    """Names in all the spellings of real offices, with the right content."""
    good: tuple[tuple[str, Build, str], ...] = (
        ("SURAT UNDANGAN.PDF", lambda: bases.pdf("ejaan 1", "surat"), "surat"),
        ("foto.JPEG", lambda: jpg("ejaan 2"), "foto"),
        ("Foto.Jpg", lambda: jpg("ejaan 3"), "foto"),
        ("Laporan.TW.II.2020.pdf", lambda: bases.pdf("ejaan 4"), "laporan"),
        ("BA (1) (1).pdf", lambda: bases.pdf("ejaan 5", "berita_acara"), "berita_acara"),
        ("Surat.docx.pdf", lambda: bases.pdf("ejaan 6", "surat"), "surat"),
        ("rekap.CSV", lambda: bases.csv("ejaan 7"), "data"),
        (
            "peta.TIFF",
            lambda: scans.saved(
                photos.chart(chance.rng("ejaan 8"), "PETA", (2000, 1400)), "TIFF", compression="tiff_lzw"
            ),
            "peta",
        ),
        ("Rekap Izin s.d. 19 Juni.xlsx", lambda: bases.xlsx("ejaan 9"), "data"),
        ("foto.jpe", lambda: jpg("ejaan 10"), "foto"),
        ("IMG-20200512-WA0003.webp", lambda: webp("ejaan 11"), "foto"),
        ("rekap.tsv.csv", lambda: bases.csv("ejaan 12"), "data"),
        ("Catatan.rtf", lambda: office.rtf(bases.paper("ejaan 13")), ""),
        ("Paparan Kepala Dinas.pptx", lambda: slides("ejaan 14"), ""),
        ("SK Nomor 188.45-120 Tahun 2020.pdf", lambda: bases.pdf("ejaan 15", "surat"), "keputusan"),
    )
    for name, build, kind in good:
        yield Case(f"nama dan isi sesuai: {name}", name, build, NO_CODE, kind, item=_item(kind))
