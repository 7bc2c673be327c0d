"""Who may come to see a document: the Inspektorat says publik, internal or proposes; the PPID fixes.

A class is that of the document, so all its revisions carry it, those that were sent before too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from stranas.accounts.models import User
from stranas.evidence.models import Document
from stranas.evidence.operations.holding import held_series
from stranas.evidence.rules import FIXABLE, PROPOSABLE, Publicity
from stranas.system import audit
from stranas.system.errors import Refused


class PublicityMoved(Refused):
    """The class is another one than the reader saw."""


def propose_publicity(
    *, document_id: int, publicity: Publicity, ground: str, person: User, at: datetime, seen: Publicity
) -> None:
    """The Inspektorat's word. `seen`: the class that stood on the page. Raises Refused once the PPID has spoken."""
    series = held_series(document_id)
    newest = series[-1]
    if newest.publicity_fixed_at is not None:
        raise PublicityMoved(
            "Klasifikasi dokumen ini sudah ditetapkan PPID.", "Mintalah PPID menetapkannya kembali bila perlu diubah."
        )
    if publicity not in PROPOSABLE:
        raise ValueError(f"only a PPID makes a document {publicity.value}")
    _need_seen(newest, seen)
    if (publicity, ground) == (newest.publicity, newest.publicity_ground):
        return
    _record("classify_document", newest, publicity, ground)
    _set(series, publicity=publicity, publicity_ground=ground, classified_by_id=person.id, classified_at=at)


def fix_publicity(
    *, document_id: int, publicity: Publicity, ground: str, person: User, at: datetime, seen: Publicity
) -> None:
    """The PPID's own word: dikecualikan with its ground, or back to publik or internal with a note.

    Raises Refused for whoever proposed it himself: two people stand behind every exclusion.
    """
    series = held_series(document_id)
    newest = series[-1]
    if publicity not in FIXABLE:
        raise ValueError("a proposal is not a decision")
    _need_seen(newest, seen)
    if newest.publicity is Publicity.PROPOSED_EXEMPT and newest.classified_by_id == person.id:
        raise Refused("Usul ini Anda ajukan sendiri.", "Penetapannya dilakukan oleh petugas PPID yang lain.")
    _record("fix_publicity", newest, publicity, ground)
    _set(series, publicity=publicity, publicity_ground=ground, publicity_fixed_by_id=person.id, publicity_fixed_at=at)


def _need_seen(newest: Document, seen: Publicity) -> None:
    if newest.publicity is not seen:
        raise PublicityMoved(
            f"Klasifikasi dokumen ini sudah diubah menjadi {newest.publicity.label.lower()} sejak halaman dibuka.",
            "Buka kembali halaman dokumen, lalu putuskan menurut keadaan terbaru.",
        )


def _record(action: str, newest: Document, publicity: Publicity, ground: str) -> None:
    before = {"publicity": newest.publicity.value, "ground": newest.publicity_ground}
    audit.record(action, f"document:{newest.id}", publicity=publicity.value, ground=ground, before=before)


def _set(series: Sequence[Document], **columns: Any) -> None:
    for document in series:
        for name, value in columns.items():
            setattr(document, name, value)
