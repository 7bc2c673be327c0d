"""What a filing freezes of a submission, as plain JSON values. The only place that says which."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class FrozenFinding:
    code: str
    severity: str
    message: str
    answer: str = ""


@dataclass(frozen=True)
class FrozenEvidence:
    """A document as it was attached: `requirement` is the position, `title` the requirement's title."""

    requirement: int
    title: str
    document: int
    name: str
    url: str | None
    sha256: str | None
    size: int | None
    findings: tuple[FrozenFinding, ...] = ()


def frozen_content(
    *,
    agency: str,
    period: str,
    item: str,
    obligation: Any,
    entry: Mapping[str, Any],
    evidence: Iterable[FrozenEvidence],
) -> dict[str, Any]:
    """Agency, period and item by their codes; `obligation` has text, unit, value and weight; `entry` by field."""
    return {
        "obligation": {
            "agency": agency,
            "period": period,
            "item": item,
            "text": obligation.text,
            "unit": obligation.unit,
            "value": str(obligation.value),
            "weight": str(obligation.weight),
        },
        "entry": {name: _json(value) for name, value in entry.items()},
        "evidence": [_evidence(one) for one in evidence],
    }


def _evidence(one: FrozenEvidence) -> dict[str, Any]:
    values = {
        name: getattr(one, name) for name in ("requirement", "title", "document", "name", "url", "sha256", "size")
    }
    return values | {"findings": _findings(one.findings)}


def _findings(findings: Sequence[FrozenFinding]) -> list[dict[str, str]]:
    """An answer only where there is one, so that what was sent without any stays the same to the letter."""
    return [
        {"code": f.code, "severity": f.severity, "message": f.message} | ({"answer": f.answer} if f.answer else {})
        for f in findings
    ]


def _json(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | date) else value
