"""The printed report: what it says, that it is one whole, and that it reaches for nothing outside itself."""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest
from pypdf import PdfReader

from reports import data, paper, pdf
from reports.document import Stamp
from reports.sections import sections
from reports.tables import PRACTICE
from tests.papers import pages_of
from tests.reports.documents import make_document

MANY = tuple(f"Kabupaten Nomor {n:03}" for n in range(1, 131))


@pytest.fixture(scope="module")
def pages() -> list[str]:
    return pages_of(pdf.compliance_report(make_document()))


@pytest.fixture(scope="module")
def book() -> bytes:
    """So many agencies that they are printed in several parts."""
    return pdf.compliance_report(_large())


def _large():
    """Agencies of three provinces, more than are printed together."""
    document = make_document(MANY, practice=False)
    places = [("33", "Jawa Tengah")] * 60 + [("35", "Jawa Timur")] * 50 + [("91", "Papua")] * 20
    rows = [
        (f"{code}.{n:03}", row[1], row[2], province, *row[4:])
        for n, (row, (code, province)) in enumerate(zip(document.agencies.rows, places, strict=True))
    ]
    return replace(document, agencies=replace(document.agencies, rows=tuple(rows)))


@pytest.fixture
def opened(book):
    with pikepdf.open(io.BytesIO(book)) as opened:
        yield opened


def test_every_page_has_its_number_the_cutoff_and_the_practice_line(pages):
    assert len(pages) >= 4
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text
        assert "Keadaan 13 Juli 2020 pukul 08.58.00 WIB. Angka sementara" in text
        assert PRACTICE in text


def test_a_real_report_has_no_practice_line(book):
    assert not [text for text in pages_of(book) if "latihan" in text]


def test_it_names_title_language_author_and_the_cutoff_as_its_date(book, opened):
    reader = PdfReader(io.BytesIO(book))
    assert reader.metadata.title == "Laporan kepatuhan pelaporan: Triwulan V (B15), Januari–Maret 2020"
    assert reader.metadata.author == "Pelaporan Aksi PK"
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    assert reader.metadata.creation_date.isoformat() == "2020-07-13T01:58:00+00:00"
    with opened.open_metadata() as meta:
        assert meta["dc:title"] == reader.metadata.title


def test_figures_are_written_the_indonesian_way(pages):
    assert "1.234,56" in " ".join(pages)
    assert "Diketahui oleh" in pages[-1]
    assert "skematis" in " ".join(pages)


def test_the_contents_name_the_pages_on_which_the_chapters_begin(book, opened):
    text = pages_of(book)
    assert "Daftar isi" in text[1]
    with opened.open_outline() as outline:
        entries = [(item, opened.pages.index(item.destination[0])) for item in _all(outline.root)]
    assert {"Definisi", "Ringkasan eksekutif", "Menurut aksi", "Menurut instansi", "Papua"} <= {
        item.title for item, _ in entries
    }
    for item, place in entries:
        assert re.search(rf"{re.escape(item.title)} ?{place + 1}(?!\d)", text[1]), item.title
        assert item.title in text[place], item.title


def _all(items):
    for item in items:
        yield item
        yield from _all(item.children)


def test_every_line_of_the_contents_leads_to_its_page(opened):
    notes = list(opened.pages[1].Annots)
    assert len(notes) >= 10
    assert all("/A" not in note and note.Dest[0].Type == pikepdf.Name.Page for note in notes)


def test_the_parts_are_one_tagged_document(opened):
    tree = opened.Root.StructTreeRoot
    (document,) = tree.K
    assert pikepdf.Name.Document == document.S
    numbers = list(tree.ParentTree.Nums)[::2]
    assert numbers == sorted(set(numbers))
    pages = [page.StructParents for page in opened.pages]
    assert len(set(pages)) == len(pages)
    assert set(pages) <= set(numbers)
    heads = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/H2"]
    assert len(heads) >= 10
    assert all("/Pg" in head and head.Pg.Type == pikepdf.Name.Page for head in heads)


def test_qpdf_finds_nothing_to_complain_about(opened):
    assert opened.check_pdf_syntax() == []


