"""Files that must be refused before they are opened: bombs, nests, entities, too many pages or pixels."""

import functools
import io
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from . import bases, rawpdf, scans
from .case import Case
from .office import unzipped, zipped

_MIB = 1 << 20


@functools.cache
def _zeros(mib: int) -> tuple[bytes, int]:
    """mib MiB of zeros, deflated, from one block said again and again; and their checksum."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = pack.compress(b"\0" * _MIB) + pack.flush(zlib.Z_FULL_FLUSH)
    crc, chunk = 0, b"\0" * _MIB
    for _ in range(mib):
        crc = zlib.crc32(chunk, crc)
    return block * mib + b"\x03\0", crc


def bomb(names: list[str], mib: int, first: dict[str, bytes] | None = None) -> bytes:
    """A ZIP whose named entries each unfold to mib MiB; `first` are ordinary entries before them."""
    data, crc = _zeros(mib)
    out, table = bytearray(), bytearray()
    entries = [(n, zlib.compress(d, 9, -15), zlib.crc32(d), len(d)) for n, d in (first or {}).items()]
    entries += [(n, data, crc, mib * _MIB) for n in names]
    for name, packed, check, size in entries:
        raw = name.encode()
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0x4BD2, 0x50B2, check, len(packed), size, len(raw), 0)
        table += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + raw
        out += b"PK\x03\x04" + common + raw + packed
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(table), len(out), 0)
    return bytes(out + table + end)


def overlapping(count: int, mib: int) -> bytes:
    """Many names in the table of contents for the one body."""
    data, crc = _zeros(mib)
    raw = b"a.txt"
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0x4BD2, 0x50B2, crc, len(data), mib * _MIB, len(raw), 0)
    body = b"PK\x03\x04" + common + raw + data
    table = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"%05d" % i
        for i in range(count)
    )
    return body + table + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(table), len(body), 0)


def _in_docx(part: str) -> bytes:
    parts = unzipped(bases.docx("dasar bom"))
    parts.pop(part, None)
    return bomb([part], 700, parts)


def _in_xlsx(part: str) -> bytes:
    parts = unzipped(bases.xlsx("dasar bom"))
    parts.pop(part, None)
    return bomb([part], 700, parts)


def nest(depth: int) -> bytes:
    """A ZIP in a ZIP in a ZIP …; depth counts the ZIPs."""
    data = zipped({"laporan.txt": b"Laporan triwulan\r\n" * 20})
    for i in range(depth - 1):
        data = zipped({f"arsip {i}.zip": data, "baca.txt": b"Buka arsip di dalam."})
    return data


_DOCTYPE = b'<!DOCTYPE lolz [<!ENTITY a "laporan">%s]>'
_LAUGH = b"".join(b'<!ENTITY a%d "%s">' % (i, (b"&a%d;" % (i - 1) if i > 1 else b"&a;") * 10) for i in range(1, 9))
_FILE = b'<!ENTITY b SYSTEM "file:///etc/hostname">'


def with_entities(data: bytes, part: str, declared: bytes) -> bytes:
    parts = unzipped(data)
    xml = parts[part]
    head, _, rest = xml.partition(b"?>")
    parts[part] = head + b"?>" + _DOCTYPE % declared + rest
    return zipped(parts)


@functools.cache
def many_pages(count: int) -> bytes:
    """Each page is an object of its own; all show the same words."""
    content = rawpdf.text_page(rawpdf.lines(bases.paper("halaman banyak"))[:20])
    kids = b" ".join(b"%d 0 R" % i for i in range(5, 5 + count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /MediaBox [0 0 595 842] /Resources << /Font "
        b"<< /F1 3 0 R >> >> /Kids [%s] >>" % (count, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        rawpdf.stream(content),
    ]
    return rawpdf.assemble(objects + [b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"] * count)


def huge(kind: str, w: int, h: int, mode: str = "1") -> bytes:
    """A very large, nearly empty picture; one corner is dark."""
    image = Image.new(mode, (w, h), 1 if mode == "1" else 200)
    image.paste(0, (0, 0, w // 3, h // 3))
    out = io.BytesIO()
    options = {
        "TIFF": {"compression": "group4"},
        "JPEG": {"quality": 20},
        "WEBP": {"lossless": True, "method": 0, "quality": 0},
    }.get(kind, {})
    image.save(out, kind, **options)
    return out.getvalue()


def cases() -> Iterator[Case]:
    bombs: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("data dukung.zip", lambda: bomb(["laporan.txt"], 1500)),
        ("arsip foto.zip", lambda: bomb([f"{i}.bmp" for i in range(6)], 500)),
        ("bukti.zip", lambda: overlapping(300, 60)),
        ("Laporan.docx", lambda: _in_docx("word/document.xml")),
        ("Notulen.docx", lambda: _in_docx("word/media/image1.bmp")),
        ("Rekap.xlsx", lambda: _in_xlsx("xl/worksheets/sheet1.xml")),
        ("Data.xlsx", lambda: _in_xlsx("xl/sharedStrings.xml")),
    )
    for name, build in bombs:
        yield Case(f"bom arsip {name}", name, build, bases.codes("archive_bomb"))
    for depth in (4, 5, 6, 9):
        yield Case(
            f"arsip {depth} tingkat", f"lampiran {depth}.zip", lambda n=depth: nest(n), bases.codes("nested_archive")
        )
    for kind, base, part in (
        ("docx", bases.docx, "word/document.xml"),
        ("docx", bases.docx, "word/styles.xml"),
        ("xlsx", bases.xlsx, "xl/workbook.xml"),
        ("xlsx", bases.xlsx, "xl/worksheets/sheet1.xml"),
        ("odt", bases.odt, "content.xml"),
        ("ods", bases.ods, "content.xml"),
    ):
        for word, declared in (("berlipat", _LAUGH), ("dari luar", _FILE)):
            yield Case(
                f"entitas {word} di {part} ({kind})",
                f"dokumen.{kind}",
                lambda b=base, p=part, d=declared: with_entities(b("dasar entitas"), p, d),
                bases.codes("xml_entities"),
            )
    for count in (10_001, 10_500, 12_000, 20_000):
        yield Case(
            f"PDF {count} halaman",
            "buku besar.pdf",
            lambda n=count: many_pages(n),
            bases.codes("too_many_pages"),
            kind="",
        )
    for kind, name, w, h in (
        ("PNG", "pindai.png", 9500, 9000),
        ("TIFF", "surat.tif", 9000, 9001),
        ("JPEG", "foto.jpg", 9100, 9000),
        ("PNG", "spanduk.png", 30000, 3000),
        ("WEBP", "foto.webp", 9200, 9000),
    ):
        yield Case(
            f"gambar {w}x{h} {kind}",
            name,
            lambda k=kind, x=w, y=h: huge(k, x, y, "L" if k == "JPEG" else "RGB" if k == "WEBP" else "1"),
            bases.codes("too_many_pixels"),
        )
    for kind, name, w, h in (("TIFF", "peta.tif", 13000, 12000), ("PNG", "peta kawasan.png", 16000, 10000)):
        yield Case(
            f"peta {w}x{h} {kind}", name, lambda k=kind, x=w, y=h: huge(k, x, y), bases.codes("too_many_pixels"), "peta"
        )
    yield from _honest()


def _honest() -> Iterator[Case]:
    """Large, deep or long, and still to be opened."""
    yield Case("PDF 600 halaman", "buku.pdf", lambda: many_pages(600), kind="")
    yield Case("arsip dalam arsip, dua tingkat", "lampiran.zip", lambda: nest(2))
    yield Case("arsip satu tingkat", "lampiran.zip", lambda: nest(1))
    yield Case(
        "arsip berisi PDF dan gambar",
        "data dukung.zip",
        lambda: zipped(
            {
                "laporan.pdf": bases.pdf("dalam arsip"),
                "foto/rapat.jpg": bases.page_jpg("dalam arsip"),
                "rekap.csv": bases.csv("dalam arsip"),
            }
        ),
    )
    yield Case(
        "lembar 4000 baris yang mirip",
        "rekap panjang.xlsx",
        lambda: bases.xlsx("lembar panjang", count=4000),
        kind="data",
    )
    yield Case("peta 108 megapiksel", "peta besar.tif", big_enough_for_maps, kind="peta", item="2-a")
    yield Case("kata ENTITY di dalam teks", "panduan.docx", lambda: _speaks_of_entities())


def _speaks_of_entities() -> bytes:
    from . import office

    paper = bases.paper("teks entitas").more("Panduan teknis: berkas XML tidak boleh memuat <!ENTITY atau <!DOCTYPE.")
    return office.docx(paper)


def big_enough_for_maps() -> bytes:
    """A map of 100 megapixels is within what is allowed to a map."""
    page = scans.sheet(bases.paper("peta besar", item="2-a"), 150)
    return scans.saved(page.resize((9000, 12000)).convert("1"), "TIFF", compression="group4")
