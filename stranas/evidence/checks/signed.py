"""Whether a PDF carries electronic signatures, told from its bytes: then no repair may say "save it again"."""

import mmap
from pathlib import Path

KEEP_SIGNED = (
    "Dokumen ini bertanda tangan elektronik: jangan disimpan ulang, karena tanda tangannya akan rusak. "
    "Jelaskan pada uraian, atau minta berkas baru dari pembuatnya."
)


_MARKS = (b"/ByteRange", b"adbe.pkcs7.", b"ETSI.CAdES.")


def has_signature(path: Path) -> bool:
    """By any of the words that a signature needs: a changed byte may have spoilt one of them."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return any(content.find(mark) >= 0 for mark in _MARKS)
