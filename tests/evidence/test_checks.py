"""Each check on good and nasty files: it speaks where it must, and nowhere else."""

import pytest

from stranas.catalogue.models import DocumentKind
from stranas.evidence.checks import Claim, Surroundings, judge
from stranas.evidence.checks.opens import _OPENERS, CutOff
from stranas.evidence.checks.reading.sheets import table
from stranas.evidence.checks.real_type import FITS
from stranas.evidence.rules import Severity
from tests.evidence import samples


@pytest.fixture
def codes(tmp_path):
    """`codes(name, content, kind)`: the codes of what the checks find."""

    def found(name: str, content: bytes, kind: str = "") -> list[str]:
        return [finding.code for finding in findings(name, content, kind)]

    def findings(name, content, kind=""):
        path = tmp_path / f"stored-{len(list(tmp_path.iterdir()))}"
        path.write_bytes(content)
        return judge(path, Claim(name, kind), Surroundings()).findings

    found.findings = findings
    return found


GOOD = [
    ("laporan.pdf", samples.pdf, "laporan"),
    ("LAPORAN.PDF", samples.pdf, "keputusan"),
    ("cetak-dilarang.pdf", samples.print_forbidden_pdf, "peraturan"),
    ("rekap.xlsx", samples.xlsx, "data"),
    ("rekap.ods", samples.ods, "data"),
    ("rekap.csv", samples.csv_table, "data"),
    ("rekap-koma.csv", lambda: samples.csv_table(separator=","), "data"),
    ("bmd.csv", lambda: samples.csv_table((("BMD", "Nilai"), ("tanah", 1))), "data"),
    ("satu-kolom.csv", lambda: b"NIP\r\n1\r\n", "data"),
    ("unicode.csv", lambda: "No\tIzin\r\n1\tSIUP\r\n".encode("utf-16"), "data"),
    ("latin.csv", lambda: "No;Catatan\r\n1;caf\xe9\r\n".encode("cp1252"), "data"),
    ("foto.jpg", samples.image, "foto"),
    ("foto.jpeg", samples.image, "foto"),
    ("layar.png", lambda: samples.image("PNG"), "tangkapan_layar"),
    ("layar.webp", lambda: samples.image("WEBP"), "tangkapan_layar"),
    ("peta.tif", lambda: samples.image("TIFF"), "peta"),
    ("peta.pdf", samples.pdf, "peta"),
    ("pindaian.jpg", samples.image, "surat"),
    ("surat.docx", samples.docx, ""),
    ("catatan.txt", samples.text, ""),
]


@pytest.mark.parametrize(("name", "build", "kind"), GOOD, ids=[name for name, _, _ in GOOD])
def test_a_good_file_raises_no_alarm(codes, name, build, kind):
    assert codes(name, build(), kind) == []


BAD = [
    ("laporan.pdf", lambda: b"", "laporan", ["empty"]),
    ("laporan.pdf", samples.locked_pdf, "laporan", ["locked"]),
    ("rekap.xlsx", samples.locked_xlsx, "data", ["locked"]),
    ("rekap.xlsx", samples.broken_xlsx, "data", ["cut_off"]),
    ("rekap.xlsx", samples.xlsx_with_broken_sheet, "data", ["not_readable"]),
    ("rekap.xlsx", lambda: bytes(range(1, 250)) * 8, "data", ["not_readable"]),
    ("laporan.pdf", lambda: b"%PDF-1.7\nnothing of a PDF follows", "laporan", ["cut_off"]),
    ("foto.jpg", lambda: samples.image()[:400], "foto", ["cut_off"]),
    ("laporan.pdf", samples.text, "laporan", ["wrong_type"]),
    ("laporan.pdf", samples.text, "", ["wrong_ending"]),
    ("rekap.xlsx", samples.pdf, "data", ["wrong_type"]),
    ("rekap.pdf", samples.pdf, "data", ["wrong_type"]),
    ("rekap.xls", samples.html, "data", ["wrong_type"]),
    ("rekap.xlsx", samples.csv_table, "data", ["wrong_ending"]),
    ("keputusan.docx", samples.docx, "keputusan", ["wrong_type"]),
    ("laporan.docx", samples.docx, "laporan", ["unsigned_format"]),
    ("rencana.xlsx", samples.xlsx, "rencana", ["unsigned_format"]),
    ("foto.jpg", lambda: samples.image("PNG"), "foto", ["other_ending"]),
    ("halaman.pdf", samples.pdf, "tautan", ["file_for_link"]),
]


@pytest.mark.parametrize(("name", "build", "kind", "expected"), BAD)
def test_a_nasty_file_is_found_out_once(codes, name, build, kind, expected):
    assert codes(name, build(), kind) == expected


def test_the_words_say_what_is_wrong_and_how_to_repair_it(codes):
    (finding,) = codes.findings("rekap.xlsx", samples.pdf(), "data")
    assert finding.severity is Severity.MUST_FIX
    assert finding.message == "Berkas bernama .xlsx, tetapi isinya PDF."
    assert finding.repair == "Unggah lembar kerja asli dari Excel atau LibreOffice, bukan hasil cetaknya."


def test_a_paper_under_the_ending_of_a_program_is_told_how_to_be_named(codes):
    (finding,) = codes.findings("Laporan.exe", samples.pdf(), "laporan")
    assert (finding.code, finding.severity) == ("program", Severity.REFUSED)
    assert finding.message == "Nama berkas ini berakhiran .exe, yaitu akhiran nama program atau skrip."
    assert finding.repair == "Bila berkas ini memang PDF, ganti akhiran namanya menjadi .pdf, lalu unggah kembali."


@pytest.mark.parametrize("build", [lambda: b"", samples.locked_pdf, lambda: samples.pdf()[:60]])
def test_what_cannot_be_opened_is_refused(codes, build):
    (finding,) = codes.findings("laporan.pdf", build(), "laporan")
    assert finding.severity is Severity.REFUSED


def test_every_kind_of_document_says_which_types_serve_it():
    assert set(FITS) == {kind.value for kind in DocumentKind}


def test_an_old_office_file_that_is_cut_off_cannot_be_opened(tmp_path):
    """No writer of old Office files is at hand: a locked worksheet lies in the same kind of container."""
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    whole.write_bytes(samples.locked_xlsx())
    cut.write_bytes(samples.locked_xlsx()[:-2048])
    _OPENERS["xls"](whole)
    with pytest.raises((CutOff, OSError)):
        _OPENERS["xls"](cut)


def test_a_worksheet_with_styles_that_openpyxl_refuses_is_not_refused(codes):
    assert codes("rekap.xlsx", samples.xlsx_with_odd_styles(), "data") == []


def test_a_csv_whose_lines_end_as_on_old_machines_is_read(tmp_path):
    file = tmp_path / "rekap.csv"
    file.write_bytes(b"Nama;Nilai\rTemanggung;70\rMagelang;80\r")
    assert table(file).split("\n") == ["Nama\tNilai", "Temanggung\t70", "Magelang\t80"]
