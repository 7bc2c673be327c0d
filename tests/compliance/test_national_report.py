"""bin/stranas report compliance on the demo of all 595 agencies: four files, the same nine figures, and the same that
an independent recomputation finds for every agency and group."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

import config
from stranas.agencies.models import AgencyLevel
from tests.compliance.formats import from_csv, from_excel, from_json, needs_every_row_in_pdf
from tests.compliance.recomputed import as_columns, recomputed

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


def report(var: Path, period: str, word: str) -> Path:
    file = var / f"{period}.{word}"
    options = ["--program", "stranas-2019-2020", "--period", period, "--format", word, "-o", str(file)]
    stranas(var, "report", "compliance", *options)
    return file


def test_four_files_of_the_whole_country_agree_with_each_other_and_with_a_recomputation(tmp_path):
    """One test, because making the demo takes most of its time. B15 is released, B18 runs."""
    stranas(tmp_path, "demo", "--agencies", "595")
    files = {word: report(tmp_path, "B15", word) for word in FORMATS}
    country = from_json(json.loads(files["json"].read_text()))
    assert len(country) == 595
    assert sum(figures[1] for figures in country.values()) > 2000
    assert from_csv(files["csv"].read_bytes()) == country
    assert from_excel(files["xlsx"].read_bytes()) == country
    needs_every_row_in_pdf(files["pdf"].read_bytes(), country)
    for file in (files["json"], report(tmp_path, "B18", "json")):
        _needs_recomputed(tmp_path, json.loads(file.read_text()))


def _needs_recomputed(var: Path, content: dict) -> None:
    """All nine figures of every agency, province, level and of the country; of groups the pooled rates too."""
    with sqlite3.connect(var / "stranas.db") as plain:
        found = recomputed(
            lambda query: plain.execute(query).fetchall(),
            content["period"],
            datetime.fromisoformat(content["cutoff"]),
        )
    levels = {level.label: level.value for level in AgencyLevel}
    for name, records in {
        "agency": {row["code"]: row for row in content["agencies"]},
        "province": {row["code"]: row for row in content["provinces"]},
        "level": {levels[row["level"]]: row for row in content["levels"]},
    }.items():
        assert {code: _mine(row, found[name][code]) for code, row in records.items()} == {
            code: as_columns(nine) for code, nine in found[name].items()
        }
    nation = as_columns(found["national"][""])
    for figure in content["key_figures"]:
        means = [None if figure[key] is None else Decimal(str(figure[key])) for key in ("mean", "pooled")]
        assert means == [nation[figure["key"]], nation[f"pooled_{figure['key']}"]], figure["key"]


def _mine(row: dict, theirs: tuple) -> dict[str, Decimal | None]:
    return {key: None if row[key] is None else Decimal(str(row[key])) for key in as_columns(theirs)}
