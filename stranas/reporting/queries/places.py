"""Where a document seems to belong instead, as a check's hint says: an obligation of the agency that can still be
edited and sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stranas.catalogue.models import DocumentKind, Item, Period
from stranas.reporting.models import Obligation
from stranas.reporting.queries.evidence import (
    FileView,
    Place,
    RequirementView,
    requirement_views,
    requirements_by_target,
)
from stranas.reporting.queries.work import in_force, rows_of
from stranas.system import clock
from stranas.system.db import db

HINTS = ("item", "period")


def checklist(obligation: Obligation) -> list[RequirementView]:
    """The checklist of an obligation for somebody who may edit it: each file also with where it could go instead."""
    return [
        replace(view, files=tuple(_with_moves(obligation, view.kind, file) for file in view.files))
        for view in requirement_views(obligation)
    ]


def _with_moves(obligation: Obligation, kind: DocumentKind, file: FileView) -> FileView:
    hints = {finding.code: finding.hint for finding in (file.run.findings if file.run else ())}
    found = {code: _place(obligation, kind, hint) for code, hint in hints.items() if hint.keys() & set(HINTS)}
    return replace(file, moves={code: place for code, place in found.items() if place})


def _place(obligation: Obligation, kind: DocumentKind, hint: Mapping[str, Any]) -> Place | None:
    other = _other(obligation, item=hint.get("item"), period=hint.get("period"))
    if other is None:
        return None
    requirements = requirements_by_target([other.target_id])[other.target_id]
    fitting = next((r for r in requirements if r.kind is kind), None) or next(iter(requirements), None)
    if fitting is None:
        return None
    where = other.item.key if other.period_id == obligation.period_id else f"{other.period.name} ({other.period.key})"
    return Place(other.id, fitting.id, f"{where}, persyaratan {fitting.position}")


def _other(obligation: Obligation, *, item: str | None, period: str | None) -> Obligation | None:
    now = clock.now()
    there = db.session.scalars(
        db.select(Obligation)
        .join(Item, Item.id == Obligation.item_id)
        .join(Period, Period.id == Obligation.period_id)
        .where(
            Obligation.agency_id == obligation.agency_id,
            Obligation.id != obligation.id,
            Item.key == (item or obligation.item.key),
            Period.key == (period or obligation.period.key),
            Period.programme_id == obligation.period.programme_id,
            in_force(now),
        )
    ).first()
    if there is None or (there.submission and not there.submission.status.is_editable):
        return None
    return there if rows_of([there], now=now)[0].closes_at > now else None
