"""RAR and 7z files with one stored entry, and a minimal PowerPoint."""

import struct
import zlib
from xml.sax.saxutils import escape

from .office import zipped


def rar(name: str, data: bytes) -> bytes:
    """RAR 4, method "store"."""

    def block(kind: int, flags: int, body: bytes) -> bytes:
        rest = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(rest) & 0xFFFF) + rest

    raw = name.encode()
    body = (
        struct.pack("<IIBIIBBHI", len(data), len(data), 2, zlib.crc32(data), 0x50B24BD2, 20, 0x30, len(raw), 0x20) + raw
    )
    return b"Rar!\x1a\x07\x00" + block(0x73, 0, b"\0" * 6) + block(0x74, 0x8000, body) + data + block(0x7B, 0x4000, b"")


def seven_zip(name: str, data: bytes) -> bytes:
    """7z, method "copy"."""

    def num(n: int) -> bytes:
        return (
            bytes([n])
            if n < 0x80
            else bytes([0x80 | n >> 8, n & 255])
            if n < 0x4000
            else b"\xe0" + n.to_bytes(3, "little")
        )

    names = b"\0" + name.encode("utf-16-le") + b"\0\0"
    streams = (
        b"\x04\x06\0\x01\x09"
        + num(len(data))
        + b"\0\x07\x0b\x01\0\x01\x01\0\x0c"
        + num(len(data))
        + b"\0\x08\x0a\x01"
        + struct.pack("<I", zlib.crc32(data))
        + b"\0\0"
    )
    head = b"\x01" + streams + b"\x05\x01\x11" + num(len(names)) + names + b"\0\0"
    start = struct.pack("<QQI", len(data), len(head), zlib.crc32(head))
    return b"7z\xbc\xaf\x27\x1c\0\x04" + struct.pack("<I", zlib.crc32(start)) + start + data + head


_P = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_X = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CT = "application/vnd.openxmlformats-officedocument.presentationml"


def rels(*targets: tuple[str, str, str]) -> str:
    body = "".join(f'<Relationship Id="{i}" Type="{_OFF}/{t}" Target="{to}"/>' for i, t, to in targets)
    return f'{_X}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def pptx(slides: list[list[str]]) -> bytes:
    """Slides with one text box each."""
    parts: dict[str, str] = {}
    kinds = f'<Override PartName="/ppt/presentation.xml" ContentType="{_CT}.presentation.main+xml"/>'
    for i, texts in enumerate(slides, 1):
        paragraphs = "".join(f"<a:p><a:r><a:t>{escape(t)}</a:t></a:r></a:p>" for t in texts)
        shape = (
            '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Isi"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
        )
        parts[f"ppt/slides/slide{i}.xml"] = (
            f'{_X}<p:sld {_P}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shape}</p:spTree></p:cSld></p:sld>"
        )
        kinds += f'<Override PartName="/ppt/slides/slide{i}.xml" ContentType="{_CT}.slide+xml"/>'
    ids = "".join(f'<p:sldId id="{255 + i}" r:id="rId{i}"/>' for i in range(1, len(slides) + 1))
    parts["ppt/presentation.xml"] = (
        f'{_X}<p:presentation {_P}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
        '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = rels(
        *((f"rId{i}", "slide", f"slides/slide{i}.xml") for i in range(1, len(slides) + 1))
    )
    parts["_rels/.rels"] = rels(("rId1", "officeDocument", "ppt/presentation.xml"))
    types = (
        f'{_X}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{kinds}</Types>'
    )
    return zipped({"[Content_Types].xml": types.encode(), **{n: t.encode() for n, t in parts.items()}})
