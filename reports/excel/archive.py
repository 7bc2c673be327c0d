"""The zip file that an .xlsx is: stamped once while it is written, and whole or not there at all."""

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

# The oldest stamp that a zip file can carry: the same figures must give the same bytes.
STAMP = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20


class StampedZip(zipfile.ZipFile):
    """Every entry carries the same time, whenever and from whatever file it was written."""

    def writestr(self, name: str, data: str | bytes) -> None:
        super().writestr(_entry(name), data)

    def write(self, file: str, name: str) -> None:
        with open(file, "rb") as source, self.open(_entry(name), "w") as entry:
            shutil.copyfileobj(source, entry, PIECE)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def save(book: Any, to: Path) -> None:
    """By way of a draft beside it. Not by `book.save`, which writes the machine's time into the properties."""
    from openpyxl.writer.excel import ExcelWriter

    draft = to.with_name(f".{to.name}.{secrets.token_hex(4)}")
    try:
        with StampedZip(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
        os.replace(draft, to)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def thrown_away(book: Any) -> Iterator[None]:
    """Where the work stops half way, the drafts of its sheets go at once; openpyxl would keep them to the end of
    the process, which may be a worker's."""
    try:
        yield
    except BaseException:
        for sheet in book.worksheets:
            if sheet._writer is not None:
                with suppress(Exception):
                    sheet.close()
                Path(sheet._writer.out).unlink(missing_ok=True)
        raise
