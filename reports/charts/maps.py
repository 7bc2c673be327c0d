"""Kepatuhan and lolos verifikasi pertama on the map of the provinces."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reports.charts.drawing import Chart, drawn
from reports.charts.palette import COMPLIANCE, FIRST_PASS, Scale
from reports.tables import Table
from stranas.system.text import number

SHAPES = Path(__file__).resolve().parents[2] / "seed_data" / "provinces_34_schematic.geojson"
CREDIT = (
    "Dibuat dengan Natural Earth (domain publik) melalui Apache Superset (Apache-2.0); batas Kalimantan Utara "
    "skematis, menurut @svg-maps/indonesia / MapSVG (CC BY 4.0)"
)


def province_maps(provinces: Table) -> tuple[Chart, Chart]:
    """Kepatuhan and lolos verifikasi pertama side by side. Their words name the first and the last province only where
    the table ranks them."""
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
    return drawn(f"{title} (%)", spec, map_words(title, records, key), scale.legend())


def map_words(title: str, records: Sequence[Mapping[str, Any]], key: str) -> str:
    known = sorted((r for r in records if r[key] is not None), key=lambda r: r[key])
    head = f"Peta skematis provinsi menurut {title.lower()}."
    if not known:
        return f"{head} Belum ada angka."
    low, high = known[0], known[-1]
    if low[key] == high[key]:
        return f"{head} Semua provinsi yang punya angka: {number(low[key], places=2)} persen."
    if "rank" not in low:
        return f"{head} Antara {number(low[key], places=2)} dan {number(high[key], places=2)} persen."
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
