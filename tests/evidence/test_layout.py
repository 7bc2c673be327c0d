"""What a layout adds to the words of a paper is taken away, and nothing that the paper says."""

import html
import time

import pytest
from weasyprint import HTML

from stranas.evidence.checks.reading import read
from stranas.evidence.layout import letters, unlaid
from stranas.evidence.words import digest
from tests.evidence.shelf import office
from tests.evidence.shelf.prose import prose

_LOOKS = (
    "@page{size:9cm 11cm;margin:1.6cm;@top-left{content:'Laporan Inspektorat'}"
    "@bottom-right{content:'Halaman ' counter(page) ' dari ' counter(pages)}}p{hyphens:auto;text-align:justify}",
    "@page{size:A4;@bottom-center{content:counter(page)}}p{line-height:2.6;font-size:19pt;hyphens:auto}",
    "@page{size:A4}",
)


@pytest.mark.parametrize("look", _LOOKS)
def test_a_text_printed_from_word_says_the_same_on_any_pages(tmp_path, look):
    law = "Undang-undang ini berlaku se-Indonesia \u2013 \u201cmasing-masing\u201d pihak menaatinya."
    said = [*prose(3, 40), law]
    body = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in said)
    main = f'<w:document xmlns:w="{office.WORD}"><w:body>{body}</w:body></w:document>'
    typed, printed = tmp_path / "a.docx", tmp_path / "a.pdf"
    typed.write_bytes(office.document(parts={"word/document.xml": main}))
    pages = "".join(f"<p>{html.escape(line)}</p>" for line in said)
    printed.write_bytes(HTML(string=f"<html lang=id><style>{look}</style>{pages}</html>").write_pdf())
    assert digest(read(printed).text) == digest(read(typed).text) != ""


@pytest.mark.parametrize(
    ("laid", "plain"),
    [
        ("pelak-\nsanaan kegiatan", "pelaksanaan kegiatan"),
        ("undang-\nundang", "undang-undang"),
        ("se-\nIndonesia", "se-\nIndonesia"),
        ("pelak\u00adsanaan", "pelaksanaan"),
        ("Rencana\n- ii -", "Rencana"),
        ("Isi pertama\nHal. 4\fIsi kedua\nHal. 5", "Isi pertama\nIsi kedua"),
        ("Sampul\fIsi pertama\n1\fIsi kedua\n2", "Sampul\nIsi pertama\nIsi kedua"),
    ],
)
def test_words_are_whole_and_pages_are_gone(laid, plain):
    assert unlaid(laid) == plain


@pytest.mark.parametrize(
    "text", ["Jumlah\n125", "Berkas\n12\fBerkas lain\n40", "Halaman depan\nsitus", "Isi\nHalaman muka", "2019-\n2020"]
)
def test_what_only_looks_like_the_number_of_a_page_stays(text):
    assert unlaid(text) == text.replace("\f", "\n")


@pytest.mark.parametrize("sign", ["a", "1", "-", "- ", "\n", "halaman ", "1 ", "a-\n", "\f"])
def test_a_text_of_one_sign_takes_no_time(sign):
    begin = time.perf_counter()
    letters(sign * 100_000)
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("figures", [("12", "13"), ("1,5", "15"), ("12 3", "1 23")])
def test_another_figure_is_another_text(figures):
    one, other = figures
    assert letters(f"Jumlah {one} berkas") != letters(f"Jumlah {other} berkas")
