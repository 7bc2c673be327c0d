"""How many agencies lie in which band."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from reports.charts.drawing import CONFIG, Chart, Legend, drawn, nothing_yet
from reports.charts.palette import ACCENT, KUNYIT
from reports.tables import Table
from stranas.system.text import number

TITLE = "Sebaran instansi"
BANDS = ("0–19", "20–39", "40–59", "60–79", "80–99", "100")


def distribution(agencies: Table, *, judged: bool = True) -> Chart:
    """How many agencies lie in which band of kepatuhan and, where they are `judged`, of lolos verifikasi pertama."""
    records = agencies.records()
    series = {"Kepatuhan": banded(r["compliance"] for r in records)}
    if judged:
        series["Lolos verifikasi pertama"] = banded(r["first_pass"] for r in records)
    if not any(map(sum, series.values())):
        return nothing_yet(TITLE, "Belum ada instansi dengan kewajiban pelaporan pada triwulan ini.")
    values = [
        {"band": band, "series": name, "count": count}
        for name, counts in series.items()
        for band, count in zip(BANDS, counts, strict=True)
    ]
    legend = tuple(Legend(colour, name) for colour, name in zip((ACCENT, KUNYIT), series, strict=False))
    return drawn(TITLE, _bars(values, list(series)), _words(series), legend)


def banded(values: Iterable[Decimal | None]) -> list[int]:
    counts = [0] * len(BANDS)
    for value in values:
        if value is not None:
            counts[min(int(value // 20), 5)] += 1
    return counts


def _words(series: Mapping[str, Sequence[int]]) -> str:
    full, *passed = (counts[-1] for counts in series.values())
    words = [f"{number(full)} instansi mengirim semua laporan"]
    words += [f"{number(count)} instansi lolos verifikasi pertama seluruhnya" for count in passed]
    return f"{'; '.join(words)}."


def _bars(values: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    x = {"field": "band", "type": "ordinal", "sort": list(BANDS), "title": "Persen, per instansi"}
    y = {"field": "count", "type": "quantitative", "title": "Jumlah instansi"}
    whole = {"tickCount": 5, "tickMinStep": 1, "format": "d"}
    colour = {"field": "series", "scale": {"domain": names, "range": [ACCENT, KUNYIT][: len(names)]}, "legend": None}
    offset = {"field": "series", "sort": names}
    common = {"x": {**x, "axis": {"labelAngle": 0}}, "y": {**y, "axis": whole}, "xOffset": offset}
    return {
        "width": 430,
        "height": 300,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": common | {"color": colour}},
            {
                "transform": [{"filter": "datum.count > 0"}],
                "mark": {"type": "text", "dy": -6, "fontSize": 11},
                "encoding": common | {"text": {"field": "count", "type": "quantitative"}},
            },
        ],
        "config": CONFIG,
    }
