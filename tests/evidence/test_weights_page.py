"""The page of what the checks look for: everybody reads it, the secretariat sets weights with a reason."""

import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import Programme
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests import factories
from tests.pages import faults

WHERE = "/pengecekan-berkas"


@pytest.fixture
def programme(app):
    programme = factories.make_programme()
    for position, key in enumerate(("B18", "B21"), 1):
        factories.make_period(programme, key, position=position)
    return programme


def stored() -> dict:
    db.session.expire_all()
    return db.session.scalars(db.select(Programme)).one().settings.get("checks", {})


def test_an_officer_reads_the_weights_and_sets_none(client, sign_in, programme):
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency()))
    page = client.get(WHERE)
    assert faults(page.text) == []
    assert "Makro yang berjalan sendiri" in page.text
    assert "Simpan bobot" not in page.text
    assert client.post(WHERE, data={"bobot-wrong_type": "info", "alasan": "coba"}).status_code == 403
    assert stored() == {}


def test_the_secretariat_sets_a_weight_and_a_quarter_with_a_reason(client, sign_in, programme):
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    assert faults(client.get(WHERE).text) == []
    answer = client.post(
        WHERE, data={"bobot-wrong_type": "explain", "sejak-wrong_ending": "B21", "alasan": "Masa peralihan"}
    )
    assert answer.status_code == 302
    assert stored() == {"wrong_type": {"severity": "explain"}, "wrong_ending": {"since": "B21"}}
    (entry,) = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "set_checks"))
    assert entry.details["reason"] == "Masa peralihan"
    page = client.get(WHERE).text
    assert '<option value="explain" selected>' in page
    assert '<option value="B21" selected>' in page


def test_without_a_reason_nothing_is_set_and_the_choice_stays(client, sign_in, programme):
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    answer = client.post(WHERE, data={"bobot-wrong_type": "info", "alasan": " "})
    assert answer.status_code == 422
    assert faults(answer.text) == []
    assert "Tulis alasan perubahan" in answer.text
    assert '<option value="info" selected>' in answer.text
    assert stored() == {}


@pytest.mark.parametrize("field", ["bobot-locked", "bobot-unheard", "bobot-wrong_type"])
def test_a_word_that_is_no_choice_changes_nothing(client, sign_in, programme, field):
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    assert client.post(WHERE, data={field: "refused", "alasan": "coba"}).status_code == 302
    assert stored() == {}
