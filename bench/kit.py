"""How long a publication kit takes, beside the same pictures drawn without our code.

    .venv/bin/python -m bench.kit

Seconds of the processor of one process: cold is the first kit with every import in it, warm the next. The bare limit
is measured in the same run: the renderer of SVG on the finished drawings, WeasyPrint on the finished poster.
"""

import resource
import time
from itertools import pairwise

from reports.kit import making, pages, pixels, preview, sheet
from reports.kit.svg import svg
from reports.kit.templates import TEMPLATES
from stranas.publication.kit_values import kit_values
from tests.publication.stories import STORY


def main() -> None:
    values = kit_values(STORY, base_url="https://capaian.example.go.id", body="<p>Satu berkas berkurang.</p>")
    print(f"cold, kawung: {_seconds(lambda: making.make_kit(values, 'kawung')):.2f} s")
    for template in TEMPLATES:
        marks: list[float] = []
        warm = _seconds(lambda: making.make_kit(values, template, lambda *_: marks.append(time.process_time())))  # noqa: B023
        parts = [after - before for before, after in pairwise(marks)]
        named = zip(("cards", "other pictures", "poster", "film", "letters"), parts, strict=True)
        said = ", ".join(f"{name} {took:.2f}" for name, took in named)
        print(f"warm, {template}: {warm:.2f} s ({said}); bare {_bare(values, template):.2f} s")
    figures = [("Kepatuhan", "92,31"), ("Lolos verifikasi pertama", "61,02")]
    print(f"page_picture, warm: {_seconds(lambda: preview.page_picture('Nasional', 'B12', figures, 'Sumber')):.2f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _bare(values, template: str) -> float:
    """The same pages, each once, drawn; neither made lighter, nor moved, nor packed."""
    shown = [svg(page.canvas) for page in (*pages.cards(values, template), *pages.others(values, template))]
    poster = pages.poster(values, template)
    return _seconds(lambda: ([pixels.image(one).load() for one in shown], sheet.pdf("x", poster.canvas)))


def _seconds(work) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
