"""A backup restores every row and every file, on either kind of database, or nothing."""

import gzip
import io
import tarfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from stranas.agencies.models import Agency
from stranas.system import backup, clock, fsck, rows
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.models import AuditEntry, OutboxMessage, StoredFile
from stranas.system.storage import storage
from tests.conftest import make_app
from tests.houses import empty_postgres

CONTENTS = (b"%PDF-1.7 first", b"second" * 100_000, b"")


@contextmanager
def installation(var, url):
    app = make_app(var, url, storage=f"folder:{var}/files")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def full(tmp_path, seeded_url):
    """An installation with the whole seed, three files and rows with awkward values."""
    with installation(tmp_path / "full", seeded_url) as app:
        stored = [storage().put(io.BytesIO(content)) for content in CONTENTS]
        with unit_of_work():
            for one in stored:
                values = {"sha256": one.sha256, "size": one.size, "backend": one.backend, "storage_key": one.key}
                db.session.add(StoredFile(**values, stored_at=clock.wall()))
            db.session.add(
                AuditEntry(
                    recorded_at=datetime(2020, 7, 13, 1, 2, 3, 4, tzinfo=UTC),
                    actor_name="Ani \u2028 'kutip' \n baris",
                    action="x",
                    subject="y",
                    details={"angka": 1.5, "daftar": [None, True], "teks": "\u00e9\u0000".replace("\u0000", "")},
                )
            )
        yield app


