"""Papers as HTML, and as PDF by WeasyPrint."""

import functools
import logging
from html import escape

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from .papers import Block, Head, Paper, Table

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)

STYLES = {
    "dinas": "@page{size:A4;margin:2cm} body{font:11pt 'DejaVu Serif',serif} .kop{text-align:center;"
    "border-bottom:3px double #000} h2{text-align:center;font-size:12pt}",
    "folio": "@page{size:215mm 330mm;margin:2cm 2cm 2.5cm 3cm} body{font:11.5pt 'DejaVu Sans Condensed',sans-serif;"
    "text-align:justify} .kop{border-bottom:2px solid;text-align:center} h2{text-align:center;"
    "text-decoration:underline;font-size:12pt}",
    "dua": "@page{size:A4;margin:1.6cm} body{font:9pt 'DejaVu Sans'} .isi{columns:2} "
    ".kop{background:#dde8f3;padding:4px} h2{color:#124} table{font-size:8pt}",
    "lanskap": "@page{size:A4 landscape;margin:1.5cm} body{font:10pt 'DejaVu Sans'} .kop{text-align:center} "
    "h2{text-align:"
    "center}",
}
_BASE = (
    "table{border-collapse:collapse;width:100%;margin:6px 0}td,th{border:1px solid #000;padding:2px 4px}"
    ".ttd{float:right;width:45%;text-align:center;margin-top:14px}.ttd.kiri{float:left}.kaki{clear:both;font-size:8pt}"
    "p{margin:5px 0}h3{font-size:1em;margin:8px 0 3px}"
)


@functools.cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


def _block(block: Block) -> str:
    if isinstance(block, Head):
        return f"<h3>{escape(block.text)}</h3>"
    if isinstance(block, Table):
        head = "".join(f"<th>{escape(h)}</th>" for h in block.head)
        rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in block.rows)
        return f"<table><tr>{head}</tr>{rows}</table>"
    return f"<p>{escape(block)}</p>"


def page(paper: Paper, style: str = "dinas") -> str:
    head = "<br>".join(f"<b>{escape(x)}</b>" if i < 2 else escape(x) for i, x in enumerate(paper.head))
    title = "".join(f"<h2>{escape(t)}</h2>" for t in paper.title)
    body = "".join(_block(b) for b in paper.body)
    signers = ""
    for i, s in enumerate(paper.signers):
        where = "kiri" if i == 0 and len(paper.signers) > 1 else ""
        nip = f"<br>NIP {escape(s.nip)}" if s.nip else ""
        dated = f"{escape(paper.dated)}<br>" if i == len(paper.signers) - 1 else ""
        signers += (
            f"<div class='ttd {where}'>{dated}{escape(s.role)},<br><br>{escape(s.mark)}<br><br>"
            f"<u>{escape(s.name)}</u>{nip}</div>"
        )
    foot = f"<p class=kaki>{escape(paper.foot)}</p>" if paper.foot else ""
    kop = f"<div class=kop>{head}</div>" if paper.head else ""
    text = f"{kop}{title}<div class=isi>{body}</div>{signers}{foot}"
    return f"<html lang=id><style>{_BASE}{STYLES[style]}</style>{text}</html>"


def pdf(paper: Paper, style: str = "dinas", **options: object) -> bytes:
    return HTML(string=page(paper, style)).write_pdf(font_config=_fonts(), **options)


def pdf_of(markup: str) -> bytes:
    return HTML(string=markup).write_pdf(font_config=_fonts())
