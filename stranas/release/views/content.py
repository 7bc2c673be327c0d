"""What a berita acara says: put together from figures, decisions and clarifications, frozen as plain JSON values,
and read back as words for page and paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reports.tables import NINE, shown
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.compliance import queries as compliance
from stranas.compliance.document import nine
from stranas.compliance.rules import Figures
from stranas.release.queries.clarifications import ClarificationView
from stranas.release.queries.results import ResultRow, result_rows
from stranas.reporting.rules import SubmissionKind
from stranas.system import text
from stranas.system.errors import Refused


def content_of(*, agency: Agency, period: Period, clarification_ended: datetime, cutoff: datetime) -> dict[str, Any]:
    """The content as of a cut-off. Raises Refused when an answer is younger than it."""
    report = compliance.snapshot(
        period_key=period.key, programme_key=period.programme.key, agency_code=agency.code, cutoff=cutoff
    )
    rows = result_rows(agency_id=agency.id, period=period, now=cutoff)
    if any(row.decided_at and row.decided_at >= cutoff for row in rows):
        raise Refused("Hasilnya baru saja berubah.", "Tunggu dua menit, lalu buka kembali berita acara ini.")
    return content(
        agency=(agency.code, agency.name),
        period=period,
        figures=report.agencies[0].figures,
        rows=rows,
        clarification_ended=clarification_ended,
        cutoff=cutoff,
    )


def content(
    *,
    agency: tuple[str, str],
    period: Period,
    figures: Figures,
    rows: Sequence[ResultRow],
    clarification_ended: datetime,
    cutoff: datetime,
) -> dict[str, Any]:
    """Plain JSON values. `agency`: its code and its name."""
    rounded = zip((column.key for column in NINE), nine(figures), strict=True)
    return {
        "agency": {"code": agency[0], "name": agency[1]},
        "period": {"key": period.key, "name": period.name},
        "months": text.month_span(period.starts_on, period.ends_on),
        "programme": period.programme.name,
        "cutoff": cutoff.isoformat(),
        "verification_ended": period.verification_ends_at.isoformat(),
        "clarification_ended": clarification_ended.isoformat(),
        "figures": {key: None if value is None else str(value) for key, value in rounded},
        "obligations": [_obligation(row) for row in rows],
        "clarifications": [_clarification(row.clarification) for row in rows if row.clarification],
    }


def _obligation(row: ResultRow) -> dict[str, Any]:
    return {
        "item": row.item_key,
        "text": row.text,
        "status": row.status.label,
        "kind": row.kind.label if row.kind is not SubmissionKind.ACHIEVEMENT else "",
        "on_time": row.on_time,
        "score": None if row.score is None else str(row.score),
        "reason": row.words,
    }


def _clarification(asked: ClarificationView) -> dict[str, Any]:
    return {
        "item": asked.item_key,
        "asked_at": asked.asked_at.isoformat(),
        "reason": asked.reason,
        "document": asked.document,
        "before": judged_words(asked.status.label, asked.score),
        "outcome": asked.outcome.label if asked.outcome else "Belum dijawab",
        "after": judged_words(asked.new_status.label, asked.new_score) if asked.new_status else "",
        "answer": asked.answer,
        "answered_at": asked.answered_at.isoformat() if asked.answered_at else None,
    }


def judged_words(status: str, score: Decimal | None) -> str:
    return status if score is None else f"{status}, nilai {text.number(score)}"


@dataclass(frozen=True)
class Said:
    """A berita acara in finished words, the same on page and paper."""

    agency: str
    agency_code: str
    programme: str
    period: str
    cutoff: str
    verification_ended: str
    clarification_ended: str
    figures: tuple[tuple[str, str], ...]
    obligations: tuple[Mapping[str, str], ...]
    clarifications: tuple[Mapping[str, str], ...]


def said(content: Mapping[str, Any], zone: str) -> Said:
    period = content["period"]
    return Said(
        agency=content["agency"]["name"],
        agency_code=content["agency"]["code"],
        programme=content["programme"],
        period=f"{period['name']} ({period['key']}), {content['months']}",
        cutoff=text.instant_both(_instant(content["cutoff"]), zone, seconds=True),
        verification_ended=text.deadline(_instant(content["verification_ended"]), zone),
        clarification_ended=text.deadline(_instant(content["clarification_ended"]), zone),
        figures=tuple((column.title, _figure(content["figures"][column.key], column)) for column in NINE),
        obligations=tuple(_obligation_words(line) for line in content["obligations"]),
        clarifications=tuple(_clarification_words(line, zone) for line in content["clarifications"]),
    )


def _figure(value: str | None, column) -> str:
    return shown(None if value is None else Decimal(value), column.kind)


def _obligation_words(line: Mapping[str, Any]) -> dict[str, str]:
    on_time = {True: "Ya", False: "Tidak", None: "–"}[line["on_time"]]
    score = "–" if line["score"] is None else text.number(Decimal(line["score"]))
    status = f"{line['status']} ({line['kind'].lower()})" if line["kind"] else line["status"]
    return {**line, "on_time": on_time, "score": score, "status": status, "reason": line["reason"] or "–"}


def _clarification_words(line: Mapping[str, Any], zone: str) -> dict[str, str]:
    answered = text.instant(_instant(line["answered_at"]), zone) if line["answered_at"] else "–"
    return {**line, "asked_at": text.instant(_instant(line["asked_at"]), zone), "answered_at": answered}


def _instant(value: str) -> datetime:
    return datetime.fromisoformat(value)
