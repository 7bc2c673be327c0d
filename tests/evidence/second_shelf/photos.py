"""Photographs, screenshots and maps, drawn."""

import random

from PIL import Image, ImageDraw, ImageFilter

from .scans import face


def scene(r: random.Random, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A meeting room: wall, table, people, a white screen; soft and grainy as a telephone takes it."""
    w, h = size
    wall = (r.randint(150, 220), r.randint(150, 210), r.randint(130, 200))
    image = Image.new("RGB", size, wall)
    d = ImageDraw.Draw(image)
    d.rectangle((0, h * 0.62, w, h), fill=(r.randint(80, 130), r.randint(60, 90), r.randint(40, 70)))
    d.rectangle((w * 0.35, h * 0.08, w * 0.65, h * 0.36), fill=(240, 240, 236), outline=(60, 60, 60), width=4)
    for i in range(r.randint(3, 7)):
        d.line(
            (w * 0.38, h * (0.13 + i * 0.03), w * r.uniform(0.45, 0.62), h * (0.13 + i * 0.03)),
            fill=(70, 70, 120),
            width=max(2, h // 160),
        )
    for i in range(r.randint(4, 8)):
        x, y, s = w * (0.08 + 0.12 * i), h * r.uniform(0.45, 0.55), h * 0.06
        d.ellipse((x - s, y - s, x + s, y + s), fill=(r.randint(110, 190), r.randint(80, 140), r.randint(60, 110)))
        d.rectangle(
            (x - s * 1.5, y + s, x + s * 1.5, y + s * 4),
            fill=(r.randint(20, 200), r.randint(20, 160), r.randint(40, 180)),
        )
    d.polygon(((w * 0.1, h * 0.8), (w * 0.9, h * 0.8), (w, h), (0, h)), fill=(150, 110, 70))
    grain = Image.effect_noise(size, 22).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(max(1, w // 900))), grain, 0.09)


def field(r: random.Random, size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """Fields under a sky, with a signpost."""
    w, h = size
    sky = Image.linear_gradient("L").resize((w, h)).point(lambda v: 255 - v // 3)
    image = Image.merge("RGB", (sky.point(lambda v: v - 60), sky.point(lambda v: v - 25), sky))
    d = ImageDraw.Draw(image)
    top = h * 0.55
    d.polygon(
        ((0, top), (w * r.uniform(0.2, 0.4), h * 0.3), (w * 0.6, top), (w * 0.8, h * 0.38), (w, top)),
        fill=(70, 100, 80),
    )
    d.rectangle((0, top, w, h), fill=(90, r.randint(120, 160), 60))
    for i in range(24):
        x = r.uniform(0, w)
        d.line((x, h, w / 2 + (x - w / 2) * 0.3, top), fill=(60, r.randint(90, 140), 50), width=max(1, w // 300))
        d.ellipse((x, top + i * h / 80, x + w / 60, top + i * h / 80 + h / 40), fill=(40, r.randint(80, 120), 40))
    return Image.blend(image.filter(ImageFilter.GaussianBlur(1)), Image.effect_noise(size, 25).convert("RGB"), 0.08)


def stamped(image: Image.Image, text: list[str]) -> Image.Image:
    """The date and place a camera app writes into the corner."""
    d, s = ImageDraw.Draw(image), max(18, image.height // 32)
    for i, line in enumerate(reversed(text), 1):
        d.text((image.width * 0.5, image.height - i * s * 1.5), line, fill=(255, 235, 60), font=face("bold", s))
    return image


def screenshot(
    r: random.Random,
    address: str,
    title: str,
    rows: list[list[str]],
    size: tuple[int, int] = (1366, 768),
    clock: str = "",
) -> Image.Image:
    """A browser window with an address, a menu and a table."""
    w, h = size
    s = max(9, h // 48)
    image = Image.new("RGB", size, (248, 249, 251))
    d = ImageDraw.Draw(image)
    d.rectangle((0, 0, w, s * 4.2), fill=(222, 225, 230))
    d.rectangle((s * 6, s * 2, w - s * 5, s * 3.8), fill="white", outline=(180, 180, 180))
    d.text((s * 7, s * 2.2), address, fill=(40, 40, 40), font=face("sans", s))
    d.rectangle((0, s * 4.2, w * 0.17, h), fill=(r.randint(20, 60), r.randint(40, 90), r.randint(80, 130)))
    for i, text in enumerate(("Beranda", "Permohonan", "Laporan", "Pengguna", "Keluar")):
        d.text((s, s * (6 + 2.4 * i)), text, fill="white", font=face("sans", s))
    d.text((w * 0.2, s * 5.5), title, fill=(20, 20, 20), font=face("bold", round(s * 1.3)))
    for i, row in enumerate(rows):
        y = s * (9 + 2.2 * i)
        d.line((w * 0.2, y + s * 1.8, w * 0.97, y + s * 1.8), fill=(200, 205, 210))
        for k, cell in enumerate(row):
            d.text(
                (w * (0.2 + 0.77 * k / len(row)), y),
                cell,
                fill=(40, 40, 50),
                font=face("bold" if i == 0 else "sans", s),
            )
    d.rectangle((0, h - s * 2.2, w, h), fill=(32, 34, 40))
    d.text((w * 0.82, h - s * 1.8), clock, fill="white", font=face("sans", s))
    return image


def chart(r: random.Random, title: str, size: tuple[int, int] = (2480, 1754)) -> Image.Image:
    """A map sheet: areas, grid, legend, north."""
    w, h = size
    image = Image.new("RGB", size, (232, 240, 246))
    d = ImageDraw.Draw(image)
    for i in range(9):
        x, y = r.uniform(0.08, 0.55) * w, r.uniform(0.12, 0.7) * h
        points = [(x + r.uniform(-0.12, 0.2) * w, y + r.uniform(-0.1, 0.2) * h) for _ in range(6)]
        d.polygon(points, fill=(r.randint(140, 230), r.randint(160, 230), r.randint(110, 190)), outline=(60, 60, 60))
        d.text((x, y), f"Blok {i + 1}", fill=(20, 20, 20), font=face("sans", h // 60))
    for i in range(1, 8):
        d.line((w * 0.1 * i, 0, w * 0.1 * i, h), fill=(150, 170, 190))
        d.line((0, h * 0.12 * i, w * 0.78, h * 0.12 * i), fill=(150, 170, 190))
    d.rectangle((w * 0.78, 0, w - 1, h - 1), fill="white", outline=(0, 0, 0), width=4)
    for i, text in enumerate(
        (title, "Skala 1:50.000", "Legenda", "Batas desa", "Kawasan hutan", "Izin usaha", "Utara")
    ):
        d.text(
            (w * 0.79, h * (0.05 + 0.08 * i)), text, fill=(10, 10, 10), font=face("bold" if i < 3 else "sans", h // 55)
        )
    return image


def exif(when: str = "", make: str = "", model: str = "", software: str = "") -> Image.Exif:
    """What a camera notes in the file; `when` as 2020:05:12 09:14:03."""
    out = Image.Exif()
    for tag, value in ((0x010F, make), (0x0110, model), (0x0131, software), (0x0132, when)):
        if value:
            out[tag] = value
    if when:
        out.get_ifd(0x8769)[0x9003] = when
        out.get_ifd(0x8769)[0x9004] = when
    return out
