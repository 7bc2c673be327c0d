"""The files of a compliance report: which formats there are, and what a file is called."""

import enum
from importlib import import_module
from pathlib import Path

from reports.document import Document
from reports.progress import Progress, silent
from stranas.system.text import JAKARTA


class Format(enum.Enum):
    """Each knows its media type and its builder; builders are imported when one is needed (WeasyPrint is slow)."""

    XLSX = "xlsx"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        return {
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "pdf": "application/pdf",
            "json": "application/json",
            "csv": "text/csv; charset=utf-8",
        }[self.value]

    def build(self, document: Document) -> bytes:
        module, function = {
            "xlsx": ("reports.excel", "workbook"),
            "pdf": ("reports.pdf", "compliance_report"),
            "json": ("reports.data", "as_json"),
            "csv": ("reports.data", "as_csv"),
        }[self.value]
        return getattr(import_module(module), function)(document)

    def write(self, document: Document, to: Path, progress: Progress = silent) -> None:
        """The same bytes into a file, telling how far it is where the builder can tell."""
        module = {"xlsx": "reports.excel", "pdf": "reports.pdf", "json": "reports.data", "csv": "reports.data"}
        builder = getattr(import_module(module[self.value]), "write", None)
        if builder:
            builder(document, to, progress=progress)
        else:
            to.write_bytes(self.build(document))


def file_name(document: Document, format: Format) -> str:
    """Like kepatuhan-B15-20200713-0858.xlsx: period and cut-off, WIB."""
    return f"kepatuhan-{document.identity['period']}-{file_stamp(document)}.{format.value}"


def file_stamp(document: Document) -> str:
    """The cut-off as file names carry it."""
    return f"{document.made_at.astimezone(JAKARTA):%Y%m%d-%H%M}"
