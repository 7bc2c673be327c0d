"""Figures become public: what the rows say is what the frozen edition says, and nothing is public before."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition
from stranas.compliance.operations import ask_edition
from stranas.compliance.queries.editions import changes_since, content_of, released_editions
from stranas.publication.figures import RATES
from stranas.publication.models import PublishedEdition, PublishedFigure
from stranas.publication.operations import figures as operation
from stranas.publication.operations.figures import publish_figures
from stranas.publication.queries.figures import public_figures, public_periods
from stranas.publication.queries.version import portal_version
from stranas.publication.rules import Scope
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.compliance.released import AFTER, forgive_lateness, freeze, settle_released, write_quickly
from tests.publication.public import publish


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)


def frozen(period) -> dict:
    edition = db.session.scalars(db.select(Edition).order_by(Edition.number.desc())).first()
    return json.loads(content_of(edition_id=edition.id), parse_float=Decimal)


def test_every_agency_row_says_what_the_edition_says(app):
    period = publish()
    told = {row["code"]: row for row in frozen(period)["agencies"]}
    shown = {row.key: row for row in public_figures(scopes=[Scope.AGENCY])}
    assert shown.keys() == told.keys()
    for code, row in shown.items():
        for name in ("expected", "received", "on_time", "verified", "accepted", *RATES):
            assert getattr(row, name) == told[code][name], (code, name)
        assert row.score_class == (told[code]["class"] or "")


def test_country_levels_and_provinces_say_what_the_edition_says(app):
    period = publish()
    told = frozen(period)
    means = {figure["key"]: figure["mean"] for figure in told["key_figures"]}
    (country,) = public_figures(scopes=[Scope.NATIONAL])
    assert {name: getattr(country, name) for name in RATES} == means
    for scope, records, name_of in ((Scope.LEVEL, "levels", "level"), (Scope.PROVINCE, "provinces", "province")):
        known = {record[name_of]: record for record in told[records]}
        rows = public_figures(scopes=[scope])
        assert {row.name for row in rows} == known.keys()
        for row in rows:
            for name in ("agencies", "expected", "received", "accepted", *RATES, "pooled_compliance"):
                assert getattr(row, name) == known[row.name][name], (row.name, name)


def test_the_figures_of_one_action_agree_with_the_matrices(app):
    period = publish()
    told = frozen(period)["matrices"]
    rows = public_figures(scopes=[Scope.AGENCY], action_keys=None)
    by_action = [row for row in rows if row.action_key]
    assert by_action
    for matrix, name in (("Matriks kepatuhan", "compliance"), ("Matriks capaian", "achievement")):
        known = {record["code"]: record for record in told[matrix]}
        for row in by_action:
            assert getattr(row, name) == known[row.key][f"action_{row.action_key}"], (row.key, row.action_key)


def test_nothing_is_public_before_its_edition_is_made(app):
    settle_released()
    with clock.at(AFTER):
        assert publish_figures() == {"editions": 0}
        assert public_periods() == []


def test_an_edition_is_published_once(app):
    publish()
    with clock.at(AFTER):
        assert publish_figures() == {"editions": 0}
        again = operation.publish_edition(edition_id=db.session.scalar(db.select(Edition.id)))
    assert again is False
    assert db.session.scalar(db.select(db.func.count(PublishedEdition.id))) == 1


def test_a_correction_replaces_the_figures_and_keeps_the_old(app):
    period = publish()
    before = portal_version()
    forgive_lateness(period, at=AFTER)
    cutoff, later = AFTER + timedelta(minutes=1), AFTER + timedelta(minutes=4)
    with clock.at(later):
        (known,) = released_editions()
        changes = changes_since(known, cutoff=cutoff)
        ani = factories.make_person(Role.SECRETARIAT)
        ask_edition(period=period, cutoff=cutoff, reason="Gangguan jaringan", changes=changes, person=ani)
        db.session.commit()
        publish_figures()
        (shown,) = public_periods()
    assert shown.number == 2
    assert db.session.scalar(db.select(db.func.count(PublishedEdition.id))) == 2
    assert portal_version() != before


def test_an_edition_that_cannot_be_published_keeps_no_other_waiting(app, monkeypatch):
    settle_released()
    freeze()
    real = operation._waiting
    monkeypatch.setattr(operation, "_waiting", lambda: [0, *real()])
    known = operation.publish_edition

    def publish_edition(*, edition_id):
        if not edition_id:
            raise operation.Tampered(edition_id)
        return known(edition_id=edition_id)

    monkeypatch.setattr(operation, "publish_edition", publish_edition)
    with clock.at(AFTER), pytest.raises(operation.Tampered):
        publish_figures()
    assert len(public_periods()) == 1


def test_changed_bytes_are_not_published(app, monkeypatch):
    settle_released()
    freeze()
    real = operation.content_of
    monkeypatch.setattr(operation, "content_of", lambda **ids: real(**ids).replace(b'"expected"', b'"expekted"', 1))
    with clock.at(AFTER), pytest.raises(operation.Tampered):
        publish_figures()
    assert db.session.scalar(db.select(db.func.count(PublishedFigure.id))) == 0
