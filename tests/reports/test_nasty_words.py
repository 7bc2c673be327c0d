"""Words that people write into reports: very long ones, and signs that break files or turn the direction of writing."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pytest

from reports import pdf
from reports.data import field
from reports.profile import profile_pdf
from reports.tables import OBSTACLES, Table
from tests.papers import words_of
from tests.reports.documents import CUTOFF, make_document
from tests.reports.profiles import usual

LONG = "Sangatpanjangtanpaspasi" * 12
TURNED, WRITTEN = "a\x00b\u202e12,5\u2066", "ab12,5"


def _report() -> bytes:
    later_ends = replace(make_document().later_ends, rows=(("Perpanjangan", LONG, CUTOFF, CUTOFF, 3, TURNED),))
    rows = (("1", "Perizinan", LONG, TURNED, 1, LONG),)
    document = make_document(
        overview=(LONG, TURNED),
        facts=(("Alasan edisi ini", LONG * 4), ("Keterangan", TURNED), ("Catatan", LONG * 4)),
        later_ends=later_ends,
        obstacles=Table("Kendala", "Kendala dan rencana tindak lanjut", OBSTACLES, rows),
    )
    return pdf.compliance_report(document)


def _profile() -> bytes:
    (owed,), (reason,) = usual().obligations, usual().reasons
    shown = usual(
        agency=LONG,
        obligations=(replace(owed, text=LONG), replace(owed, text=TURNED)),
        reasons=(replace(reason, reason=LONG),),
        open=(LONG,),
    )
    return profile_pdf(shown)


@pytest.mark.parametrize("printed", [_report, _profile])
def test_nothing_leaves_the_page_and_nothing_is_turned(printed):
    content = printed()
    assert WRITTEN in words_of(content)
    for page, (left, _, right, top) in _boxes(content):
        width, height = page
        assert left > 10
        assert right < width - 10
        assert top < height - 5


def _boxes(content: bytes) -> Iterator[tuple[tuple[float, float], tuple[float, float, float, float]]]:
    """(width and height of the page, box of a piece of text) in points, from the lower left."""
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        for number in range(text.count_rects()):
            yield page.get_size(), text.get_rect(number)


def test_a_second_page_of_the_cover_keeps_clear_of_its_head():
    """The reason of a new edition may take a thousand letters."""
    page = pypdfium2.PdfDocument(_report())[1]
    text, top = page.get_textpage(), page.get_height()
    assert "Laporan kepatuhan pelaporan" in text.get_text_bounded(bottom=top - 45)
    assert text.get_text_bounded(bottom=top - 66, top=top - 45).strip() == ""
    assert "Sangatpanjang" in text.get_text_bounded(top=top - 66)


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\x00=1", "\u202e=1", "\r=1"])
def test_no_spreadsheet_runs_what_stands_in_a_csv(words):
    written = field(words)
    assert written.startswith("'")
    assert not set(written) & set("\x00\r\u202e")
