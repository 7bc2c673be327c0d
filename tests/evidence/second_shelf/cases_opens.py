"""Files cut off, broken, or damaged but still to be seen."""

import io
import re
import struct
import zlib
from collections.abc import Iterator

import pikepdf

from . import bases, chance, photos, rawpdf, scans
from .case import Case
from .office import unzipped, zipped
from .readings import NO_CODE


def begun(data: bytes, part: float) -> bytes:
    """The first part of the file only, as a broken upload leaves it."""
    return data[: int(len(data) * part)]


def pages_last(data: bytes) -> bytes:
    """The PDF with its pages in compressed object streams at the end, so that a cut takes them all away."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def without_end(data: bytes, keep: str) -> bytes:
    """The PDF without its last lines; `keep` tells how much of the table stays."""
    at = {"trailer": data.rindex(b"startxref"), "table": data.rindex(b"trailer"), "objects": data.rindex(b"xref\n0 ")}[
        keep
    ]
    return data[:at]


def update_cut(data: bytes) -> bytes:
    """A whole PDF with an update behind it that ends in the middle."""
    return data + b"900 0 obj\n<< /Type /Annot /Subtype /Text /Contents (catatan) /Rect [0 0 "


def wrong_places(data: bytes) -> bytes:
    """The end is there but the table points beside the objects, and the last lines are gone."""
    head, table = data[: data.rindex(b"xref\n0 ")], data[data.rindex(b"xref\n0 ") :]
    moved = re.sub(rb"\d{10} 00000 n", lambda m: b"%010d 00000 n" % (int(m[0][:10]) + 7), table)
    return head + moved[: moved.index(b"startxref")]


def bad_deflate(data: bytes, part: str) -> bytes:
    """The ZIP's table is whole, but the bytes of one part are not what was packed."""
    name = part.encode()
    at = data.index(name) + len(name)
    return data[:at] + b"\xff" * 400 + data[at + 400 :]


def without(data: bytes, part: str) -> bytes:
    parts = unzipped(data)
    del parts[part]
    return zipped(parts)


