"""Finding an agency or action by what people type: "kab. temanggung", "DIY", a former name. Pure."""

import re
from collections.abc import Iterable, Sequence

SHORT = {
    "kab": "kabupaten",
    "kabupten": "kabupaten",
    "kot": "kota",
    "kotamadya": "kota",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "kemen": "kementerian",
    "daerah": "",
    "pemerintah": "",
    "pemkab": "kabupaten",
    "pemkot": "kota",
    "pemprov": "provinsi",
}


def words_of(typed: str) -> list[str]:
    """Small letters, no points, short forms written out."""
    words = re.findall(r"\w+", typed.lower())
    return [full for full in (SHORT.get(word, word) for word in words) if full]


def matches(words: Sequence[str], names: Iterable[str]) -> bool:
    """Whether one of the names has, for every word typed, a word that begins with it; or all of it without spaces
    ("tanjungpinang" finds Tanjung Pinang)."""
    return bool(words) and any(_fits(words, name) for name in names)


def _fits(words: Sequence[str], name: str) -> bool:
    known = words_of(name)
    if all(any(one.startswith(word) for one in known) for word in words):
        return True
    typed = "".join(words)
    return len(typed) > 3 and typed in "".join(known)
