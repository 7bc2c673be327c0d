"""What an agency writes about a document: name, kind, number, date, signatory, description."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.operations.holding import held_newest
from stranas.evidence.operations.receiving import request_check
from stranas.system import audit
from stranas.system.db import db


@dataclass(frozen=True)
class Facts:
    """What stands on the paper, as an officer typed it."""

    name: str
    kind: DocumentKind | None = None
    number: str = ""
    dated_on: date | None = None
    signatory: str = ""
    description: str = ""


class FactsChanged(Exception):
    """Somebody described the document in between. Carries what stands now."""

    def __init__(self, facts: Facts) -> None:
        super().__init__("the document was described meanwhile")
        self.facts = facts


def facts_of(document: Any) -> Facts:
    """Of a row, or of a view of one."""
    return Facts(**{field.name: getattr(document, field.name) for field in fields(Facts)})


def stamp(facts: Facts) -> str:
    """What a form carries along to say from which facts it began."""
    return hashlib.sha256(json.dumps(_plain(facts), ensure_ascii=False).encode()).hexdigest()[:32]


def describe_document(*, document_id: int, facts: Facts, opened: str) -> Document:
    """Keep the facts. `opened`: the stamp of those that the officer saw; raises FactsChanged when others stand now,
    unless nothing differs, and Refused for a revision that was followed by another."""
    document = held_newest(document_id)
    before = facts_of(document)
    if facts == before:
        return document
    if opened != stamp(before):
        raise FactsChanged(before)
    old, new = _plain(before), _plain(facts)
    for name in old:
        setattr(document, name, getattr(facts, name))
    changed = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    audit.record("describe_document", f"document:{document.id}", **changed)
    if facts.kind and facts.kind is not before.kind:
        _have_checked(document, facts.kind)
    return document


def _plain(facts: Facts) -> dict[str, str | None]:
    values = asdict(facts)
    kind = facts.kind.value if facts.kind else None
    return values | {"kind": kind, "dated_on": facts.dated_on.isoformat() if facts.dated_on else None}


def _have_checked(document: Document, kind: DocumentKind) -> None:
    """Against the kind alone, unless something of that kind asked for it already."""
    asked = db.exists().where(CheckRun.document_id == document.id, CheckRun.claimed_kind == kind.value)
    if not db.session.scalar(db.select(asked)):
        request_check(document_id=document.id, claimed_kind=kind)
