"""What an Office file fetches or starts when it is opened: templates, objects, pictures, DDE, programs inside."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BROKEN_ZIP, ZIPPED, media_of, readable
from stranas.evidence.checks.program import is_program_name
from stranas.evidence.rules import Severity

MOST_OF_TABLE = 5_000_000
MOST_OF_OBJECT = 20_000_000
CHUNK = 1 << 16
# A formula that starts a program: =cmd|' /C calc'!A0
_DDE_FORMULA = re.compile(r"[=+@-][^\r\n]{0,100}?\w+\|'[^'\r\n]*'!")
_DDE_FIELD = re.compile(r"\bDDE(AUTO)?\s", re.IGNORECASE)
_FAR = re.compile(r"^(https?:|ftps?:|mhtml:|\\\\|//|file:(/{2}[^/]|/{4,}|/*\\\\))", re.IGNORECASE)
# The template of an RTF, up to the end of its group, and what stands for a sign in it.
_RTF_TEMPLATE = re.compile(rb"\\template(?![a-z])([^{}]*)")
_RTF_SIGN = re.compile(r"\\(?:'([0-9a-fA-F]{2})|u(-?\d+) ?\??|([\\{}]))")
_FETCHED = frozenset({"oleobject", "frame", "subdocument", "externallinkpath"})


def outside(path: Path, claim: Claim) -> Iterator[Finding]:
    key = media_of(path).key
    if key == "csv" or key == "text":
        found = _in_table(path)
    elif key == "rtf":
        found = _in_rtf(path)
    elif key in ZIPPED:
        with zipfile.ZipFile(path) as archive:
            found = _in_open_document(archive) if key.startswith("od") else _in_office(archive)
    else:
        return
    yield from (_FINDINGS[code] for code in _FINDINGS if code in found)


_FINDINGS = {
    finding.code: finding
    for finding in (
        Finding(
            "dde",
            Severity.MUST_FIX,
            "Berkas ini memuat perintah yang menjalankan program lain (DDE).",
            "Hapus rumus atau bidang itu, simpan, lalu unggah kembali.",
        ),
        Finding(
            "program_inside",
            Severity.MUST_FIX,
            "Berkas ini memuat program di dalamnya.",
            "Hapus objek itu dari dokumen, simpan, lalu unggah kembali.",
        ),
        Finding(
            "outside_template",
            Severity.MUST_FIX,
            "Dokumen ini mengambil templat dari alamat di luar saat dibuka.",
            "Di Word: Pengembang, Templat Dokumen, pilih Normal, simpan, lalu unggah kembali.",
        ),
        Finding(
            "outside_object",
            Severity.EXPLAIN,
            "Dokumen ini mengambil isi dari alamat lain saat dibuka, sehingga isinya dapat berubah.",
            "Putuskan tautannya (Berkas, Info, Edit Tautan ke Berkas), simpan, lalu unggah kembali.",
        ),
        Finding(
            "outside_picture",
            Severity.EXPLAIN,
            "Sebagian gambar tidak tersimpan di dalam berkas, sehingga verifikator mungkin tidak melihatnya.",
            "Sisipkan gambarnya ke dalam dokumen, atau simpan sebagai PDF, lalu unggah kembali.",
        ),
        Finding(
            "active_control",
            Severity.EXPLAIN,
            "Dokumen ini memuat kontrol ActiveX.",
            "Hapus tombol atau kontrolnya, atau simpan sebagai PDF, lalu unggah kembali.",
        ),
        Finding(
            "linked_workbook",
            Severity.INFO,
            "Lembar kerja ini mengambil angka dari berkas lain yang tidak ikut diunggah.",
            "Bila angkanya penting, tempel sebagai nilai (Tempel Khusus, Nilai), lalu unggah kembali.",
        ),
    )
}


def _in_table(path: Path) -> set[str]:
    with path.open("rb") as stream:
        text = readable(stream.read(MOST_OF_TABLE)) or ""
    return {"dde"} if _DDE_FORMULA.search(text) else set()


def _in_rtf(path: Path) -> set[str]:
    with path.open("rb") as stream:
        targets = _RTF_TEMPLATE.findall(stream.read(MOST_OF_OBJECT))
    return {"outside_template"} if any(_FAR.match(_rtf_words(target)) for target in targets) else set()


def _rtf_words(written: bytes) -> str:
    """Ends of lines mean nothing in RTF."""
    plain = written.replace(b"\r", b"").replace(b"\n", b"").decode("latin-1")
    return _RTF_SIGN.sub(_rtf_sign, plain).strip()


def _rtf_sign(match: re.Match[str]) -> str:
    by_byte, by_number, itself = match.groups()
    if by_byte:
        return chr(int(by_byte, 16))
    return itself or chr(int(by_number) % 65_536)


def _in_office(archive: zipfile.ZipFile) -> set[str]:
    found: set[str] = set()
    for name in archive.namelist():
        low = name.lower()
        if low.endswith(".rels"):
            found |= _relations(archive, name)
        elif "/activex/" in low:
            found.add("active_control")
        elif low.startswith("xl/externallinks/") and low.endswith(".xml"):
            found.add("dde" if _has_element(archive, name, "ddeLink") else "linked_workbook")
        elif re.fullmatch(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml", low):
            found |= {"dde"} if _has_dde_field(archive, name) else set()
        elif "/embeddings/" in low and low.endswith(".bin") and _is_program(archive, name):
            found.add("program_inside")
    return found


def _relations(archive: zipfile.ZipFile, name: str) -> set[str]:
    found: set[str] = set()

    def start(tag: str, values: dict[str, str]) -> None:
        if values.get("TargetMode") == "External":
            found.update(_relation(values.get("Type", "").rsplit("/", 1)[-1].lower(), values.get("Target", "")))

    _parse(archive, name, start)
    return found


def _relation(kind: str, target: str) -> set[str]:
    """Links that people click, and templates or workbooks on the own machine, do not fetch anything by themselves."""
    if kind == "image":
        return {"outside_picture"}
    if not _FAR.match(target):
        return set()
    if kind == "attachedtemplate":
        return {"outside_template"}
    return {"outside_object"} if kind in _FETCHED else set()


def _in_open_document(archive: zipfile.ZipFile) -> set[str]:
    found: set[str] = set()

    def start(tag: str, values: dict[str, str]) -> None:
        target = values.get("xlink:href", "")
        if tag in ("office:dde-source", "text:dde-connection-decl"):
            found.add("dde")
        elif tag == "draw:image" and _FAR.match(target):
            found.add("outside_picture")
        elif tag in ("draw:object", "draw:object-ole", "text:section-source", "draw:plugin") and _FAR.match(target):
            found.add("outside_object")

    for name in ("content.xml", "styles.xml"):
        if name in archive.namelist():
            _parse(archive, name, start)
    return found


def _has_element(archive: zipfile.ZipFile, name: str, element: str) -> bool:
    found: list[str] = []

    def start(tag: str, _values: dict[str, str]) -> None:
        if tag.rsplit(":", 1)[-1] == element:
            found.append(tag)

    _parse(archive, name, start)
    return bool(found)


def _has_dde_field(archive: zipfile.ZipFile, name: str) -> bool:
    """Instructions of fields, put together again: writers cut them into runs."""
    words, inside = io.StringIO(), [False]

    def start(tag: str, values: dict[str, str]) -> None:
        inside[0] = tag.endswith("instrText")
        words.write(values.get("w:instr", ""))

    def text(content: str) -> None:
        if inside[0]:
            words.write(content)

    _parse(archive, name, start, text)
    return bool(_DDE_FIELD.search(words.getvalue()))


def _parse(archive: zipfile.ZipFile, name: str, start, text=None) -> None:
    """Part after part through the reader; what is not well-formed ends where it breaks."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK):
                parser.Parse(chunk, False)
    except (expat.ExpatError, *BROKEN_ZIP):
        return


def _is_program(archive: zipfile.ZipFile, name: str) -> bool:
    """An object that packs a file under its name ("Package"), where that name is one of a program."""
    import olefile

    with archive.open(name) as stream:
        content = stream.read(MOST_OF_OBJECT)
    if not olefile.isOleFile(data=content):
        return False
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            native = "\x01Ole10Native"
            return ole.exists(native) and _packs_program(ole.openstream(native).read(4096))
    except Exception:  # an object that cannot be read starts nothing
        return False


def _packs_program(head: bytes) -> bool:
    names = re.findall(rb"[^\0]{3,260}", head[4:])[:4]
    return any(is_program_name(PurePosixPath(name.decode("latin-1")).name) for name in names)
