"""From a laid-out picture to pixels, and to PNG files as small as they can be while they look the same."""

import io
from functools import cache

from reports import fonts

SAME = 2.5  # the mean difference of a channel (of 255) that nobody sees
LIGHT = 300_000  # bytes: what goes through a chat on a slow line


def image(svg: str):
    """As a PIL image, on nothing (RGBA): a pixel of the drawing is a pixel of the picture."""
    import vl_convert
    from PIL import Image

    _know_the_font()
    return Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1, ppi=72)))


@cache
def _know_the_font() -> None:
    """Once per process."""
    import vl_convert

    vl_convert.register_font_directory(str(fonts.FOLDER))


def together(behind, front):
    """The clear layer upon the other."""
    from PIL import Image

    return Image.alpha_composite(behind, front).convert("RGB")


def png(image) -> bytes:
    """A palette where it looks the same, or where true colours (a photograph) are too heavy to be sent."""
    from PIL import Image

    few = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if _difference(image, few) <= SAME:
        return _saved(few)
    full = _saved(image)
    return full if len(full) <= LIGHT else _saved(image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG))


def _difference(image, other) -> float:
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(image, other.convert("RGB"))).mean)


def _saved(image) -> bytes:
    """The library's usual effort: the most of it takes ten times as long and saves a fifteenth."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
