"""The lower part of a poster, the same in every template."""

from reports.kit import trend, work
from reports.kit.areas import Area
from reports.kit.canvas import Canvas
from reports.kit.check import put_address, qr
from reports.kit.figures import trend_block
from reports.kit.values import KitValues
from reports.kit.words import CHECK, HOW_TO_CHECK, MEANING, TREND


def body(c: Canvas, area: Area, values: KitValues) -> None:
    """What was done on the left, the trend on the right, how to check below."""
    look, check = c.look, 118.0
    top = Area(area.x, area.y, area.wide, area.high - check - 24)
    has_trend = values.figures is not None and trend.has_any(values.trend)
    left = Area(top.x, top.y, top.wide * 0.5 if has_trend else top.wide, top.high)
    scale = 0.52 if has_trend else 0.7
    work.block(c, left, values, scale=scale, with_title=values.figures is not None)
    if has_trend:
        x = left.right + 30
        c.text(x, top.y, TREND, wide=area.right - x, sizes=(19,), colour=look.figure, weight=700, tag="h2")
        trend_block(c, Area(x, top.y + 34, area.right - x, min(top.high - 34, 330)), values, letters=12)
    y = area.foot - check
    c.rect(area.x, y, area.wide, 1, look.rule)
    qr(c, values, area.x, y + 14, check - 14)
    x = area.x + check + 8
    y = c.text(x, y + 18, CHECK, wide=400, sizes=(19,), colour=look.figure, weight=700, tag="h2")
    y = put_address(c, x, y + 2, area.right - x, values, steps=(17, 16, 15, 14), colour=look.ink, lines=2)
    words = MEANING if values.figures is not None else HOW_TO_CHECK
    c.text(x, y + 4, words, wide=area.right - x, sizes=(13.5, 12.5), colour=look.ink_2, lines=3, leading=1.3)
