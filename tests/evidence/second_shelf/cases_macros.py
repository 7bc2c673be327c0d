"""Office files with macros: harmless, and such as start by themselves and write or run something."""

from collections.abc import Iterator

from . import bases, office, rawpdf, vba
from .case import Case
from .cases_types import slides
from .office import odf, odt_body
from .ole import Entry, compound
from .packages import with_vba
from .readings import NO_CODE, RUNS_ITSELF

SUMS = 'Sub HitungPersen()\n    Range("F5").Value = Range("D5").Value / Range("C5").Value * 100\nEnd Sub\n'
FORMAT = (
    "Sub RapikanTabel()\n    Dim t As Table\n    For Each t In ActiveDocument.Tables\n        t.Borders.Enable = True\n"
    "    Next t\nEnd Sub\n"
)
TERBILANG = 'Function Terbilang(n As Long) As String\n    Terbilang = Choose(n, "satu", "dua", "tiga")\nEnd Function\n'
_SHELL = '    Shell "cmd.exe /c calc.exe", vbHide\n'
_WSH = '    Dim s As Object\n    Set s = CreateObject("WScript.Shell")\n    s.Run "calc.exe"\n'
_WRITE = '    Open Environ("TEMP") & "\\laporan.bat" For Output As #1\n    Print #1, "calc.exe"\n    Close #1\n'
_FSO = (
    '    Dim f As Object\n    Set f = CreateObject("Scripting.FileSystemObject").CreateTextFile("C:\\laporan.vbs")\n'
    '    f.WriteLine "x"\n    f.Close\n'
)
_SPLIT = '    Dim p As String\n    p = "WScr" & "ipt.Sh" & "ell"\n    CreateObject(p).Run "ca" & "lc.exe"\n'
_STREAM = (
    '    Dim b As Object\n    Set b = CreateObject("ADODB.Stream")\n    b.Open\n    b.SaveToFile "C:\\a.exe", 2\n'
    '    Shell "C:\\a.exe"\n'
)


def _auto(name: str, body: str) -> str:
    return f"Private Sub {name}()\n{body}End Sub\n"


def docm(label: str, own: str, module: str = "") -> bytes:
    modules = {"ThisDocument": (own, True)} | ({"Module1": (module, False)} if module else {})
    return with_vba(bases.docx(label), vba.project(modules), "word")


def xlsm(label: str, own: str, module: str = "") -> bytes:
    modules = {"ThisWorkbook": (own, True), "Sheet1": ("", True)} | ({"Module1": (module, False)} if module else {})
    return with_vba(bases.xlsx(label), vba.project(modules), "excel")


def pptm(label: str, module: str) -> bytes:
    return with_vba(slides(label), vba.project({"Module1": (module, False)}), "point")


def old_doc(label: str, own: str, module: str) -> bytes:
    """A Word 97 container: enough of a main stream to be known, with its macros."""
    text = "\r".join(rawpdf.lines(bases.paper(label))).encode("cp1252", "replace")
    fib = (
        b"\xec\xa5\xc1\x00" + b"\0" * 20 + (1536).to_bytes(4, "little") + (1536 + len(text)).to_bytes(4, "little")
    ).ljust(1536, b"\0")
    project = vba.macros_storage({"ThisDocument": (own, True), "Module1": (module, False)})
    return compound(
        Entry("WordDocument", (fib + text).ljust(4608, b"\0")),
        Entry("1Table", b"\0" * 4096),
        project,
        clsid=bytes.fromhex("0609020000000000c000000000000046"),
    )


def _basic(source: str) -> dict[str, bytes]:
    from xml.sax.saxutils import escape

    head = (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD '
        'OfficeDocument 1.0//EN" '
        '"module.dtd">'
    )
    module = (
        f'{head}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{escape(source)}</script:module>'
    )
    library = (
        '<?xml version="1.0" encoding="UTF-8"?><library:library xmlns:library="http://openoffice.org/2000/library" '
        'library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element '
        'library:name="Module1"/></library:library>'
    )
    container = (
        '<?xml version="1.0" encoding="UTF-8"?><library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/>'
        "</library:libraries>"
    )
    return {
        "Basic/Standard/Module1.xml": module.encode(),
        "Basic/Standard/script-lb.xml": library.encode(),
        "Basic/script-lc.xml": container.encode(),
    }


