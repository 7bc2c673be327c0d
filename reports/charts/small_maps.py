"""The two maps of charts.maps for a page of the portal: the outlines once, each map a set of references to them.

Drawn here, because the projection is a straight line and a renderer would weigh 130 MB in every web worker.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any

from reports.charts.drawing import Chart
from reports.charts.maps import SHAPES, map_words
from reports.charts.palette import COMPLIANCE, FIRST_PASS, Scale
from stranas.system.text import number

WIDTH, HEIGHT = 560, 206
WEST, EAST, NORTH = 95.0, 141.2, 6.0
SCALE = WIDTH / (EAST - WEST)


def small_maps(records: Sequence[Mapping[str, Any]], *, address: str) -> tuple[Chart, Chart]:
    """Kepatuhan and lolos verifikasi pertama of provinces (code, province, compliance, first_pass, rank).

    Both belong on one page: the second refers to the outlines of the first. Each province leads to `address` + its
    code by mouse; by keyboard the page's own table does.
    """
    return (
        _map("Kepatuhan", records, "compliance", COMPLIANCE, address, head=_outlines()),
        _map("Lolos verifikasi pertama", records, "first_pass", FIRST_PASS, address, head=""),
    )


def _map(title: str, records: Sequence[Mapping[str, Any]], key: str, scale: Scale, address: str, *, head: str) -> Chart:
    of = {record["code"]: record for record in records}
    places = "".join(_place(code, of.get(code), key, scale, address) for code in _paths())
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">{head}'
        f'<g stroke="#ffffff" stroke-width="6" transform="scale(.1)">{places}</g></svg>'
    )
    return Chart(f"{title} (%)", svg, map_words(title, records, key), scale.legend())


def _place(code: str, record: Mapping[str, Any] | None, key: str, scale: Scale, address: str) -> str:
    value: Decimal | None = record[key] if record else None
    shape = f'<use href="#p{code}" fill="{scale.colour(value)}"/>'
    if record is None:
        return shape
    words = f"<title>{escape(record['province'])}: {number(value, places=2)}</title>"
    return f'<a href="{address}{code}" tabindex="-1">{words}{shape}</a>'


@cache
def _outlines() -> str:
    paths = (f'<path id="p{code}" d="{path}"/>' for code, path in _paths().items())
    return f"<defs>{''.join(paths)}</defs>"


@cache
def _paths() -> dict[str, str]:
    """By province code: its outline in tenths of a point, each point as its step from the last."""
    features = json.loads(SHAPES.read_text())["features"]
    return {one["properties"]["province_code"]: _path(one["geometry"]) for one in features}


def _path(geometry: Mapping[str, Any]) -> str:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return "".join(_ring(ring) for polygon in polygons for ring in polygon)


def _ring(ring: Sequence[Sequence[float]]) -> str:
    points = [(round((x - WEST) * SCALE * 10), round((NORTH - y) * SCALE * 10)) for x, y, *_ in ring]
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points) if (x, y) != (a, b)]
    inner = "".join(f"{dx} {dy} ".replace(" -", "-") for dx, dy in steps).strip()
    return f"M{points[0][0]} {points[0][1]}l{inner}z" if inner else ""
