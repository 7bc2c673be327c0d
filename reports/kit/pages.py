"""The pictures of a kit: which there are, laid out in a template."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.kit import check, figures, trend, words, work
from reports.kit.canvas import CARD, LANDSCAPE, LINK, POSTER, STORY, Canvas, Size
from reports.kit.colours import look_of
from reports.kit.templates import TEMPLATES
from reports.kit.values import KitValues


@dataclass(frozen=True)
class Page:
    """`name` of its file without the ending; `heading`: what an inner card is about, "" of others."""

    name: str
    canvas: Canvas
    heading: str = ""


def cards(values: KitValues, template: str) -> list[Page]:
    """The carousel: cover, counts, trend, what was done, how to check. A kabar kegiatan has no figures to show."""
    inner = _inner(values)
    made = [Page("kartu-1", _canvas(values, CARD))]
    TEMPLATES[template].cover(made[0].canvas, values)
    for place, (heading, block) in enumerate(inner, 2):
        canvas = _canvas(values, CARD)
        TEMPLATES[template].inner(canvas, values, heading, f"{place} dari {len(inner) + 1}", block)
        made.append(Page(f"kartu-{place}", canvas, heading))
    return made


def _inner(values: KitValues) -> list[tuple[str, Callable]]:
    blocks: list[tuple[str, Callable]] = []
    if values.figures is not None:
        blocks.append((words.COUNTS, lambda c, area: figures.counts_list(c, area, values)))
        if trend.has_any(values.trend):
            blocks.append((words.TREND, lambda c, area: figures.trend_block(c, area, values)))
    blocks.append((words.WORK, lambda c, area: work.block(c, area, values)))
    blocks.append((words.CHECK, lambda c, area: check.block(c, area, values)))
    return blocks


def others(values: KitValues, template: str) -> list[Page]:
    """The upright, the wide, and the small one of a link."""
    made = []
    for size, draw in ((STORY, "story"), (LANDSCAPE, "landscape"), (LINK, "link")):
        page = Page(size.name, _canvas(values, size))
        getattr(TEMPLATES[template], draw)(page.canvas, values)
        made.append(page)
    return made


def poster(values: KitValues, template: str) -> Page:
    page = Page("poster", _canvas(values, POSTER))
    TEMPLATES[template].poster(page.canvas, values)
    return page


def _canvas(values: KitValues, size: Size) -> Canvas:
    return Canvas(size, look_of(values.identity))
