"""Papers as Word, OpenDocument, RTF and PowerPoint files."""

import io
import zipfile
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.run import Run

from .papers import Head, Paper, Table

_STILL = (2020, 5, 18, 9, 30, 0)


def zipped(parts: dict[str, bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A ZIP whose bytes do not depend on the clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name, _STILL)
            info.compress_type = how
            z.writestr(info, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def docx(paper: Paper, font: str = "Bookman Old Style", size: float = 11, author: str = "Subbag Program") -> bytes:
    doc = Document()
    doc.styles["Normal"].font.name, doc.styles["Normal"].font.size = font, Pt(size)
    doc.core_properties.author, doc.core_properties.title = author, ""
    doc.sections[0].page_width, doc.sections[0].page_height = Cm(21.5), Cm(33)
    for i, text in enumerate(paper.head):
        run = _middle(doc, text)
        run.bold = i < 2
    for text in paper.title:
        _middle(doc, text).bold = True
    for block in paper.body:
        if isinstance(block, Table):
            _table(doc, block)
        elif isinstance(block, Head):
            doc.add_paragraph().add_run(block.text).bold = True
        else:
            doc.add_paragraph(block)
    for i, s in enumerate(paper.signers):
        p = doc.add_paragraph(
            (paper.dated + "\n" if paper.dated and not i else "") + f"{s.role},\n\n{s.mark}\n{s.name}"
        )
        p.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if s.nip:
            p.add_run(f"\nNIP {s.nip}")
    if paper.foot:
        doc.sections[0].footer.paragraphs[0].text = paper.foot
    out = io.BytesIO()
    doc.save(out)
    return zipped(unzipped(out.getvalue()))


def _middle(doc: Doc, text: str) -> Run:
    p = doc.add_paragraph()
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return p.add_run(text)


def _table(doc: Doc, table: Table) -> None:
    grid = doc.add_table(rows=1, cols=len(table.head), style="Table Grid")
    for cell, text in zip(grid.rows[0].cells, table.head, strict=True):
        cell.text = text
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text


_NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
)
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"


def odf_table(table: Table) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>' for c in row
        )
        + "</table:table-row>"
        for row in (table.head, *table.rows)
    )
    return (
        f'<table:table table:name="T1"><table:table-column table:number-columns-repeated="{len(table.head)}"/>{rows}'
        "</table:table>"
    )


def odf(body: str, mime: str = ODT, scripts: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument file round a body."""
    tag = "spreadsheet" if mime == ODS else "text"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NS}>{scripts}<office:body>'
        f"<office:{tag}>{body}</office:{tag}></office:body></office:document-content>"
    )
    extra = parts or {}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{n}" manifest:media-type="text/xml"/>'
        for n in ("content.xml", *extra)
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:'
        f'xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{mime}"/>{entries}</manifest:manifest>'
    )
    return zipped(
        {
            "mimetype": mime.encode(),
            "content.xml": content.encode(),
            **extra,
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def odt_body(paper: Paper) -> str:
    out = [f"<text:p>{escape(t)}</text:p>" for t in (*paper.head, *paper.title)]
    for block in paper.body:
        if isinstance(block, Table):
            out.append(odf_table(block))
        else:
            text = block.text if isinstance(block, Head) else block
            out.append(f"<text:p>{escape(text)}</text:p>")
    out.append(f"<text:p>{escape(paper.dated)}</text:p>")
    out += [f"<text:p>{escape(f'{s.role}, {s.mark} {s.name} NIP {s.nip}')}</text:p>" for s in paper.signers]
    return "".join(out)


def odt(paper: Paper) -> bytes:
    return odf(odt_body(paper))


def rtf(paper: Paper, extra: str = "") -> bytes:
    """Rich text as WordPad writes it."""
    from .rawpdf import lines

    body = "\\par\n".join(t.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}") for t in lines(paper, 9999))
    text = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in body)
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}"
        + extra
        + r"\viewkind4\uc1\pard\f0\fs22 "
        + text
        + r"\par}"
    ).encode("ascii")
