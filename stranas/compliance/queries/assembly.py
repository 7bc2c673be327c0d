"""The snapshot, put together from what the tables say: a handful of questions whatever the number of rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from stranas.agencies.models import AgencyLevel
from stranas.catalogue.rules import ProgrammeRules, programme_rules
from stranas.compliance.causes import later_ends, moved_instants, reasons
from stranas.compliance.grouping import counted, figures_by, items_of
from stranas.compliance.queries.obligations import actions_of, details_of
from stranas.compliance.queries.scope import agencies_among, agency_ids, narrowed, period_of
from stranas.compliance.rules import PERCENT, Figures
from stranas.compliance.snapshot import Action, AgencyFigures, AgencyName, Detail, Snapshot
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Instants
from stranas.release.rules import is_released
from stranas.system import clock

SETTLED = timedelta(minutes=2)  # no write transaction lives so long, so nothing older can still appear


def latest_cutoff() -> datetime:
    """The youngest cut-off that a report may have, on a whole second."""
    return (clock.now() - SETTLED).replace(microsecond=0)


def snapshot(
    *,
    period_key: str,
    programme_key: str,
    cutoff: datetime | None = None,
    agency_code: str | None = None,
    province_code: str | None = None,
    level: AgencyLevel | None = None,
    among: ColumnElement[bool] | None = None,
    judged: ColumnElement[bool] | None = None,
) -> Snapshot:
    """Everything a compliance report shows. `among` narrows to the agencies that the reader may see, `judged` to
    those whose judgements he may see before they are released (None: of all).

    Raises Unknown for a name that is not there (or lies outside `among`), ValueError for too young a cut-off.
    """
    cutoff = cutoff or latest_cutoff()
    if cutoff > clock.now() - SETTLED:
        raise ValueError("a cut-off must be at least two minutes old")
    period = period_of(programme_key, period_key)
    condition, scope = narrowed(true() if among is None else among, agency_code, province_code, level)
    agencies, actions = agencies_among(condition), actions_of(period.programme_id)
    moved = deadlines.moves([period.id])
    ends = _instants(period, moved, cutoff)
    covers = deadlines.covers([period.id])[period.id]
    details, covered = details_of(period.id, ends, condition, {a.id: a for a in agencies}, actions, covers, cutoff)
    released = is_released(period.released_at, cutoff)
    shown = true() if judged is None or released else judged  # whose judgements are in here
    if shown is judged:
        details = _withheld(details, but_of=agency_ids(and_(condition, judged)))
    rules = programme_rules(period.settings)
    return Snapshot(
        **_described(period, ends, released=released),
        programme_key=programme_key,
        cutoff=cutoff,
        scope=scope,
        practice=clock.is_practice(),
        rules=rules,
        later_ends=(*later_ends(covered), *moved_instants(moved, cutoff, obligations=len(details))),
        reasons=tuple(reasons(period.id, and_(condition, shown), cutoff)),
        **_counted(agencies, details, actions, rules),
    )


def _described(period: Any, ends: Instants, *, released: bool) -> dict[str, Any]:
    """What the period says of itself at the cut-off."""
    return {
        "programme": period.programme,
        "period": period.name,
        "period_key": period.key,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "due_at": ends.due_at,
        "locks_at": ends.locks_at,
        "released_at": period.released_at if released else None,
        "decree": period.decree if released else "",
    }


def _instants(period: Any, moved: Sequence[deadlines.Moved], cutoff: datetime) -> Instants:
    """Of the period, as they stood at the cut-off."""
    stored = Instants(period.due_at, period.locks_at, period.verification_ends_at)
    return deadlines.instants_as_known(stored, moved, cutoff=cutoff)


def _counted(
    agencies: Sequence[AgencyName], details: Sequence[Detail], actions: Mapping[int, Action], rules: ProgrammeRules
) -> dict[str, Any]:
    """Every figure of one period. Where weights are percentages, those of an agency make up a whole."""
    whole = None if rules.weights_renormalised else PERCENT
    by_agency = figures_by(details, lambda detail: detail.agency.id, whole=whole)
    rows = [AgencyFigures(agency, by_agency.get(agency.id, Figures())) for agency in agencies]
    owed = {detail.action.key for detail in details}
    known = [action for action in dict.fromkeys(actions.values()) if action.key in owed]
    return counted(rows, details, known, items_of(details, actions))


def _withheld(details: Iterable[Detail], *, but_of: Collection[int]) -> list[Detail]:
    """The same obligations; of other agencies only how they were reported is left."""
    return [d if d.agency.id in but_of else d.without_judgement() for d in details]
