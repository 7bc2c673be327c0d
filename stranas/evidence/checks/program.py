"""A program, a script or a shortcut in place of a document, by its content or by its ending."""

from collections.abc import Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import Media, media_of
from stranas.evidence.rules import Severity, ending_of, plain_words

# Windows starts what has such an ending by a double click, whatever is in it: nobody hands in a document under it.
RUN_BY_NAME = frozenset(plain_words("exe com scr pif msi cpl bat cmd ps1 vbs vbe js jse wsf hta jar lnk"))
# Under these only what is a script or a packed program is run: "Budi, S.Sos.SH" is a name and a degree.
RUN_AS_TEXT, RUN_AS_ZIP, RUN_BY_OTHERS = frozenset({"sh"}), frozenset({"apk"}), frozenset({"dll"})

RUN_AS_FILE = RUN_BY_NAME | RUN_AS_TEXT | RUN_AS_ZIP | RUN_BY_OTHERS


def is_program_name(name: str) -> bool:
    """Windows leaves spaces and full stops at the end of a name out."""
    return ending_of(name.rstrip(" .\0")) in RUN_AS_FILE


def program(path: Path, claim: Claim) -> Iterator[Finding]:
    media, ending = media_of(path), ending_of(claim.name)
    if media.family == "program" or _is_run_as(media, ending):
        yield _IS_PROGRAM
    elif ending in RUN_BY_NAME:
        yield _named_as_program(media, ending)


_IS_PROGRAM = Finding(
    "program",
    Severity.REFUSED,
    "Berkas ini program atau skrip, bukan dokumen.",
    "Unggah dokumen yang diminta, misalnya PDF. Bila Anda tidak mengenal berkas ini, jangan membukanya.",
)


def _named_as_program(media: Media, ending: str) -> Finding:
    own = f".{media.endings[0]}" if media.endings else "akhiran yang sebenarnya"
    return Finding(
        "program",
        Severity.REFUSED,
        f"Nama berkas ini berakhiran .{ending}, yaitu akhiran nama program atau skrip.",
        f"Bila berkas ini memang {media.words}, ganti akhiran namanya menjadi {own}, lalu unggah kembali.",
    )


def _is_run_as(media: Media, ending: str) -> bool:
    if media.key == "zip":
        return ending in RUN_AS_ZIP | {"jar"}
    return media.family in ("text", "web", "unknown") and ending in RUN_AS_TEXT | RUN_BY_NAME
