"""Files that swell when they are opened, each small itself."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.evidence.shelf import office, paper, picture
from tests.evidence.shelf.case import Case, bad

LAUGHS = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{}]><worksheet>&l9;</worksheet>'.format(
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'


def cases() -> Iterator[Case]:
    for number, words in enumerate((LAUGHS, OUTSIDE)):
        for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"):
            yield bad(
                "XML bomb in a worksheet",
                f"rekap-{number}.xlsx",
                lambda part=part, words=words: office.with_parts(office.worksheet(), {part: words}),
                "xml_entities",
                kind="data",
            )
        yield bad(
            "XML bomb in a document",
            f"surat-{number}.docx",
            lambda words=words: office.document(parts={"word/document.xml": words}),
            "xml_entities",
        )
        yield bad(
            "XML bomb in UTF-16",
            f"rekap-{number}.ods",
            lambda words=words: office.open_document(
                "spreadsheet",
                parts={"content.xml": words.replace('"1.0"', '"1.0" encoding="utf-16"', 1).encode("utf-16")},
            ),
            "xml_entities",
            kind="data",
        )
    for megabytes in (120, 250, 1200):
        yield bad("archive of zeros", f"nol-{megabytes}.zip", lambda m=megabytes: swollen(m), "archive_bomb")
        yield bad(
            "worksheet of zeros",
            f"nol-{megabytes}.xlsx",
            lambda m=megabytes: swollen(m, "xl/worksheets/sheet1.xml"),
            "archive_bomb",
            kind="data",
        )
    yield bad("entries that share their bytes", "tumpuk.zip", overlapping, "archive_bomb")
    yield bad("very many entries", "banyak.zip", lambda: crowded(40_000), "archive_bomb")
    for depth in (3, 4, 6, 9):
        yield bad("archives in archives", f"lapis-{depth}.zip", lambda depth=depth: nested(depth), "nested_archive")
    for pages in (10_001, 40_000):
        yield bad(
            "endless pages",
            f"halaman-{pages}.pdf",
            lambda pages=pages: endless(pages),
            "too_many_pages",
            kind="laporan",
        )
    for size in ((10_000, 10_000), (30_000, 4_000), (60_000, 60_000)):
        yield bad(
            "giant picture", f"besar-{size[0]}.png", lambda size=size: giant(*size), "too_many_pixels", kind="foto"
        )
    yield bad(
        "giant photo",
        "besar.jpg",
        lambda: picture.saved(picture.scene(12_000, 9_000), quality=30),
        "too_many_pixels",
        kind="foto",
    )
    yield bad("giant map", "peta.png", lambda: giant(20_000, 10_000), "too_many_pixels", kind="peta")
    yield Case("large map within the bound", "peta.png", lambda: giant(9_933, 14_043), kind="peta")


def swollen(megabytes: int, name: str = "nol.bin") -> bytes:
    """Zeros: a thousandth of their size when packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if name.startswith("xl/"):
            archive.writestr("[Content_Types].xml", office.TYPES)
            archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open(name, "w", force_zip64=True) as stream:
            for _ in range(megabytes):
                stream.write(bytes(1_000_000))
    return out.getvalue()


def overlapping(entries: int = 3_000, megabytes: int = 1) -> bytes:
    """One packed kernel to which a whole table of contents points."""
    kernel = office.zipped({"a": bytes(megabytes * 1_000_000)})
    at = kernel.index(b"PK\x01\x02")
    row = kernel[at : kernel.index(b"PK\x05\x06")]
    table = row * entries
    return kernel[:at] + table + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, entries, entries, len(table), at, 0)


def crowded(entries: int) -> bytes:
    return office.zipped({f"berkas-{number:06}": b"" for number in range(entries)}, method=zipfile.ZIP_STORED)


def nested(depth: int) -> bytes:
    content = office.zipped({"laporan.txt": "isi"})
    for level in range(depth):
        content = office.zipped({f"lapis-{level}.zip": content})
    return content


def endless(pages: int) -> bytes:
    with pikepdf.new() as pdf:
        page = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842])))
        tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([]), Count=pages))
        page["/Parent"] = tree
        for _ in range(pages):
            tree.Kids.append(pdf.make_indirect(Dictionary(page)))
        pdf.Root.Pages = tree
        return paper.saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def giant(width: int, height: int) -> bytes:
    """A striped PNG of one bit a pixel, packed row by row."""
    packer, rows = zlib.compressobj(6), io.BytesIO()
    for number in range(min(height, 15_000)):
        colour = b"\0" if number // 500 % 2 else b"\xff"
        rows.write(packer.compress(b"\0" + colour * (-(-width // 8))))
    rows.write(packer.flush())

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows.getvalue()) + chunk(b"IEND", b"")
