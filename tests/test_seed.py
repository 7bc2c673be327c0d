"""The seed: complete, the same when loaded twice, the same when written out, and honest about bad files."""

import shutil
from collections import Counter
from datetime import UTC, datetime

import pytest

from stranas import create_app
from stranas.agencies.models import Agency, AgencyLevel, Provenance
from stranas.catalogue.models import Item, Period, Programme, Target
from stranas.reporting.models import Obligation
from stranas.seed.export import export_seed
from stranas.seed.files import SEED_DATA
from stranas.seed.load import load_seed
from stranas.system.db import db, unit_of_work
from stranas.system.loading import LoadError
from stranas.system.text import last_day

PROGRAMME = "programmes/stranas-2019-2020"


def count(model, *conditions) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model).where(*conditions))


def test_595_agencies_of_four_levels(seeded_app):
    levels = Counter(db.session.scalars(db.select(Agency.level)))
    assert levels == {
        AgencyLevel.KL: 53,
        AgencyLevel.PROVINCE: 34,
        AgencyLevel.REGENCY: 415,
        AgencyLevel.CITY: 93,
    }


def test_forty_ministries_and_agencies_are_marked_as_assumed(seeded_app):
    assert count(Agency, Agency.provenance == Provenance.ASSUMED) == 40


def test_the_tree_has_three_focus_areas_eleven_actions_and_nineteen_sub_actions(seeded_app):
    assert Counter(db.session.scalars(db.select(Item.depth))) == {0: 3, 1: 11, 2: 19}


def test_action_8_has_no_sub_action(seeded_app):
    action = db.session.scalar(db.select(Item).filter_by(key="8"))
    assert count(Item, Item.parent_id == action.id) == 0


def test_every_target_is_marked_as_sample(seeded_app):
    assert Counter(db.session.scalars(db.select(Target.provenance))) == {Provenance.SAMPLE: 288}


def test_every_agency_owes_two_to_ten_targets_in_every_period(seeded_app):
    query = db.select(Period.key, Obligation.agency_id).join(Obligation.period)
    owed = Counter(tuple(pair) for pair in db.session.execute(query))
    assert len(owed) == 8 * 595
    assert (min(owed.values()), max(owed.values())) == (2, 10)


def test_the_obligations_add_up(seeded_app):
    query = db.select(Period.key, db.func.count()).join(Obligation.period).group_by(Period.key)
    totals = {key: total for key, total in db.session.execute(query)}
    assert totals == dict.fromkeys(("B03", "B06", "B09", "B12"), 1426) | dict.fromkeys(
        ("B15", "B18", "B21", "B24"), 2581
    )
    assert sum(totals.values()) == 16_028


def test_obligations_are_in_force_from_the_first_minute_of_2019_in_jakarta(seeded_app):
    since = set(db.session.scalars(db.select(Obligation.in_force_from)))
    assert since == {datetime(2018, 12, 31, 17, tzinfo=UTC)}


def test_no_agency_sits_in_two_tracks_of_an_item_and_period(seeded_app):
    query = db.select(Obligation.agency_id, Obligation.item_id, Obligation.period_id)
    assert max(Counter(tuple(row) for row in db.session.execute(query)).values()) == 1


def test_the_stored_instants_are_those_of_the_default_rule(seeded_app):
    b18 = db.session.scalar(db.select(Period).filter_by(key="B18"))
    assert b18.name == "Triwulan VI"
    assert b18.due_at == datetime(2020, 7, 14, 17, tzinfo=UTC)
    assert last_day(b18.locks_at).isoformat() == "2020-07-28"


def test_a_second_load_changes_nothing(seeded_app):
    assert {(loaded.added, loaded.changed) for loaded in load_seed().values()} == {(0, 0)}


def test_the_export_gives_the_same_bytes(seeded_app, tmp_path):
    for file in export_seed(folder=tmp_path):
        name = file.relative_to(tmp_path)
        assert file.read_bytes() == (SEED_DATA / name).read_bytes(), name


def test_a_changed_row_is_corrected(seeded_app):
    db.session.scalar(db.select(Agency).filter_by(code="33.23")).name = "Kab Temangung"
    db.session.flush()
    assert load_seed()["agencies"].changed == 1
    assert count(Agency, Agency.name == "Kabupaten Temanggung") == 1


