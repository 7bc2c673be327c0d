"""Seed files: CSV with a header, and TOML. Written so that the same content gives the same bytes."""

import csv
import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import config
from stranas.system.loading import LoadError, Row

SEED_DATA = config.ROOT / "seed_data"


def read_rows(file: Path) -> list[Row]:
    """The rows of a CSV file; the header is row 1, as a spreadsheet counts."""
    with _opened(file) as lines:
        reader = csv.DictReader(lines)
        return [_row(values, f"{file.name}, row {number}") for number, values in enumerate(reader, 2)]


def _row(values: dict[Any, Any], place: str) -> Row:
    if None in values or None in values.values():
        raise LoadError(f"{place}: it has more or fewer columns than the header")
    return Row(values, place)


def write_rows(file: Path, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_table(file: Path) -> dict[str, Any]:
    try:
        with _opened(file) as lines:
            return tomllib.loads(lines.read())
    except tomllib.TOMLDecodeError as problem:
        raise LoadError(f"{file.name}: {problem}") from None


def write_table(file: Path, values: Mapping[str, Any]) -> None:
    """Plain values first, then tables, then lists of tables: what programme.toml needs of TOML, no more."""
    file.write_text("\n".join(_table(values, name="")) + "\n", encoding="utf-8")


def _opened(file: Path) -> Any:
    if not file.is_file():
        raise LoadError(f"{file.name} is missing in {file.parent}")
    return file.open(encoding="utf-8", newline="")


def _table(values: Mapping[str, Any], name: str) -> Iterable[str]:
    inside = {key: value for key, value in values.items() if _is_table(value) or _is_tables(value)}
    for key, value in values.items():
        if key not in inside:
            yield f"{key} = {_plain(value)}"
    for key, value in sorted(inside.items(), key=lambda pair: _is_tables(pair[1])):
        path = f"{name}.{key}" if name else key
        for table in value if _is_tables(value) else [value]:
            yield ""
            yield f"[[{path}]]" if _is_tables(value) else f"[{path}]"
            yield from _table(table, path)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_table(entry) for entry in value)


def _plain(value: Any) -> str:
    """A TOML string of one line is a JSON string, and so are numbers, true and false."""
    if isinstance(value, list) and any(isinstance(entry, str) for entry in value) and len(str(value)) > 100:
        return "[\n" + "".join(f"  {_plain(entry)},\n" for entry in value) + "]"
    return json.dumps(value, ensure_ascii=False)
