"""Papers with words of their own, uploaded and checked as an agency does it."""

import io
import textwrap
from datetime import UTC, datetime

from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations, queries
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.queries import checks
from stranas.system.db import db, unit_of_work
from tests.evidence.shelf import paper
from tests.evidence.shelf.prose import prose

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)
WORDS = prose(5, 20)
# Two sentences of twenty are others.
CHANGED = [*WORDS[:18], *prose(6, 2)]


def pdf(lines: list[str], **save) -> bytes:
    rows = [row for line in lines for row in textwrap.wrap(line, 80)]
    return paper.typed([rows[at : at + 40] for at in range(0, len(rows), 40)], **save)


def upload(agency, content: bytes, name: str = "laporan.pdf") -> Document:
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        return operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=AT)


def found(document: Document, target=None) -> list[queries.FindingView]:
    """What the checks say once they are done, reuse alone."""
    with unit_of_work():
        run_id = operations.request_check(
            document_id=document.id, claimed_kind=DocumentKind.REPORT, target_id=target.id if target else None
        )
    run = db.session.get_one(CheckRun, run_id, populate_existing=True)
    about = ("reused", "in_library", "same_", "near_", "commonly_used")
    return [checks._view(one) for one in run.findings if one.code.startswith(about)]
