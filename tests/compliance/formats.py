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
    """Who owes something has a row; who does not is named once, below a sentence that says its figures."""
    rows, _, named = pdf_text(content).partition("Tanpa kewajiban pelaporan: ")
    for code, figures in page.items():
        words = re.escape(code).replace(r"\-", r"[-\x02] ?")  # a long code takes two lines
        counts = [f"{n}" for n in figures[:5]]
        rates = ["–" if n is None else f"{n:.2f}".replace(".", ",") for n in figures[5:]]
        row = re.escape(" ".join([*counts, *rates]))
        if figures[0]:
            assert re.search(rf"(?:^| ){words} ?.{{1,160}}? {row}(?: |$)", rows), (code, row)
        else:
            assert figures == (0, 0, 0, 0, 0, None, None, None, None)
            assert len(re.findall(rf"\({words}\)", named)) == 1, code
    if count := sum(not figures[0] for figures in page.values()):
        assert named.startswith(f"{count} instansi Semua jumlahnya 0 dan tidak ada persentasenya")


def pdf_text(content: bytes) -> str:
    return squeezed(words_of(content))


def squeezed(text: str) -> str:
    return re.sub(r"\s+([.%])", r"\1", " ".join(text.split()))
