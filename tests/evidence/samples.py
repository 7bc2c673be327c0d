"""A small shelf of good and nasty files, built where they are needed."""

import csv
import io
import zipfile

import msoffcrypto.format.ooxml
import openpyxl
import pikepdf
from PIL import Image


def pdf(pages: int = 1, **save) -> bytes:
    """Pages with a line of text each; the same bytes whenever it is asked, unless it is encrypted."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page(page_size=(595, 842)).obj
            page.Contents = document.make_stream(
                b"BT /F1 12 Tf 60 700 Td (Laporan pelaksanaan aksi triwulan ini) Tj ET"
            )
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()))
        document.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def _font() -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))


def print_forbidden_pdf() -> bytes:
    """Opens without a password; only its owner may print."""
    return pdf(encryption=pikepdf.Encryption(user="", owner="rahasia"))


def xlsx(rows=(("No", "Izin"), (1, "SIUP")), title: str = "Rekap") -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def locked_xlsx() -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx())).encrypt("rahasia", out)
    return out.getvalue()


def broken_xlsx() -> bytes:
    """Cut off in the middle, as a broken transfer leaves it."""
    whole = xlsx()
    return whole[: len(whole) // 2]


def xlsx_with_broken_sheet() -> bytes:
    """A sound zip whose worksheet is no XML."""
    return _with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")


def xlsx_with_odd_styles() -> bytes:
    """As some exporting programs write them; Excel opens it."""
    styles = '<styleSheet xmlns="{}"><fills><fill><patternFill patternType="odd"/></fill></fills></styleSheet>'
    return _with_part(
        "xl/styles.xml", styles.format("http://schemas.openxmlformats.org/spreadsheetml/2006/main").encode()
    )


def _with_part(part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as good, zipfile.ZipFile(out, "w") as other:
        for name in good.namelist():
            other.writestr(name, content if name == part else good.read(name))
    return out.getvalue()


def docx() -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": "<document><body/></document>"})


def ods() -> bytes:
    namespaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("No", "Izin"))
    content = (
        f"<office:document-content {namespaces}><office:body><office:spreadsheet><table:table>"
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def csv_table(rows=(("No", "Izin"), (1, "SIUP"), (2, "IMB")), separator: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


def image(kind: str = "JPEG", size: tuple[int, int] = (1040, 780)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind)
    return out.getvalue()


def text() -> bytes:
    return b"Laporan ini hanya teks.\nBukan PDF sama sekali.\n"


def html() -> bytes:
    return b"<html><body><table><tr><td>1</td></tr></table></body></html>"
