"""Reproduction: the figures of B15, frozen at its release, are those asked for that cut-off ever after.

Whatever is done in between; on the demo, by the operations of the house.
"""

import csv
import json
import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period, Programme
from stranas.catalogue.operations import set_checks
from stranas.compliance.differences import differences
from stranas.compliance.editions import figures_of
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition
from stranas.compliance.operations import follow_releases
from stranas.compliance.queries import snapshot
from stranas.compliance.queries.editions import content_of
from stranas.compliance.queries.reproduction import reproductions
from stranas.deadlines.operations import grant_extension, record_outage
from stranas.release.models import Release
from stranas.release.operations import follow_clock, set_release
from stranas.release.rules import Unfinished
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.obligations import create_obligations
from stranas.reporting.operations import record_decision
from stranas.reporting.operations.steps import step
from stranas.reporting.rules import Actor, EventKind, Status, fingerprint
from stranas.seed.files import SEED_DATA
from stranas.seed.load import load_seed
from stranas.system import clock
from stranas.system.db import db
from stranas.system.storage import storage
from tests.compliance.released import write_quickly

RELEASED = datetime(2020, 7, 27, 3, 0, 0, 123_000, tzinfo=UTC)
LATER = RELEASED + timedelta(days=30)
B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}
# What the catalogue and the register of agencies call things today; figures do not hang on names.
NAMES = ("agency", "item", "name", "province", "whom", "reason")


@pytest.fixture
def period(demo_app, monkeypatch):
    """B15 of the demo, released by the secretariat and frozen by the clock."""
    monkeypatch.setattr(Format, "write", write_quickly)
    period = db.session.scalars(db.select(Period).where(Period.key == "B15")).unique().one()
    with clock.at(RELEASED):
        set_release(
            release=db.session.scalars(db.select(Release).where(Release.period_id == period.id)).one(),
            at=None,
            decree="Keputusan Nomor 5 Tahun 2020",
            note="",
            reason="Klarifikasi yang terbuka dijawab pada triwulan berikutnya.",
            unfinished=Unfinished(open_clarifications=1),
            person=_person(Role.SECRETARIAT),
            received_at=RELEASED,
        )
        db.session.commit()
        follow_clock()
    monkeypatch.setattr("stranas.compliance.operations.editions._without_edition", lambda: [(period.id, RELEASED)])
    with clock.at(RELEASED + timedelta(minutes=3)):
        follow_releases()
    return period


def _person(role: Role) -> User:
    query = db.select(User).join(Membership, Membership.user_id == User.id).where(Membership.role == role)
    return db.session.scalars(query.order_by(User.id)).unique().first()


def _edition() -> Edition:
    db.session.rollback()
    return db.session.scalars(db.select(Edition)).unique().one()


def _asked(cutoff: datetime):
    """Asked for today, which is long after everything."""
    with clock.at(LATER + timedelta(days=10)):
        return snapshot(**B15, cutoff=cutoff)


def _give_more_time(period: Period) -> None:
    late = next(d.agency for d in _asked(RELEASED).details if d.result.received and not d.result.on_time)
    grant_extension(
        period_id=period.id,
        agency_id=late.id,
        until=period.verification_ends_at,
        reason="Banjir bandang, dilaporkan kemudian",
    )
    record_outage(
        periods=[period],
        began_at=period.due_at - timedelta(hours=5),
        ended_at=period.due_at + timedelta(hours=5),
        extends_to=period.due_at + timedelta(days=3),
        reason="Gangguan pusat data",
        person=None,
    )
    db.session.commit()


def _reopen_and_decide_anew(period: Period) -> None:
    """The doors refuse it once verification has ended; should it ever be done, the history stays."""
    submission = db.session.scalars(
        db.select(Submission)
        .join(Obligation)
        .where(Obligation.period_id == period.id, Submission.status == Status.VERIFIED)
        .order_by(Submission.id)
    ).first()
    common = {"person": _person(Role.SECRETARIAT), "received_at": clock.now()}
    step(submission, EventKind.REOPENED, by=Actor.SECRETARIAT, reason="Salah berkas", **common)
    submission.status = Status.SENT  # as if the agency had sent it again
    record_decision(submission=submission, outcome=EventKind.VERIFIED, score=Decimal(0), **common)
    db.session.commit()


