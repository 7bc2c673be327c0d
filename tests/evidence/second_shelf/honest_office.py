"""Honest Word, OpenDocument, RTF and PowerPoint files, where no signed kind is asked for."""

import functools
from collections.abc import Iterator

from . import bases, office, programs
from .archives import pptx
from .case import Case
from .honest_pdf import ITEMS, KINDS
from .papers import Table

FONTS = ("Bookman Old Style", "Arial", "Times New Roman", "Cambria", "Tahoma")


@functools.cache
def _converted(to: str) -> dict[str, bytes]:
    """The same kinds of text as LibreOffice saves them."""
    return programs.convert_many(
        {
            f"t{to[:3]}{i}.docx": office.docx(bases.paper(f"simpan {to} {i}", KINDS[i % 6], ITEMS[i % 7]))
            for i in range(5)
        },
        to,
    )


def slides(label: str, item: str) -> bytes:
    paper = bases.paper(label, "laporan", item)
    words = [b for b in paper.body if isinstance(b, str)]
    table = next(b for b in paper.body if isinstance(b, Table))
    return pptx(
        [
            [*paper.title, paper.head[0]],
            words[:3],
            words[3:6],
            [" - ".join(row) for row in table.rows],
            ["Terima kasih"],
        ]
    )


def cases() -> Iterator[Case]:
    for i in range(70):
        kind, item = KINDS[i % 7], ITEMS[(i // 3) % 7]
        yield Case(
            f"Word jujur {i} {kind} {item}",
            f"{kind} {i}.docx",
            lambda n=i, k=kind, t=item: office.docx(
                bases.paper(f"word jujur {n}", k, t),
                FONTS[n % 5],
                (11, 12, 10)[n % 3],
                ("Subbag Program", "user", "ASUS", "Bag. Hukum")[n % 4],
            ),
            item=item,
        )
    for i in range(20):
        kind, item = KINDS[i % 6], ITEMS[i % 7]
        yield Case(
            f"ODT jujur {i}",
            f"Telaah {i}.odt",
            lambda n=i, k=kind, t=item: office.odt(bases.paper(f"odt jujur {n}", k, t)),
            item=item,
        )
    for i in range(8):
        yield Case(
            f"RTF jujur {i}",
            f"Catatan {i}.rtf",
            lambda n=i: office.rtf(bases.paper(f"rtf jujur {n}", KINDS[n % 6], ITEMS[n % 7])),
            item=ITEMS[i % 7],
        )
        yield Case(
            f"paparan jujur {i}",
            f"Paparan {i}.pptx",
            lambda n=i: slides(f"paparan jujur {n}", ITEMS[n % 7]),
            item=ITEMS[i % 7],
        )
    if programs.SOFFICE:
        for to, ending in (
            ("doc:MS Word 97", "doc"),
            ("odt", "odt"),
            ("docx:MS Word 2007 XML", "docx"),
            ("rtf", "rtf"),
        ):
            for i in range(5):
                yield Case(
                    f"disimpan LibreOffice {ending} {i}",
                    f"Naskah {i}.{ending}",
                    lambda n=i, t=to: _converted(t)[f"t{t[:3]}{n}.docx"],
                    item=ITEMS[i % 7],
                )
