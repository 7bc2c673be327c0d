"""The printed report: what it says, and that it reaches for nothing outside itself."""

import io

import pytest
from pypdf import PdfReader

from reports import paper
from reports.pdf import compliance_html, compliance_report
from reports.tables import PRACTICE
from tests.reports.documents import make_document


def _pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return _pages(compliance_report(make_document()))


def test_every_page_has_its_number_and_the_practice_line(pages):
    assert len(pages) >= 5
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert PRACTICE in text


def test_a_real_report_has_no_practice_line():
    assert not [text for text in _pages(compliance_report(make_document(practice=False))) if "latihan" in text]


def test_it_names_title_language_and_cutoff():
    reader = PdfReader(io.BytesIO(compliance_report(make_document())))
    assert reader.metadata.title == "Laporan kepatuhan pelaporan: Triwulan V (B15), Januari–Maret 2020"
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert reader.metadata.creation_date.isoformat() == "2020-07-13T01:58:00+00:00"


def test_figures_are_written_the_indonesian_way(pages):
    assert "1.234,56" in " ".join(pages)
    assert "Diketahui oleh" in pages[-1]
    assert "skematis" in " ".join(pages)


def test_markup_in_a_name_is_only_text():
    html = compliance_html(make_document())
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(
    "page",
    [
        "<img src='http://127.0.0.1:9/x.png'>",
        "<img src='file:///etc/hostname'>",
        "<link rel=stylesheet href='https://example.com/x.css'>",
        "<style>@font-face{font-family:x;src:url(file:///etc/hostname)} p{font-family:x}</style><p>x",
    ],
)
def test_nothing_is_fetched(page, monkeypatch, caplog):
    import urllib.request

    opened = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda self, url, *args, **more: opened.append(url))
    assert paper.pdf(f"<html lang=id><title>x</title>{page}").startswith(b"%PDF")
    assert not opened
    assert "fetches nothing" in caplog.text or "cannot be loaded" in caplog.text
