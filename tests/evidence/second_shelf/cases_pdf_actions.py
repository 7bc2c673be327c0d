"""PDFs that do something, carry something, or only look lively."""

import io
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from . import bases, html
from .case import Case
from .cases_programs import BAT, JS, exe
from .readings import NO_CODE, PROGRAM_ATTACHED

Change = Callable[[pikepdf.Pdf], None]


def changed(data: bytes, change: Change) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def opens_with(action: Dictionary) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = action

    return change


def page_opens_with(action: Dictionary) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].AA = Dictionary(O=action)

    return change


def annotated(**entries: object) -> Change:
    """An annotation on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        note = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[60, 60, 200, 90], **entries))
        pdf.pages[0].Annots = Array([note])

    return change


def field(**entries: object) -> Change:
    """A form with one text field."""

    def change(pdf: pikepdf.Pdf) -> None:
        box = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nama"), Rect=[60, 60, 200, 80], **entries
            )
        )
        pdf.pages[0].Annots = Array([box])
        pdf.Root.AcroForm = Dictionary(Fields=Array([box]))

    return change


def named_script(pdf: pikepdf.Pdf) -> None:
    act = Dictionary(S=Name.JavaScript, JS=String("app.alert('Selamat datang');"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("awal"), act])))


def script_in_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pdf.make_indirect(Stream(pdf, b"this.print(true);")))


def chained(pdf: pikepdf.Pdf) -> None:
    """A harmless first action with another behind it."""
    pdf.Root.OpenAction = Dictionary(
        S=Name.GoTo,
        D=Array([pdf.pages[0].obj, Name.Fit]),
        Next=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
    )


def in_outline(pdf: pikepdf.Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("Buka"), A=Dictionary(S=Name.Launch, F=String("calc.exe"))))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))


def attached(name: str, data: Callable[[], bytes]) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data(), filename=name)

    return change


def pinned(name: str, data: Callable[[], bytes]) -> Change:
    """A paper clip on the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        body = pdf.make_indirect(Stream(pdf, data(), Type=Name.EmbeddedFile))
        spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=Dictionary(F=body)))
        annotated(Subtype=Name.FileAttachment, FS=spec)(pdf)

    return change


def form_xfa(pdf: pikepdf.Pdf) -> None:
    xdp = (
        b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/2.8/">'
        b'<subform name="formulir"/></template></xdp:xdp>'
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_indirect(Stream(pdf, xdp)))


def form_xfa_parts(pdf: pikepdf.Pdf) -> None:
    part = pdf.make_indirect(Stream(pdf, b'<template xmlns="http://www.xfa.org/schema/xfa-template/2.8/"/>'))
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("template"), part]))


def _launch(**entries: object) -> Dictionary:
    return Dictionary(S=Name.Launch, **entries)


def _js(text: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(text))


def _send(to: str, **entries: object) -> Dictionary:
    return Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(to)), **entries)


