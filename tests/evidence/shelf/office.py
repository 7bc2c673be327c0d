"""Office files: worksheets by openpyxl, and documents put together part by part."""

import io
import random
import struct
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def worksheet(seed: int = 1, rows: int = 40, columns: int = 8, *, sheets: int = 1, **more) -> bytes:
    """`more`: formulas, chart, protected, hidden (each a bool)."""
    chance, book = random.Random(seed), openpyxl.Workbook()
    book.active.title = "Rekap"
    for number in range(1, sheets):
        book.create_sheet(f"Lampiran {number}")
    for page in book.worksheets:
        page.append([f"Kolom {column}" for column in range(columns)])
        for row in range(rows):
            page.append([row, "Kecamatan Parakan", *(chance.randint(0, 10**6) for _ in range(columns - 2))])
        if more.get("formulas"):
            page.append(["Jumlah", "", f"=SUM(C2:C{rows + 1})", '=HYPERLINK("https://jdih.example.go.id","JDIH")'])
        page.protection.sheet = bool(more.get("protected"))
    if more.get("chart"):
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=3, min_row=1, max_row=10), titles_from_data=True)
        book.active.add_chart(chart, "K2")
    if more.get("hidden") and sheets > 1:
        book.worksheets[-1].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 6, 20, 9, 0, 0)), content, compress_type=method)
    return out.getvalue()


