"""The report for machines: JSON of everything, CSV of the agencies."""

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from reports.document import Document
from reports.tables import Cell, Table, clean

# A spreadsheet would run these as a formula when somebody opens the CSV.
RISKY = ("=", "+", "-", "@", "\t", "\n")


def as_json(document: Document) -> bytes:
    """One object: what the report is, and every table as a list of objects. Instants are UTC, ISO 8601."""
    content = {
        **_head(document),
        "notes": document.notes,
        "key_figures": [
            {"key": f.key, "title": f.title, "mean": f.mean, "pooled": f.pooled, "words": f.words}
            for f in document.key_figures
        ],
        "provinces": document.provinces.records(),
        "levels": document.levels.records(),
        "actions": document.actions.records(),
        "items": document.items.records(),
        "agencies": document.agencies.records(),
        "matrices": {matrix.name: matrix.records() for matrix in document.matrices},
        "details": document.details.records(),
        "later_ends": document.later_ends.records(),
        "reasons": document.reasons.records(),
        "definitions": document.definitions.records(),
    }
    return _json(content)


def tables_as_json(document: Document, **named: Table) -> bytes:
    """One object: what the document is, and these tables as lists of objects, by their names."""
    return _json(_head(document) | {name: table.records() for name, table in named.items()})


def _head(document: Document) -> dict[str, Any]:
    return {
        **document.identity,
        "title": document.title,
        "status": document.status,
        "practice": document.practice,
    }


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, default=_plain, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)  # at most four places: prints the same digits
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a report")


def as_csv(document: Document) -> bytes:
    """The agencies with their nine figures."""
    return table_as_csv(document.agencies)


def table_as_csv(table: Table) -> bytes:
    """Keys, then rows: comma, decimal point, UTF-8 with the mark that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.key for column in table.columns)
    for row in table.rows:
        writer.writerow(field(value) for value in row)
    return out.getvalue().encode("utf-8-sig")


def field(value: Cell) -> str:
    """As it stands in a CSV: empty for nothing, and text that a spreadsheet would run begins with an apostrophe."""
    if value is None:
        return ""
    words = clean(str(value))
    return f"'{words}" if isinstance(value, str) and words.startswith(RISKY) else words
