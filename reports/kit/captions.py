"""Texts that go with the pictures, for each place its own; figures only as the edition holds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.kit.alternatives import achievement
from reports.kit.values import PRACTICE, KitValues

# As the places publish them. WhatsApp: the text under a picture.
INSTAGRAM, X, FACEBOOK, WHATSAPP = 2200, 280, 63206, 1024
X_LINK = 23  # whatever its length
# Letters outside of these count twice on X (its "weighted length", configuration v3).
X_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Caption:
    """`length` as the place itself counts, against its `limit`."""

    key: str
    place: str
    words: str
    length: int
    limit: int


def captions(values: KitValues) -> tuple[Caption, ...]:
    return (
        _caption("instagram", "Instagram", _long(values, link=f"Alamat lengkap: {values.short_address}"), INSTAGRAM),
        _x(values),
        _caption("facebook", "Facebook", _long(values, link=f"Selengkapnya: {values.address}"), FACEBOOK),
        _caption("whatsapp", "WhatsApp", _whatsapp(values), WHATSAPP),
    )


def counted(place: str, words: str) -> tuple[int, int]:
    """The length as the place (a caption's key) counts, and its limit."""
    limits = {"instagram": INSTAGRAM, "x": X, "facebook": FACEBOOK, "whatsapp": WHATSAPP}
    return (x_length(words) if place == "x" else len(words)), limits[place]


def x_length(words: str) -> int:
    """As X counts: a link is 23, most letters 1, others (emoji, many scripts) 2."""
    rest, links = LINK.subn("", words)
    return links * X_LINK + sum(1 if any(a <= ord(one) <= b for a, b in X_LIGHT) else 2 for one in rest)


def _caption(key: str, place: str, words: str, limit: int) -> Caption:
    return Caption(key, place, words, len(words), limit)


def _figures(values: KitValues) -> str:
    """Capaian with what stands beside it, always together."""
    if values.figures is None:
        return ""
    counts = [f"{count.words} {count.label}" for count in values.figures.counts if count.share is not None]
    return f"{achievement(values.figures)} {', '.join(counts)}{'.' if counts else ''}".strip()


def _paragraphs(values: KitValues) -> Iterator[str]:
    yield values.title
    yield values.summary
    if values.figures is not None:
        yield f"{values.agency}, {values.period}. {_figures(values)}"
    if values.units:
        yield f"Dikerjakan oleh {'; '.join(values.units)}."
    if values.partners:
        yield f"Bersama {'; '.join(values.partners)}."


def _long(values: KitValues, *, link: str) -> str:
    words = "\n\n".join((*_paragraphs(values), link, values.source_line, tags(values)))
    if len(words) <= INSTAGRAM:
        return words
    kept = [part for part in _paragraphs(values) if part != values.summary]
    return "\n\n".join((*kept, link, values.source_line))


def tags(values: KitValues) -> str:
    name = "".join(part[:1].upper() + part[1:] for part in re.findall(r"\w+", values.agency))
    return f"#PencegahanKorupsi #{name}"


def _whatsapp(values: KitValues) -> str:
    """Bold title, figures, link; the summary as far as it has room."""
    head, tail = f"*{values.title}*", "\n\n".join(filter(None, (_figures(values), values.address, values.source_line)))
    room = WHATSAPP - len(head) - len(tail) - 4
    return "\n\n".join(filter(None, (head, _shortened(values.summary, room), tail)))


def _x(values: KitValues) -> Caption:
    """The title is what gives way, never a figure."""
    practice = PRACTICE if values.practice else ""
    for figures in (_figures(values), _shortest(values)):
        tail = "\n\n".join(filter(None, (" ".join(filter(None, (figures, practice))), values.address)))
        title = _shortened(values.title, X - x_length(tail) - 2)
        if title:
            break
    words = f"{title}\n\n{tail}" if title else tail
    return Caption("x", "X", words, x_length(words), X)


def _shortest(values: KitValues) -> str:
    """Without punctuality: what must stand beside capaian stays."""
    if values.figures is None:
        return ""
    counts = [one for one in values.figures.counts if one.share is not None and one.label != "tepat waktu"]
    return " ".join((achievement(values.figures), *(f"{one.words} {one.label}." for one in counts)))


def _shortened(words: str, room: int) -> str:
    """At a word, with an ellipsis; nothing where not even some words fit."""
    if x_length(words) <= room:
        return words
    kept = words.split(" ")
    while kept and x_length(" ".join(kept)) + 2 > room:
        kept.pop()
    return " ".join(kept).rstrip(" ,;:") + "…" if len(kept) > 2 else ""
