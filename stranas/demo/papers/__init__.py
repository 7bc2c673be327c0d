"""The bytes of a paper: small real files with content of their own."""

from stranas.demo.papers.pdf import pdf
from stranas.demo.papers.picture import jpg
from stranas.demo.papers.sheet import csv_file, xlsx
from stranas.demo.story import Paper

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "link": "text/uri-list",
}
_WRITERS = {"pdf": pdf, "xlsx": xlsx, "csv": csv_file, "jpg": jpg}


def content(paper: Paper) -> bytes:
    """The same paper always has the same bytes."""
    return _WRITERS[paper.form](paper.leaves)
