"""What the address of a list of documents asks for, and the way back to it."""

import enum
from dataclasses import dataclass
from typing import Any

from flask import request

from stranas.catalogue.models import DocumentKind, Period
from stranas.evidence.queries.library import Marked, Sought
from stranas.evidence.rules import LONGEST_SEARCH, Publicity
from stranas.reporting.queries import periods

NO_KIND = "kosong"


@dataclass(frozen=True)
class Filter:
    """`agency`: part of a name, for readers of several. `used`: "dipakai", "bebas", or ""."""

    sought: Sought
    agency: str
    used: str
    period: Period | None

    @property
    def args(self) -> dict[str, str]:
        """As the address says it; what is not asked for is left out."""
        sought, kind = self.sought, self.sought.kind
        asked = {
            "cari": sought.words,
            "jenis": kind.value if isinstance(kind, DocumentKind) else kind,
            "kelas": sought.publicity and sought.publicity.value,
            "catatan": sought.marked and sought.marked.value,
            "pakai": self.used,
            "triwulan": self.period and self.period.key,
            "instansi": self.agency,
            "dihapus": "1" if sought.removed else "",
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """By more than words."""
        return bool(self.args.keys() - {"cari"})


def read_filter(*, several: bool, only_own: bool, removable: bool = False) -> Filter:
    """`several`: the reader may name an agency; the words of files are searched in one's own library or in that of a
    named agency, never in the whole country at once. `removable`: he may look at what was taken off the list."""
    args = request.args
    agency = args.get("instansi", "").strip()[:LONGEST_SEARCH] if several else ""
    kind = args.get("jenis", "")
    return Filter(
        sought=Sought(
            words=args.get("cari", "").strip()[:LONGEST_SEARCH],
            kind=NO_KIND if kind == NO_KIND else _one_of(DocumentKind, kind),
            publicity=_one_of(Publicity, args.get("kelas", "")),
            marked=_one_of(Marked, args.get("catatan", "")),
            removed=removable and args.get("dihapus") == "1",
            contents=only_own or len(agency) > 2,
        ),
        agency=agency,
        used=args["pakai"] if args.get("pakai") in ("dipakai", "bebas") else "",
        period=periods.period_by_key(args["triwulan"]) if args.get("triwulan") else None,
    )


def _one_of(kinds: type[enum.Enum], value: str) -> Any:
    return next((one for one in kinds if one.value == value), None)
