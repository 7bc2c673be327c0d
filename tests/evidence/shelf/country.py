"""Claims and surroundings as the product makes them (stranas/evidence/claims.py), from the seed's own files."""

import csv
from dataclasses import replace
from functools import cache

import config
from stranas.catalogue.models import DocumentKind
from stranas.catalogue.rules import HOLDS_SEAT
from stranas.evidence.checks.finding import Claim, Office, Quarter, Subject, Surroundings

SEED = config.ROOT / "seed_data"
PROGRAMME = SEED / "programmes" / "stranas-2019-2020"
QUARTERS = (
    Quarter("B03", "2019-01-01", "2019-03-31", "Januari–Maret 2019"),
    Quarter("B06", "2019-04-01", "2019-06-30", "April–Juni 2019"),
    Quarter("B09", "2019-07-01", "2019-09-30", "Juli–September 2019"),
    Quarter("B12", "2019-10-01", "2019-12-31", "Oktober–Desember 2019"),
    Quarter("B15", "2020-01-01", "2020-03-31", "Januari–Maret 2020"),
    Quarter("B18", "2020-04-01", "2020-06-30", "April–Juni 2020"),
    Quarter("B21", "2020-07-01", "2020-09-30", "Juli–September 2020"),
    Quarter("B24", "2020-10-01", "2020-12-31", "Oktober–Desember 2020"),
)
DUE = {
    "B03": "2019-04-15",
    "B06": "2019-07-12",
    "B09": "2019-10-14",
    "B12": "2020-01-15",
    "B15": "2020-04-15",
    "B18": "2020-07-14",
    "B21": "2020-10-14",
    "B24": "2021-01-15",
}


def claim(name: str, kind: str, *, agency: str = "", item: str = "", period: str = "B18") -> Claim:
    quarter = next(quarter for quarter in QUARTERS if quarter.key == period)
    words = DocumentKind(kind).label if kind else ""
    made = Claim(name, kind, words, quarter.first, DUE[period], quarter.words)
    return replace(made, agency=agency, item=item, period=period)


@cache
def surroundings(period: str = "B18") -> Surroundings:
    return Surroundings(offices(), _subjects(period), QUARTERS)


@cache
def offices() -> tuple[Office, ...]:
    also: dict[str, list[str]] = {}
    for row in _rows(SEED / "agency_aliases.csv"):
        if row["kind"] != HOLDS_SEAT:
            also.setdefault(row["code"], []).append(row["alias"])
    return tuple(
        Office(
            row["code"],
            row["level"],
            row["code"] if row["level"] == "provinsi" else row["province"],
            tuple(dict.fromkeys((row["name"], row["short_name"], *also.get(row["code"], ())))),
            (row["seat"],) if row["seat"] else (),
        )
        for row in _rows(SEED / "agencies.csv")
    )


@cache
def _subjects(period: str) -> tuple[Subject, ...]:
    words: dict[str, list[str]] = {}
    for row in _rows(PROGRAMME / "targets.csv"):
        if row["period"] == period:
            subjects = [part.partition(":")[2].partition(";")[0] for part in row["requirements"].split(" | ")]
            words.setdefault(row["item"], []).extend([row["text"], *subjects])
    titles = {row["key"]: row["name"] for row in _rows(PROGRAMME / "items.csv")}
    return tuple(Subject(key, titles[key], " ".join(dict.fromkeys(parts))) for key, parts in words.items())


def _rows(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
