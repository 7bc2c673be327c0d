"""bin/stranas report compliance: four formats on the seeded country, and a sentence for every wrong word."""

import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from stranas.cli import main
from stranas.commands.shell import application
from stranas.system.db import db

WORDS = {"--program": "stranas-2019-2020", "--period": "B15", "--format": "json"}


@pytest.fixture
def report(seeded_url, tmp_path, monkeypatch):
    """`report(output, **words)`: the command on the seeded database."""

    def call(output, words: dict | None = None):
        monkeypatch.setenv("STRANAS_VAR", str(tmp_path / "var"))
        monkeypatch.setenv("STRANAS_DATABASE_URL", seeded_url)
        options = [part for pair in (WORDS | (words or {})).items() for part in pair]
        done = CliRunner().invoke(main, ["report", "compliance", *options, "-o", str(output)])
        with application().app_context():
            db.engine.dispose()
        application.cache_clear()
        return done

    return call


def test_json_of_all_595_agencies(report, tmp_path):
    done = report(tmp_path / "b15.json")
    assert done.exit_code == 0, done.output
    content = json.loads((tmp_path / "b15.json").read_text())
    assert (len(content["agencies"]), len(content["details"])) == (595, 2581)
    assert content["notes"][1:], "the programme's assumptions"
    assert "rank" not in content["provinces"][0]


def test_excel_of_one_province(report, tmp_path):
    done = report(tmp_path / "bali.xlsx", {"--province": "51", "--format": "xlsx"})
    assert done.exit_code == 0, done.output
    book = load_workbook(io.BytesIO((tmp_path / "bali.xlsx").read_bytes()))
    names = [row[0] for row in book["Instansi"].iter_rows(min_row=2, values_only=True)]
    assert {"51", "51.01", "51.71"} <= set(names)


def test_csv_and_pdf_of_one_agency(report, tmp_path):
    for format in ("csv", "pdf"):
        done = report(tmp_path / f"one.{format}", {"--agency": "33.23", "--format": format})
        assert done.exit_code == 0, done.output
    assert (tmp_path / "one.csv").read_text("utf-8-sig").count("\n") == 2
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"--period": "B99"}, "Error: There is no period B99."),
        ({"--program": "mcp"}, "Error: There is no programme mcp."),
        ({"--agency": "99.99"}, "Error: There is no agency 99.99."),
        ({"--province": "33.23"}, "Error: There is no province 33.23."),
        ({"--format": "docx"}, "Error: The format must be xlsx, pdf, json or csv, not docx."),
        ({"--agency": "33.23", "--province": "33"}, "Error: Give --agency or --province, not both."),
    ],
)
def test_a_wrong_word_is_one_sentence_and_leaves_no_file(report, tmp_path, words, sentence):
    folder = tmp_path / "out"
    folder.mkdir()
    done = report(folder / "report", words)
    assert (done.exit_code, done.output.strip()) == (2, sentence)
    assert list(folder.iterdir()) == []


def test_a_missing_folder_is_one_sentence(report, tmp_path):
    done = report(tmp_path / "nowhere" / "report.json")
    assert done.exit_code == 2
    assert "cannot be written" in done.output
    assert "Traceback" not in done.output


def test_an_older_file_is_replaced_whole(report, tmp_path):
    (tmp_path / "b15.json").write_text("old")
    assert report(tmp_path / "b15.json", {"--agency": "33.23"}).exit_code == 0
    assert json.loads((tmp_path / "b15.json").read_text())["scope"] == "Kabupaten Temanggung"
    assert not list(tmp_path.glob(".b15*"))
