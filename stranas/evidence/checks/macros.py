"""Macros in Office files. oletools is loaded only where there are some, and says whether they start by themselves."""

import logging
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BROKEN_ZIP, ZIPPED, media_of
from stranas.evidence.rules import Severity

# Saved under these, a document leaves its macros behind: OpenDocument itself has no ending without them.
_PLAIN = {"xlsx": "xlsx", "xls": "xlsx", "ods": "xlsx", "docx": "docx", "doc": "docx", "odt": "docx"}
_LIBRARY_LISTS = ("script-lb.xml", "script-lc.xml", "dialog-lb.xml", "dialog-lc.xml")
MOST_CODE = 2_000_000
# Events that need no act of the reader.
_WITHOUT_A_CLICK = frozenset({"load", "load-finished", "new", "view-created", "layout-finished", "unload"})


def macros(path: Path, claim: Claim) -> Iterator[Finding]:
    media = media_of(path)
    ending = _PLAIN.get(media.key, "pptx")
    repair = f"Simpan sebagai .{ending} tanpa makro (Simpan Sebagai), lalu unggah hasilnya."
    if media.key.startswith("od") and _is_bound_to_opening(path):
        yield _runs_itself("Berkas ini menjalankan makro sendiri saat dibuka atau ditutup.", repair)
    elif not _has_macros(path, media.key):
        return
    elif _run_by_themselves(path):
        yield _runs_itself(
            "Berkas ini memuat makro yang berjalan sendiri dan mengubah berkas lain atau menjalankan program.", repair
        )
    else:
        yield Finding("macro", Severity.EXPLAIN, "Berkas ini memuat makro.", repair)


def _runs_itself(message: str, repair: str) -> Finding:
    return Finding(
        "macro_runs_itself",
        Severity.MUST_FIX,
        message,
        f"{repair} Bila Anda tidak mengenal makro ini, laporkan kepada pengelola TI instansi Anda.",
    )


def _is_bound_to_opening(path: Path) -> bool:
    """A script is tied to an event of the document, whose listeners stand beside its scripts, or to the loading of a
    form. What is tied to a button or a picture waits for a click."""
    found: list[str] = []
    within: list[str] = []

    def start(tag: str, values: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        within.append(name)
        if name == "event-listener" and ("scripts" in within or _event(values) in _WITHOUT_A_CLICK):
            found.append(name)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, lambda _tag: within.pop()
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            parser.ParseFile(stream)
    except (expat.ExpatError, *BROKEN_ZIP):  # what came before the fault counts
        pass
    return bool(found)


def _event(values: dict[str, str]) -> str:
    """The name without its prefix: "dom:load", "office:load" and the "on-load" of old writers are one."""
    said = next((value for key, value in values.items() if key.rpartition(":")[2] == "event-name"), "")
    return said.rpartition(":")[2].removeprefix("on-")


def _has_macros(path: Path, key: str) -> bool:
    if key in ZIPPED:
        with zipfile.ZipFile(path) as archive:
            return any(_is_macro_part(name) for name in archive.namelist())
    return key in ("xls", "doc", "ppt") and _in_ole(path)


def _is_macro_part(name: str) -> bool:
    low = name.lower()
    if low.endswith("vbaproject.bin") or low.startswith("xl/macrosheets/"):
        return True
    in_library = low.startswith(("basic/", "scripts/")) and not low.endswith("/")
    return in_library and PurePosixPath(low).name not in _LIBRARY_LISTS


def _in_ole(path: Path) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            if any(parts[-1].upper() == "_VBA_PROJECT" for parts in ole.listdir()):
                return True
            book = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
            return book is not None and _has_macro_sheet(ole.openstream(book).read(MOST_CODE))
    except Exception:  # a broken file is the business of the check "opens"
        return False


def _has_macro_sheet(book: bytes) -> bool:
    """A sheet of the old kind of macros, by the table of sheets (BOUNDSHEET) at the head of the workbook."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == 0x0085 and length > 5 and book[at + 9] & 0x0F == 1:
            return True
        if kind == 0x000A or (kind == 0 and length == 0):
            return False
        at += 4 + length
    return False


def _run_by_themselves(path: Path) -> bool:
    """Started without a click, and then writing files or starting programs (the rule of mraptor)."""
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _judged_by_mraptor(path)
    except Exception:  # macros that nobody can read are macros all the same
        return False
    finally:
        logging.disable(logging.NOTSET)


def _judged_by_mraptor(path: Path) -> bool:
    from oletools import mraptor, olevba

    parser = olevba.VBA_Parser(str(path))
    try:
        code = "\n".join(text for text in _codes(parser.extract_macros) if isinstance(text, str))
    finally:
        parser.close()
    judge = mraptor.MacroRaptor(code[:MOST_CODE])
    judge.scan()
    return bool(judge.suspicious)


def _codes(extract: Callable[[], Iterator[tuple]]) -> Iterator[object]:
    for _file, _stream, _name, code in extract():
        yield code
