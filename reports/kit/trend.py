"""Capaian from period to period, never without kepatuhan and lolos verifikasi pertama."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from reports import fonts
from reports.charts import drawing
from reports.kit.colours import TURMERIC, Look
from reports.kit.values import TrendPoint
from stranas.system.text import number

FAMILY = f"{fonts.NAME}, 'Source Sans 3'"  # the same font as pictures and as paper know it
COMPLIANCE = "#2c7f82"
SERIES = (
    ("achievement", "Capaian"),
    ("compliance", "Kepatuhan"),
    ("first_pass", "Lolos verifikasi pertama"),
)
SHOWN = 6  # periods, the newest; more cannot be read on a phone


def newest(points: Sequence[TrendPoint]) -> list[TrendPoint]:
    return list(points[-SHOWN:])


def has_any(points: Sequence[TrendPoint]) -> bool:
    """A line needs two ends: one period alone is told by its figure."""
    return sum(point.achievement is not None for point in points) > 1


def colours(look: Look) -> dict[str, str]:
    return {"achievement": look.figure, "compliance": COMPLIANCE, "first_pass": TURMERIC}


def chart(points: Sequence[TrendPoint], look: Look, *, wide: int, high: int, letters: int) -> str:
    """SVG on nothing; words of the series stand beside it (see SERIES). Letters in pixels of the picture."""
    shown = newest(points)
    order = [point.label for point in shown]
    axis = {"labelAngle": 0, "labelPadding": 14, "title": None, "labelFontSize": letters, "labelColor": look.ink_2}
    x = {"field": "period", "type": "ordinal", "sort": order, "axis": axis, "scale": {"domain": order, "padding": 0.5}}
    y_axis = {"values": [0, 25, 50, 75, 100], "title": None, "labelFontSize": letters, "labelColor": look.ink_2}
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 106]}, "axis": y_axis}
    spec = {
        "width": wide,
        "height": high,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "encoding": {"x": x, "y": y},
        "layer": list(_layers(shown, look, letters)),
        "config": drawing.CONFIG | {"axisX": {"ticks": False, "domainWidth": 2}},
    }
    return drawing.svg(spec).replace("<svg ", f'<svg font-family="{FAMILY}" ', 1)


def _layers(points: Sequence[TrendPoint], look: Look, letters: int) -> Iterator[dict[str, Any]]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    thick = {"field": "thick", "type": "quantitative", "scale": None}
    yield {
        "data": {"values": list(_lines(points, look, letters))},
        "mark": {"type": "line", "strokeCap": "round"},
        "encoding": {"color": colour, "detail": {"field": "line"}, "strokeWidth": thick},
    }
    dots = list(_dots(points, look, letters))
    yield {
        "data": {"values": dots},
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {"color": colour, "size": {"field": "size", "type": "quantitative", "scale": None}},
    }
    words = [dot for dot in dots if dot["words"]]
    for halo in ({"stroke": look.paper, "strokeWidth": letters / 3}, {"color": look.figure}):
        yield {
            "data": {"values": words},
            "mark": {
                "type": "text",
                "dy": {"expr": f"datum.value > 88 ? {letters * 1.1} : -{letters}"},
                "fontSize": letters * 1.15,
                "fontWeight": 700,
                **halo,
            },
            "encoding": {"text": {"field": "words", "type": "nominal"}},
        }


def _dots(points: Sequence[TrendPoint], look: Look, letters: int) -> Iterator[dict[str, Any]]:
    for key, _ in reversed(SERIES):
        for point in points:
            value = getattr(point, key)
            if value is not None:
                is_main = key == "achievement"
                yield {
                    "period": point.label,
                    "value": float(value),
                    "colour": colours(look)[key],
                    "size": (letters * (0.8 if is_main else 0.5)) ** 2,
                    "words": number(value, places=2) if is_main else "",
                }


def _lines(points: Sequence[TrendPoint], look: Look, letters: int) -> Iterator[dict[str, Any]]:
    """Pieces between neighbours that both have a figure: a gap stays a gap."""
    for key, _ in reversed(SERIES):
        for place, pair in enumerate(pairwise(points)):
            if any(getattr(point, key) is None for point in pair):
                continue
            for point in pair:
                yield {
                    "line": f"{key}{place}",
                    "period": point.label,
                    "value": float(getattr(point, key)),
                    "colour": colours(look)[key],
                    "thick": letters * (0.36 if key == "achievement" else 0.16),
                }
