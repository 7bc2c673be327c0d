"""From a laid-out PDF to pictures, and to PNG files as small as they can be while they look the same."""

import io
import threading
from collections.abc import Sequence

DOTS = 96 / 72  # a pixel of the layout is a pixel of the picture
SAME = 2.5  # the mean difference of a channel (of 255) that nobody sees
LIGHT = 300_000  # bytes: what goes through a chat on a slow line
# PDFium knows no threads: one page of this process is drawn at a time.
_one_at_a_time = threading.Lock()


def pictures(pdf: bytes, *, clear: Sequence[int] = ()) -> list:
    """Each page as a PIL image; those numbered in `clear` on nothing (RGBA), the others on white (RGB)."""
    import pypdfium2

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_page(document[number], is_clear=number in clear) for number in range(len(document))]
        finally:
            document.close()


def _page(page, *, is_clear: bool):
    fill = (0, 0, 0, 0) if is_clear else (255, 255, 255, 255)
    bitmap = page.render(scale=DOTS, fill_color=fill, rev_byteorder=True, maybe_alpha=is_clear)
    image = bitmap.to_pil()
    return image.convert("RGBA" if is_clear else "RGB")


def together(behind, front):
    """The clear layer upon the other."""
    from PIL import Image

    return Image.alpha_composite(behind.convert("RGBA"), front).convert("RGB")


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
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