def test_an_official_row_is_never_overwritten(seeded_app):
    item = db.session.scalar(db.select(Item).filter_by(key="1-a"))
    item.name, item.provenance = "Nama menurut matriks resmi", Provenance.OFFICIAL
    db.session.flush()
    load_seed()
    db.session.refresh(item)
    assert (item.name, item.provenance) == ("Nama menurut matriks resmi", Provenance.OFFICIAL)


def test_a_sample_target_stays_out_where_the_official_matrix_came_in(seeded_app):
    official = db.session.scalar(db.select(Target).join(Item).where(Item.key == "1-a", Target.track == "daerah"))
    official.track, official.provenance = "resmi", Provenance.OFFICIAL
    db.session.flush()
    load_seed()
    tracks = db.session.scalars(
        db.select(Target.track).filter_by(item_id=official.item_id, period_id=official.period_id)
    )
    assert "daerah" not in set(tracks)


def test_settings_that_people_changed_stay(seeded_app):
    programme = db.session.scalar(db.select(Programme))
    programme.settings = programme.settings | {"approval_required": True}
    db.session.flush()
    load_seed()
    assert programme.settings["approval_required"] is True


@pytest.fixture
def broken(tmp_path):
    """`broken(file, old, new)`: a copy of the seed with one passage replaced."""

    def make(name: str, old: str, new: str):
        shutil.copytree(SEED_DATA, tmp_path / "seed")
        file = tmp_path / "seed" / name
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))
        return tmp_path / "seed"

    return make


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("agencies.csv", ",kl,", ",kl,,", "agencies.csv, row 2: it has more or fewer columns than the header"),
        ("agencies.csv", ",kl,", ",ministry,", "agencies.csv, row 2: level is 'ministry'"),
        ("agencies.csv", "Asia/Jayapura", "Asia/Mars", "timezone is 'Asia/Mars'"),
        ("agencies.csv", ",kabupaten,11,", ",kabupaten,99,", "there is no province '99'"),
        ("agency_aliases.csv", "\n11,", "\n10,", "agency_aliases.csv, row 2: there is no agency '10'"),
        (f"{PROGRAMME}/items.csv", "Sub-aksi", "Subaksi", "items.csv, row 4: there is no level 'Subaksi'"),
        (f"{PROGRAMME}/targets.csv", "provinsi:all", "provinsi:semua", "the scope names 'semua'"),
        (f"{PROGRAMME}/targets.csv", "kl:LKPP", "kl:LKPQ", "the scope names 'LKPQ'"),
        (f"{PROGRAMME}/targets.csv", "1-a,daerah,B03", "1-a,daerah,B04", "row 2: there is no period 'B04'"),
        (f"{PROGRAMME}/targets.csv", "keputusan:", "piagam:", "is not of the form kind:subject; criterion"),
        (f"{PROGRAMME}/periods.csv", "2019-03-31", "31-3-2019", "ends_on is '31-3-2019', which is no date"),
        (f"{PROGRAMME}/programme.toml", "lock_days", "look_days", "the settings are not understood"),
        (f"{PROGRAMME}/programme.toml", "[settings]", "[settings", "programme.toml: "),
    ],
)
def test_a_bad_file_stops_the_load_with_file_and_row(app, broken, file, old, new, sentence):
    with pytest.raises(LoadError) as stopped:
        load_seed(folder=broken(file, old, new))
    assert sentence in str(stopped.value)


def test_a_missing_file_stops_the_load(app, tmp_path):
    with pytest.raises(LoadError, match=r"agencies\.csv is missing"):
        load_seed(folder=tmp_path)


def test_a_copy_of_the_seed_is_a_database_of_its_own(seeded_url, tmp_path):
    own = create_app(var=tmp_path / "var", database_url=seeded_url, storage="memory:", queue="immediate:")
    with own.app_context():
        with unit_of_work():
            db.session.execute(db.delete(Obligation))
        left = count(Obligation)
        db.session.remove()
        db.engine.dispose()
    assert left == 0
