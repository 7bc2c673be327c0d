"""The report as PDF: sections printed apart, then bound. Jinja and WeasyPrint, without network, without an app."""

import gc
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reports import binding, data, paper
from reports.binding import Entry, Facts, Part
from reports.document import Document
from reports.progress import Progress, silent
from reports.sections import Section, cover_html, sections
from reports.tables import PRACTICE
from stranas.system import text


def compliance_report(document: Document) -> bytes:
    """The same as bytes: for a report of one agency, or a test."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.pdf"
        write(document, file)
        return file.read_bytes()


def write(document: Document, to: Path, *, progress: Progress = silent) -> None:
    """A4 landscape, tagged, with its figures as CSV inside. Progress counts sections. Whole, or not at all.

    Memory is that of the largest section, whatever the number of agencies.
    """
    known = sections(document)
    total = len(known) + 3  # cover, contents, heads and feet
    with TemporaryDirectory() as name, _whole(to) as draft:
        folder = Path(name)
        cover = _printed(cover_html(document), folder / "cover.pdf")
        progress(1, total)
        parts = []
        for number, section in enumerate(known, 1):
            parts.append(_section(document, section, folder / f"{number}.pdf"))
            progress(1 + number, total)
        listed = [_contents(document, cover, parts, folder)] if len(document.agencies.rows) > 1 else []
        progress(total - 1, total)
        bound = [cover, *listed, *parts]
        running = folder / "running.pdf"
        paper.print_to(_running_html(document, bound), running, tagged=False)
        binding.bind(bound, running, draft, _facts(document))
    progress(total, total)


@contextmanager
def _whole(to: Path) -> Iterator[Path]:
    """A draft beside the file, which takes its place when all went well."""
    draft = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    try:
        yield draft
        os.replace(draft, to)
    finally:
        draft.unlink(missing_ok=True)


def _printed(markup: str, file: Path, *, continues: bool = False) -> Part:
    paper.print_to(markup, file)
    gc.collect()  # boxes point at each other: without it the next section would be laid out beside the last
    return binding.part(file, continues=continues)


def _section(document: Document, section: Section, file: Path) -> Part:
    return _printed(section_html(document, section), file, continues=section.continues)


def section_html(document: Document, section: Section) -> str:
    """The markup of one section; complete in itself."""
    return paper.html("report/section.html", document=document, blocks=section.blocks)


def _contents(document: Document, cover: Part, parts: Sequence[Part], folder: Path) -> Part:
    """How long the contents are says on which pages everything else begins: printed again where the guess was wrong."""
    pages = 1
    while True:
        guess = Part(folder, pages, ())
        entries = binding.contents([cover, guess, *parts])
        printed = _printed(_contents_html(document, entries), folder / "contents.pdf")
        if printed.pages == pages:
            return replace(printed, headings=())
        pages = printed.pages


def _contents_html(document: Document, entries: Sequence[Entry]) -> str:
    return paper.html("report/contents.html", document=document, entries=entries, to_page=binding.TO_PAGE)


def _running_html(document: Document, parts: Sequence[Part]) -> str:
    return paper.html(
        "report/running.html",
        document=document,
        heads=_heads(parts),
        practice=PRACTICE if document.practice else "",
        cutoff=f"Keadaan {text.instant(document.made_at, seconds=True)}",
        stamp=document.stamp,
    )


def _heads(parts: Sequence[Part]) -> list[str]:
    """Page by page the section that it belongs to; the cover and the contents have none."""
    begins = {entry.page: entry.title for entry in reversed(binding.contents(parts))}
    heads, now = [], ""
    for page in range(1, sum(one.pages for one in parts) + 1):
        now = begins.get(page, now)
        heads.append(now)
    return heads


def _facts(document: Document) -> Facts:
    return Facts(
        title=f"{document.title}: {document.period}",
        made_at=document.made_at,
        attachments={
            "instansi.csv": (data.as_csv(document), "Sembilan angka setiap instansi"),
            "rincian.csv": (data.table_as_csv(document.details), "Rincian setiap kewajiban"),
        },
    )
