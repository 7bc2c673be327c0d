"""The files that a PDF carries inside: whether one of them is a program, by any of its names or by its content."""

import zlib
from collections.abc import Iterator
from typing import Any

from stranas.evidence.checks.media import HEAD, is_program
from stranas.evidence.checks.program import is_program_name

# Keys of a file specification under which a reader finds the name, and under which it finds the content.
_KEYS = ("/UF", "/F", "/DOS", "/Mac", "/Unix")
# Bytes of one embedded file, as they stand in the PDF, that are unpacked by a filter other than Flate.
MOST_PACKED = 1_000_000


def carries_program(spec: Any) -> bool:
    """`spec`: a file specification (a dictionary). A reader saves the file under one of its names."""
    import pikepdf

    if any(is_program_name(name) for name in _names(spec)):
        return True
    streams = spec.get("/EF")
    if not isinstance(streams, pikepdf.Dictionary):
        return False
    return any(isinstance(streams.get(key), pikepdf.Stream) and is_program(_head(streams[key])) for key in _KEYS)


def _names(spec: Any) -> Iterator[str]:
    for key in _KEYS:
        if (name := spec.get(key)) is not None:
            try:
                yield str(name)
            except ValueError:  # of no known coding: it is only compared with endings
                yield bytes(name).decode("latin-1")


def _head(stream: Any) -> bytes:
    """The first bytes, unpacked no further: a few bytes may swell to a gigabyte."""
    import pikepdf

    try:
        packed, filters = stream.read_raw_bytes(), _filters(stream)
        if filters == ["/FlateDecode"]:
            return zlib.decompressobj().decompress(packed, HEAD)
        if filters and len(packed) > MOST_PACKED:
            return b""
        return stream.read_bytes()[:HEAD] if filters else packed[:HEAD]
    except (pikepdf.PdfError, zlib.error, RuntimeError, ValueError):  # what nobody can unpack starts nothing
        return b""


def _filters(stream: Any) -> list[str]:
    import pikepdf

    said = stream.get("/Filter")
    if said is None:
        return []
    return [str(one) for one in said] if isinstance(said, pikepdf.Array) else [str(said)]
