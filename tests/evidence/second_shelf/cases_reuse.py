"""Documents handed in again: the same bytes, the same words, nearly the same; and honest pairs of one template."""

import functools
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pikepdf

from . import bases, chance, html, office, rawpdf, sheets
from .case import Case, Earlier
from .papers import BY_KIND, Block, Paper, Table
from .readings import NO_CODE
from .topics_more import topic

ITEMS = ("1-a", "7-a", "9-a", "9-b", "9-c", "10-a", "6-a")


@functools.cache
def stored(label: str, form: str) -> bytes:
    """Built once, so that the same bytes come twice."""
    build: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: bases.pdf(label),
        "surat": lambda: bases.plain_pdf(label, "surat"),
        "xlsx": lambda: bases.xlsx(label),
        "csv": lambda: bases.csv(label),
        "scan": lambda: bases.scan(label),
        "docx": lambda: bases.docx(label),
        "jpg": lambda: bases.page_jpg(label),
    }
    return build[form]()


def resaved(data: bytes, how: int) -> bytes:
    """Other bytes, the same pages."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Producer"] = f"Penyimpan {how}"
        if how == 0:
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        elif how == 1:
            pdf.save(out, linearize=True)
        else:
            pdf.save(out, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return out.getvalue()


def loud(paper: Paper) -> Paper:
    """The same words in capitals here and there, and with other spaces."""
    body: list[Block] = [b.replace(" ", "  ", 3) if isinstance(b, str) else b for b in paper.body]
    return replace(paper, title=tuple(t.title() for t in paper.title), body=tuple(body))


def touched(paper: Paper, r: random.Random, changes: int) -> Paper:
    """A long paper with a few words changed: another date, another name, one figure."""
    body = list(paper.body)
    spots = [i for i, b in enumerate(body) if isinstance(b, str) and len(b) > 60]
    for i in r.sample(spots, min(changes, len(spots))):
        words = str(body[i]).split()
        words[len(words) // 2] = r.choice(("kembali", "antara", "bertahap", "62", "118"))
        body[i] = " ".join(words)
    return replace(paper, body=tuple(body), dated="Temanggung, 29 Juni 2020")


@functools.cache
def long_paper(label: str) -> Paper:
    """Some 500 words: several months' narrative, so that one changed word weighs little."""
    r = chance.rng(label)
    paper = bases.paper(label)
    from .papers import fill

    more = [
        fill(r, s, bases.office_of("1-a"), chance.WORKDAYS)
        for s in (*topic("1-a").said, *topic("1-a").hindered, *topic("1-a").next, *topic("1-a").said[::-1])
    ]
    return paper.more(*more)


def sibling(label: str, n: int, kind: str, item: str) -> Paper:
    """A report of another time from the same template: same frame, other narrative and figures."""
    import datetime as dt

    window = ((dt.date(2020, 1, 6), dt.date(2020, 3, 27)), chance.WORKDAYS)[n]
    return BY_KIND[kind](chance.rng(f"{label} {n}"), topic(item), bases.office_of(item), window)


def cases() -> Iterator[Case]:
    yield from _same_bytes()
    yield from _same_words()
    yield from _near_words()
    yield from _honest()


def _same_bytes() -> Iterator[Case]:
    c = bases.codes
    claims = (
        ("pdf", "laporan", "pdf"),
        ("surat", "surat", "pdf"),
        ("xlsx", "data", "xlsx"),
        ("csv", "data", "csv"),
        ("scan", "surat", "pdf"),
        ("jpg", "surat", "jpg"),
        ("docx", "", "docx"),
        ("pdf", "", "pdf"),
    )
    for i, (form, kind, ending) in enumerate(claims):
        for code, own, used in (("reused", True, True), ("in_library", True, False), ("same_elsewhere", False, True)):
            label = f"{code} {form} {i}"
            build = partial(stored, label, form)
            yield Case(
                f"berkas yang sama: {label}",
                f"baru {label}.{ending}",
                build,
                c(code),
                kind,
                earlier=(
                    Earlier(lambda x=label, f=form: stored(f"{x} lain", f), f"lain.{ending}"),
                    Earlier(build, f"lama {i}.{ending}", own, used),
                ),
            )
    build = partial(stored, "di dua tempat", "pdf")
    yield Case(
        "berkas dipakai sendiri dan instansi lain",
        "laporan.pdf",
        build,
        c("reused", "same_elsewhere"),
        "laporan",
        earlier=(Earlier(build, "a.pdf"), Earlier(build, "b.pdf", own=False)),
    )


