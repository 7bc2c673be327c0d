"""When an obligation is due and until when its submission may be filed."""

from collections.abc import Sequence
from datetime import datetime

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.catalogue.rules import ProgrammeRules, programme_rules
from stranas.deadlines.rules import (
    Cover,
    correction_closes,
    due,
    filing_closes,
    first_filing_closes,
    prolonged,
    reaching,
)
from stranas.reporting.models import Obligation, Submission


def rules_of(obligation: Obligation) -> ProgrammeRules:
    return programme_rules(obligation.period.programme.settings)


def needs_approval(obligation: Obligation) -> bool:
    """Whether the certifying official must approve before sending: the programme asks for it, and the agency was
    not set to file without."""
    return asks_approval(obligation.agency, obligation.period)


def asks_approval(agency: Agency, period: Period) -> bool:
    """The same for all that an agency owes in a period."""
    return programme_rules(period.programme.settings).approval_required and not agency.files_without_approval


def closes_at(submission: Submission, covers: Sequence[Cover], *, cutoff: datetime) -> datetime:
    """Until when (exclusive) this submission may be filed: first filing, or correction window."""
    obligation = submission.obligation
    ends_at = filing_closes(
        correction_ends_at=submission.correction_ends_at,
        locks_at=obligation.period.locks_at,
        due_at=due_at(obligation, covers=covers, cutoff=cutoff),
    )
    return prolonged(ends_at, covers, verification_ends_at=obligation.period.verification_ends_at, cutoff=cutoff)


def correction_ends_at(
    obligation: Obligation, *, returned_at: datetime, covers: Sequence[Cover], cutoff: datetime
) -> datetime:
    """Until when (exclusive) a part may be corrected that is returned at an instant."""
    return correction_closes(
        returned_at=returned_at,
        days=rules_of(obligation).correction_days,
        filing_closes_at=first_filing_closes(
            locks_at=obligation.period.locks_at, due_at=due_at(obligation, covers=covers, cutoff=cutoff)
        ),
        verification_ends_at=obligation.period.verification_ends_at,
    )


def due_at(obligation: Obligation, *, covers: Sequence[Cover], cutoff: datetime) -> datetime:
    """When this obligation is due, as known at the cut-off."""
    later = reaching(
        covers,
        due_at=obligation.due_at or obligation.period.due_at,
        agency_id=obligation.agency_id,
        province_id=obligation.agency.province_id,
        item_id=obligation.item_id,
        cutoff=cutoff,
    )
    return due(own_due_at=obligation.due_at, period_due_at=obligation.period.due_at, later=later, cutoff=cutoff)
