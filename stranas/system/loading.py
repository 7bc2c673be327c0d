"""Rows of a seed file: read with the place they stand at, and loaded so that only what differs is touched."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from stranas.system.db import Base, db


class LoadError(Exception):
    """A seed file cannot be loaded; one English sentence that names file and row."""


class Row(dict[str, str]):
    """One row of a file; `place` says which ("targets.csv, row 17")."""

    def __init__(self, values: Mapping[str, str], place: str) -> None:
        super().__init__(values)
        self.place = place

    def __missing__(self, column: str) -> str:
        raise self.refuse(f"there is no column {column!r}")

    def refuse(self, problem: str) -> LoadError:
        return LoadError(f"{self.place}: {problem}")

    def choice(self, column: str, values: type[enum.Enum]) -> Any:
        try:
            return values(self[column])
        except ValueError:
            known = ", ".join(str(member.value) for member in values)
            raise self.refuse(f"{column} is {self[column]!r}, but must be one of {known}") from None

    def number(self, column: str) -> Decimal:
        try:
            return Decimal(self[column])
        except InvalidOperation:
            raise self.refuse(f"{column} is {self[column]!r}, which is no number") from None

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self[column])
        except ValueError:
            raise self.refuse(f"{column} is {self[column]!r}, which is no date like 2019-03-31") from None

    def find(self, column: str, among: Mapping[str, Any], what: str) -> Any:
        """The thing that this column names."""
        if self[column] not in among:
            raise self.refuse(f"there is no {what} {self[column]!r}")
        return among[self[column]]


@dataclass(frozen=True)
class Loaded:
    """What a load did: rows in the file, of which added, of which changed."""

    total: int = 0
    added: int = 0
    changed: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.total + other.total, self.added + other.added, self.changed + other.changed)


def load_rows(model: type[Base], wanted: list[dict[str, Any]], *, key: tuple[str, ...], update: bool = True) -> Loaded:
    """Insert the rows whose key is new, correct those that differ. Official rows stay as they are, and nothing
    is ever removed: what the database has beyond the file belongs to the people who entered it."""
    there = {tuple(getattr(row, name) for name in key): row for row in db.session.scalars(db.select(model)).unique()}
    new = [values for values in wanted if _key(values, key) not in there]
    if new:
        db.session.execute(db.insert(model), new)
    known = [(there[_key(values, key)], values) for values in wanted if _key(values, key) in there]
    changed = sum(_correct(row, values) for row, values in known) if update else 0
    db.session.flush()
    return Loaded(len(wanted), len(new), changed)


def _key(values: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(values[name] for name in names)


def _correct(row: Any, values: dict[str, Any]) -> bool:
    """Whether the row had to be changed."""
    if is_official(row):
        return False
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def is_official(row: Any) -> bool:
    """The national team entered it: no seed may change it."""
    provenance = getattr(row, "provenance", None)
    return provenance is not None and provenance.value == "official"
