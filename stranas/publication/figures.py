"""From the frozen JSON of an edition to the figures that the public sees. Pure: values in, values out.

The edition is the source, not the tables of today: what it states was counted at its cut-off and carries its SHA-256.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stranas.agencies.models import AgencyLevel
from stranas.compliance.rules import rounded
from stranas.publication.rules import Scope

RATES = ("compliance", "punctuality", "achievement", "first_pass")
POOLED = tuple(f"pooled_{name}" for name in RATES)
COUNTS = ("expected", "received", "on_time", "verified", "accepted", "first_accepted")
_LEVELS = {level.label: level for level in AgencyLevel}
_MATRIX = "Matriks capaian"


@dataclass(frozen=True)
class Classes:
    """The classes of an edition, from the highest."""

    limits: tuple[tuple[Decimal, str], ...]

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> "Classes":
        known = [(Decimal(one["at_least"]), one["name"]) for one in rules["classes"]]
        return cls(tuple(sorted(known, reverse=True)))

    @property
    def names(self) -> list[str]:
        return [name for _, name in self.limits]

    def name_of(self, value: Decimal | None) -> str:
        """Empty without a figure."""
        return "" if value is None else next(name for limit, name in self.limits if value >= limit)


def read(content: bytes | str) -> dict[str, Any]:
    """The canonical JSON of an edition; its figures as decimals."""
    return json.loads(content, parse_float=Decimal)


def rows(edition: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One row of values per figure (the columns of PublishedFigure). Raises ValueError for an edition that is not
    released, not of the whole country, or that leaves judgements out."""
    if edition["provisional"] or edition["withheld"] or edition["scope"] != "nasional":
        raise ValueError("only a released edition of the whole country is published")
    classes = Classes.of(edition["rules"])
    details = edition["details"]
    for values in (
        _national(edition),
        *_levels(edition, details),
        *_provinces(edition, details),
        *_agencies(edition, details),
        *_actions(edition, details),
        *_agency_actions(edition, details),
    ):
        yield {**_EMPTY, **values, "score_class": classes.name_of(values["achievement"])}


_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("scope_key", "level", "province_code", "province", "action_key", "action", "score_class"), ""),
    **dict.fromkeys((*RATES, *POOLED, "rank", "first_sent_at", "last_sent_at")),
    "agencies": 0,
}


def _national(edition: Mapping[str, Any]) -> dict[str, Any]:
    known = {figure["key"]: figure for figure in edition["key_figures"]}
    return {
        "scope": Scope.NATIONAL,
        "name": "Nasional",
        "agencies": sum(agency["expected"] > 0 for agency in edition["agencies"]),
        **_counts(edition["details"]),
        **{name: _rate(known[name]["mean"]) for name in RATES},
        **{f"pooled_{name}": _rate(known[name]["pooled"]) for name in RATES},
    }


def _levels(edition: Mapping[str, Any], details: Sequence[Mapping]) -> Iterator[dict[str, Any]]:
    of = _by(details, "level")
    for record in edition["levels"]:
        level = _LEVELS[record["level"]]
        yield {
            "scope": Scope.LEVEL,
            "scope_key": level.value,
            "name": level.label,
            "level": level.value,
            **_group(record, of[record["level"]]),
        }


def _provinces(edition: Mapping[str, Any], details: Sequence[Mapping]) -> Iterator[dict[str, Any]]:
    of = _by(details, "province")
    for record in edition["provinces"]:
        yield {
            "scope": Scope.PROVINCE,
            "scope_key": record["code"],
            "name": record["province"],
            "province_code": record["code"],
            "province": record["province"],
            "rank": record.get("rank"),
            **_group(record, of[record["province"]]),
        }


def _actions(edition: Mapping[str, Any], details: Sequence[Mapping]) -> Iterator[dict[str, Any]]:
    of = _by(details, "action")
    for record in edition["actions"]:
        yield {
            "scope": Scope.NATIONAL,
            "name": "Nasional",
            "action_key": record["key"],
            "action": record["name"],
            **_group(record, of[record["key"]]),
        }


def _agencies(edition: Mapping[str, Any], details: Sequence[Mapping]) -> Iterator[dict[str, Any]]:
    of = _by(details, "agency_code")
    for record in edition["agencies"]:
        yield {
            **_agency(record),
            **_counts(of[record["code"]]),
            **_sent(of[record["code"]]),
            **{name: _rate(record[name]) for name in RATES},
        }


def _agency_actions(edition: Mapping[str, Any], details: Sequence[Mapping]) -> Iterator[dict[str, Any]]:
    """An agency's figures of one action: counted from its obligations, capaian from the matrix, which knows weights."""
    agencies = {record["code"]: record for record in edition["agencies"]}
    names = {record["key"]: record["name"] for record in edition["actions"]}
    scores = {record["code"]: record for record in edition["matrices"][_MATRIX]}
    owed: dict[tuple[str, str], list[Mapping]] = defaultdict(list)
    for detail in details:
        owed[detail["agency_code"], detail["action"]].append(detail)
    for (code, action), its in owed.items():
        counts = _counts(its)
        if not counts["expected"]:
            continue
        yield {
            **_agency(agencies[code]),
            "action_key": action,
            "action": names[action],
            **counts,
            **_sent(its),
            "compliance": _percent(counts["received"], counts["expected"]),
            "punctuality": _percent(counts["on_time"], counts["expected"]),
            "achievement": _rate(scores[code][f"action_{action}"]),
            "first_pass": _percent(counts["first_accepted"], counts["verified"]),
        }


def _agency(record: Mapping[str, Any]) -> dict[str, Any]:
    level = _LEVELS[record["level"]]
    return {
        "scope": Scope.AGENCY,
        "scope_key": record["code"],
        "name": record["agency"],
        "level": level.value,
        # A Kemendagri code begins with that of its province.
        "province_code": record["code"].partition(".")[0] if level.is_local else "",
        "province": record["province"],
    }


def _group(record: Mapping[str, Any], details: Sequence[Mapping]) -> dict[str, Any]:
    return {
        "agencies": record["agencies"],
        **_counts(details),
        **{name: _rate(record[name]) for name in (*RATES, *POOLED)},
    }


def _by(details: Iterable[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for detail in details:
        found[detail[key]].append(detail)
    return found


def _counts(details: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {name: sum(bool(detail[name]) for detail in details) for name in COUNTS}


def _sent(details: Sequence[Mapping[str, Any]]) -> dict[str, datetime | None]:
    sent = [datetime.fromisoformat(d["first_submitted_at"]) for d in details if d["first_submitted_at"]]
    return {"first_sent_at": min(sent, default=None), "last_sent_at": max(sent, default=None)}


def _percent(part: int, whole: int) -> Decimal | None:
    return rounded(Fraction(100 * part, whole)) if whole else None


def _rate(value: Decimal | int | None) -> Decimal | None:
    """As printed: two places."""
    return None if value is None else Decimal(value).quantize(Decimal("0.01"))
