"""Macro projects (vbaProject.bin) with their source, so small that they hold only what is needed to read them."""

import struct

from .ole import Entry, compound


def _compressed(data: bytes) -> bytes:
    """The container of MS-OVBA with literal tokens only."""
    out = bytearray(b"\x01")
    for start in range(0, len(data), 3600):
        chunk = data[start : start + 3600]
        body = b"".join(b"\0" + chunk[i : i + 8] for i in range(0, len(chunk), 8))
        out += struct.pack("<H", 0xB000 | (len(body) + 2 - 3)) + body
    return bytes(out)


def _rec(code: int, data: bytes) -> bytes:
    return struct.pack("<HI", code, len(data)) + data


def _both(code: int, second: int, text: str) -> bytes:
    return _rec(code, text.encode("cp1252")) + _rec(second, text.encode("utf-16-le"))


def _dir(modules: dict[str, tuple[str, bool]]) -> bytes:
    out = _rec(1, struct.pack("<I", 1)) + _rec(2, struct.pack("<I", 0x421)) + _rec(0x14, struct.pack("<I", 0x421))
    out += _rec(3, struct.pack("<H", 1252)) + _rec(4, b"VBAProject") + _both(5, 0x40, "") + _both(6, 0x3D, "")
    out += _rec(7, struct.pack("<I", 0)) + _rec(8, struct.pack("<I", 0))
    out += struct.pack("<HIIH", 9, 4, 1, 1) + _both(0x0C, 0x3C, "")
    out += _rec(0x0F, struct.pack("<H", len(modules))) + _rec(0x13, struct.pack("<H", 0xFFFF))
    for name, (_, document) in modules.items():
        out += _both(0x19, 0x47, name) + _both(0x1A, 0x32, name) + _both(0x1C, 0x48, "")
        out += (
            _rec(0x31, struct.pack("<I", 0)) + _rec(0x1E, struct.pack("<I", 0)) + _rec(0x2C, struct.pack("<H", 0xFFFF))
        )
        out += _rec(0x22 if document else 0x21, b"") + _rec(0x2B, b"")
    return out + _rec(0x10, b"")


def _streams(modules: dict[str, tuple[str, bool]]) -> list[Entry]:
    listing = "".join(f"Document={n}/&H00000000\r\n" if doc else f"Module={n}\r\n" for n, (_, doc) in modules.items())
    project = (
        'ID="{11111111-2222-3333-4444-555555555555}"\r\n' + listing + 'Name="VBAProject"\r\n'
        'HelpContextID="0"\r\nVersionCompatible32="393222000"\r\n\r\n[Host Extender Info]\r\n'
    )
    inner = [Entry("dir", _compressed(_dir(modules))), Entry("_VBA_PROJECT", b"\xcc\x61\xff\xff\0\0\0")]
    for name, (source, _) in modules.items():
        text = f'Attribute VB_Name = "{name}"\r\n' + source.replace("\n", "\r\n")
        inner.append(Entry(name, _compressed(text.encode("cp1252"))))
    return [Entry("VBA", None, inner), Entry("PROJECT", project.encode("cp1252"))]


def project(modules: dict[str, tuple[str, bool]]) -> bytes:
    """modules: name -> (source, whether it is the document's own module)."""
    return compound(*_streams(modules))


def macros_storage(modules: dict[str, tuple[str, bool]], name: str = "Macros") -> Entry:
    """The same project as a storage inside an old .doc or .xls."""
    return Entry(name, None, _streams(modules))
