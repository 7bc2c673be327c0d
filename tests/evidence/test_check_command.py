"""bin/stranas check: findings with English labels, a clear sentence for a wrong word, exit codes 0, 1, 2."""

import pytest
from click.testing import CliRunner

from stranas.catalogue.models import DocumentKind
from stranas.cli import main
from stranas.commands import shell
from tests import factories
from tests.evidence import samples
from tests.evidence.handed_in import CHANGED, WORDS, found, pdf, upload
from tests.evidence.shelf import paper


@pytest.fixture
def run(tmp_path):
    """`run(name, content, *options)`: the command on a file of that name."""

    def command(name: str, content: bytes, *options: str):
        file = tmp_path / name
        file.write_bytes(content)
        return CliRunner().invoke(main, ["check", str(file), *options])

    return command


@pytest.fixture
def catalogue(app, monkeypatch):
    """1-a asks Temanggung for a worksheet and a report in B18."""
    monkeypatch.setattr("stranas.commands.check.app_context", app.app_context)
    programme = factories.make_programme()
    kinds = (DocumentKind.DATA, DocumentKind.REPORT)
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme), kinds)
    factories.make_obligation(factories.make_agency(), target)


def test_a_good_file_ends_with_0(run):
    answer = run("laporan.pdf", samples.pdf())
    assert (answer.exit_code, answer.output) == (0, "OK: no findings\n")


def test_a_bad_file_ends_with_1_and_a_sentence(run):
    answer = run("laporan.pdf", samples.text())
    assert answer.exit_code == 1
    assert answer.output.startswith("MUST FIX wrong_ending: Berkas bernama .pdf, tetapi isinya teks biasa.")


@pytest.mark.parametrize("build", [lambda: b"", samples.locked_pdf, samples.broken_xlsx])
def test_what_cannot_be_read_is_refused(run, build):
    answer = run("rekap.xlsx", build())
    assert answer.exit_code == 1
    assert answer.output.startswith("REFUSED ")


def test_a_file_over_the_limit_is_refused(run, monkeypatch):
    monkeypatch.setenv("STRANAS_UPLOAD_LIMIT_MB", "1")
    answer = run("besar.pdf", b"x" * 1_000_001)
    assert answer.exit_code == 1
    assert "REFUSED too_large: Berkas lebih besar dari batas 1,0\u00a0MB." in answer.output


def test_a_missing_file_ends_with_2(tmp_path):
    answer = CliRunner().invoke(main, ["check", str(tmp_path / "tidak-ada.pdf")])
    assert answer.exit_code == 2
    assert "is not a file that can be read." in answer.output


def test_each_requirement_of_the_item_is_tried(run, catalogue):
    answer = run("rekap.xlsx", samples.xlsx(), "--agency", "33.23", "--item", "1-a", "--period", "B18")
    assert answer.exit_code == 0
    assert "1. Data: pemenuhan komitmen triwulan berjalan\n  OK: no findings\n" in answer.output
    assert "  EXPLAIN unsigned_format: " in answer.output


def test_dates_are_held_against_the_quarter(run, catalogue):
    minutes = paper.typed([paper.lines(1, tail="Periode 1 s.d. 31 Desember 2018")])
    answer = run("laporan.pdf", minutes, "--agency", "33.23", "--item", "1-a", "--period", "B18")
    assert "EXPLAIN other_period: Ditemukan: 1 s.d. 31 Desember 2018. Diharapkan: April–Juni 2020." in answer.output


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--agency", "99.99"), "There is no agency with the code '99.99'."),
        (("--item", "1-a", "--period", "B99"), "There is no period 'B99' in stranas-2019-2020."),
        (("--item", "9-z", "--period", "B18"), "There is no item '9-z' in stranas-2019-2020."),
        (("--item", "1-a", "--period", "B18", "--program", "x"), "There is no programme 'x'."),
        (("--item", "1-a"), "--item and --period belong together."),
    ],
)
def test_a_wrong_word_ends_with_one_sentence_and_2(run, catalogue, options, sentence):
    answer = run("laporan.pdf", samples.pdf(), *options)
    assert answer.exit_code == 2
    assert answer.output == f"Error: {sentence}\n"


def test_it_is_compared_with_what_was_handed_in_before(run, catalogue):
    elsewhere = factories.make_agency("71.09", "Kabupaten Lain")
    document = upload(elsewhere, pdf(WORDS), "rahasia.pdf")
    found(document)
    answer = run("laporan.pdf", pdf(CHANGED), "--agency", "33.23")
    assert answer.exit_code == 1
    assert "EXPLAIN near_words_elsewhere: Sebagian besar tulisan dokumen ini sama dengan dokumen" in answer.output
    assert not any(word in answer.output for word in ("Kabupaten Lain", "rahasia", "persen"))
    assert "EXPLAIN same_elsewhere: " in run("laporan.pdf", pdf(WORDS), "--agency", "33.23").output
    assert run("laporan.pdf", pdf(WORDS)).output == "OK: no findings\n"


def test_an_empty_database_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setenv("STRANAS_VAR", str(tmp_path / "var"))
    monkeypatch.setattr("stranas.commands.check.app_context", shell.application.__wrapped__().app_context)
    answer = run("laporan.pdf", samples.pdf(), "--agency", "33.23")
    assert answer.exit_code == 2
    assert "Run bin/stranas init first." in answer.output
