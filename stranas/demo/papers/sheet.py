"""Worksheets: a minimal XLSX (one sheet for each leaf) and CSV. Same leaves, same bytes."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from stranas.demo.story import Leaf
from stranas.system import text

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def rows_of(leaf: Leaf) -> list[tuple[str, ...]]:
    """Title, source and date above the table."""
    above = [(f"{leaf.agency}: {leaf.subject}",), (f"Sumber: {leaf.office}", f"Keadaan {text.day(leaf.dated)}"), ()]
    return [*above, *leaf.table, (), *((line,) for line in leaf.lines)]


def csv_file(leaves: Sequence[Leaf]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    width = max(len(row) for row in leaves[0].table)
    for row in leaves[0].table:
        writer.writerow([*row, *[""] * (width - len(row))])
    return out.getvalue().encode()


def xlsx(leaves: Sequence[Leaf]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in _parts(leaves):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts(leaves: Sequence[Leaf]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(leaves) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_MIME}.worksheet+xml"/>' for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_MIME}.sheet.main+xml"/>{overrides}</Types>',
    )
    yield (
        "_rels/.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    sheets = "".join(f'<sheet name="Data {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    )
    for number, leaf in zip(numbers, leaves, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(leaf)


def _sheet(leaf: Leaf) -> str:
    rows = "".join(f'<row r="{n}">{"".join(_cells(row, n))}</row>' for n, row in enumerate(rows_of(leaf), 1) if row)
    return f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cells(row: Sequence[str], number: int) -> Iterator[str]:
    for column, value in enumerate(row):
        place = f"{chr(65 + column)}{number}"
        if value.isdigit() and len(value) < 12:
            yield f'<c r="{place}"><v>{value}</v></c>'
        else:
            yield f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
