"""The database: typed base, transactions, and the only place that names a dialect.

Transactions (docs/decisions/0002): a request that writes begins IMMEDIATE on SQLite, so that it never fails
half-way; a request that reads begins plainly. Nobody but this module commits.
"""

import enum
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from alembic.migration import MigrationContext
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Enum, Index, MetaData, Numeric, String, Table, Text, event, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# Reports take cut-offs that lie two minutes back: what was recorded before one must be there by then.
LONGEST_WRITE = timedelta(seconds=60)
_intent: ContextVar[bool | None] = ContextVar("intent", default=None)
_longest: ContextVar[timedelta | None] = ContextVar("longest", default=LONGEST_WRITE)


class Instant(TypeDecorator):
    """An aware UTC datetime on every database (SQLite stores it without its zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator):
    """A Decimal that keeps its digits: SQLite has no decimal numbers, so it is text there."""

    impl = Numeric(18, 4)
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(String(24) if dialect.name == "sqlite" else Numeric(18, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> Any:
        return str(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Any) -> Decimal | None:
        return None if value is None else _plain(Decimal(value))


def _plain(number: Decimal) -> Decimal:
    """60.0000 → 60: PostgreSQL pads to the scale, SQLite does not; the domain sees one form."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def choice(values: type[enum.Enum], name: str) -> Enum:
    """A text column that stores an enum by value, with a named CHECK."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=40,
    )


Key = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(200))]
Code = Annotated[str, mapped_column(String(80))]
Long = Annotated[str, mapped_column(Text)]
Sha256 = Annotated[str, mapped_column(String(64))]

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    # Flask-SQLAlchemy drops a type_annotation_map set on the class; it keeps a ready registry.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, Decimal: Exact, dict[str, Any]: JSON, list[str]: JSON},
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})


def partial_unique(name: str, *columns: str, where: str) -> Index:
    """A unique index over the rows that fulfil `where`, on both databases."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def partial_index(name: str, *columns: str, where: str) -> Index:
    """The same, for finding rows rather than for allowing each once."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def init_db(app: Flask) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["SETTINGS"].database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_pre_ping": True}
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    app.after_request(_finish)
    app.teardown_request(_abandon)


class TooLong(Exception):
    """A write transaction lived longer than it may; it was rolled back. Carries how long."""

    def __init__(self, lived: timedelta) -> None:
        super().__init__(f"a write transaction lived {lived.total_seconds():.0f} s; nothing of it was kept")
        self.lived = lived


def prepare_engine(engine: Engine) -> None:
    """No commit after LONGEST_WRITE. SQLite: WAL, foreign keys, patience, and explicit BEGIN by intent."""
    event.listen(engine, "begin", _note_begin)
    event.listen(engine, "commit", _refuse_late_commit)
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # pysqlite must not begin by itself; _begin does
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=5000", "synchronous=FULL"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _will_write() else "BEGIN")


def _note_begin(connection: Connection) -> None:
    connection.info["began"] = time.monotonic()


def _refuse_late_commit(connection: Connection) -> None:
    """Before the database hears of it: the session rolls back what raises here."""
    lived = timedelta(seconds=time.monotonic() - connection.info["began"])
    longest = _longest.get()
    if longest is not None and lived > longest:
        raise TooLong(lived)


def _will_write() -> bool:
    """What the running block said, or else what the request's method says."""
    said = _intent.get()
    if said is not None:
        return said
    return has_request_context() and request.method in WRITING_METHODS


def _finish(response: Any) -> Any:
    """Commit what a successful writing request did; roll back everything else."""
    if request.method in WRITING_METHODS and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    return response


def _abandon(error: BaseException | None) -> None:
    if error is not None:
        db.session.rollback()


@contextmanager
def unit_of_work(*, longest: timedelta | None = LONGEST_WRITE) -> Iterator[None]:
    """One write transaction of its own: for jobs, commands, and requests that work between transactions.

    Whatever the session read before is let go first: on SQLite a transaction that began plainly cannot turn
    into a writing one once somebody else has saved. Raises TooLong after `longest`; None is for filling a
    database of which nobody makes reports yet.
    """
    with _transaction(writes=True):
        yield
        token = _longest.set(longest)
        try:
            db.session.commit()
        finally:
            _longest.reset(token)


@contextmanager
def read_only() -> Iterator[None]:
    """A short read, ended before slow work (receiving bytes, hashing, rendering)."""
    with _transaction(writes=False):
        yield


@contextmanager
def snapshot() -> Iterator[None]:
    """A long read that sees one state of all tables, whatever is saved meanwhile."""
    with _transaction(writes=False):
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield


@contextmanager
def _transaction(*, writes: bool) -> Iterator[None]:
    db.session.rollback()
    token = _intent.set(writes)
    try:
        yield
    finally:
        db.session.rollback()
        _intent.reset(token)


def insert_unless_there(model: type[Base], values: dict[str, Any], *, unique: list[str]) -> int | None:
    """Insert one row unless its unique columns are taken; the new id, or None. Both databases alike."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(model).values(values).on_conflict_do_nothing(index_elements=unique)
    return db.session.execute(statement.returning(model.id)).scalar_one_or_none()


def insert_those_not_there(
    model: type[Base], rows: list[dict[str, Any]], *, unique: list[str], told: Any = None
) -> list[Any]:
    """Insert many rows in few statements, leaving out those whose unique columns are taken; the new ids (or what
    column of the new rows is asked for with `told`)."""
    if not rows:
        return []
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(model).on_conflict_do_nothing(index_elements=unique)
    return list(db.session.scalars(statement.returning(model.id if told is None else told), rows))


def learn_sizes(*tables: Table) -> None:
    """After many rows at once: PostgreSQL plans its questions for them now, not when it next looks by itself. Until
    then it takes a table for as empty as it was, and a join of four such tables took minutes. SQLite needs it not."""
    if db.engine.dialect.name == "postgresql":
        for table in tables:
            db.session.execute(text(f'ANALYZE "{table.name}"'))


def lock_row(query: Any, *, of: Any = None) -> Any:
    """SELECT … FOR UPDATE where the database has it; on SQLite the IMMEDIATE transaction is the lock."""
    return query.with_for_update(of=of) if db.engine.dialect.name == "postgresql" else query


def go_on_counting(table: Table) -> None:
    """After rows with ids of their own choice: the next id follows the highest. SQLite does so by itself."""
    if db.engine.dialect.name == "postgresql" and "id" in table.columns:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        db.session.execute(db.select(func.setval(sequence, func.max(table.c.id))).having(func.max(table.c.id) > 0))


@contextmanager
def tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it: meanwhile foreign keys are not watched, afterwards all are checked."""
    if connection.dialect.name != "sqlite":
        yield
        return
    plain = connection.connection.driver_connection
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        plain.execute("PRAGMA foreign_keys=ON")
    if broken := plain.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"rows point to rows that are not there: {broken[:5]}")


def revision() -> str | None:
    """The migration that this database stands at."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def database_size() -> int:
    """Bytes of this database (on SQLite without what still lies in its write-ahead log)."""
    if db.engine.dialect.name == "postgresql":
        return db.session.scalar(text("SELECT pg_database_size(current_database())"))
    return db.session.scalar(text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"))
