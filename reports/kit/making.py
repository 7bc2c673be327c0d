"""A whole kit: every file with its bytes, what it is for, its alt text; and the ZIP of all."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

import segno

from reports import paper
from reports.excel.archive import StampedZip
from reports.kit import alternatives, film, pages, pixels, press, sheet
from reports.kit.captions import captions
from reports.kit.colours import look_of
from reports.kit.prose import paragraphs
from reports.kit.svg import svg
from reports.kit.values import KitValues

PNG, PDF, TEXT, HTML, SVG, ZIP = (
    "image/png",
    "application/pdf",
    "text/plain",
    "text/html",
    "image/svg+xml",
    "application/zip",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = {
    "huruf/source-sans-3.woff2": "source-sans-3-latin-wght-normal.woff2",
    "huruf/OFL-source-sans-3.txt": "OFL-source-sans-3.txt",
}
README, ARCHIVE = "baca-saya.txt", "kit.zip"
STEPS = 6  # how often `progress` is told
FOR = {
    "kartu": "Kartu bergambar 1080×1080 untuk unggahan bergeser (carousel) Instagram dan Facebook",
    "cerita": "Gambar tegak 1080×1920 untuk Story dan status WhatsApp",
    "lanskap": "Gambar lebar 1920×1080 untuk layar, presentasi, dan YouTube",
    "tautan": "Gambar 1200×630 yang muncul saat tautan dibagikan",
    "poster": "Poster A4 untuk dicetak",
    "animasi": "Video 1080×1080 tanpa suara",
    "siaran-pers": "Siaran pers untuk dilengkapi dan dikirim ke media",
    "situs": "Isi halaman untuk disalin ke situs instansi",
    "qr": "Kode QR ke halaman publik",
    "teks": "Teks pengantar",
    "baca-saya": "Keterangan isi kit, teks alternatif, dan sumber angka",
    "kit": "Semua berkas dalam satu ZIP",
}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class File:
    name: str
    media_type: str
    content: bytes
    alt: str = ""
    width: int | None = None
    height: int | None = None


def what_for(name: str) -> str:
    """The purpose of a file of the kit, in words."""
    stem = name.partition(".")[0]
    return next((words for key, words in FOR.items() if stem == key or stem.startswith(f"{key}-")), "")


def make_kit(values: KitValues, template: str, progress: Progress = lambda done, total: None) -> list[File]:
    """All files, the ZIP last. Tells how far it is; whatever `progress` raises stops the work."""
    progress(0, STEPS)
    cards = pages.cards(values, template)
    layers = _layers(cards)
    files = [_picture(page, pixels.together(*both), values) for page, both in zip(cards, layers, strict=True)]
    progress(1, STEPS)
    files += _others(values, template)
    progress(2, STEPS)
    files.append(_poster(values, template))
    progress(3, STEPS)
    files.append(File(film.NAME, film.MEDIA_TYPE, film.film(layers), _of_film(values), *layers[0][0].size))
    progress(4, STEPS)
    files += _letters(values)
    progress(5, STEPS)
    files.append(File(README, TEXT, readme(values, template, files).encode()))
    files.append(File(ARCHIVE, ZIP, _zip(files, values)))
    return files


def _layers(cards: Sequence[pages.Page]) -> list[tuple]:
    """Each card as what lies behind, and its words on nothing: the picture is both, the film moves them."""
    drawn = cache(pixels.image)  # the same lies behind all inner cards
    return [(drawn(svg(card.canvas, front=False)), drawn(svg(card.canvas, behind=False))) for card in cards]


def _others(values: KitValues, template: str) -> Iterator[File]:
    for page in pages.others(values, template):
        yield _picture(page, pixels.image(svg(page.canvas)).convert("RGB"), values)


def _picture(page: pages.Page, image, values: KitValues) -> File:
    content = pixels.png(image, has_photo=page.canvas.has_photo)
    return File(f"{page.name}.png", PNG, content, alternatives.of(values, page.heading), *image.size)


def _poster(values: KitValues, template: str) -> File:
    page = pages.poster(values, template)
    return File("poster.pdf", PDF, sheet.pdf(values.title, page.canvas), alternatives.of(values))


def _of_film(values: KitValues) -> str:
    return f"Video tanpa suara dari kartu-kartu kit ini. {alternatives.of(values)}"


def _letters(values: KitValues) -> Iterator[File]:
    """What is written, and the code."""
    yield File("siaran-pers.docx", DOCX, press.press_release(values))
    body = "\n".join(_body(values))
    yield File("situs.html", HTML, paper.html("kit/site.html", v=values, body=body).encode())
    for one in captions(values):
        yield File(f"teks-{one.key}.txt", TEXT, one.words.encode())
    code = segno.make(values.address, error="m", micro=False)
    for kind, media_type in (("png", PNG), ("svg", SVG)):
        out = io.BytesIO()
        code.save(out, kind=kind, scale=16, border=4)
        side = code.symbol_size(scale=16, border=4)
        alt = f"Kode QR ke {values.address}"
        yield File(f"qr.{kind}", media_type, out.getvalue(), alt, *side)


def _body(values: KitValues) -> Iterator[str]:
    """The story again in plain elements only: nothing of another site comes along, no picture and no style."""
    inside = False
    for one in paragraphs(values.body):
        if (one.kind == "li") is not inside:
            yield "<ul>" if one.kind == "li" else "</ul>"
            inside = one.kind == "li"
        words = "".join(f"<strong>{escape(w)}</strong>" if strong else escape(w) for w, strong in one.runs)
        tag = {"h2": "h3", "h4": "h3", "blockquote": "p"}.get(one.kind, one.kind)
        yield f"<{tag}>{words.strip()}</{tag}>"
    if inside:
        yield "</ul>"


def readme(values: KitValues, template: str, files: Sequence[File]) -> str:
    """What each file is for, what it shows, and where each figure is from."""
    lines = [values.title, f"{values.agency}. Edisi {values.number}, {values.published}. Templat {template}.", ""]
    lines += [values.source_line, f"Halaman publik: {values.address}", ""]
    note = look_of(values.identity).note
    lines += [f"Warna: {note}", ""] if note else []
    lines.append("ISI")
    for file in files:
        lines.append(f"- {file.name}: {what_for(file.name)}.")
        lines += [f"  Teks alternatif: {file.alt}"] if file.alt and file.media_type != SVG else []
    lines += ["", "TEKS PENGANTAR"]
    lines += [f"- {one.place}: {one.length} dari paling banyak {one.limit} karakter." for one in captions(values)]
    if values.told_figures:
        lines += ["", "ANGKA DALAM CERITA", *(f"- {words}: {what}." for words, what in values.told_figures)]
    lines += ["", "Huruf: Source Sans 3 (SIL Open Font License 1.1), lihat folder huruf.", ""]
    return "\n".join(lines)


def _zip(files: Sequence[File], values: KitValues) -> bytes:
    """The same files give the same bytes, whenever they are packed."""
    out = io.BytesIO()
    folder = f"kit-{values.slug}-{values.number}"
    with StampedZip(out, "w") as archive:
        for file in files:
            archive.writestr(f"{folder}/{file.name}", file.content)
        for name, source in FONT.items():
            archive.writestr(f"{folder}/{name}", (paper.STATIC / "fonts" / source).read_bytes())
    return out.getvalue()
