"""Where a story may appear, and what makes a record of it believable. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date

from stranas.evidence.rules import BadLink
from stranas.publication.https import https_address
from stranas.system import text


@dataclass(frozen=True)
class Medium:
    """`counted`: what its reach usually counts. Online it has an address that anybody can open."""

    name: str
    counted: str
    is_online: bool = True


# Suggestions; other media are typed. One of these is kept under this name however it was typed.
MEDIA = (
    Medium("Situs resmi", "pembaca"),
    Medium("Instagram", "tayangan"),
    Medium("Facebook", "tayangan"),
    Medium("X", "tayangan"),
    Medium("YouTube", "penonton"),
    Medium("TikTok", "tayangan"),
    Medium("WhatsApp", "penerima", is_online=False),
    Medium("Media daring", "pembaca"),
    Medium("Surat kabar", "oplah", is_online=False),
    Medium("Radio", "pendengar", is_online=False),
    Medium("Televisi", "penonton", is_online=False),
    Medium("Videotron", "pengguna jalan", is_online=False),
    Medium("Baliho atau spanduk", "pengguna jalan", is_online=False),
    Medium("Papan pengumuman", "pengunjung", is_online=False),
)
_KNOWN = {medium.name.lower(): medium for medium in MEDIA}
COUNTED = tuple(dict.fromkeys(medium.counted for medium in MEDIA))


def medium_name(typed: str) -> str:
    """As it is kept, so that totals do not fall apart over capitals and blanks."""
    words = " ".join(typed.split())
    known = _KNOWN.get(words.lower())
    return known.name if known else words


def address_of(typed: str, medium: str) -> str:
    """What is typed where a medium has a link, or a place ("halaman 5", "Alun-alun"). Raises BadLink."""
    words = " ".join(typed.split())
    known = _KNOWN.get(medium.lower())
    looks_like_link = "://" in words or words.lower().startswith("www.")
    if (known and known.is_online) or looks_like_link:
        return https_address(words)
    if not words:
        raise BadLink("Tulis tempat atau acaranya, misalnya halaman 5 atau simpang Alun-alun.")
    return words


def day_problem(appeared_on: date, *, published_on: date, today: date) -> str | None:
    """Why the story cannot have appeared on this day, or None. Not before the day of its first edition: what ran
    earlier was a text that nobody had approved, with figures that were not frozen, so it is no proof of this one."""
    if appeared_on > today:
        return f"Pilih tanggal paling lambat hari ini, {text.day(today)}."
    if appeared_on < published_on:
        return f"Pilih tanggal paling awal {text.day(published_on)}, hari publikasi ini terbit."
    return None
