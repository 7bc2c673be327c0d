"""While an agency repairs its report, a verifier opens what was sent, never what only lies in the draft."""

from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.evidence.models import Document
from stranas.reporting import operations as reporting
from stranas.reporting.rules import EventKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING

NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def returned(budi):
    """Sent with one document, and returned."""
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    agency = budi.memberships[0].agency
    filed = people.file_for(
        factories.make_obligation(agency, target), budi, document=people.make_document(agency, "terkirim.pdf")
    )
    with clock.at(NOON):
        reporting.record_decision(
            submission=filed.submission, outcome=EventKind.RETURNED, person=None, received_at=NOON, reason="K01"
        )
        db.session.commit()
    return filed


def add(filed, name, at=NOON + timedelta(hours=1)):
    with clock.at(at):
        document = people.make_document(filed.obligation.agency, name)
        requirement = filed.obligation.target.requirements[0]
        reporting.attach(submission=filed.submission, requirement_id=requirement.id, document=document, at=at)
        db.session.commit()
    return document


def opens(client, document) -> int:
    with clock.at(NOON + timedelta(hours=2)):
        return client.get(f"/dokumen/{document.id}/pratinjau").status_code


def test_a_document_of_a_repair_is_seen_once_it_is_sent(client, sign_in, returned):
    sent = db.session.scalars(db.select(Document)).one()
    draft = add(returned, "belum-terkirim.pdf")
    sign_in(people.make_citra(returned.obligation.agency))
    assert [opens(client, sent), opens(client, draft)] == [200, 404]
    people.file_again(returned, at=NOON + timedelta(hours=1, minutes=30))
    assert [opens(client, sent), opens(client, draft)] == [200, 200]


def test_a_document_that_was_taken_off_before_sending_stays_unseen_and_one_taken_off_after_it_stays(
    client, sign_in, returned
):
    sent = db.session.scalars(db.select(Document)).one()
    wrong = add(returned, "keliru.pdf")
    for evidence in returned.submission.evidence:
        reporting.detach(evidence=evidence, submission=returned.submission, at=NOON + timedelta(hours=1, minutes=5))
    db.session.commit()
    people.file_again(returned, at=NOON + timedelta(hours=1, minutes=30))
    sign_in(people.make_citra(returned.obligation.agency))
    assert [opens(client, sent), opens(client, wrong)] == [200, 404]
