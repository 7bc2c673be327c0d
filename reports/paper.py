"""Pages on paper: an own Jinja environment on templates/print, rendered by WeasyPrint. Needs no app.

WeasyPrint may fetch nothing but the house's font and ornament, and what the page carries itself (data:);
everything else is refused, and the page still renders.
"""

from functools import cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from reports import fonts
from reports.tables import Kind, clean, shown
from stranas.system import text

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "stranas" / "static"
ALLOWED = {
    **{f"house:font-{weight}": (fonts.file(weight).read_bytes, "font/ttf") for weight in fonts.WEIGHTS},
    "house:kawung": ((STATIC / "kawung.svg").read_bytes, "image/svg+xml"),
}


@cache
def environment() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    jinja.globals["text"] = text
    jinja.filters.update(number=text.number, size=text.size, day=text.day, deadline=text.deadline)
    jinja.filters["rate"] = lambda value: shown(value, Kind.RATE)
    jinja.filters["titled"] = _titled
    return jinja


def _printable(value: Any) -> Any:
    """Words of people as they can stand on paper; markup is the house's own."""
    return clean(value) if type(value) is str else value


def _titled(svg: str, words: str) -> str:
    """A drawing with its text alternative inside: WeasyPrint makes the tag's from the title."""
    return svg.replace(">", f"><title>{escape(words)}</title>", 1)


def html(template: str, **values: Any) -> str:
    """The filled template of templates/print."""
    return environment().get_template(template).render(**values)


def pdf(markup: str) -> bytes:
    """A tagged PDF of the markup. Import is lazy: WeasyPrint takes a second to load."""
    from weasyprint import HTML

    return HTML(string=markup, url_fetcher=_fetcher(), base_url="house:").write_pdf(pdf_tags=True)


def print_to(markup: str, file: Path, *, tagged: bool = True) -> None:
    """The same, into a file."""
    from weasyprint import HTML

    HTML(string=markup, url_fetcher=_fetcher(), base_url="house:").write_pdf(file, pdf_tags=tagged)


def render(template: str, **values: Any) -> bytes:
    """Template and values to PDF bytes."""
    return pdf(html(template, **values))


def qr_svg(address: str) -> str:
    """A QR code of an address as inline SVG, dark on nothing."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=1, omitsize=True, border=0)


@cache
def _fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class HouseOnly(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if url not in ALLOWED:
                raise ValueError(f"a printed page fetches nothing, not even {url}")
            content, kind = ALLOWED[url]
            return URLFetcherResponse(url, content(), {"Content-Type": kind})

    return HouseOnly()
