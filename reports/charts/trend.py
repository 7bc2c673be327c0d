"""Kepatuhan and lolos verifikasi pertama from period to period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reports.charts.drawing import CONFIG, Chart, Legend, drawn, nothing_yet
from reports.charts.palette import ACCENT, KUNYIT, PAPER
from stranas.system.text import number

TITLE = "Tren"
SERIES = (("compliance", "Kepatuhan", ACCENT), ("first_pass", "Lolos verifikasi pertama", KUNYIT))
BROKEN = [5, 4]
HALO = {"stroke": PAPER, "strokeWidth": 3}  # a line that crosses a number stops around it
WIDE, NARROW = 4, 2  # where both figures are the same, the wide line shows at both sides of the narrow one
NOTHING_YET = "Belum ada angka dari triwulan yang sudah berjalan."


@dataclass(frozen=True)
class TrendPoint:
    """One period: its short name, and rounded percentages; None where there is no figure for this reader."""

    label: str
    compliance: Decimal | None
    first_pass: Decimal | None
    provisional: bool


def trend(points: Sequence[TrendPoint], *, title: str = TITLE) -> Chart:
    """Released periods with filled points and whole lines; provisional ones hollow, broken, and named so."""
    if not any(point.compliance is not None for point in points):
        return nothing_yet(title, NOTHING_YET)
    return drawn(title, _spec(points), words_of(points), legend_of(points))


def words_of(points: Sequence[TrendPoint]) -> str:
    if not any(point.compliance is not None for point in points):
        return NOTHING_YET
    return " ".join(_said(points, key, words) for key, words, _ in _shown(points))


def legend_of(points: Sequence[TrendPoint]) -> tuple[Legend, ...]:
    return tuple(Legend(colour, words) for _, words, colour in _shown(points))


def _shown(points: Sequence[TrendPoint]) -> list[tuple[str, str, str]]:
    """The series of which there is any figure."""
    return [series for series in SERIES if any(getattr(point, series[0]) is not None for point in points)]


def _said(points: Sequence[TrendPoint], key: str, words: str) -> str:
    known = [(point, getattr(point, key)) for point in points if getattr(point, key) is not None]
    first, last = (f"{number(v, places=2)} persen pada {_named(p)}" for p, v in (known[0], known[-1]))
    return f"{words}: {first}." if len(known) == 1 else f"{words}: dari {first} menjadi {last}."


def _named(point: TrendPoint) -> str:
    return f"{point.label} (sementara)" if point.provisional else point.label


def _spec(points: Sequence[TrendPoint]) -> dict[str, Any]:
    sort = [_axis(point) for point in points]
    # The second line of a label stands under the first; between both and the line there is room for a number.
    axis = {"labelAngle": 0, "labelExpr": "split(datum.label, '|')", "labelLineHeight": 15, "labelPadding": 26}
    scale = {"padding": 0.5, "domain": sort}
    x = {"field": "period", "type": "ordinal", "sort": sort, "title": None, "axis": axis, "scale": scale}
    y = {
        "field": "value",
        "type": "quantitative",
        "title": "Persen",
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 25, 50, 75, 100]},
    }
    return {
        "width": 560,
        "height": 220,
        "encoding": {"x": x, "y": y},
        "layer": list(_layers(points)),
        "config": CONFIG,
    }


def _layers(points: Sequence[TrendPoint]) -> Iterator[dict[str, Any]]:
    """Whole lines, broken lines, dots, numbers."""
    colour = {"field": "colour", "type": "nominal", "scale": None}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    width = {"field": "width", "type": "quantitative", "scale": None}
    for broken in (False, True):
        yield {
            "data": {"values": list(_lines(points, provisional=broken))},
            "mark": {"type": "line", **({"strokeDash": BROKEN} if broken else {})},
            "encoding": {"color": colour, "detail": {"field": "line"}, "strokeWidth": width},
        }
    dots = list(_dots(points))
    yield {
        "data": {"values": dots},
        "mark": {"type": "point", "strokeWidth": 2, "opacity": 1},
        "encoding": {"stroke": colour, "fill": fill, "size": {**width, "field": "size"}},
    }
    for above in (True, False):
        for halo in (HALO, {}):
            yield {
                "data": {"values": [dot for dot in dots if dot["above"] is above]},
                "mark": {"type": "text", "dy": -13 if above else 15, **halo},
                "encoding": {"text": {"field": "words", "type": "nominal"}},
            }


def _axis(point: TrendPoint) -> str:
    return f"{point.label}|sementara" if point.provisional else point.label


def _dots(points: Sequence[TrendPoint]) -> Iterator[dict[str, Any]]:
    for point in points:
        for key, words, colour in SERIES:
            value = getattr(point, key)
            if value is not None:
                yield {
                    "period": _axis(point),
                    "series": words,
                    "value": float(value),
                    "words": number(value, places=2),
                    "colour": colour,
                    "fill": PAPER if point.provisional else colour,
                    "above": is_upper(point, key),
                    "size": 80 if key == "compliance" else 48,
                }


def is_upper(point: TrendPoint, key: str) -> bool:
    """Of two figures the higher has its number above, the lower below."""
    other = point.first_pass if key == "compliance" else point.compliance
    own = getattr(point, key)
    return other is None or own > other or (own == other and key == "compliance")


def _lines(points: Sequence[TrendPoint], *, provisional: bool) -> Iterator[dict[str, Any]]:
    """The pieces between two neighbours that both have a figure; broken where either is provisional."""
    for key, words, colour in SERIES:
        for place, pair in enumerate(pairwise(points)):
            values = [getattr(point, key) for point in pair]
            if None in values or any(point.provisional for point in pair) is not provisional:
                continue
            for point, value in zip(pair, values, strict=True):
                line = {"line": f"{words} {place}", "colour": colour, "width": WIDE if key == "compliance" else NARROW}
                yield line | {"period": _axis(point), "value": float(value)}
