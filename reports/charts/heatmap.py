"""Agencies × actions: the number written in each cell, its band as the second carrier."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from reports.charts.drawing import CONFIG, Chart, Legend, drawn, nothing_yet
from reports.charts.palette import OF_ONE_ACTION, PAPER
from stranas.system.text import number

TITLE = "Kepatuhan per instansi dan aksi (%)"
MOST_ROWS = 45

Row = tuple[str, Sequence[Decimal | None]]


def heatmap(actions: Sequence[str], rows: Sequence[Row], *, title: str = TITLE) -> Chart:
    """`actions`: short names of the columns; `rows`: an agency's name and its rounded percentage per action, None
    where it owes nothing. Raises ValueError for more rows than one picture can carry."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"a heat map has at most {MOST_ROWS} rows")
    cells = [(name, action, value) for name, values in rows for action, value in zip(actions, values, strict=True)]
    owed = [cell for cell in cells if cell[2] is not None]
    if not owed:
        return nothing_yet(title, "Belum ada kewajiban pelaporan pada triwulan ini.")
    return drawn(title, _spec(actions, rows, cells), _words(rows, actions, owed), _legend(), natural=True)


def _words(rows: Sequence[Row], actions: Sequence[str], owed: Sequence[tuple[str, str, Decimal]]) -> str:
    low = min(value for *_, value in owed)
    lowest = [(name, action) for name, action, value in owed if value == low]
    full = sum(value == 100 for *_, value in owed)
    said = (
        f"{number(len(rows))} instansi dan {number(len(actions))} aksi: {number(full)} dari {number(len(owed))} "
        "pasangan instansi dan aksi sudah terkirim seluruhnya."
    )
    if low == 100:
        return said
    first = f"{lowest[0][0]} pada {lowest[0][1].lower()}"
    more = f" dan {number(len(lowest) - 1)} lainnya" if len(lowest) > 1 else ""
    return f"{said} Terendah {number(low, places=2)} persen: {first}{more}."


def _legend() -> tuple[Legend, ...]:
    return (*OF_ONE_ACTION.legend()[:-1], Legend(PAPER, "–: tanpa kewajiban"))


def _spec(
    actions: Sequence[str], rows: Sequence[Row], cells: Sequence[tuple[str, str, Decimal | None]]
) -> dict[str, Any]:
    values = [
        {
            "agency": name,
            "action": action,
            "words": number(value),
            "fill": PAPER if value is None else OF_ONE_ACTION.colour(value),
            "ink": OF_ONE_ACTION.ink(value),
        }
        for name, action, value in cells
    ]
    top = {"orient": "top", "labelAngle": 0, "title": None, "domain": False, "labelPadding": 6}
    return {
        "width": {"step": 52},
        "height": {"step": 24},
        "data": {"values": values},
        "encoding": {
            "x": {"field": "action", "type": "nominal", "sort": list(actions), "axis": top},
            "y": {"field": "agency", "type": "nominal", "sort": [name for name, _ in rows], "title": None},
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 1},
                "encoding": {"color": {"field": "fill", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text"},
                "encoding": {
                    "text": {"field": "words", "type": "nominal"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
        "config": CONFIG,
    }