def with_parts(content: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The same archive with parts added or put in place of others."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**kept, **parts})


def relations(*rows: tuple[str, str, bool]) -> str:
    """Rows of (kind, target, external)."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for number, (kind, target, external) in enumerate(rows, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def document(seed: int = 1, *, body: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    chance = random.Random(seed)
    rows = "".join(
        f"<w:p><w:r><w:t>Notulen rapat {chance.randint(1, 99)} di Temanggung.</w:t></w:r></w:p>" for _ in range(12)
    )
    main = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{rows}{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": main, **(parts or {})})


def slides(seed: int = 1, *, parts: dict[str, str | bytes] | None = None) -> bytes:
    main = '<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
    note = f"<a>{random.Random(seed).randint(1, 999)}</a>"
    pages = {"ppt/presentation.xml": main, "ppt/slides/slide1.xml": note}
    return zipped({"[Content_Types].xml": TYPES, **pages, **(parts or {})})


def open_document(
    kind: str = "text", seed: int = 1, *, scripts: str = "", body: str = "", parts: dict | None = None
) -> bytes:
    """`kind`: text or spreadsheet; `scripts`: what stands before the body."""
    chance = random.Random(seed)
    words = "".join(f"<text:p>Uraian {chance.randint(1, 99)}</text:p>" for _ in range(10))
    if kind == "spreadsheet":
        cells = "<table:table-cell><text:p>Izin</text:p></table:table-cell>" * 3
        words = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    content = (
        f"<office:document-content {ODF}>{scripts}<office:body><office:{kind}>{words}{body}</office:{kind}>"
        "</office:body></office:document-content>"
    )
    # The document type of old OpenOffice manifests: honest, and no entity in it.
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><m/>'
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content, **(parts or {})})


# --- the old container (OLE), with whole sectors only: small, but every reader opens it -----------------------------

SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE file from paths ("Macros/VBA/dir") to contents. Streams are padded past the size of small ones."""
    tree = _Tree()
    for path, content in streams.items():
        tree.add(path.split("/"), content.ljust(4096, b"\0"))
    return tree.file()


class _Tree:
    def __init__(self) -> None:
        self.entries = [["Root Entry", 5, [], b""]]

    def add(self, path: list[str], content: bytes) -> None:
        parent = 0
        for name in path[:-1]:
            parent = self._child(parent, name) or self._new(parent, name, 1, b"")
        self._new(parent, path[-1], 2, content)

    def _child(self, parent: int, name: str) -> int | None:
        return next((one for one in self.entries[parent][2] if self.entries[one][0] == name), None)

    def _new(self, parent: int, name: str, kind: int, content: bytes) -> int:
        self.entries.append([name, kind, [], content])
        self.entries[parent][2].append(len(self.entries) - 1)
        return len(self.entries) - 1

    def file(self) -> bytes:
        count = -(-len(self.entries) // 4)
        starts, chain, data = {}, [], b""
        for number, (_, kind, _, content) in enumerate(self.entries):
            if kind == 2:
                starts[number] = len(chain) + count
                size = -(-len(content) // SECTOR)
                chain += [len(chain) + count + 1 + step for step in range(size - 1)] + [_END]
                data += content.ljust(size * SECTOR, b"\0")
        table = [*range(1, count), _END, *chain]
        fats = 1
        while len(table) + fats > fats * SECTOR // 4:
            fats += 1
        first = len(table)
        table += [_FAT] * fats
        table += [_FREE] * (fats * SECTOR // 4 - len(table))
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        head += struct.pack("<IIIIIIIII", 0, fats, 0, 0, 4096, _END, 0, _END, 0)
        head += struct.pack("<109I", *range(first, first + fats), *[_FREE] * (109 - fats))
        return head + self._directory(starts, count) + data + struct.pack(f"<{len(table)}I", *table)

    def _directory(self, starts: dict[int, int], count: int) -> bytes:
        siblings = {}
        for _, _, children, _ in self.entries:
            siblings |= dict(zip(children, [*children[1:], _NONE][: len(children)], strict=True))
        out = b""
        for number, (name, kind, children, content) in enumerate(self.entries):
            coded = name.encode("utf-16-le") + b"\0\0"
            out += coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1)
            out += struct.pack("<III", _NONE, siblings.get(number, _NONE), children[0] if children else _NONE)
            out += bytes(36) + struct.pack("<IQ", starts.get(number, _END if kind == 5 else 0), len(content))
        return out.ljust(count * SECTOR, b"\0")


# --- macros ------------------------------------------------------------------------------------------------------

HARMLESS = 'Attribute VB_Name = "Module1"\r\nSub Jumlahkan()\r\n    Range("A1").Value = 1\r\nEnd Sub\r\n'
STARTS = (
    'Attribute VB_Name = "Module1"\r\nSub AutoOpen()\r\n    Shell "cmd /c calc", 0\r\nEnd Sub\r\n'
    "Sub Workbook_Open()\r\n    AutoOpen\r\nEnd Sub\r\n"
)


def vba_streams(code: str = HARMLESS, under: str = "VBA") -> dict[str, bytes]:
    """The streams of a project with one module."""
    module = compressed(code.encode("cp1252").ljust(3800, b"\n"))
    return {
        f"{under}/dir": compressed(_project().ljust(3800, b"\0")),
        f"{under}/Module1": module,
        f"{under}/_VBA_PROJECT": b"\xcc\x61\xff\xff\x00\x00\x00",
    }


def vba_project(code: str = HARMLESS) -> bytes:
    text = b'ID="{00000000-0000-0000-0000-000000000000}"\r\nModule=Module1\r\nName="VBAProject"\r\n'
    return ole({**vba_streams(code), "PROJECT": text})


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HI", kind, len(content)) + content


def _project() -> bytes:
    """The table of a project (MS-OVBA 2.3.4.2) with its one module."""
    head = [
        _record(0x01, struct.pack("<I", 1)),
        _record(0x02, struct.pack("<I", 0x409)),
        _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", 1252)),
        _record(0x04, b"VBAProject"),
        _record(0x05, b"") + _record(0x40, b""),
        _record(0x06, b"") + _record(0x3D, b""),
        _record(0x07, struct.pack("<I", 0)),
        _record(0x08, struct.pack("<I", 0)),
        struct.pack("<HIIH", 0x09, 4, 1, 1),
        _record(0x0C, b"") + _record(0x3C, b""),
        _record(0x0F, struct.pack("<H", 1)),
        _record(0x13, struct.pack("<H", 0xFFFF)),
    ]
    name, wide = b"Module1", "Module1".encode("utf-16-le")
    module = [
        _record(0x19, name) + _record(0x47, wide),
        _record(0x1A, name) + _record(0x32, wide),
        _record(0x1C, b"") + _record(0x48, b""),
        _record(0x31, struct.pack("<I", 0)),
        _record(0x1E, struct.pack("<I", 0)),
        _record(0x2C, struct.pack("<H", 0xFFFF)),
        _record(0x21, b""),
        struct.pack("<HI", 0x2B, 0),
    ]
    return b"".join(head + module) + struct.pack("<HI", 0x10, 0)


def compressed(content: bytes) -> bytes:
    """MS-OVBA 2.4.1, in literals only."""
    out = b"\x01"
    for start in range(0, len(content), 3600):
        part = content[start : start + 3600]
        tokens = b"".join(b"\0" + part[at : at + 8] for at in range(0, len(part), 8))
        out += struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens
    return out


def old_book(*, macro_sheet: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    """The head of an old Excel workbook: enough for its table of sheets."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
    page = struct.pack("<IBB", 0, 0, 1 if macro_sheet else 0) + bytes([5, 0]) + b"Rekap"
    sheets = struct.pack("<HH", 0x0085, len(page)) + page
    return ole({"Workbook": begin + sheets + struct.pack("<HH", 0x000A, 0), **(more or {})})
