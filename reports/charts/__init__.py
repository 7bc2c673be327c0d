"""Charts of the reports as SVG and PNG, each with a text alternative computed from the same numbers.

One Vega-Lite specification per chart, rendered by vl-convert, for page, PDF and picture alike. Words of a chart that
must stay legible on a phone (legends) are not drawn but returned as values. Without numbers there is no picture, only
a sentence.
"""

from reports.charts.distribution import distribution
from reports.charts.drawing import Chart, Legend, picture, png
from reports.charts.heatmap import MOST_ROWS, heatmap
from reports.charts.maps import CREDIT, province_maps
from reports.charts.palette import COMPLIANCE, FIRST_PASS, NOTHING, TEAL, TURMERIC, Scale
from reports.charts.progress import Progress, progress
from reports.charts.small_maps import small_maps
from reports.charts.small_trend import small_trend
from reports.charts.timeliness import Timeliness, timeliness
from reports.charts.trend import TrendPoint, trend

__all__ = [
    "COMPLIANCE",
    "CREDIT",
    "FIRST_PASS",
    "MOST_ROWS",
    "NOTHING",
    "TEAL",
    "TURMERIC",
    "Chart",
    "Legend",
    "Progress",
    "Scale",
    "Timeliness",
    "TrendPoint",
    "distribution",
    "heatmap",
    "picture",
    "png",
    "progress",
    "province_maps",
    "small_maps",
    "small_trend",
    "timeliness",
    "trend",
]
