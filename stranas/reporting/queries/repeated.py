"""Narratives that repeat last quarter's, or what another agency sent. Facts that never stop anybody."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.evidence import prints
from stranas.evidence.likeness import SHORTEST_NARRATIVE, Text, around, same_share
from stranas.reporting.models import Obligation, Submission, SubmissionVersion
from stranas.system.db import db

READ = 5


@dataclass(frozen=True)
class Repeat:
    """A report of another agency whose narrative is nearly the same as it was last sent. `share`: percent of the
    words of the one asked about. `in_scope`: it fulfils the condition of the reader's scope."""

    submission_id: int
    agency_name: str
    period_key: str
    item_key: str
    share: int
    in_scope: bool


def narrative_text(narrative: str) -> Text:
    return Text(narrative, SHORTEST_NARRATIVE)


def repeated_share(narrative: str, earlier: str) -> int | None:
    """Percent of the narrative that stands in the earlier one; None where they are not alike, or too short to tell."""
    share = same_share(narrative_text(narrative), narrative_text(earlier))
    return around(share) if share else None


def repeats_of(narrative: str, *, agency_id: int, scope: ColumnElement[bool] | None = None) -> list[Repeat]:
    """Sent reports of other agencies with nearly the same narrative, the most alike first. Two questions.

    `scope`: a condition on Obligation.
    """
    likely = prints.similar(narrative_text(narrative), kind=prints.SUBMISSION)
    if not likely:
        return []
    rows = _sent([one.owner_id for one in likely], agency_id=agency_id, scope=scope)
    shares = {row.id: repeated_share(narrative, json.loads(row.content)["entry"]["narrative"]) for row in rows}
    found = [
        Repeat(row.id, row.name, row.period_key, row.item_key, share, row.in_scope)
        for row in rows
        if (share := shares[row.id])
    ]
    return sorted(found, key=lambda one: (-one.share, one.submission_id))


def _sent(submission_ids: Sequence[int], *, agency_id: int, scope: ColumnElement[bool] | None):
    """The last sent version of each, of other agencies alone."""
    last = (
        db.select(db.func.max(SubmissionVersion.id))
        .where(SubmissionVersion.submission_id.in_(submission_ids))
        .group_by(SubmissionVersion.submission_id)
    )
    return db.session.execute(
        db.select(
            Submission.id,
            Agency.name,
            Period.key.label("period_key"),
            Item.key.label("item_key"),
            SubmissionVersion.content,
            (db.false() if scope is None else scope).label("in_scope"),
        )
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .where(SubmissionVersion.id.in_(last), Agency.id != agency_id)
        .order_by(Submission.id)
        .limit(READ)
    ).all()


def hints(narrative: str, *, agency_id: int, previous_key: str, previous: str) -> list[str]:
    """What an officer may want to know before sending. Another agency is never named."""
    told = []
    if share := repeated_share(narrative, previous):
        how = "sama" if share == 100 else "hampir sama"
        told.append(
            f"Uraian ini {how} dengan triwulan lalu ({previous_key}). Tuliskan apa yang berbeda pada triwulan ini."
        )
    if repeats_of(narrative, agency_id=agency_id):
        told.append("Uraian ini hampir sama dengan laporan instansi lain. Tuliskan juga yang khas bagi instansi Anda.")
    return told
