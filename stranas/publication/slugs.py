"""The address of a story, out of its title: readable, stable, at most 80 characters. Standard library only."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 72  # room for "-999" and more within the column


def slug_of(title: str) -> str:
    """ "Temanggung: izin & café" → "temanggung-izin-cafe"; "kabar" where no letter is left."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", folded)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or "kabar"


def free_slug(title: str, *, taken: Container[str]) -> str:
    slug, number = slug_of(title), 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
