"""Documents of an agency, put there the way officers do, and a report that may hold them."""

import io
from datetime import UTC, datetime

from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations
from stranas.evidence.models import Document, FileText
from stranas.evidence.rules import TextSource, folded
from stranas.reporting import operations as reporting
from stranas.reporting.models import Evidence, Obligation
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


def put(agency, content: bytes, name: str, *, at: datetime = AT, **columns) -> Document:
    """A document with these columns; no check runs."""
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        document = operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=at)
        for column, value in columns.items():
            setattr(document, column, value)
    return document


def say(document: Document, text: str) -> None:
    """The words of its file, as if the checks had read them."""
    with unit_of_work():
        db.session.add(
            FileText(
                file_id=document.file_id,
                source=TextSource.LAYER,
                text=text,
                folded=folded(text),
                digest=folded(text)[:60],
                read_at=clock.wall(),
            )
        )


def make_obligation(agency, key: str = "1-a", *, period=None, kinds=(DocumentKind.REPORT,)) -> Obligation:
    """Of B18, or of the period."""
    programme = period.programme if period else factories.make_programme()
    period = period or factories.make_period(programme)
    item = factories.make_item(programme, key)
    return factories.make_obligation(agency, factories.make_target(item, period, kinds=kinds))


def draft_with(obligation: Obligation, *documents: Document) -> list[Evidence]:
    """A draft that holds the documents under its first requirement."""
    with clock.at(AT), unit_of_work():
        submission = reporting.start_submission(obligation=obligation, person=None, received_at=AT)
        requirement_id = obligation.target.requirements[0].id
        return [
            reporting.attach(submission=submission, requirement_id=requirement_id, document=one, at=AT)
            for one in documents
        ]


def revise(document: Document, content: bytes, name: str = "laporan-perbaikan.pdf", *, at: datetime = AT) -> Document:
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        return operations.revise_file(document_id=document.id, received=received, uploaded_by_id=None, at=at)
