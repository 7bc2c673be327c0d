"""One picture while it is laid out: what lies behind, what is drawn, words, images; all in pixels of the picture."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from reports.kit.colours import Look
from reports.kit.fitting import LEADING, Fitted, fit

TRACKING = -0.012  # em, of large bold text; the fitting knows nothing of it, so it only ever makes room


@dataclass(frozen=True)
class Size:
    name: str
    width: int
    height: int


CARD = Size("kartu", 1080, 1080)
STORY = Size("cerita", 1080, 1920)
LANDSCAPE = Size("lanskap", 1920, 1080)
LINK = Size("tautan", 1200, 630)
POSTER = Size("poster", 794, 1123)  # A4 at 96 dots per inch


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    wide: float
    fitted: Fitted
    weight: int
    colour: str
    leading: float
    align: str
    tag: str

    @property
    def high(self) -> float:
        return len(self.fitted.lines) * self.line

    @property
    def line(self) -> float:
        return round(self.fitted.size * self.leading, 1)

    @property
    def spacing(self) -> float:
        """Pixels between two letters."""
        return round(self.fitted.size * TRACKING, 2) if self.fitted.size >= 60 and self.weight >= 600 else 0


@dataclass(frozen=True)
class Box:
    """An image (JPEG or PNG bytes), or a drawing as SVG markup, at a place. `fits` "cover" fills the place, "contain"
    shows all of the image."""

    x: float
    y: float
    wide: float
    high: float
    svg: str = ""
    content: bytes = b""
    alt: str = ""
    fits: str = "cover"


def address(content: bytes) -> str:
    """Image bytes as an address that carries them."""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


@dataclass
class Canvas:
    size: Size
    look: Look
    behind: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    @property
    def wide(self) -> int:
        return self.size.width

    @property
    def high(self) -> int:
        return self.size.height

    @property
    def has_photo(self) -> bool:
        """Logos are drawings: they are shown whole."""
        return any(box.content and box.fits == "cover" for box in self.boxes)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        wide: float,
        sizes: Sequence[float],
        colour: str,
        weight: int = 400,
        lines: int = 1,
        leading: float = LEADING,
        align: str = "left",
        even: bool = False,
        high: float = inf,
        tag: str = "p",
    ) -> float:
        """Puts words at the top edge `y`; returns where they end. Nothing is put for no words, or for no room."""
        if not words or high < sizes[-1] * leading:
            return y
        how = {"wide": wide, "lines": lines, "sizes": sizes, "weight": weight, "high": high, "leading": leading}
        fitted = fit(words, even=even, **how)
        text = Text(x, round(y, 1), wide, fitted, weight, colour, leading, align, tag)
        self.texts.append(text)
        return text.y + text.high

    def text_up(self, x: float, foot: float, words: str, **how) -> float:
        """The same upon the bottom edge `foot`; returns where they begin."""
        if not words:
            return foot
        known = {name: how[name] for name in ("wide", "sizes", "weight", "high", "leading") if name in how}
        put = fit(words, lines=how.get("lines", 1), **known)
        high = len(put.lines) * round(put.size * how.get("leading", LEADING), 1)
        self.text(x, foot - high, words, **how)
        return foot - high

    def rect(
        self, x: float, y: float, wide: float, high: float, colour: str, *, behind: bool = False, round_: float = 0
    ) -> None:
        shape = f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="{round_}" fill="{colour}"/>'
        (self.behind if behind else self.drawn).append(shape)

    def picture(
        self, x: float, y: float, wide: float, high: float, content: bytes, alt: str, *, fits: str = "cover"
    ) -> None:
        self.boxes.append(Box(x, y, wide, high, content=content, alt=alt, fits=fits))

    def drawing(self, x: float, y: float, wide: float, high: float, svg: str) -> None:
        """A chart or a QR code with a view box of its own."""
        self.boxes.append(Box(x, y, wide, high, svg=svg))
