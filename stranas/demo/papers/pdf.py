"""A minimal PDF writer: letterhead, paragraphs, a table, a signature. Same leaves, same bytes.

Only what a small official paper needs: A4, the standard font Helvetica, text and lines.
"""

import textwrap
import zlib
from collections.abc import Iterator, Sequence
from random import Random

from stranas.demo.papers.words import closing, heading, is_draft, is_signed
from stranas.demo.story import Leaf

WIDTH, HEIGHT, MARGIN = 595, 842, 62
SIGNS_PER_LINE = 92


def pdf(leaves: Sequence[Leaf]) -> bytes:
    """One page for each leaf."""
    streams = [zlib.compress("\n".join(_page(leaf)).encode("cp1252", "replace"), 6) for leaf in leaves]
    return _file(streams)


def _page(leaf: Leaf) -> Iterator[str]:
    # A page that was cut off by the scanner (K05): everything lies too far to the right and too low.
    yield "q 1 0.03 -0.03 1 150 -210 cm" if leaf.flaw == "K05" else "q"
    yield _text(leaf.agency.upper(), 15, 790, bold=True)
    yield _text(leaf.office, 11, 774)
    yield f"1.4 w {MARGIN} 764 m {WIDTH - MARGIN} 764 l S"
    y = 736
    for line in heading(leaf):
        yield _text(line, 11.5, y, bold=True)
        y -= 16
    y -= 8
    for paragraph in leaf.lines:
        for line in textwrap.wrap(paragraph, SIGNS_PER_LINE):
            yield _text(line, 10.5, y)
            y -= 14
        y -= 5
    for row in leaf.table[:14]:
        yield from _row(row, y)
        y -= 15
    yield from _ending(leaf, y - 26)
    yield "Q"


def _row(cells: Sequence[str], y: float) -> Iterator[str]:
    width = (WIDTH - 2 * MARGIN) / max(len(cells), 1)
    for column, cell in enumerate(cells):
        yield _text(cell[: int(width / 5.2)], 9.5, y, x=MARGIN + 3 + column * width)
    yield f"0.4 w {MARGIN} {y - 4} m {WIDTH - MARGIN} {y - 4} l S"


def _ending(leaf: Leaf, y: float) -> Iterator[str]:
    for line in closing(leaf):
        yield _text(line, 10.5, y, x=330)
        y -= 14
    if is_signed(leaf):
        yield _signature(leaf, y - 32)
    if is_draft(leaf):
        yield "q 0.8 g"
        yield _text("RANCANGAN", 64, 420, x=110, bold=True)
        yield "Q"


def _signature(leaf: Leaf, y: float) -> str:
    """A few strokes of the pen, another hand for each office."""
    rng = Random(f"{leaf.agency} {leaf.office}")
    points = [(335 + 14 * step, y + rng.randrange(-4, 34)) for step in range(10)]
    strokes = " ".join(
        f"{a[0]} {a[1]} {b[0]} {b[1]} {c[0]} {c[1]} c"
        for a, b, c in zip(points[1::3], points[2::3], points[3::3], strict=True)
    )
    return f"q 0.1 0.15 0.5 RG 1.3 w {points[0][0]} {points[0][1]} m {strokes} S Q"


def _text(text: str, size: float, y: float, *, x: float = MARGIN, bold: bool = False) -> str:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{'B' if bold else 'R'} {size} Tf {x} {y} Td ({escaped}) Tj ET"


def _file(streams: Sequence[bytes]) -> bytes:
    """Catalogue, tree, two fonts, then a page and its content for each stream."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(streams)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for number, stream in enumerate(streams):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /R 3 0 R /B 4 0 R >> >> >>".encode()
        )
        bodies.append(f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream")
    return _assembled(bodies)


def _assembled(bodies: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n".encode()
    # startxref points to the table that was just written
    start = bytes(out).rindex(b"xref\n0 ")
    return bytes(out) + f"startxref\n{start}\n%%EOF\n".encode()