def odt_macro(label: str, source: str, on_open: str = "") -> bytes:
    event = (
        f'<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        f'script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.{on_open}?language=Basic&amp;'
        f'location=document" xlink:type="simple"/></office:event-listeners></office:scripts>'
        if on_open
        else ""
    )
    return odf(odt_body(bases.paper(label)), scripts=event, parts=_basic(source))


def cases() -> Iterator[Case]:
    said = bases.codes("macro")
    for i, source in enumerate(
        (FORMAT, FORMAT + TERBILANG, _auto("TombolCetak_Click", "    ActiveDocument.PrintOut\n"), TERBILANG)
    ):
        yield Case(f"Word bermakro {i}", f"Laporan {i}.docm", lambda s=source, n=i: docm(f"makro w{n}", "", s), said)
        yield Case(
            f"Excel bermakro {i}",
            f"KK {i}.xlsm",
            lambda s=source, n=i: xlsm(f"makro x{n}", "", s.replace("ActiveDocument", "ActiveSheet")),
            said,
        )
    yield Case("makro perhitungan di lembar kerja", "Rekap persen.xlsm", lambda: xlsm("makro hitung", "", SUMS), said)
    yield Case(
        "makro di paparan",
        "Paparan.pptm",
        lambda: pptm("makro paparan", "Sub Lanjut()\n    SlideShowWindows(1).View.Next\nEnd Sub\n"),
        said,
    )
    yield Case("Word lama bermakro", "Laporan.doc", lambda: old_doc("makro doc", "", FORMAT), said)
    for i, source in enumerate(
        ('Sub Rapikan\n  MsgBox "selesai"\nEnd Sub\n', "Function Persen(a, b)\n  Persen = a / b * 100\nEnd Function\n")
    ):
        yield Case(f"ODT bermakro {i}", f"Telaah {i}.odt", lambda s=source, n=i: odt_macro(f"makro odt{n}", s), said)
    bodies = (_SHELL, _WSH, _WRITE + _SHELL, _FSO, _STREAM, _SPLIT)
    for i, (name, body) in enumerate((n, b) for n in ("Document_Open", "AutoOpen") for b in bodies):
        where = ("", _auto(name, body).replace("Private ", "")) if name == "AutoOpen" else (_auto(name, body), "")
        yield Case(
            f"Word bermakro jalan sendiri {name} {i}",
            f"Undangan {i}.docm",
            lambda w=where, n=i: docm(f"auto w{n}", *w),
            RUNS_ITSELF,
        )
    for i, (name, body) in enumerate((n, b) for n in ("Workbook_Open", "Auto_Open") for b in bodies[:5]):
        where = ("", _auto(name, body).replace("Private ", "")) if name == "Auto_Open" else (_auto(name, body), "")
        yield Case(
            f"Excel bermakro jalan sendiri {name} {i}",
            f"Data {i}.xlsm",
            lambda w=where, n=i: xlsm(f"auto x{n}", *w),
            RUNS_ITSELF,
        )
    yield Case(
        "Word lama bermakro jalan sendiri",
        "Surat.doc",
        lambda: old_doc("auto doc", _auto("Document_Open", _WSH), FORMAT),
        RUNS_ITSELF,
    )
    yield Case(
        "ODT bermakro jalan sendiri",
        "Surat.odt",
        lambda: odt_macro("auto odt", 'Sub Mulai\n  Shell("calc.exe", 1)\nEnd Sub\n', "Mulai"),
        RUNS_ITSELF,
    )
    for i, word in enumerate(
        ("Makro pada lembar kerja lama telah dihapus.", "Sub AutoOpen() pada berkas lama memanggil Shell dan diblokir.")
    ):
        yield Case(
            f"teks tentang makro {i}",
            f"Laporan TI {i}.docx",
            lambda w=word, n=i: office.docx(bases.paper(f"tentang makro {n}").more(w)),
            NO_CODE,
        )
