"""bin/stranas report compliance on the demo of all 595 agencies: four files, the same nine figures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import config
from tests.compliance.formats import from_csv, from_excel, from_json, needs_every_row_in_pdf

pytestmark = pytest.mark.process
FORMATS = ("xlsx", "pdf", "json", "csv")


def stranas(var: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stranas.cli", *words],
        cwd=config.ROOT,
        env=os.environ | {"STRANAS_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr + done.stdout


def test_four_files_of_the_whole_country_agree_number_by_number(tmp_path):
    stranas(tmp_path, "demo", "--agencies", "595")
    files = {word: tmp_path / f"b15.{word}" for word in FORMATS}
    for word, file in files.items():
        options = ["--program", "stranas-2019-2020", "--period", "B15", "--format", word, "-o", str(file)]
        stranas(tmp_path, "report", "compliance", *options)
    country = from_json(json.loads(files["json"].read_text()))
    assert len(country) == 595
    assert sum(figures[1] for figures in country.values()) > 2000
    assert from_csv(files["csv"].read_bytes()) == country
    assert from_excel(files["xlsx"].read_bytes()) == country
    needs_every_row_in_pdf(files["pdf"].read_bytes(), country)
