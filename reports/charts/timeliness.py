"""What came in time, what came late, what did not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.charts.drawing import CONFIG, Chart, Legend, drawn, nothing_yet
from reports.charts.palette import ACCENT, INK, NOTHING, PAPER, TURMERIC
from stranas.system.text import number

TITLE = "Ketepatan waktu"
# key, words, colour, ink on it
CLASSES = (
    ("on_time", "Tepat waktu", ACCENT, PAPER),
    ("late", "Terlambat", TURMERIC[1], INK),
    ("not_sent", "Belum dikirim", NOTHING, INK),
)
NARROW = 9  # percent of the bar under which a number does not fit


@dataclass(frozen=True)
class Timeliness:
    """Counts of obligations of a level, a period or an action."""

    name: str
    on_time: int
    late: int
    not_sent: int

    @property
    def expected(self) -> int:
        return self.on_time + self.late + self.not_sent


def timeliness(rows: Sequence[Timeliness], *, title: str = TITLE) -> Chart:
    """One bar a row, all of one length, with the counts in it."""
    owed = [row for row in rows if row.expected]
    if not owed:
        return nothing_yet(title, "Belum ada kewajiban pelaporan pada triwulan ini.")
    legend = tuple(Legend(colour, words) for _, words, colour, _ in CLASSES)
    return drawn(title, _spec(owed), _words(owed), legend)


def _words(rows: Sequence[Timeliness]) -> str:
    counts = [f"{number(sum(getattr(row, key) for row in rows))} {words.lower()}" for key, words, *_ in CLASSES]
    said = f"Dari {number(sum(row.expected for row in rows))} kewajiban: {counts[0]}, {counts[1]}, {counts[2]}."
    if len(rows) < 2:
        return said
    worst = min(rows, key=lambda row: row.on_time / row.expected)
    return (
        f"{said} Bagian tepat waktu paling kecil: {worst.name}, {number(worst.on_time)} dari {number(worst.expected)}."
    )


def _spec(rows: Sequence[Timeliness]) -> dict[str, Any]:
    y = {"field": "name", "type": "nominal", "sort": [row.name for row in rows], "title": None}
    x = {"type": "quantitative", "title": "Persen dari kewajiban", "scale": {"domain": [0, 100]}}
    axis = {"values": [0, 25, 50, 75, 100]}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "width": 430,
        "height": {"step": 30},
        "data": {"values": [segment for row in rows for segment in _segments(row)]},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.76}, "stroke": PAPER, "strokeWidth": 1},
                "encoding": {"x": {**x, "field": "from", "axis": axis}, "x2": {"field": "to"}, "color": colour},
            },
            {
                "transform": [{"filter": f"datum.to - datum.from >= {NARROW}"}],
                "mark": {"type": "text"},
                "encoding": {
                    "x": {**x, "field": "middle"},
                    "text": {"field": "words", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
        "config": CONFIG,
    }


def _segments(row: Timeliness) -> list[dict[str, Any]]:
    segments, at = [], 0.0
    for key, words, colour, ink in CLASSES:
        count = getattr(row, key)
        to = at + 100 * count / row.expected
        shown = {"class": words, "count": count, "words": number(count), "colour": colour, "ink": ink}
        if count:
            segments.append({"name": row.name, "from": at, "to": to, "middle": (at + to) / 2, **shown})
        at = to
    return segments
