"""Workpapers: Excel, OpenDocument and CSV."""

import csv
import io
import random
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from .office import ODS, odf, unzipped, zipped

Cell = str | int | float
Rows = list[list[Cell]]


def xlsx(
    title: str,
    head: list[str],
    rows: Rows,
    above: tuple[str, ...] = (),
    merged: bool = True,
    sheet: str = "Rekap",
    totals: tuple[int, ...] = (),
    second: tuple[str, Rows] | None = None,
) -> bytes:
    """A workpaper with its title over merged cells, borders, and sums at the foot."""
    book = Workbook()
    page = book.active
    page.title = sheet
    width = len(head)
    for i, text in enumerate((*above, title), 1):
        page.cell(i, 1, text).font = Font(bold=True)
        page.cell(i, 1).alignment = Alignment(horizontal="center")
        if merged and width > 1:
            page.merge_cells(start_row=i, end_row=i, start_column=1, end_column=width)
    start = len(above) + 3
    line = Border(*(Side(style="thin"),) * 4)
    for c, text in enumerate(head, 1):
        cell = page.cell(start, c, text)
        cell.font, cell.border, cell.fill = Font(bold=True), line, PatternFill("solid", fgColor="D9E2F3")
    for i, row in enumerate(rows, start + 1):
        for c, value in enumerate(row, 1):
            page.cell(i, c, value).border = line
    if totals:
        end = start + len(rows) + 1
        page.cell(end, 1, "Jumlah")
        for c in totals:
            letter = page.cell(end, c).column_letter
            page.cell(end, c, f"=SUM({letter}{start + 1}:{letter}{end - 1})")
    if second:
        other = book.create_sheet(second[0])
        for row in second[1]:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return zipped(unzipped(out.getvalue()))


def _odf_cell(value: Cell) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'


def ods(title: str, head: list[str], rows: Rows, above: tuple[str, ...] = ()) -> bytes:
    every: Rows = [*([t] for t in above), [title], [], list(head), *rows]
    body = "".join(
        "<table:table-row>" + ("".join(map(_odf_cell, row)) or "<table:table-cell/>") + "</table:table-row>"
        for row in every
    )
    return odf(
        f'<table:table table:name="Rekap"><table:table-column table:number-columns-repeated="{len(head)}"/>{body}'
        "</table:table>",
        ODS,
    )


def csv_text(
    head: list[str], rows: Rows, above: tuple[str, ...] = (), mark: str = ";", code: str = "utf-8-sig"
) -> bytes:
    """CSV as a spreadsheet with Indonesian settings saves it: semicolons, decimal commas."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    for text in above:
        write.writerow([text])
    write.writerow(head)
    for row in rows:
        write.writerow([str(c).replace(".", ",") if isinstance(c, float) else c for c in row])
    return out.getvalue().encode(code, "replace")


def nik(r: random.Random, region: str = "332301") -> str:
    """An ID number of nobody: region, birth day (women + 40), order number."""
    day = r.randint(1, 28) + r.choice((0, 40))
    return f"{region[:4]}{r.randint(1, 20):02d}{day:02d}{r.randint(1, 12):02d}{r.randint(55, 99)}{r.randint(1, 40):04d}"


def account(r: random.Random, digits: int = 10) -> str:
    return str(r.randint(10 ** (digits - 1), 10**digits - 1))


PEOPLE = (
    "Suparman",
    "Siti Rohmah",
    "Ahmad Fauzi",
    "Sumarni",
    "Budi Hartono",
    "Wagiman",
    "Tri Wahyuni",
    "Slamet Riyadi",
    "Kasminah",
    "Nur Kholis",
    "Rubiyem",
    "Sutrisno",
    "Muhammad Arifin",
    "Partini",
    "Yuli Astuti",
    "Darmanto",
    "Ponirah",
    "Heri Susanto",
    "Lasmi",
    "Imam Syafii",
    "Ngatemi",
    "Edi Purwanto",
    "Warsito",
    "Sulastri",
)


def people(r: random.Random, count: int) -> list[str]:
    return [r.choice(PEOPLE) + (f" {r.choice('ABDHKMRSW')}." if i % 3 else "") for i in range(count)]
