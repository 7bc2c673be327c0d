"""Charts of the compliance report as SVG, each with a text alternative computed from the same numbers.

One Vega-Lite specification per chart, rendered by vl-convert, for page and PDF alike. Words of a chart that
must stay legible on a phone (legends) are not drawn but returned as values.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from reports.tables import Table
from stranas.system.text import number

SHAPES = Path(__file__).resolve().parents[1] / "seed_data" / "provinces_34_schematic.geojson"
CREDIT = (
    "Dibuat dengan Natural Earth (domain publik) melalui Apache Superset (Apache-2.0); batas Kalimantan Utara "
    "skematis, menurut @svg-maps/indonesia / MapSVG (CC BY 4.0)"
)
TEAL = ("#b9d9d4", "#6fb0ab", "#2c7f82", "#0b474f")
TURMERIC = ("#f3e0b5", "#dfb562", "#b27a17", "#6e4500")
NOTHING = "#dfe4e2"
INK, GRID, AXIS = "#33474d", "#e3e8e6", "#9fb0b0"
ACCENT, KUNYIT = "#0e5057", "#c98a1b"


@dataclass(frozen=True)
class Legend:
    """A band of a map: its colour, and its words."""

    colour: str
    words: str


@dataclass(frozen=True)
class Chart:
    """`svg` has no size of its own in words: pages and print set it. `alternative` says what it shows."""

    title: str
    svg: str
    alternative: str
    legend: tuple[Legend, ...] = ()


@dataclass(frozen=True)
class Scale:
    """Four bands between three limits, from light to dark."""

    limits: tuple[int, int, int]
    colours: tuple[str, str, str, str]

    def colour(self, value: Decimal | None) -> str:
        if value is None:
            return NOTHING
        return self.colours[sum(value >= limit for limit in self.limits)]

    def legend(self) -> tuple[Legend, ...]:
        low, middle, high = self.limits
        words = (f"di bawah {low}", f"{low}–{middle - 1},99", f"{middle}–{high - 1},99", f"{high}–100")
        bands = zip(self.colours, words, strict=True)
        return (*(Legend(colour, word) for colour, word in bands), Legend(NOTHING, "belum ada"))


COMPLIANCE = Scale((80, 90, 95), TEAL)
FIRST_PASS = Scale((50, 60, 70), TURMERIC)


def province_maps(provinces: Table) -> tuple[Chart, Chart]:
    """Kepatuhan and lolos verifikasi pertama side by side."""
    records = provinces.records()
    return (
        _province_map("Kepatuhan", records, "compliance", COMPLIANCE),
        _province_map("Lolos verifikasi pertama", records, "first_pass", FIRST_PASS),
    )


def _province_map(title: str, records: Sequence[Mapping[str, Any]], key: str, scale: Scale) -> Chart:
    values = {record["code"]: record[key] for record in records}
    features = [
        feature | {"fill": scale.colour(values.get(feature["properties"]["province_code"]))} for feature in _shapes()
    ]
    spec = {
        "width": 560,
        "height": 225,
        "padding": 0,
        "data": {"values": features},
        "projection": {"type": "equirectangular"},
        "mark": {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.5},
        "encoding": {"color": {"field": "fill", "type": "nominal", "scale": None}},
    }
    return Chart(f"{title} (%)", _svg(spec), _map_words(title, records, key), scale.legend())


def _map_words(title: str, records: Sequence[Mapping[str, Any]], key: str) -> str:
    known = sorted((r for r in records if r[key] is not None), key=lambda r: r[key])
    head = f"Peta skematis provinsi menurut {title.lower()}."
    if not known:
        return f"{head} Belum ada angka."
    low, high = known[0], known[-1]
    if low[key] == high[key]:
        return f"{head} Semua provinsi yang punya angka: {number(low[key], places=2)} persen."
    return (
        f"{head} Tertinggi {high['province']} {number(high[key], places=2)} persen, "
        f"terendah {low['province']} {number(low[key], places=2)} persen."
    )


@cache
def _shapes() -> tuple[dict[str, Any], ...]:
    """The features with every ring reversed: Vega wants the other direction than RFC 7946."""
    features = json.loads(SHAPES.read_text())["features"]
    return tuple(feature | {"geometry": _reversed(feature["geometry"])} for feature in features)


def _reversed(geometry: dict[str, Any]) -> dict[str, Any]:
    """Polygon: rings; MultiPolygon: polygons of rings."""
    if geometry["type"] == "Polygon":
        return geometry | {"coordinates": [ring[::-1] for ring in geometry["coordinates"]]}
    return geometry | {"coordinates": [[ring[::-1] for ring in polygon] for polygon in geometry["coordinates"]]}


BANDS = ("0–19", "20–39", "40–59", "60–79", "80–99", "100")


def distribution(agencies: Table, *, judged: bool = True) -> Chart:
    """How many agencies lie in which band of kepatuhan and, where they are `judged`, of lolos verifikasi pertama."""
    records = agencies.records()
    series = {"Kepatuhan": _banded(r["compliance"] for r in records)}
    if judged:
        series["Lolos verifikasi pertama"] = _banded(r["first_pass"] for r in records)
    values = [
        {"band": band, "series": name, "count": count}
        for name, counts in series.items()
        for band, count in zip(BANDS, counts, strict=True)
    ]
    legend = tuple(Legend(colour, name) for colour, name in zip((ACCENT, KUNYIT), series, strict=False))
    return Chart("Sebaran instansi", _svg(_bars(values, list(series))), _distribution_words(series), legend)


def _banded(values: Iterable[Decimal | None]) -> list[int]:
    counts = [0] * len(BANDS)
    for value in values:
        if value is not None:
            counts[min(int(value // 20), 5)] += 1
    return counts


def _distribution_words(series: Mapping[str, Sequence[int]]) -> str:
    full, *passed = (counts[-1] for counts in series.values())
    words = [f"{number(full)} instansi mengirim semua laporan"]
    words += [f"{number(count)} instansi lolos verifikasi pertama seluruhnya" for count in passed]
    return f"{'; '.join(words)}."


def _bars(values: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    x = {"field": "band", "type": "ordinal", "sort": list(BANDS), "title": "Persen, per instansi"}
    y = {"field": "count", "type": "quantitative", "title": "Jumlah instansi"}
    colour = {"field": "series", "scale": {"domain": names, "range": [ACCENT, KUNYIT][: len(names)]}, "legend": None}
    offset = {"field": "series", "sort": names}
    common = {"x": {**x, "axis": {"labelAngle": 0}}, "y": y, "xOffset": offset}
    return {
        "width": 430,
        "height": 300,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": common | {"color": colour}},
            {
                "transform": [{"filter": "datum.count > 0"}],
                "mark": {"type": "text", "dy": -6, "fontSize": 11, "color": INK},
                "encoding": common | {"text": {"field": "count", "type": "quantitative"}},
            },
        ],
        "config": {
            "axis": {
                "gridColor": GRID,
                "domainColor": AXIS,
                "tickColor": AXIS,
                "labelColor": INK,
                "titleColor": INK,
                "titleFontWeight": "normal",
                "labelFontSize": 12,
                "titleFontSize": 12,
            },
            "axisX": {"ticks": False, "labelPadding": 8, "titlePadding": 8},
            "axisY": {"domain": False, "ticks": False, "tickCount": 5, "tickMinStep": 1, "format": "d"},
            "view": {"stroke": None},
        },
    }


def _svg(spec: dict[str, Any]) -> str:
    """Rendered, lean, with the page's own font; ids and roles of Vega are taken out."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg({"background": None, **spec}, vl_version="5.20")
    svg = re.sub(r' (role|aria-[a-z]+|class|pointer-events|font-family|stroke-miterlimit)="[^"]*"', "", svg)
    svg = svg.replace(' opacity="1"', "")
    svg = re.sub(r'(<svg [^>]*?) width="[\d.]+" height="[\d.]+"', r"\1", svg, count=1)
    svg = re.sub(r'<path transform="translate\(0,0\)" d="(M[^"]{200,})"', _lean, svg)
    svg = re.sub(r"(\d+\.\d)\d+", r"\1", svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _lean(found: re.Match[str]) -> str:
    """A long outline in tenths, each point as its step from the last: half the weight on a bad line."""
    rings = [_steps(ring) for ring in found[1].split("M") if ring]
    return f'<path vector-effect="non-scaling-stroke" transform="scale(.1)" d="{"".join(rings)}"'


def _steps(ring: str) -> str:
    points = [tuple(round(float(n) * 10) for n in pair.split(",")) for pair in ring.strip("Z").split("L")]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b)]
    inner = "".join(f"{dx} {dy} ".replace(" -", "-") for dx, dy in steps).strip()
    return f"M{points[0][0]} {points[0][1]}l{inner}z" if inner else ""
