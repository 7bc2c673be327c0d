"""Figures that press and the programme's own site told in 2019–2021: a reference series, as it was told then. They
are no result of this system, and no published figure is computed from them (docs/published-results.md)."""

import csv
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby

import config
from reports.data import field
from stranas.publication.open_data import Plain

FILE = config.ROOT / "seed_data" / "published_results.csv"
SENTENCE = "Dipublikasikan waktu itu; bukan hasil hitungan sistem ini."
MEASURES = {
    "capaian_persen": "capaian (persen)",
    "jumlah_instansi_baik": "jumlah instansi kelas Baik",
    "jumlah_instansi_cukup": "jumlah instansi kelas Cukup",
    "jumlah_instansi_kurang": "jumlah instansi kelas Kurang",
}
# The names of the columns in the file that is handed out.
NAMES = {
    "period": "periode",
    "told_on": "diberitakan",
    "level": "tingkat",
    "code": "kode",
    "agency": "nama",
    "measure": "ukuran",
    "value": "nilai",
    "source": "sumber",
    "note": "catatan",
}


@dataclass(frozen=True)
class Told:
    """One figure as it was told. `period` in the words of the source ("kemungkinan B18"), `told_on` None where the day
    is not known, `value` with the digits that were told, `code` empty for what is no agency."""

    period: str
    told_on: date | None
    level: str
    code: str
    agency: str
    measure: str
    value: Decimal
    source: str
    note: str

    @property
    def measure_words(self) -> str:
        return MEASURES[self.measure]

    @property
    def value_words(self) -> str:
        return str(self.value).replace(".", ",")


@cache
def reference() -> tuple[Told, ...]:
    """In the order of the file: the earliest period first."""
    with FILE.open(encoding="utf-8", newline="") as rows:
        return tuple(_told(row) for row in csv.DictReader(rows))


def _told(row: dict[str, str]) -> Told:
    day = date.fromisoformat(row["told_on"]) if row["told_on"] else None
    return Told(**{**row, "told_on": day, "value": Decimal(row["value"])})


def by_period() -> list[tuple[str, tuple[Told, ...]]]:
    return [(period, tuple(its)) for period, its in groupby(reference(), key=lambda told: told.period)]


def records() -> list[dict[str, Plain]]:
    """For the file: values as text, with the digits that were told."""
    return [{NAMES[name]: field(value) for name, value in asdict(told).items()} for told in reference()]