def _same_words() -> Iterator[Case]:
    for i in range(12):
        for own in (True, False):
            label = f"kata sama {i} {own}"
            paper = bases.paper(label)
            said = bases.codes("same_words" if own else "same_words_elsewhere")
            ending = "docx" if i % 4 == 3 else "pdf"
            new = (
                lambda x=label: resaved(bases.pdf(x), 1),
                lambda x=label: resaved(bases.pdf(x), 0),
                lambda p=paper: html.pdf(loud(p), "folio"),
                lambda x=label: bases.docx(x),
            )[i % 4]
            yield Case(
                label,
                f"{label}.{ending}",
                new,
                said,
                "" if ending == "docx" else "laporan",
                earlier=(Earlier(lambda x=label: bases.pdf(x), "lama.pdf", own),),
            )


def _near_words() -> Iterator[Case]:
    for i in range(12):
        for own in (True, False):
            label = f"hampir sama {i} {own}"
            said = bases.codes("near_words" if own else "near_words_elsewhere")
            render = (html.pdf, rawpdf.pdf, office.docx)[i % 3]
            yield Case(
                label,
                f"{label}.{'docx' if i % 3 == 2 else 'pdf'}",
                lambda x=label, n=i, f=render: f(touched(long_paper(x), chance.rng(x), 1 + n % 3)),
                said,
                "" if i % 3 == 2 else "laporan",
                earlier=(Earlier(lambda x=label: html.pdf(long_paper(x)), "lama.pdf", own),),
            )


def _honest() -> Iterator[Case]:
    """Pairs that share letterhead, chapters and phrases, but tell of another time."""
    kinds = ("laporan", "notulen", "berita_acara", "surat", "laporan", "rencana")
    for i in range(84):
        item, kind = ITEMS[i % 7], kinds[i % 6]
        label = f"pasangan jujur {i} {kind} {item}"
        render = (rawpdf.pdf, html.pdf)[i % 4 == 1]
        yield Case(
            label,
            f"{kind} TW II {i}.pdf",
            lambda x=label, k=kind, t=item, f=render: f(sibling(x, 1, k, t)),
            NO_CODE,
            kind,
            item=item,
            earlier=(
                Earlier(
                    lambda x=label, k=kind, t=item: rawpdf.pdf(sibling(x, 0, k, t)), f"{kind} TW I.pdf", own=i % 5 != 4
                ),
            ),
        )
    for i in range(12):
        label = f"lembar dengan kepala yang sama {i}"
        yield Case(
            label,
            f"Rekap Juni {i}.xlsx",
            lambda x=label: bases.xlsx(f"{x} b", count=14),
            NO_CODE,
            "data",
            earlier=(Earlier(lambda x=label: other_recap(x), f"Rekap Maret {i}.xlsx"),),
        )
    for i in range(12):
        label = f"daftar hadir rapat yang berbeda {i}"
        yield Case(
            label,
            f"Daftar hadir {i}.pdf",
            lambda x=label: rawpdf.pdf(guests(x, 1)),
            NO_CODE,
            "daftar_hadir",
            earlier=(Earlier(lambda x=label: rawpdf.pdf(guests(x, 0)), "Daftar hadir lalu.pdf"),),
        )
    for i in range(4):
        label = f"tanpa dokumen serupa {i}"
        yield Case(
            label,
            f"surat {i}.pdf",
            lambda x=label: bases.pdf(x, "surat"),
            NO_CODE,
            "surat",
            earlier=tuple(
                Earlier(
                    lambda x=label, k=k: bases.pdf(f"{x} {k}", "notulen", ITEMS[k]), f"lama {k}.pdf", own=k % 2 == 0
                )
                for k in range(3)
            ),
        )


def other_recap(label: str) -> bytes:
    rows = bases.recap_rows(chance.rng(f"{label} a"), count=11)
    return sheets.xlsx(
        "Keadaan sampai dengan 27 Maret 2020", bases.RECAP, rows[::-1], bases.recap_above(), totals=(3, 4)
    )


def guests(label: str, n: int) -> Paper:
    """Other people at another meeting of the same office."""
    r = chance.rng(f"{label} {n}")
    paper = sibling(label, n, "daftar_hadir", "1-a")
    names = sheets.people(r, 14)
    table = Table(
        ("No", "Nama", "Jabatan", "Unit Kerja", "Tanda Tangan"),
        tuple(
            (
                str(i),
                name,
                r.choice(("Kabid", "Kasi", "Staf", "Analis", "Camat")),
                r.choice(bases.office_of("1-a").places),
                f"{i}. ttd",
            )
            for i, name in enumerate(names, 1)
        ),
    )
    return replace(paper, body=(table,))
