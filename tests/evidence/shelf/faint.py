"""Papers and pictures on which a reader sees nothing, or too little; and honest ones near the border."""

from collections.abc import Iterator

import pikepdf
from PIL import Image

from tests.evidence.shelf import paper, picture
from tests.evidence.shelf.case import Case, bad


def cases() -> Iterator[Case]:
    yield from _blank()
    yield from _coarse()
    yield from _small()
    yield from _hidden()
    yield from _near_the_border()


def _blank() -> Iterator[Case]:
    for pages in (1, 2, 5, 20):
        yield bad(
            "empty pages", f"kosong-{pages}.pdf", lambda pages=pages: paper.typed([[]] * pages), "blank", kind="surat"
        )
    for seed in range(6):
        look = {"ground": (255, 240, 215)[seed % 3], "noise": (0, 12, 30)[seed % 3], "seed": seed}
        yield bad(
            "scan of an empty page",
            f"pindai-{seed}.pdf",
            lambda look=look: paper.scanned([paper.sheet([], **look)]),
            "blank",
            kind="surat",
        )
        yield bad(
            "scan mostly of empty pages",
            f"terbalik-{seed}.pdf",
            lambda look=look: _mostly_empty(look),
            "blank_pages",
            kind="laporan",
        )
        colour = ("white", "black", "#dddddd", "#2244aa")[seed % 4]
        yield bad(
            "picture of one colour",
            f"foto-{seed}.jpg",
            lambda colour=colour: picture.saved(Image.new("RGB", (1280, 960), colour)),
            "blank",
            kind="foto",
        )


def _mostly_empty(look: dict) -> bytes:
    empty = paper.sheet([], **look)
    return paper.scanned([paper.sheet(paper.lines(1)), empty, empty, empty])


def _coarse() -> Iterator[Case]:
    for seed in range(12):
        dpi = (40, 50, 60, 72, 80, 85)[seed % 6]
        yield bad(
            f"scan at {dpi} dpi",
            f"kasar-{seed}.pdf",
            lambda dpi=dpi, seed=seed: paper.scanned(
                [paper.sheet(paper.lines(seed), dpi=dpi, noise=10, seed=seed)], quality=50 + seed
            ),
            "low_resolution",
            kind=("surat", "keputusan", "laporan")[seed % 3],
        )
    for seed in range(4):
        yield bad(
            "coarse map",
            f"peta-{seed}.pdf",
            lambda seed=seed: paper.scanned([picture.screen(750, 1050, seed)]),
            "low_resolution",
            kind="peta",
        )
        yield bad(
            "letter as a small picture",
            f"surat-{seed}.jpg",
            lambda seed=seed: picture.saved(paper.sheet(paper.lines(seed), dpi=70)),
            "low_resolution",
            kind="surat",
        )
        yield bad(
            "one coarse page among good ones",
            f"campur-{seed}.pdf",
            lambda seed=seed: paper.scanned([paper.sheet(paper.lines(seed)), paper.sheet(paper.lines(seed), dpi=60)]),
            "low_resolution",
            kind="surat",
        )


def _small() -> Iterator[Case]:
    for seed, size in enumerate(((320, 240), (160, 120), (480, 360), (240, 426), (75, 75))):
        yield bad(
            "thumbnail of a photo",
            f"kecil-{seed}.jpg",
            lambda size=size, seed=seed: picture.saved(picture.scene(*size, seed)),
            "small_picture",
            kind="foto",
        )
        yield bad(
            "thumbnail of a map",
            f"peta-{seed}.png",
            lambda size=size, seed=seed: picture.saved(picture.scene(*size, seed), "PNG"),
            "small_picture",
            kind="peta",
        )
    yield bad(
        "thumbnail of a screen",
        "layar.png",
        lambda: picture.saved(picture.screen(200, 110), "PNG"),
        "small_picture",
        kind="tangkapan_layar",
    )


def _hidden() -> Iterator[Case]:
    for seed in range(5):
        yield bad(
            "a page that no reader shows",
            f"hilang-{seed}.pdf",
            lambda seed=seed: paper.changed(paper.decree(seed, 4), _hide),
            "page_not_shown",
            kind="laporan",
        )


def _hide(pdf: pikepdf.Pdf) -> None:
    """The second page gives its own kind as another thing."""
    pdf.pages[1].obj["/Type"] = pikepdf.Name.Font


def _near_the_border() -> Iterator[Case]:
    for seed in range(8):
        few = ["Nihil."] if seed % 2 else ["", "", "ttd"]
        yield Case(
            "scan of one word",
            f"nihil-{seed}.pdf",
            lambda few=few, seed=seed: paper.scanned(
                [paper.sheet(few, dpi=(100, 150, 200, 300)[seed % 4], noise=10 * (seed % 3), seed=seed)]
            ),
            kind="surat",
        )
        yield Case("typed page of one word", f"ketik-{seed}.pdf", lambda few=few: paper.typed([few]), kind="surat")
        yield Case(
            "scan at 96 dpi",
            f"cukup-{seed}.pdf",
            lambda seed=seed: paper.scanned([paper.sheet(paper.lines(seed), dpi=96, noise=8, seed=seed)]),
            kind="surat",
        )
        yield Case(
            "pixels taken for points",
            f"titik-{seed}.pdf",
            lambda seed=seed: paper.scanned([paper.sheet(paper.lines(seed), dpi=130)], size=(1075, 1520)),
            kind="surat",
        )
        yield Case(
            "small picture on a typed page", f"logo-{seed}.pdf", lambda seed=seed: _with_logo(seed), kind="surat"
        )
        yield Case(
            "photos in a row",
            f"baris-{seed}.pdf",
            lambda seed=seed: paper.scanned([picture.scene(500, 350, seed)]),
            kind="foto",
        )
        yield Case(
            "faded scan",
            f"pudar-{seed}.pdf",
            lambda seed=seed: paper.scanned([_faded(paper.sheet(paper.lines(seed), dpi=120))]),
            kind="surat",
        )
        yield Case(
            "dark photo",
            f"malam-{seed}.jpg",
            lambda seed=seed: picture.saved(picture.scene(1280, 720, seed).point(lambda level: level // 4)),
            kind="foto",
        )


def _with_logo(seed: int) -> bytes:
    def logo(pdf: pikepdf.Pdf) -> None:
        paper.add_scan(pdf, picture.scene(90, 60, seed), box=(60, 760, 60, 40))
        paper.add_page(pdf, paper.lines(seed))

    return paper.changed(paper.decree(seed), logo)


def _faded(image: Image.Image) -> Image.Image:
    return image.point(lambda level: 150 + level * 105 // 255)