def _active() -> Iterator[tuple[str, Change, frozenset[str]]]:
    c = bases.codes
    run = _launch(Win=Dictionary(F=String("cmd.exe"), P=String("/c calc.exe")))
    yield from (
        ("meluncurkan saat dibuka", opens_with(run), c("pdf_launch")),
        ("meluncurkan di halaman", page_opens_with(run), c("pdf_launch")),
        ("meluncurkan lewat tautan", annotated(Subtype=Name.Link, A=_launch(F=String("setup.exe"))), c("pdf_launch")),
        ("meluncurkan lewat penanda", in_outline, c("pdf_launch")),
        ("meluncurkan lewat tombol", field(A=_launch(F=String("C:/Windows/notepad.exe"))), c("pdf_launch")),
    )
    yield from (
        ("skrip saat dibuka", opens_with(_js("app.alert('x')")), c("pdf_script")),
        ("skrip bernama", named_script, c("pdf_script")),
        ("skrip dalam aliran", script_in_stream, c("pdf_script")),
        ("skrip berantai", chained, c("pdf_script")),
        ("skrip di halaman", page_opens_with(_js("this.zoom=150")), c("pdf_script")),
        ("skrip pada isian", field(AA=Dictionary(K=_js("AFNumber_Keystroke(0,0,0,0,'',true)"))), c("pdf_script")),
    )
    yield from (
        ("mengirim isian", field(A=_send("http://contoh.example/terima")), c("pdf_sends")),
        ("mengirim saat dibuka", opens_with(_send("https://contoh.example/x", Flags=4)), c("pdf_sends")),
        ("mengambil data", opens_with(Dictionary(S=Name.ImportData, F=String("data.fdf"))), c("pdf_sends")),
        ("mengirim lewat halaman", page_opens_with(_send("mailto:orang@contoh.example")), c("pdf_sends")),
    )
    yield from (
        ("lampiran lembar kerja", attached("rekap.xlsx", lambda: bases.xlsx("lampir")), c("pdf_attachment")),
        ("lampiran PDF", attached("SK.pdf", lambda: bases.plain_pdf("lampir", "surat")), c("pdf_attachment")),
        ("lampiran berjepit", pinned("catatan.csv", lambda: bases.csv("lampir")), c("pdf_attachment")),
        ("lampiran berjepit Word", pinned("naskah.docx", lambda: bases.docx("lampir")), c("pdf_attachment")),
        ("lampiran program", attached("cetak.exe", exe), PROGRAM_ATTACHED),
        ("program berjepit", pinned("buka.bat", lambda: BAT), PROGRAM_ATTACHED),
        ("skrip terlampir", attached("rekap.js", lambda: JS), PROGRAM_ATTACHED),
        ("program terlampir bernama PDF", attached("lampiran.pdf", exe), PROGRAM_ATTACHED),
    )
    yield from (
        (
            "media kaya",
            annotated(Subtype=Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary())),
            c("pdf_media"),
        ),
        ("film", annotated(Subtype=Name.Movie, Movie=Dictionary(F=String("rapat.mp4"))), c("pdf_media")),
        ("layar", annotated(Subtype=Name.Screen, A=Dictionary(S=Name.Rendition, OP=0)), c("pdf_media")),
        ("tiga dimensi", annotated(Subtype=Name("/3D")), c("pdf_media")),
        ("suara", annotated(Subtype=Name.Sound), c("pdf_media")),
    )
    yield from (
        ("formulir dinamis", form_xfa, c("dynamic_form")),
        ("formulir dinamis berbagian", form_xfa_parts, c("dynamic_form")),
    )


def cases() -> Iterator[Case]:
    for i, (label, change, said) in enumerate(_active()):
        for style in ("hand", "weasy"):
            base = bases.plain_pdf if style == "hand" else bases.pdf
            yield Case(
                f"PDF {label} ({style})",
                f"surat {i}.pdf",
                lambda c=change, n=i, b=base: changed(b(f"aksi {n}", "surat"), c),
                said,
                "surat",
            )
    yield Case(
        "PDF dengan skrip dan lampiran",
        "surat.pdf",
        lambda: changed(
            changed(bases.plain_pdf("aksi ganda", "surat"), named_script),
            attached("rekap.csv", lambda: bases.csv("ganda")),
        ),
        bases.codes("pdf_script", "pdf_attachment"),
        "surat",
    )
    yield from _honest()


def _bookmarks(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root += [pikepdf.OutlineItem("Pendahuluan", 0), pikepdf.OutlineItem("Penutup", 0)]


def _honest() -> Iterator[Case]:
    link = Dictionary(S=Name.URI, URI=String("https://jdih.temanggungkab.go.id/produk/12"))
    good: tuple[tuple[str, Change], ...] = (
        ("tautan web", annotated(Subtype=Name.Link, A=link)),
        ("formulir biasa", field(V=String("Suparman"))),
        ("penanda", _bookmarks),
        ("catatan tempel", annotated(Subtype=Name.Text, Contents=String("sudah diperiksa Kabag Hukum"))),
        ("sorotan", annotated(Subtype=Name.Highlight, QuadPoints=Array([60, 90, 200, 90, 60, 60, 200, 60]))),
        ("stempel", annotated(Subtype=Name.Stamp, Name=Name.Approved)),
        (
            "surel",
            annotated(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("mailto:dpmptsp@temanggungkab.go.id"))),
        ),
    )
    for label, change in good:
        yield Case(
            f"PDF jujur dengan {label}",
            "surat.pdf",
            lambda c=change, x=label: changed(bases.plain_pdf(x, "surat"), c),
            NO_CODE,
            "surat",
        )
    yield Case(
        "PDF dibuka pada halaman pertama",
        "surat.pdf",
        lambda: changed(bases.plain_pdf("buka", "surat"), _first_page),
        NO_CODE,
        "surat",
    )
    yield Case(
        "teks tentang JavaScript dan Launch",
        "laporan.pdf",
        lambda: html.pdf(
            bases.paper("kata js").more(
                "Celah /JavaScript, /Launch, /OpenAction dan /EmbeddedFile pada PDF diperiksa tim keamanan."
            )
        ),
        NO_CODE,
        "laporan",
    )


def _first_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
