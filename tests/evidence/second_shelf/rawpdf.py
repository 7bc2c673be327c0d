"""PDF files written by hand, as old report generators and scanners write them."""

import zlib
from collections.abc import Sequence

from .papers import Head, Paper, Table


def lines(paper: Paper, width: int = 88) -> list[str]:
    """The paper's words as lines of text."""
    out: list[str] = [*paper.head, "", *paper.title, ""]
    for block in paper.body:
        if isinstance(block, Table):
            out.append("   ".join(block.head))
            out += ["   ".join(row) for row in block.rows]
        else:
            out += wrap(block.text if isinstance(block, Head) else block, width)
    out += ["", paper.dated]
    for s in paper.signers:
        out += [s.role + ",", s.mark, s.name, f"NIP {s.nip}" if s.nip else ""]
    return [*out, *wrap(paper.foot, width)]


def wrap(text: str, width: int) -> list[str]:
    out, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            out.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*out, line] if line else out


def obj(number: int, body: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, body)


def stream(data: bytes, extra: bytes = b"", squeeze: bool = True) -> bytes:
    if squeeze:
        data, extra = zlib.compress(data), extra + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def assemble(objects: Sequence[bytes], version: bytes = b"1.4", info: int = 0) -> bytes:
    """Number the objects from 1 (the first is the catalogue) and write the table at the end."""
    out = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += obj(i, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    extra = b" /Info %d 0 R" % info if info else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def text_page(text: Sequence[str], size: float = 10, font: bytes = b"/F1") -> bytes:
    body = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in text)
    return b"BT %s %g Tf %g TL 56 %d Td\n%s ET" % (font, size, size * 1.35, 780, body)


def document(
    pages: Sequence[bytes],
    font: bytes = b"Times-Roman",
    squeeze: bool = True,
    version: bytes = b"1.4",
    catalog: bytes = b"",
    page_extra: bytes = b"",
    more: Sequence[bytes] = (),
    producer: bytes = b"",
) -> bytes:
    """A PDF of content streams; `more` objects are numbered from 4 + 2 x pages (one later when there is a producer)."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % font,
    ]
    for i, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> >> %s >>" % (5 + 2 * i, page_extra)
        )
        objects.append(stream(content, squeeze=squeeze))
    objects += more
    if producer:
        objects.append(b"<< /Producer (%s) /CreationDate (D:20200518093000+07'00') >>" % producer)
    return assemble(objects, version, len(objects) if producer else 0)


def pdf(
    paper: Paper,
    font: bytes = b"Times-Roman",
    squeeze: bool = True,
    per_page: int = 55,
    producer: bytes = b"",
    **more: bytes,
) -> bytes:
    text = lines(paper, 74 if font == b"Courier" else 96)
    parts = [text[i : i + per_page] for i in range(0, len(text), per_page)]
    return document([text_page(p) for p in parts], font, squeeze, producer=producer, **more)
