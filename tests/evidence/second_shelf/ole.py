"""Compound files (the old Office container), written small: one header, FAT, mini stream, directory."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise

_FREE, _END, _FATSECT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass
class Entry:
    name: str
    data: bytes | None = None
    children: list["Entry"] = field(default_factory=list)
    clsid: bytes = b"\0" * 16


def _key(e: Entry) -> tuple[int, str]:
    return (len(e.name), e.name.upper())


def _flat(entry: Entry, out: list[Entry]) -> None:
    out.append(entry)
    for child in sorted(entry.children, key=_key):
        _flat(child, out)


def compound(*entries: Entry, clsid: bytes = b"\0" * 16) -> bytes:
    """Streams go whole into 512-byte sectors; small ones are padded to 4096 so that no mini stream is needed."""
    top = Entry("Root Entry", None, list(entries), clsid)
    every: list[Entry] = []
    _flat(top, every)
    index = {id(e): i for i, e in enumerate(every)}
    fat: list[int] = []
    sectors = bytearray()
    starts: dict[int, tuple[int, int]] = {}

    def put(data: bytes) -> int:
        count = (len(data) + 511) // 512
        first = len(fat)
        fat.extend([first + i + 1 for i in range(count - 1)] + [_END])
        sectors.extend(data.ljust(count * 512, b"\0"))
        return first

    mini, minifat = bytearray(), []
    for e in every[1:]:
        if e.data is None:
            continue
        if len(e.data) >= 4096:
            starts[id(e)] = (put(e.data), len(e.data))
        elif e.data:
            count = (len(e.data) + 63) // 64
            starts[id(e)] = (len(minifat), len(e.data))
            minifat += [len(minifat) + i + 1 for i in range(count - 1)] + [_END]
            mini += e.data.ljust(count * 64, b"\0")
    mini_at = put(bytes(mini)) if mini else _END
    minifat_at, minifat_count = _END, 0
    if minifat:
        raw = b"".join(struct.pack("<I", v) for v in minifat)
        raw = raw.ljust((len(raw) + 511) // 512 * 512, b"\xff")
        minifat_at, minifat_count = put(raw), len(raw) // 512
    starts[id(top)] = (mini_at, len(mini))
    directory = put(_directory(every, index, starts))
    return _header(fat, sectors, directory, minifat_at, minifat_count)


def _directory(every: list[Entry], index: dict[int, int], starts: dict[int, tuple[int, int]]) -> bytes:
    right = {}
    for e in every:
        kids = sorted(e.children, key=_key)
        for a, b in pairwise(kids):
            right[id(a)] = index[id(b)]
    out = b""
    for i, e in enumerate(every):
        name = e.name.encode("utf-16-le") + b"\0\0"
        kind = 5 if i == 0 else 2 if e.data is not None else 1
        kids = sorted(e.children, key=_key)
        first, size = starts.get(id(e), (0 if kind == 1 else _END, 0))
        out += name.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(name), kind, 1, _NONE, right.get(id(e), _NONE), index[id(kids[0])] if kids else _NONE
        )
        out += e.clsid + b"\0" * 20 + struct.pack("<IQ", first, size)
    return out.ljust((len(out) + 511) // 512 * 512, b"\0")


def _header(fat: list[int], sectors: bytearray, directory: int, minifat: int, minifat_count: int) -> bytes:
    count = 1
    while (len(fat) + count) > count * 128:
        count += 1
    at = len(fat)
    whole = fat + [_FATSECT] * count
    whole += [_FREE] * (count * 128 - len(whole))
    table = b"".join(struct.pack("<I", v) for v in whole)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, minifat, minifat_count, _END, 0)
    head += b"".join(struct.pack("<I", at + i if i < count else _FREE) for i in range(109))
    return head + bytes(sectors) + table
