"""A program, a script or a shortcut in place of a document, by its content or by its ending."""

from collections.abc import Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.rules import Severity, ending_of

# Text under such an ending is run by a double click, and so is a packed Java or Android program.
RUN_AS_TEXT = frozenset(["bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "sh", "scr", "com"])
RUN_AS_ZIP = frozenset({"jar", "apk"})

RUN_AS_FILE = frozenset(["exe", "dll", "msi", "cpl", "lnk", "pif"]) | RUN_AS_TEXT | RUN_AS_ZIP


def is_program_name(name: str) -> bool:
    return ending_of(name) in RUN_AS_FILE


def program(path: Path, claim: Claim) -> Iterator[Finding]:
    media, ending = media_of(path), ending_of(claim.name)
    by_name = (media.family in ("text", "web", "unknown") and ending in RUN_AS_TEXT) or (
        media.key == "zip" and ending in RUN_AS_ZIP
    )
    if media.family == "program" or by_name:
        yield Finding(
            "program",
            Severity.REFUSED,
            "Berkas ini program atau skrip, bukan dokumen.",
            "Unggah dokumen yang diminta, misalnya PDF. Bila Anda tidak mengenal berkas ini, jangan membukanya.",
        )
