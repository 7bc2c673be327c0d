"""Whether frozen editions can be counted again: the auditor's question."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from stranas.compliance.differences import differences
from stranas.compliance.editions import figures_of
from stranas.compliance.queries.assembly import snapshot
from stranas.compliance.queries.editions import EditionView, content_of, released_editions
from stranas.compliance.snapshot import Snapshot
from stranas.reporting.rules import fingerprint
from stranas.system.storage import MissingObject


@dataclass(frozen=True)
class Reproduction:
    """One edition, counted again at its cut-off. `is_intact`: its kept JSON still has its checksum; `same_bytes`: so
    has the JSON made today; `different`: how many figures are others."""

    period_key: str
    number: int
    is_intact: bool
    same_bytes: bool
    different: int

    @property
    def figures_agree(self) -> bool:
        return self.is_intact and not self.different

    @property
    def words(self) -> str:
        if not self.is_intact:
            return "the kept figures do not have their checksum any more"
        if self.different:
            return f"{self.different} figures differ"
        return "reproduced, same bytes" if self.same_bytes else "every figure reproduced; names or other words changed"


def reproductions(period_key: str | None = None) -> Iterator[Reproduction]:
    """Counts the whole country once for each edition."""
    for period in released_editions(period_key):
        for edition in period.editions:
            if edition.made_at is None:
                continue
            seen = snapshot(programme_key=period.programme_key, period_key=period.key, cutoff=edition.cutoff)
            yield _compared(period.key, edition, seen)


def _compared(period_key: str, edition: EditionView, seen: Snapshot) -> Reproduction:
    try:
        kept = content_of(edition_id=edition.id).decode()
    except (MissingObject, UnicodeDecodeError):
        return Reproduction(period_key, edition.number, is_intact=False, same_bytes=False, different=0)
    is_intact = fingerprint(kept) == edition.snapshot_sha256
    return Reproduction(
        period_key=period_key,
        number=edition.number,
        is_intact=is_intact,
        same_bytes=fingerprint(figures_of(seen)[1]) == edition.snapshot_sha256,
        different=len(differences(json.loads(kept), seen)) if is_intact else 0,
    )
