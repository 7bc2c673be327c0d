"""The story's HTML as paragraphs, for documents that know no HTML."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"p", "li", "h2", "h3", "h4", "blockquote", "td", "th"}
VOID = {"br", "hr", "img"}


@dataclass(frozen=True)
class Paragraph:
    """`kind`: "p", "li", "h2", "h3", "h4" or "blockquote"; runs of words and whether they are strong."""

    kind: str
    runs: tuple[tuple[str, bool], ...]

    @property
    def words(self) -> str:
        return "".join(words for words, _ in self.runs)


def paragraphs(html: str) -> list[Paragraph]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


@dataclass
class _Reader(HTMLParser):
    found: list[Paragraph] = field(default_factory=list)
    runs: list[tuple[str, bool]] = field(default_factory=list)
    kind: str = "p"
    strong: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in BLOCKS:
            self.end()
            self.kind = self.kind if tag == "p" and self.kind in ("li", "blockquote") else tag
        elif tag in ("strong", "b"):
            self.strong += 1
        elif tag == "br":
            self.runs.append((" ", False))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("strong", "b"):
            self.strong -= 1
        elif tag in BLOCKS:
            self.end()
            if tag != "p" or self.kind not in ("li", "blockquote"):
                self.kind = "p"

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words:
            before = " " if data[:1].isspace() and self.runs else ""
            after = " " if data[-1:].isspace() else ""
            self.runs.append((f"{before}{words}{after}", self.strong > 0))

    def end(self) -> None:
        if "".join(words for words, _ in self.runs).strip():
            self.found.append(Paragraph("p" if self.kind in ("td", "th") else self.kind, tuple(self.runs)))
        self.runs = []