@pytest.fixture
def file(full, tmp_path):
    backup.back_up(tmp_path / "copy.tar.gz")
    return tmp_path / "copy.tar.gz"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path, file):
    """An empty installation on the embedded database, or on PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/restored.db"
    else:
        url = empty_postgres(request.getfixturevalue("postgres_url"))
    with installation(tmp_path / "restored", url) as app:
        yield app


def everything() -> dict[str, list[bytes]]:
    with read_only():
        return {table.name: list(rows.lines_of(table)) for table in rows.tables()}


def all_files() -> dict[str, bytes]:
    found = {}
    for key in storage().keys():  # noqa: SIM118 (a storage is no dictionary)
        with storage().open(key) as stream:
            found[key] = stream.read()
    return found


def test_every_row_and_every_file_come_back(full, file, empty):
    with full.app_context():
        written = everything()
        files = all_files()
    with empty.app_context():
        manifest = backup.restore(file)
        assert everything() == written
        assert all_files() == files
        assert list(fsck.problems()) == []
    assert len(files) == len(CONTENTS)
    assert manifest["tables"] == {name: len(lines) for name, lines in written.items()}
    assert manifest["tables"]["obligation"] > 10_000


def test_after_a_restore_new_rows_get_new_ids(file, empty):
    with empty.app_context():
        backup.restore(file)
        highest = db.session.scalar(db.select(db.func.max(AuditEntry.id)))
        with unit_of_work():
            added = AuditEntry(recorded_at=clock.wall(), actor_name="a", action="x", subject="y")
            db.session.add(added)
        assert added.id > highest


def test_passwords_fit_after_a_restore(tmp_path):
    with installation(tmp_path / "one", f"sqlite:///{tmp_path}/one.db") as one:
        backup.back_up(tmp_path / "copy.tar.gz")
        secrets = [one.config["SETTINGS"].secret(name) for name in backup.SECRETS]
    with installation(tmp_path / "two", f"sqlite:///{tmp_path}/two.db") as two:
        assert [two.config["SETTINGS"].secret(name) for name in backup.SECRETS] != secrets
        backup.restore(tmp_path / "copy.tar.gz")
        assert [two.config["SETTINGS"].secret(name) for name in backup.SECRETS] == secrets


def test_a_database_with_rows_is_refused_and_not_touched(full, file):
    with full.app_context():
        before = everything()
        with pytest.raises(backup.BackupError, match="holds rows already"):
            backup.restore(file)
        assert everything() == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory, sqlite_seed) -> bytes:
    """A backup of the seed and a file, for all that may happen to it."""
    folder = tmp_path_factory.mktemp("whole")
    with installation(folder / "full", sqlite_seed.copy(folder / "full.db")):
        storage().put(io.BytesIO(b"content"))
        backup.back_up(folder / "copy.tar.gz")
    return (folder / "copy.tar.gz").read_bytes()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """An empty installation that stays so, because everything is refused."""
    folder = tmp_path_factory.mktemp("untouched")
    with installation(folder, f"sqlite:///{folder}/empty.db") as app:
        db.session.remove()
    return app


def damage(file, position: float) -> None:
    """Turn one byte over."""
    content = bytearray(file.read_bytes())
    content[int(len(content) * position)] ^= 0xFF
    file.write_bytes(content)


def cut(file) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def without_a_member(file) -> None:
    """Whole as an archive, but a table is gone."""
    with tarfile.open(file) as old:
        kept = [(entry, old.extractfile(entry).read()) for entry in old if entry.name != "tables/agency.jsonl"]
    with tarfile.open(file, "w:gz") as new:
        for entry, content in kept:
            new.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: damage(file, 0.1),
        lambda file: damage(file, 0.5),
        lambda file: damage(file, 0.9),
        cut,
        without_a_member,
        lambda file: file.write_bytes(b"no archive at all"),
        lambda file: file.write_bytes(gzip.compress(b"no tar")),
        lambda file: file.write_bytes(b""),
    ],
)
def test_a_damaged_backup_is_refused_with_a_sentence(tmp_path, whole, untouched, harm):
    file = tmp_path / "copy.tar.gz"
    file.write_bytes(whole)
    harm(file)
    with untouched.app_context():
        with pytest.raises(backup.BackupError, match="damaged or no backup"):
            backup.restore(file)
        assert rows.are_empty()
        assert all_files() == {}


def test_a_file_that_is_gone_is_named_and_the_rest_is_kept(full, tmp_path):
    with full.app_context():
        gone = db.session.execute(db.select(StoredFile.storage_key, StoredFile.sha256)).first()
        storage().delete(gone.storage_key)
        manifest = backup.back_up(tmp_path / "copy.tar.gz")
    assert manifest["missing"] == [gone.sha256]
    assert backup.verified(tmp_path / "copy.tar.gz")["tables"]["agency"] == 595


def test_only_its_owner_may_read_a_backup(file):
    assert file.stat().st_mode & 0o077 == 0


def test_nothing_is_left_of_a_backup_that_failed(full, tmp_path, monkeypatch):
    def fail(table):
        raise OSError("disk full")

    monkeypatch.setattr(rows, "lines_of", fail)
    with full.app_context(), pytest.raises(backup.BackupError, match="disk full"):
        backup.back_up(tmp_path / "copy.tar.gz")
    assert not list(tmp_path.glob("*copy*"))


def test_a_backup_sees_one_state_of_all_tables(full, tmp_path, monkeypatch):
    """Somebody saves while the first table is being written."""
    lines_of, saved = rows.lines_of, []

    def save_meanwhile(table):
        yield from lines_of(table)
        if not saved:
            saved.append(table.name)
            with full.app_context(), unit_of_work():
                db.session.add(OutboxMessage(**MESSAGE))

    monkeypatch.setattr(rows, "lines_of", save_meanwhile)
    with full.app_context():
        manifest = backup.back_up(tmp_path / "copy.tar.gz")
        assert saved == [Agency.__tablename__]
        assert db.session.scalar(db.select(db.func.count(OutboxMessage.id))) == 1
    assert manifest["tables"]["outbox_message"] == 0


MESSAGE = {
    "key": "k",
    "channel": "mail",
    "template": "t",
    "address": "budi@example.com",
    "subject": "s",
    "body_text": "b",
    "planned_for": datetime(2020, 7, 13, tzinfo=UTC),
}


def test_fsck_names_what_does_not_belong_together(full):
    with full.app_context():
        gone, changed, _ = db.session.scalars(db.select(StoredFile.storage_key).order_by(StoredFile.id)).all()
        storage().delete(gone)
        (storage().root / changed).write_bytes(b"others")
        loose = storage().put(io.BytesIO(b"nobody's"))
        found = list(fsck.problems())
    assert found[0] == f"{gone}: a row without bytes"
    assert found[1].startswith(f"{changed}: wrong bytes: 6 with SHA-256")
    assert found[2:] == [f"{loose.key}: bytes without a row"]
