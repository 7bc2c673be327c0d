"""Progress against the target: of what was expected, how much was received, verified and accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.charts.drawing import CONFIG, Chart, Legend, drawn, nothing_yet
from reports.charts.palette import NOTHING, TEAL
from stranas.system.text import number

TITLE = "Kemajuan terhadap target"
# Each set lies in the one before it, and is drawn over it.
SETS = (("expected", "Kewajiban", NOTHING), ("received", "Diterima", TEAL[1]))
JUDGED = (("verified", "Diverifikasi", TEAL[2]), ("accepted", "Terverifikasi", TEAL[3]))


@dataclass(frozen=True)
class Progress:
    """Counts of obligations of one action, or of all. verified, accepted: None where they are not shown."""

    name: str
    expected: int
    received: int
    verified: int | None
    accepted: int | None

    @property
    def words(self) -> str:
        return f"{number(self.received)} dari {number(self.expected)}"


def progress(rows: Sequence[Progress], *, title: str = TITLE) -> Chart:
    """One bar a row, as wide as what was expected; in it the sets, each within the one before."""
    owed = [row for row in rows if row.expected]
    if not owed:
        return nothing_yet(title, "Belum ada kewajiban pelaporan pada triwulan ini.")
    judged = all(row.verified is not None for row in owed)
    sets = (*SETS, *JUDGED) if judged else SETS
    legend = tuple(Legend(colour, words) for _, words, colour in sets)
    return drawn(title, _spec(owed, sets), _words(owed, judged=judged), legend)


def _words(rows: Sequence[Progress], *, judged: bool) -> str:
    total = Progress("", *(sum(getattr(row, key) or 0 for row in rows) for key, *_ in (*SETS, *JUDGED)))
    said = f"{total.words} kewajiban diterima"
    if judged:
        said += f", {number(total.verified)} diverifikasi, {number(total.accepted)} terverifikasi"
    if len(rows) < 2:
        return f"{said}."
    by_share = sorted(rows, key=lambda row: row.received / row.expected)
    low, high = by_share[0], by_share[-1]
    if low.received * high.expected == high.received * low.expected:
        return f"{said}. Semua baris sama jauhnya."
    return f"{said}. Paling jauh {high.name} ({high.words}), paling sedikit {low.name} ({low.words})."


def _spec(rows: Sequence[Progress], sets: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    values = [
        {"name": row.name, "set": words, "share": round(100 * getattr(row, key) / row.expected, 2), "words": row.words}
        for row in rows
        for key, words, _ in sets
    ]
    y = {"field": "name", "type": "nominal", "sort": [row.name for row in rows], "title": None}
    scale = {"domain": [words for _, words, _ in sets], "range": [colour for *_, colour in sets]}
    x = {
        "field": "share",
        "type": "quantitative",
        "stack": None,
        "title": "Persen dari kewajiban; di kanan: diterima dari kewajiban",
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 25, 50, 75, 100], "labelFlush": False},
    }
    return {
        "width": 430,
        "height": {"step": 26},
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": [
            *(
                {
                    "transform": [{"filter": {"field": "set", "equal": words}}],
                    "mark": {"type": "bar", "height": {"band": 0.72}},
                    "encoding": {"x": x, "color": {"field": "set", "scale": scale, "legend": None}},
                }
                for _, words, _ in sets
            ),
            {
                "transform": [{"filter": {"field": "set", "equal": sets[0][1]}}],
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"x": {"datum": 100}, "text": {"field": "words", "type": "nominal"}},
            },
        ],
        "config": CONFIG,
    }
