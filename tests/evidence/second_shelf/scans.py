"""Papers as a scanner or a telephone sees them, and photographs of things."""

import functools
import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .papers import Head, Paper, Table
from .rawpdf import assemble, stream, wrap

_WHERE = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/dejavu")
_FACES = {
    "serif": ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf"),
    "sans": ("DejaVuSans.ttf", "LiberationSans-Regular.ttf"),
    "bold": ("DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf"),
}


@functools.cache
def face(kind: str, size: int) -> ImageFont.FreeTypeFont:
    for folder in _WHERE:
        for name in _FACES[kind]:
            if (path := Path(folder) / name).exists():
                return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)  # type: ignore[return-value]


class Pen:
    """Writes down a page and remembers how far it is."""

    def __init__(
        self, dpi: int, kind: str = "serif", width: float = 8.27, height: float = 11.69, points: float = 11
    ) -> None:
        self.image = Image.new("L", (round(width * dpi), round(height * dpi)), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.kind, self.size = kind, round(points * dpi / 72)
        self.left, self.y = round(0.8 * dpi), round(0.6 * dpi)
        self.wide = self.image.width - 2 * self.left

    def line(self, text: str, kind: str = "", at: str = "left", size: float = 1) -> None:
        font = face(kind or self.kind, round(self.size * size))
        length = self.draw.textlength(text, font=font)
        if length > self.wide:
            fit = max(8, int(len(text) * self.wide / length) - 3)
            for part in wrap(text, fit):
                self.line(part, kind, at, size)
            return
        x = self.left + {"left": 0, "middle": (self.wide - length) / 2, "right": self.wide * 0.5}[at]
        self.draw.text((x, self.y), text, fill=10, font=font)
        self.y += round(self.size * size * 1.4)

    def table(self, table: Table) -> None:
        font = face("sans", round(self.size * 0.85))
        columns = list(zip(table.head, *table.rows, strict=False))
        widths = [max(self.draw.textlength(c, font=font) for c in col) + self.size for col in columns]
        squeeze = min(1.0, self.wide / sum(widths))
        for row in (table.head, *table.rows):
            x, high = self.left, round(self.size * 1.5)
            for cell, width in zip(row, widths, strict=True):
                self.draw.rectangle((x, self.y, x + width * squeeze, self.y + high), outline=60)
                text = cell if squeeze == 1 else cell[: int(len(cell) * squeeze)]
                self.draw.text((x + self.size * 0.4, self.y + self.size * 0.2), text, fill=10, font=font)
                x += width * squeeze
            self.y += high
        self.y += self.size // 2


def sheet(paper: Paper, dpi: int = 150, kind: str = "serif", points: float = 11) -> Image.Image:
    """One page of the paper, in grey."""
    pen = Pen(dpi, kind, points=points)
    for i, text in enumerate(paper.head):
        pen.line(text, "bold" if i < 2 else kind, "middle", 1.1 if i < 2 else 0.85)
    if paper.head:
        pen.draw.line((pen.left, pen.y, pen.left + pen.wide, pen.y), fill=0, width=max(2, dpi // 60))
        pen.y += pen.size
    for text in paper.title:
        pen.line(text, "bold", "middle")
    pen.y += pen.size // 2
    for block in paper.body:
        if isinstance(block, Table):
            pen.table(block)
        elif isinstance(block, Head):
            pen.line(block.text, "bold")
        else:
            pen.line(block)
            pen.y += pen.size // 4
    pen.y += pen.size
    if paper.dated:
        pen.line(paper.dated, at="right")
    _signed(pen, paper)
    if paper.foot:
        pen.line(paper.foot, size=0.8)
    return pen.image


def _signed(pen: Pen, paper: Paper) -> None:
    for signer in paper.signers:
        pen.line(signer.role + ",", at="right")
        _scrawl(pen)
        pen.line(signer.name, at="right")
        if signer.nip:
            pen.line(f"NIP {signer.nip}", at="right")


def _scrawl(pen: Pen) -> None:
    """A signature in ink and a round stamp."""
    x, y, s = pen.left + pen.wide * 0.55, pen.y, pen.size
    points = [(x + i * s * 0.5, y + s * (1 + (i * 7 % 5) * 0.3)) for i in range(9)]
    pen.draw.line(points, fill=70, width=max(2, s // 9))
    pen.draw.ellipse((x - s * 2, y - s * 0.6, x + s * 1.2, y + s * 2.6), outline=120, width=max(1, s // 10))
    pen.y += round(s * 3)


def scanned(page: Image.Image, r: random.Random, tilt: float = 0.4, grain: int = 8) -> Image.Image:
    """The page as it comes off the glass: a little turned, not quite white, with grain."""
    page = page.rotate(r.uniform(-tilt, tilt), fillcolor=252, resample=Image.Resampling.BICUBIC)
    if grain:
        noise = Image.effect_noise(page.size, grain).point(lambda v: v - 128 + 246)
        page = Image.blend(page, Image.composite(noise, page, page.point(lambda v: 255 if v > 200 else 0)), 0.6)
    return page


def photographed(page: Image.Image, r: random.Random) -> Image.Image:
    """The page on a desk, taken from above at an angle."""
    w, h = page.size
    desk = Image.new("RGB", (round(w * 1.14), round(h * 1.12)), (118, 84, 58))
    paper = page.convert("RGB")
    a = round(w * r.uniform(0.01, 0.03))
    quad = (-a, 0, a // 2, h, w - a // 2, h, w + a, -a // 2)
    paper = paper.transform(page.size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=(118, 84, 58))
    desk.paste(paper, (round(w * 0.07), round(h * 0.06)))
    shade = Image.linear_gradient("L").resize(desk.size).rotate(180).point(lambda v: 255 - v // 5)
    return Image.composite(desk, Image.new("RGB", desk.size, (40, 38, 36)), shade)


def jpeg(image: Image.Image, quality: int = 60, dpi: int = 0, **options: object) -> bytes:
    out = io.BytesIO()
    if dpi:
        options["dpi"] = (dpi, dpi)
    image.save(out, "JPEG", quality=quality, **options)
    return out.getvalue()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scan_pdf(images: list[Image.Image], dpi: int, quality: int = 45, producer: bytes = b"") -> bytes:
    """A PDF with one JPEG for each page and no text, as copiers make them."""
    count = len(images)
    kids = b" ".join(b"%d 0 R" % (3 + 3 * i) for i in range(count))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)]
    for i, image in enumerate(images):
        w, h = image.width * 72 / dpi, image.height * 72 / dpi
        colour = b"/DeviceRGB" if image.mode == "RGB" else b"/DeviceGray"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /XObject "
            b"<< /Im0 %d 0 R >> >> >>" % (w, h, 4 + 3 * i, 5 + 3 * i)
        )
        objects.append(stream(b"q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q" % (w, h)))
        objects.append(
            stream(
                jpeg(image, quality),
                b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
                b"/ColorSpace %s /Filter /DCTDecode" % (image.width, image.height, colour),
                squeeze=False,
            )
        )
    if producer:
        objects.append(b"<< /Producer (%s) >>" % producer)
    return assemble(objects, info=len(objects) if producer else 0)
