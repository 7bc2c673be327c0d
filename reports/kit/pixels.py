"""From a laid-out picture to pixels, and to PNG files as small as they can be while they look the same."""

import io
from functools import cache

from reports import fonts
from reports.kit.canvas import Box

SAME = 2.5  # the mean difference of a channel (of 255) that nobody sees
HEAVY = 1_000_000  # bytes: more does not go through a chat as it is


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


def scaled(box: Box) -> bytes:
    """An image in the pixels of its place: the renderer would only leave pixels out, and a photograph flickers then."""
    from PIL import Image, ImageOps

    size, out = (round(box.wide), round(box.high)), io.BytesIO()
    with Image.open(io.BytesIO(box.content)) as image:
        if box.fits == "cover":
            ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS).save(out, "JPEG", quality=92)
        else:
            ImageOps.contain(image.convert("RGBA"), size, Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def png(image, *, has_photo: bool = False) -> bytes:
    """A palette where it looks the same. A photograph keeps its true colours, a palette would make stripes of its sky;
    unless the file were too heavy to be sent: then in grains."""
    from PIL import Image

    if not has_photo:
        few = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        if _difference(image, few) <= SAME:
            return _saved(few)
    full = _saved(image)
    return full if len(full) <= HEAVY else _saved(image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG))


def _difference(image, other) -> float:
    from PIL import ImageChops, ImageStat

    return max(ImageStat.Stat(ImageChops.difference(image, other.convert("RGB"))).mean)


def _saved(image) -> bytes:
    """The library's usual effort: the most of it takes ten times as long and saves a fifteenth."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
