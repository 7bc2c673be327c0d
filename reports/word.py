"""Letters as Word documents, to be numbered, corrected and signed in the office. Import is lazy."""

import io

from reports.cover_letter import PRACTICE, RECIPIENT, Letter
from reports.data_letter import DataLetter
from reports.escalation_letter import EscalationLetter

FONT = "Arial"
# Nothing of this machine goes into the document.
BLANK = {"author": "", "comments": "", "last_modified_by": ""}


def cover_letter(letter: Letter) -> bytes:
    """The letter as DOCX bytes, A4."""
    document = blank(letter.subject)
    _letterhead(document, letter)
    _facts(document, letter)
    for line in RECIPIENT:
        paragraph(document, line)
    paragraph(document, "")
    paragraph(document, letter.opening, justified=True, after=6)
    _lines(document, letter)
    paragraph(document, "")
    for words in letter.closing:
        paragraph(document, words, justified=True, after=6)
    _signature(document, letter)
    _copies(document, letter)
    return saved(document)


def data_letter(letter: DataLetter) -> bytes:
    """The letter that asks another office for data, as DOCX bytes, A4."""
    document = blank(letter.subject)
    _letterhead(document, letter)
    _facts(document, letter)
    for line in (*letter.recipient, ""):
        paragraph(document, line)
    for words in (*letter.paragraphs, letter.wanted, *letter.closing):
        paragraph(document, words, justified=words != letter.wanted, after=6)
    _signature(document, letter)
    return saved(document)


def escalation_letter(letter: EscalationLetter) -> bytes:
    """The letter of the secretariat about what is still awaited, as DOCX bytes, A4."""
    document = blank(letter.subject)
    _letterhead(document, letter)
    _facts(document, letter)
    for line in (*letter.recipient, ""):
        paragraph(document, line)
    for words in letter.opening:
        paragraph(document, words, justified=True, after=6)
    _lines(document, letter)
    paragraph(document, "")
    for words in letter.closing:
        last = paragraph(document, words, justified=True, after=6)
    # No page holds the signature alone.
    last.paragraph_format.keep_with_next = True
    _signature(document, letter)
    _copies(document, letter)
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blank(subject: str):
    """An empty A4 document of the house."""
    from datetime import datetime

    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.language = subject, "id-ID"
    for name, value in BLANK.items():
        setattr(properties, name, value)
    properties.created = properties.modified = datetime(2020, 1, 1)  # noqa: DTZ001 (Word keeps no zone)
    return document


def _letterhead(document, letter: Letter | DataLetter | EscalationLetter) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if letter.practice:
        paragraph(document, PRACTICE, after=6).runs[0].italic = True
    for words, size in ((letter.government, 13), (letter.unit, 16), *((line, 9.5) for line in letter.address)):
        row = paragraph(document, words)
        row.alignment = WD_ALIGN_PARAGRAPH.CENTER
        row.runs[0].font.size, row.runs[0].bold = Pt(size), size > 10
    _rule_below(row)
    paragraph(document, "")
    paragraph(document, letter.place_and_date, after=6).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _rule_below(paragraph) -> None:
    """A double line under the letterhead; Word knows it only as XML."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "double"), ("sz", "6"), ("space", "4"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _facts(document, letter: Letter | DataLetter | EscalationLetter) -> None:
    table = document.add_table(rows=0, cols=3)
    table.autofit = False
    for word, value in letter.facts:
        cells = table.add_row().cells
        for cell, words in zip(cells, (word, ":", value), strict=True):
            cell.paragraphs[0].text = words
    _widths(table, (24, 5, 134))
    paragraph(document, "")


def _lines(document, letter: Letter | EscalationLetter) -> None:
    table = document.add_table(rows=1, cols=4)
    table.style, table.autofit = "Table Grid", False
    rows = [letter.columns]
    rows += [(str(number), line.code, line.text, line.state) for number, line in enumerate(letter.lines, 1)]
    for _ in letter.lines:
        table.add_row()
    for row, words in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, words, strict=True):
            cell.paragraphs[0].text = value
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    _flagged(table.rows[0], "tblHeader")
    _widths(table, (11, 17, 95, 40))


def _flagged(row, name: str) -> None:
    """What Word knows of a table's row only as XML: its head on every page, never torn apart."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    flag = OxmlElement(f"w:{name}")
    flag.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(flag)


def _widths(table, millimetres: tuple[int, ...]) -> None:
    """Word reads the cells, other programs the columns."""
    from docx.shared import Mm

    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _signature(document, letter: Letter | DataLetter | EscalationLetter) -> None:
    """On the right half, in one row that no page's end tears apart."""
    paragraph(document, "").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _flagged(table.rows[0], "cantSplit")
    _widths(table, (82, 81))
    cell = table.rows[0].cells[1]
    cell.paragraphs[0].text = letter.signature[0]
    for words in letter.signature[1:]:
        cell.add_paragraph(words)


def _copies(document, letter: Letter | EscalationLetter) -> None:
    from docx.shared import Pt

    paragraph(document, "")
    rows = [paragraph(document, "Tembusan:")]
    last = len(letter.copies)
    for number, copy in enumerate(letter.copies, 1):
        rows.append(paragraph(document, f"{number}. {copy}{'.' if number == last else ';'}"))
    for row in rows:
        row.runs[0].font.size = Pt(9.5)
        row.paragraph_format.keep_with_next = row is not rows[-1]


def paragraph(document, words: str, *, justified: bool = False, after: int = 0):
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    row = document.add_paragraph()
    row.add_run(words)
    row.paragraph_format.space_after = Pt(after)
    if justified:
        row.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return row
