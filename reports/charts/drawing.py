"""From a Vega-Lite specification to SVG and PNG; what a chart is."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from reports import fonts

VEGA_LITE = "5.20"
INK, GRID, AXIS = "#33474d", "#e3e8e6", "#9fb0b0"
CONFIG = {
    "axis": {
        "gridColor": GRID,
        "domainColor": AXIS,
        "tickColor": AXIS,
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelLimit": 400,
    },
    "axisX": {"ticks": False, "labelPadding": 8, "titlePadding": 8},
    "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
    "text": {"fontSize": 12, "color": INK},
    "view": {"stroke": None},
}


@dataclass(frozen=True)
class Legend:
    """A class of a chart: its colour, and its words."""

    colour: str
    words: str


@dataclass(frozen=True)
class Chart:
    """`svg` has no size of its own in words: pages and print set it; empty where there is nothing to draw.

    `alternative` says what it shows; `spec` is what it was drawn from.
    """

    title: str
    svg: str
    alternative: str
    legend: tuple[Legend, ...] = ()
    spec: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


def drawn(
    title: str, spec: dict[str, Any], alternative: str, legend: tuple[Legend, ...] = (), *, natural: bool = False
) -> Chart:
    """`natural`: the drawing keeps its own width, for one that grows with its rows and columns."""
    drawing = svg(spec)
    if natural:
        drawing = re.sub(r'<svg ([^>]*viewBox="0 0 ([\d.]+) )', r'<svg width="\2" \1', drawing, count=1)
    return Chart(title, drawing, alternative, legend, spec)


def nothing_yet(title: str, sentence: str) -> Chart:
    """A sentence instead of an empty picture."""
    return Chart(title, "", sentence)


def svg(spec: Mapping[str, Any]) -> str:
    """Rendered, lean, with the page's own font; ids and roles of Vega are taken out."""
    return _rendered(json.dumps({"background": None, **spec}))


@lru_cache(maxsize=32)
def _rendered(spec: str) -> str:
    """The same numbers are looked at by many readers: the last few drawings are kept."""
    import vl_convert

    drawing = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    drawing = re.sub(r' (role|aria-[a-z]+|class|pointer-events|font-family|stroke-miterlimit)="[^"]*"', "", drawing)
    drawing = drawing.replace(' opacity="1"', "")
    drawing = re.sub(r'(<svg [^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", drawing, count=1)
    drawing = re.sub(r'<path transform="translate\(0,0\)" d="(M[^"]{200,})"', _lean, drawing)
    drawing = re.sub(r"<[^>]*>", _in_tenths, drawing)
    return drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _in_tenths(tag: re.Match[str]) -> str:
    """Coordinates, never the words between the tags: 1.500 is a number of people's."""
    return re.sub(r"(\d+\.\d)\d+", r"\1", tag[0])


def _lean(found: re.Match[str]) -> str:
    """A long outline in tenths, each point as its step from the last: half the weight on a bad line."""
    rings = [_steps(ring) for ring in found[1].split("M") if ring]
    return f'<path vector-effect="non-scaling-stroke" transform="scale(.1)" d="{"".join(rings)}"'


def _steps(ring: str) -> str:
    points = [tuple(round(float(n) * 10) for n in pair.split(",")) for pair in ring.strip("Z").split("L")]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b)]
    inner = "".join(f"{dx} {dy} ".replace(" -", "-") for dx, dy in steps).strip()
    return f"M{points[0][0]} {points[0][1]}l{inner}z" if inner else ""


def png(spec: Mapping[str, Any], scale: float = 2) -> bytes:
    """A picture of the drawing alone, on white; `scale` 1 is 72 dots per inch."""
    import vl_convert

    _know_the_font()
    config = {**spec.get("config", {}), "font": fonts.NAME, "padding": 16}
    framed = {"background": "#ffffff", **spec, "padding": 16, "config": config}
    return vl_convert.vegalite_to_png(framed, vl_version=VEGA_LITE, scale=scale)


def picture(chart: Chart, scale: float = 2) -> bytes:
    """The chart as a file that stands alone: its title, its legend, the drawing. Raises ValueError without numbers."""
    if not chart.spec:
        raise ValueError(chart.alternative)
    config = {**CONFIG, **chart.spec.get("config", {}), "font": fonts.NAME, "concat": {"spacing": 12}}
    parts = [_without_config(chart.spec)]
    if chart.legend:
        parts.insert(0, _legend_spec(chart.legend))
    title = {"text": chart.title, "anchor": "start", "fontSize": 17, "fontWeight": 600, "color": INK, "offset": 8}
    return png({"title": title, "vconcat": parts, "config": config}, scale)


def _without_config(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in spec.items() if name not in ("config", "padding")}


def _legend_spec(legend: tuple[Legend, ...]) -> dict[str, Any]:
    """A line of squares and words; each word takes the room of its letters."""
    places, at = [], 0
    for one in legend:
        places.append({"at": at, "words": one.words, "colour": one.colour})
        at += 36 + round(len(one.words) * 6.4)
    x = {"field": "at", "type": "quantitative", "axis": None, "scale": {"domain": [0, at], "range": [0, at]}}
    square = {"type": "square", "size": 160, "stroke": AXIS, "strokeWidth": 0.5, "opacity": 1, "xOffset": 7}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "width": at,
        "height": 16,
        "data": {"values": places},
        "encoding": {"x": x},
        "layer": [
            {"mark": square, "encoding": {"fill": colour}},
            {
                "mark": {"type": "text", "align": "left", "dx": 20},
                "encoding": {"text": {"field": "words", "type": "nominal"}},
            },
        ],
    }


@cache
def _know_the_font() -> None:
    """Once per process."""
    import vl_convert

    vl_convert.register_font_directory(str(fonts.FOLDER))
