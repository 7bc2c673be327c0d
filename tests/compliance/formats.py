"""Reading the nine figures of every agency back out of each format: agency code → figures in the order of KEYS."""

import csv
import io
import re
from decimal import Decimal

from openpyxl import load_workbook

from tests.papers import words_of

KEYS = (
    "expected",
    "received",
    "on_time",
    "verified",
    "accepted",
    "compliance",
    "punctuality",
    "achievement",
    "first_pass",
)


def from_excel(content: bytes) -> dict[str, tuple]:
    sheet = load_workbook(io.BytesIO(content))["Instansi"]
    first = int(re.sub(r"\D", "", sheet.freeze_panes))
    rows = sheet.iter_rows(min_row=first, values_only=True)
    return {row[0]: tuple(None if v == "–" else Decimal(str(v)) for v in row[4:13]) for row in rows}


def from_json(content: dict) -> dict[str, tuple]:
    return {a["code"]: tuple(None if a[k] is None else Decimal(str(a[k])) for k in KEYS) for a in content["agencies"]}


def from_csv(content: bytes) -> dict[str, tuple]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row["code"]: tuple(Decimal(row[key]) if row[key] else None for key in KEYS) for row in rows}


def needs_every_row_in_pdf(content: bytes, page: dict[str, tuple]) -> None:
    text = pdf_text(content)
    for code, figures in page.items():
        counts = [f"{n}" for n in figures[:5]]
        rates = ["–" if n is None else f"{n:.2f}".replace(".", ",") for n in figures[5:]]
        row = " ".join([*counts, *rates])
        assert re.search(rf"(?:^| ){re.escape(code)} .{{1,160}}? {re.escape(row)}(?: |$)", text), (code, row)


def pdf_text(content: bytes) -> str:
    return squeezed(words_of(content))


def squeezed(text: str) -> str:
    return re.sub(r"\s+([.%])", r"\1", " ".join(text.split()))
