"""PDFs of official papers: typed ones and scans, written by hand so that every part of them can be bent."""

import io
import random
from collections.abc import Iterable, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw, ImageFont

A4 = (595, 842)
_SUBJECTS = ("perizinan", "pengadaan barang dan jasa", "data penerima bantuan sosial", "tata ruang", "aset daerah")


def lines(seed: int, *, head: str = "PEMERINTAH KABUPATEN TEMANGGUNG", tail: str = "") -> list[str]:
    """The words of one page, different for each seed."""
    chance = random.Random(seed)
    subject = chance.choice(_SUBJECTS)
    rows = [head, f"Nomor {chance.randint(1, 900)}/{chance.randint(10, 99)}/2020", f"Tentang {subject}", ""]
    rows += [f"{n}. Bahwa pelaksanaan {subject} telah mencapai {chance.randint(10, 99)} persen." for n in range(1, 16)]
    return [*rows, "", tail or "Ditetapkan pada tanggal 20 Juni 2020"]


def typed(pages: Sequence[Sequence[str]], *, producer: str = "", size=A4, **save) -> bytes:
    """A PDF with a text layer, one page per list of lines."""
    with pikepdf.new() as pdf:
        for page in pages:
            add_page(pdf, page, size=size)
        return saved(pdf, producer=producer, **save)


def add_page(pdf: pikepdf.Pdf, words: Iterable[str], *, size=A4) -> pikepdf.Page:
    rows = "".join(f"({row}) Tj 0 -18 Td\n" for row in words)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *size]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
        Contents=Stream(pdf, f"BT /F1 12 Tf 60 {size[1] - 60} Td\n{rows}ET".encode("latin-1")),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def saved(pdf: pikepdf.Pdf, *, producer: str = "", **save) -> bytes:
    if producer:
        pdf.docinfo["/Producer"] = producer
    out = io.BytesIO()
    if not save.get("encryption"):
        save["deterministic_id"] = True
    pdf.save(out, **save)
    return out.getvalue()


def sheet(words: Iterable[str], *, dpi: int = 150, ground: int = 255, noise: int = 0, angle: float = 0, seed: int = 1):
    """A page as a scanner sees it: grey, a little dirty, a little turned."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    page = Image.new("L", (width, height), ground)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=max(8, dpi // 8))
    for row, text in enumerate(words):
        draw.text((dpi * 0.8, dpi * (0.8 + 0.24 * row)), text, fill=20, font=font)
    if angle:
        page = page.rotate(angle, fillcolor=ground)
    if noise:
        dirt = Image.frombytes(
            "L", (width // 4, height // 4), random.Random(seed).randbytes(width // 4 * (height // 4))
        )
        page = Image.blend(page, dirt.resize((width, height)), noise / 255)
    return page


def scanned(images: Sequence[Image.Image], *, quality: int = 60, size=A4, **save) -> bytes:
    """A PDF whose pages are each one picture that fills the page."""
    with pikepdf.new() as pdf:
        for image in images:
            add_scan(pdf, image, quality=quality, size=size)
        return saved(pdf, **save)


def add_scan(pdf: pikepdf.Pdf, image: Image.Image, *, quality: int = 60, size=A4, box=None) -> pikepdf.Page:
    """`box`: where the picture lies on the page (x, y, width, height), by default all of it."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    picture = Stream(pdf, out.getvalue())
    space = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
    for key, value in {
        "/Type": Name.XObject,
        "/Subtype": Name.Image,
        "/Width": image.width,
        "/Height": image.height,
        "/ColorSpace": space,
        "/BitsPerComponent": 8,
        "/Filter": Name.DCTDecode,
    }.items():
        picture[key] = value
    x, y, width, height = box or (0, 0, *size)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *size]),
        Resources=Dictionary(XObject=Dictionary(Im0=picture)),
        Contents=Stream(pdf, f"q {width} 0 0 {height} {x} {y} cm /Im0 Do Q".encode()),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def decree(seed: int = 1, pages: int = 2, **save) -> bytes:
    return typed([lines(seed * 31 + page) for page in range(pages)], **save)


def changed(content: bytes, change, **save) -> bytes:
    """A PDF after `change(pdf)`."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        return saved(pdf, **save)