def bad_xml(data: bytes, part: str) -> bytes:
    parts = unzipped(data)
    parts[part] = parts[part][: len(parts[part]) // 2]
    return zipped(parts)


def bad_png() -> bytes:
    """A PNG whose size is nonsense and whose data is no data; the end is there."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 0, 8, 9, 0, 0, 0))
        + chunk(b"IDAT", b"\x01" * 90)
        + chunk(b"IEND", b"")
    )


def noise(label: str, count: int) -> bytes:
    return chance.rng(label).randbytes(count)


def cases() -> Iterator[Case]:
    yield from _cut()
    yield from _broken()
    yield from _damaged()
    yield from _honest()


def _cut() -> Iterator[Case]:
    said = bases.codes("cut_off")
    for part in (0.15, 0.3, 0.5, 0.7):
        yield Case(
            f"PDF terpotong {part}",
            "Laporan TW II.pdf",
            lambda p=part: begun(pages_last(bases.pdf("potong")), p),
            said,
            "laporan",
        )
    for part in (0.2, 0.6):
        yield Case(
            f"pindaian terpotong {part}",
            "scan0007.pdf",
            lambda p=part: begun(pages_last(bases.scan("potong pindai")), p),
            said,
            "surat",
        )
    for part in (0.25, 0.5, 0.8, 0.95):
        yield Case(f"JPG terpotong {part}", "foto.jpg", lambda p=part: begun(photo("jpg potong"), p), said, "foto")
        yield Case(
            f"PNG terpotong {part}", "layar.png", lambda p=part: begun(shot("png potong"), p), said, "tangkapan_layar"
        )
        yield Case(f"Word terpotong {part}", "Notulen.docx", lambda p=part: begun(bases.docx("docx potong"), p), said)
        yield Case(
            f"Excel terpotong {part}", "Rekap.xlsx", lambda p=part: begun(bases.xlsx("xlsx potong"), p), said, "data"
        )
        yield Case(
            f"ZIP terpotong {part}",
            "arsip.zip",
            lambda p=part: begun(zipped({"a.pdf": bases.pdf("zip potong")}), p),
            said,
        )


def _broken() -> Iterator[Case]:
    said = bases.codes("not_readable")
    for i, (name, base, part) in enumerate(
        (
            ("Surat.docx", bases.docx, "word/document.xml"),
            ("Rekap.xlsx", bases.xlsx, "xl/workbook.xml"),
            ("Telaah.odt", bases.odt, "content.xml"),
            ("Rekap.ods", bases.ods, "content.xml"),
        )
    ):
        yield Case(f"bagian utama hilang {name}", name, lambda b=base, p=part: without(b("hilang"), p), said)
        yield Case(f"XML terputus {name}", name, lambda b=base, p=part: bad_xml(b("terputus"), p), said)
        if i < 2:
            yield Case(f"isi arsip rusak {name}", name, lambda b=base, p=part: bad_deflate(b("rusak"), p), said)
    yield Case(
        "PDF hanya kepala dan derau",
        "laporan.pdf",
        lambda: b"%PDF-1.5\n" + noise("pdf", 9000) + b"\nstartxref\n40\n%%EOF\n",
        said,
        "laporan",
    )
    yield Case(
        "PDF tanpa katalog",
        "surat.pdf",
        lambda: rawpdf.assemble([b"<< /Type /Apa >>", b"<< /Kosong true >>"]),
        said,
        "surat",
    )
    yield Case(
        "PDF tanpa halaman",
        "lampiran.pdf",
        lambda: rawpdf.assemble([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"]),
        said,
        "laporan",
    )
    yield Case("PNG rusak", "foto.png", lambda: bad_png(), said, "foto")


def _damaged() -> Iterator[Case]:
    said = bases.codes("damaged")
    for keep in ("trailer", "table", "objects"):
        for kind in ("laporan", "surat", "berita_acara"):
            yield Case(
                f"PDF tanpa akhir ({keep}) {kind}",
                f"{kind}.pdf",
                lambda k=keep, d=kind: without_end(bases.plain_pdf(f"akhir {d}", d), k),
                said,
                kind,
            )
    for kind in ("laporan", "notulen"):
        yield Case(
            f"PDF dengan tambahan yang terputus {kind}",
            f"{kind} tambahan.pdf",
            lambda d=kind: update_cut(bases.plain_pdf(f"tambah {d}", d)),
            said,
            kind,
        )
        yield Case(
            f"PDF dengan daftar isi meleset dan tanpa akhir {kind}",
            f"{kind} meleset.pdf",
            lambda d=kind: wrong_places(bases.plain_pdf(f"meleset {d}", d)),
            said,
            kind,
        )
    yield Case(
        "pindaian tanpa akhir",
        "scan tanpa akhir.pdf",
        lambda: without_end(bases.scan("akhir pindai"), "table"),
        said,
        "surat",
    )


def photo(label: str) -> bytes:
    return scans.jpeg(photos.scene(chance.rng(label), (1280, 960)), 65)


def shot(label: str) -> bytes:
    r = chance.rng(label)
    return scans.saved(
        photos.screenshot(
            r,
            "https://oss.go.id/portal",
            "Daftar Permohonan",
            [["No", "Izin", "Status"], ["1", "Izin Lokasi", "Selesai"], ["2", "Izin Usaha", "Proses"]],
            clock="13:20 12/05/2020",
        ),
        "PNG",
    )


def _honest() -> Iterator[Case]:
    """Whole files with ends that look odd."""
    for i, tail in enumerate((b"\r\n", b"\n\n\n", b"\0" * 700, b" " * 90)):
        yield Case(
            f"PDF dengan akhiran kosong {i}",
            f"surat {i}.pdf",
            lambda t=tail, n=i: bases.plain_pdf(f"ekor {n}", "surat") + t,
            NO_CODE,
            "surat",
        )
    yield Case(
        "PDF diawali baris kosong",
        "laporan.pdf",
        lambda: b"\r\n\r\n" + bases.plain_pdf("awal kosong"),
        NO_CODE,
        "laporan",
    )
    yield Case(
        "PDF yang diperbarui utuh", "laporan.pdf", lambda: updated(bases.plain_pdf("perbarui")), NO_CODE, "laporan"
    )
    yield Case(
        "JPG progresif",
        "foto.jpg",
        lambda: scans.jpeg(photos.scene(chance.rng("progresif")), 60, progressive=True),
        NO_CODE,
        "foto",
    )


def updated(data: bytes, note: str = "sudah diperiksa") -> bytes:
    """A correct incremental update that only adds document information."""
    size = int(re.findall(rb"/Size (\d+)", data)[-1])
    back = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    at = len(data)
    body = b"%d 0 obj\n<< /Title (%s) >>\nendobj\n" % (size, note.encode())
    table = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n"
        b"<< /Size %d /Root 1 0 R /Info %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, at, size + 1, size, back, at + len(body))
    )
    return data + body + table
