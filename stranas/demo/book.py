"""Rows of many tables with ids of their own, for a database in which those tables are empty."""

from collections import defaultdict
from typing import Any

from stranas.system.db import Base, db, go_on_counting, learn_sizes


class Book:
    """Collects rows in the order of their ids, and writes them table by table."""

    def __init__(self) -> None:
        self.rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)

    def add(self, model: type[Base], **values: Any) -> int:
        """The id that the row will have."""
        rows = self.rows[model]
        rows.append({"id": len(rows) + 1, **values})
        return len(rows)

    def write(self) -> None:
        """Into the running transaction, tables that others point to first."""
        order = {table: place for place, table in enumerate(db.metadata.sorted_tables)}
        for model in sorted(self.rows, key=lambda model: order[model.__table__]):
            db.session.execute(db.insert(model), self.rows[model])
            go_on_counting(model.__table__)
        learn_sizes(*(model.__table__ for model in self.rows))
