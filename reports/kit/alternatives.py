"""What each picture shows, in words, from the same values: for those who do not see it."""

from reports.kit import trend
from reports.kit.values import MISSING, Figures, KitValues
from reports.kit.words import CHECK, COUNTS, HOW_TO_CHECK, TREND, WORK, listed
from stranas.system.text import number


def of(values: KitValues, heading: str = "") -> str:
    """Of an inner card by its heading; of the others, which say who and how much."""
    said = {
        COUNTS: lambda: f"{_who(values)}. {_counts(values.figures)}",
        TREND: lambda: f"Grafik garis {values.agency}. {_trend(values)}",
        WORK: lambda: _work(values),
        CHECK: lambda: f"Kode QR ke {values.address}, halaman cerita ini. {HOW_TO_CHECK}",
    }
    return _sourced(said[heading]() if heading else _cover(values), values)


def _cover(values: KitValues) -> str:
    if values.figures is None:
        return f"Kabar kegiatan {values.agency}, {values.published}: {_ended(values.title)} {_ended(values.summary)}"
    return f"{_who(values)}. {achievement(values.figures)} {_counts(values.figures)}"


def _who(values: KitValues) -> str:
    about = values.action or "semua aksi"
    return f"{values.agency}, {values.period}, {about}"


def achievement(figures: Figures) -> str:
    if figures.achievement == MISSING:
        return "Capaian belum ada nilai."
    return f"Capaian {figures.achievement} persen{f', {figures.told}' if figures.told else ''}."


def _counts(figures: Figures) -> str:
    known = [f"{count.words} {count.label}" for count in figures.counts if count.share is not None]
    unknown = [f"{count.label} belum ada nilai" for count in figures.counts if count.share is None]
    words = ", ".join(known + unknown)
    return f"{words[:1].upper()}{words[1:]}."


def _trend(values: KitValues) -> str:
    return " ".join(filter(None, (_line(values, key, words) for key, words in trend.SERIES)))


def _line(values: KitValues, key: str, words: str) -> str:
    points = [(one.label, getattr(one, key)) for one in trend.newest(values.trend)]
    said = ", ".join(f"{label} {number(value, places=2)}" for label, value in points if value is not None)
    return f"{words} (persen): {said}." if said else ""


def _work(values: KitValues) -> str:
    shown = f" Foto: {_ended(values.pictures[0].alt)}" if values.pictures else ""
    by = f" Dikerjakan oleh {_ended(listed(values.units))}" if values.units else ""
    return f"{values.agency}: {_ended(values.title)} {_ended(values.summary)}{by}{shown}"


def _sourced(words: str, values: KitValues) -> str:
    return f"{words} {values.source_line}"


def _ended(words: str) -> str:
    """With a full stop where it has no end of its own."""
    return words if words.endswith((".", "!", "?")) else f"{words}."
