"""Rows of a table as lines of JSON and back, the same for every kind of database."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Column, Date, Enum, LargeBinary, Table

from stranas.system.db import Exact, Instant, db, go_on_counting, learn_sizes

BATCH = 1000


def tables() -> list[Table]:
    """Every table of the product; a table comes after those that it points to."""
    return list(db.metadata.sorted_tables)


def are_empty() -> bool:
    return all(db.session.execute(db.select(table).limit(1)).first() is None for table in tables())


def lines_of(table: Table) -> Iterator[bytes]:
    """Every row, in the order of its key, as one line each."""
    query = db.select(table).order_by(*table.primary_key).execution_options(yield_per=BATCH)
    names = table.columns.keys()
    for row in db.session.execute(query):
        values = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A JSON value. Enums by value, as the database has them; instants and dates in ISO 8601; bytes in Base64."""
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return getattr(value, "value", value)


def insert_lines(table: Table, lines: Iterable[bytes]) -> int:
    """Insert rows into an empty table, in the running transaction; returns how many."""
    rows = _parents_first(table, (_row(table, line) for line in lines))
    count = 0
    while some := list(islice(rows, BATCH)):
        db.session.execute(db.insert(table), some)
        count += len(some)
    go_on_counting(table)
    learn_sizes(table)
    return count


def _row(table: Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {name: _rich(column, values[name]) for name, column in table.columns.items()}


def _rich(column: Column, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Exact):
        return Decimal(value)
    if isinstance(column.type, Enum):
        return column.type.enum_class(value)
    if isinstance(column.type, LargeBinary):
        return b64decode(value)
    return value


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A table that points to itself needs the row that is pointed to first."""
    own = [key.parent.key for key in table.foreign_keys if key.column.table is table]
    if not own:
        yield from rows
        return
    waiting, there = list(rows), {None}
    while waiting:
        ready = [row for row in waiting if all(row[name] in there for name in own)]
        if not ready:
            raise ValueError(f"rows of {table.name} point to rows that are not there")
        yield from ready
        there |= {row["id"] for row in ready}
        waiting = [row for row in waiting if row["id"] not in there]
