"""Photos, screenshots and scans as picture files."""

import io
import random

from PIL import Image, ImageDraw, ImageFont


def scene(width: int, height: int, seed: int = 1) -> Image.Image:
    """Something like a photo: light that changes slowly, and some grain."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (12, 9), chance.randbytes(12 * 9 * 3)).resize((width, height), Image.BICUBIC)
    grain = Image.frombytes(
        "L", (width // 4 or 1, height // 4 or 1), chance.randbytes((width // 4 or 1) * (height // 4 or 1))
    )
    return Image.blend(small, grain.resize((width, height)).convert("RGB"), 0.15)


def screen(width: int, height: int, seed: int = 1) -> Image.Image:
    """A screenshot: flat colours and words."""
    page = Image.new("RGB", (width, height), "#f4f4f4")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=18)
    draw.rectangle((0, 0, width, 48), fill="#1f4e79")
    for row in range(4, height // 30):
        draw.text((40, row * 30), f"Layanan {row * seed} selesai {row + seed} hari", fill="black", font=font)
    return page


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def taken(image: Image.Image, at: str) -> bytes:
    """As a camera writes it, with its clock: "2020:06:20 10:11:12"."""
    notes = Image.Exif()
    notes.get_ifd(0x8769)[0x9003] = at
    return saved(image, exif=notes)


def turned(image: Image.Image, orientation: int = 6) -> bytes:
    """As a phone writes it that was held upright."""
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = orientation, "Contoh"
    return saved(image, exif=notes)