def test_every_cell_names_a_head_that_there_is_once(opened):
    elements = [
        one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
    ]
    ids = [str(one.ID) for one in elements if "/ID" in one]
    assert len(set(ids)) == len(ids) > 100
    named = {str(head) for one in elements if "/A" in one and "/Headers" in one.A for head in one.A.Headers}
    assert named <= set(ids)
    assert list(map(str, list(opened.Root.StructTreeRoot.IDTree.Names)[::2])) == sorted(ids)


def test_drawings_have_words_and_are_drawn_not_photographed(opened):
    figures = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert len(figures) == 3
    assert all("Peta" in str(one.Alt) or "instansi" in str(one.Alt) for one in figures)
    assert not [one for one in opened.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]


def test_each_page_of_a_long_table_has_the_heads_again_and_no_row_stands_alone(book):
    held = [text for text in pages_of(book) if "Kabupaten Nomor" in text]
    assert len(held) >= 4
    for text in held:
        assert "Kode Instansi" in text
        assert text.count("Kabupaten Nomor") >= 3


def test_who_owes_nothing_is_named_once_and_has_no_row():
    """Rows of zeros filled two thirds of a book in which few agencies owed something."""
    document = make_document(MANY[:70], practice=False)
    nothing = (0, 0, 0, 0, 0, None, None, None, None)
    rows = [(*row[:4], *nothing) if n % 2 else row for n, row in enumerate(document.agencies.rows)]
    content = pdf.compliance_report(replace(document, agencies=replace(document.agencies, rows=tuple(rows))))
    text = " ".join(" ".join(pages_of(content)).split())
    assert "Tanpa kewajiban pelaporan: 35 instansi Semua jumlahnya 0" in text
    assert text.count("Kabupaten Nomor 002 (33.02)") == text.count("Kabupaten Nomor 002") == 1
    assert "33.01 Kabupaten Nomor 001 4 3 2 3 1" in text
    assert "(33.01)" not in text


def test_the_figures_lie_inside_as_they_are_given_as_csv(book, opened):
    document = _large()
    found = PdfReader(io.BytesIO(book)).attachments
    assert found["instansi.csv"] == [data.as_csv(document)]
    rows = list(csv.DictReader(io.StringIO(found["rincian.csv"][0].decode("utf-8-sig"))))
    assert [Decimal(row["weight"]) for row in rows] == [row["weight"] for row in document.details.records()]
    assert [str(one.AFRelationship) for one in opened.Root.AF] == ["/Data", "/Data"]


def test_a_frozen_edition_says_on_every_page_where_it_is_checked():
    stamp = Stamp(sha256="0123abcd" * 8, address="https://contoh.go.id/periksa/0123abcd")
    for text in pages_of(pdf.compliance_report(make_document(stamp=stamp))):
        assert f"SHA-256 data {stamp.sha256}; periksa di {stamp.address}" in text


def test_the_same_figures_give_the_same_bytes_and_others_do_not():
    document = make_document()
    first = pdf.compliance_report(document)
    assert pdf.compliance_report(document) == first
    assert pdf.compliance_report(replace(document, notes=("Catatan lain.",))) != first


def test_progress_counts_to_the_end(tmp_path):
    told = []
    pdf.write(make_document(MANY), tmp_path / "a.pdf", progress=lambda done, total: told.append((done, total)))
    done, totals = zip(*told, strict=True)
    assert list(done) == sorted(set(done))
    assert set(totals) == {done[-1]}


def test_stopped_work_leaves_the_file_as_it_was(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"before")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pdf.write(make_document(), file, progress=stop)
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_markup_in_a_name_is_only_text():
    document = make_document()
    html = "".join(pdf.section_html(document, section) for section in sections(document))
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
def test_nothing_is_fetched(page, monkeypatch, caplog, tmp_path):
    import urllib.request

    opened = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda self, url, *args, **more: opened.append(url))
    markup = f"<html lang=id><title>x</title>{page}"
    assert paper.pdf(markup).startswith(b"%PDF")
    paper.print_to(markup, tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    assert not opened
    assert "fetches nothing" in caplog.text or "cannot be loaded" in caplog.text