def _edit_the_catalogue(period: Period, folder) -> None:
    """New names, weights and words, a target that more agencies owe, and other weights of checks."""
    shutil.copytree(SEED_DATA, folder)
    place = next((folder / "programmes").iterdir())
    _rewrite(place / "items.csv", lambda row: row | {"name": f"{row['name']} (baru)"})
    _rewrite(
        place / "targets.csv",
        lambda row: row | {"text": f"{row['text']} (baru)", "weight": "7", "owed_by": "kabkota:all", "value": "9"},
    )
    _rewrite(folder / "agencies.csv", lambda row: row | {"name": row["name"].replace("Kabupaten", "Kab.")})
    done = load_seed(folder=folder)
    assert any(loaded.changed for loaded in done.values())
    set_checks(programme=period.programme, checks={"legible": {"from": "B21"}}, reason="Uji")
    db.session.commit()


def _rewrite(file, change) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(change, rows))


def _without_names(content: str | bytes) -> dict:
    """Names are left out, and rows stand in one order."""
    told = json.loads(content)
    for table in told.values():
        for row in table if isinstance(table, list) else ():
            if isinstance(row, dict):
                for name in NAMES:
                    row.pop(name, None)
    for matrix in told["matrices"].values():
        for row in matrix:
            row.pop("agency", None)
    return told


def test_nothing_done_yet_gives_the_very_bytes(period):
    assert fingerprint(figures_of(_asked(RELEASED))[1]) == _edition().snapshot_sha256


def test_figures_of_the_release_stay_after_corrections_a_reopening_and_a_catalogue_edit(period, tmp_path):
    frozen = content_of(edition_id=_edition().id)
    with clock.at(LATER):
        _give_more_time(period)
        _reopen_and_decide_anew(period)
        _edit_the_catalogue(period, tmp_path / "seed")
    then = _asked(RELEASED)
    assert differences(json.loads(frozen), then) == ()
    assert _without_names(figures_of(then)[1]) == _without_names(frozen)
    changed = {one.figure for one in differences(json.loads(frozen), _asked(LATER + timedelta(hours=1))) if one.code}
    assert {"Kewajiban", "Tepat waktu", "Ketepatan waktu (%)", "Capaian (%)"} <= changed


def test_a_target_that_more_agencies_owe_is_in_force_from_now_on(period):
    """Otherwise a wider scope would change every report of the past."""
    obligation = db.session.scalars(
        db.select(Obligation)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.period_id == period.id, Submission.id.is_(None))
        .order_by(Obligation.id)
    ).first()
    pair = {"agency_id": obligation.agency_id, "target_id": obligation.target_id}
    db.session.execute(db.delete(Obligation).where(Obligation.id == obligation.id))
    db.session.commit()
    with clock.at(LATER):
        create_obligations(programme=db.session.scalars(db.select(Programme)).one())
        db.session.commit()
        assert db.session.scalars(db.select(Obligation).filter_by(**pair)).one().in_force_from == LATER


def test_the_frozen_figures_are_not_those_of_nothing(period):
    told = json.loads(content_of(edition_id=_edition().id))
    assert sum(agency["verified"] for agency in told["agencies"]) > 20
    assert db.session.scalar(db.select(db.func.count(Agency.id))) >= len(told["agencies"])
    assert db.session.scalar(db.select(db.func.count(Item.id))) > 10


def test_an_auditor_counts_every_edition_again(period):
    with clock.at(LATER):
        (same,) = reproductions("B15")
        edited = db.session.scalars(db.select(Item).where(Item.key == "1-a")).one()
        edited.name = "Nama baru"
        db.session.commit()
        (renamed,) = reproductions("B15")
        programme = db.session.scalars(db.select(Programme)).one()
        programme.settings = programme.settings | {"weights_renormalised": False}
        db.session.commit()
        (reset,) = reproductions("B15")
        storage().delete(_edition().files[0].file.storage_key)
        (lost,) = reproductions("B15")
    assert (same.words, same.figures_agree) == ("reproduced, same bytes", True)
    assert (renamed.words, renamed.figures_agree) == ("every figure reproduced; names or other words changed", True)
    assert reset.figures_agree is False
    assert lost.words == "the kept figures do not have their checksum any more"
