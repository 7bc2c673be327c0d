"""Honest Office files with ordinary links, pictures, fields and embedded tables."""

from collections.abc import Callable, Iterator

from . import bases, office, scans
from .case import Case
from .cases_outside import _V, _docx, _odt, dde_field, simple_field, template_at
from .office import ODS, odf
from .packages import R_NS, content_type, in_body, relate
from .readings import NO_CODE


def _linked_word(to: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        relate(parts, "word/document.xml", "rIdH1", "hyperlink", to, outside=True)
        in_body(
            parts, f'<w:p><w:hyperlink {R_NS} r:id="rIdH1"><w:r><w:t>lihat laman resmi</w:t></w:r></w:hyperlink></w:p>'
        )

    return change


def _own_picture(parts: dict[str, bytes]) -> None:
    parts["word/media/logo.png"] = scans.saved(scans.sheet(bases.paper("logo"), 20), "PNG")
    content_type(parts, ending="png", kind="image/png")
    relate(parts, "word/document.xml", "rIdG1", "image", "media/logo.png")
    in_body(
        parts,
        f'<w:p><w:r><w:pict><v:shape {_V} id="s9" style="width:40pt;height:50pt">'
        f'<v:imagedata {R_NS} r:id="rIdG1"/></v:shape></w:pict></w:r></w:p>',
    )


def _own_sheet(parts: dict[str, bytes]) -> None:
    """A table copied in from Excel: an honest embedded workbook."""
    parts["word/embeddings/Microsoft_Excel_Worksheet.xlsx"] = bases.xlsx("tempel")
    content_type(parts, ending="xlsx", kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    relate(parts, "word/document.xml", "rIdW1", "package", "embeddings/Microsoft_Excel_Worksheet.xlsx")
    in_body(
        parts,
        f'<w:p><w:r><w:object><o:OLEObject {_V} {R_NS} Type="Embed" ProgID="Excel.Sheet.12" '
        'ShapeID="s8" DrawAspect="Content" r:id="rIdW1"/></w:object></w:r></w:p>',
    )


def cases() -> Iterator[Case]:
    good: tuple[tuple[str, Callable[[dict[str, bytes]], None]], ...] = (
        ("tautan ke laman resmi", _linked_word("https://www.temanggungkab.go.id/berita/1")),
        ("tautan surel", _linked_word("mailto:dpmptsp@temanggungkab.go.id")),
        ("gambar sendiri", _own_picture),
        ("lembar yang ditempel", _own_sheet),
        ("nomor halaman", simple_field("PAGE \\* MERGEFORMAT")),
        ("tanggal otomatis", dde_field(' DATE \\@ "d MMMM yyyy" ')),
        ("daftar isi", dde_field(' TOC \\o "1-3" \\h \\z \\u ')),
        (
            "templat di komputer sendiri",
            template_at("file:///C:\\Users\\Subbag\\AppData\\Roaming\\Microsoft\\Templates\\Surat%20Dinas.dotx"),
        ),
    )
    for label, change in good:
        yield Case(f"Word jujur dengan {label}", "Surat.docx", lambda f=change, x=label: _docx(x, f), NO_CODE)
    yield Case(
        "teks tentang DDE",
        "Laporan TI.docx",
        lambda: office.docx(bases.paper("kata dde").more("Serangan DDEAUTO dan =cmd|' /C calc'!A0 dibahas.")),
        NO_CODE,
    )
    yield Case(
        "ODT dengan tautan",
        "Surat.odt",
        lambda: _odt(
            "tautan odt",
            '<text:p><text:a xlink:type="simple" xlink:href="https://jdih.temanggungkab.go.id/">JDIH</text:a></text:p>',
        ),
        NO_CODE,
    )
    yield Case(
        "ODS dengan rumus",
        "Rekap.ods",
        lambda: odf(
            '<table:table table:name="A"><table:table-row><table:table-cell '
            'table:formula="of:=1+2" office:value-type="float" office:value="3"><text:p>3</text:p>'
            "</table:table-cell></table:table-row></table:table>",
            ODS,
        ),
        NO_CODE,
        "data",
    )
