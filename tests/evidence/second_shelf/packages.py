"""Changes to the parts of an Office package: relationships, content types, bits of XML."""

from .office import unzipped, zipped
from .ole import Entry, compound

OFF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R_NS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
VBA = "application/vnd.ms-office.vbaProject"


def rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def relate(parts: dict[str, bytes], part: str, rid: str, kind: str, target: str, outside: bool = False) -> None:
    """Add a relationship to a part, making its list if there is none."""
    name = rels_of(part)
    empty = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/'
        b'package/2006/relationships"></Relationships>'
    )
    mode = ' TargetMode="External"' if outside else ""
    full = kind if kind.startswith("http") else f"{OFF}/{kind}"
    entry = f'<Relationship Id="{rid}" Type="{full}" Target="{target}"{mode}/>'.encode()
    old = parts.get(name, empty)
    if old.rstrip().endswith(b"/>"):
        old = empty
    parts[name] = old.replace(b"</Relationships>", entry + b"</Relationships>")


def content_type(parts: dict[str, bytes], *, part: str = "", ending: str = "", kind: str) -> None:
    entry = (
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        if part
        else f'<Default Extension="{ending}" ContentType="{kind}"/>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry.encode() + b"</Types>")


def retype(parts: dict[str, bytes], old: str, new: str) -> None:
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(old.encode(), new.encode())


def in_body(parts: dict[str, bytes], xml: str) -> None:
    """Put XML before the section properties at the end of a Word body."""
    body = parts["word/document.xml"]
    at = body.rindex(b"<w:sectPr")
    body = body[:at] + xml.encode() + body[at:]
    parts["word/document.xml"] = body


def with_vba(data: bytes, project: bytes, app: str) -> bytes:
    """A .docx or .xlsx as .docm or .xlsm."""
    parts = unzipped(data)
    folder, main, plain, macro = {
        "word": (
            "word",
            "document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        "excel": (
            "xl",
            "workbook",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "point": (
            "ppt",
            "presentation",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        ),
    }[app]
    retype(parts, plain, macro)
    parts[f"{folder}/vbaProject.bin"] = project
    content_type(parts, part=f"{folder}/vbaProject.bin", kind=VBA)
    relate(
        parts,
        f"{folder}/{main}.xml",
        "rIdV1",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )
    return zipped(parts)


def package(name: str, data: bytes) -> bytes:
    """What Word makes of a file dragged into the text."""
    body = (
        b"\x02\0"
        + name.encode()
        + b"\0"
        + f"C:\\{name}".encode()
        + b"\0\0\0\x03\0"
        + (len(name) + 4).to_bytes(4, "little")
        + f"C:\\{name}".encode()
        + b"\0"
        + len(data).to_bytes(4, "little")
        + data
    )
    return compound(
        Entry("\x01Ole10Native", len(body).to_bytes(4, "little") + body),
        clsid=bytes.fromhex("0c00030000000000c000000000000046"),
    )
