"""From the Markdown of a story to HTML that may stand on a public page.

Three walls: the parser knows no raw HTML, no pictures and no code; a figure is an element of the parser's own, never
text; what comes out passes an allow-list. So no word that somebody typed can become the mark-up of a figure.
"""

import html
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from stranas.publication.frozen import FrozenFigure, FrozenStory
from stranas.publication.tokens import NAMES, RATE_NAMES, TOKEN, read

_BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "hr", "table", "thead", "tbody", "tr", "th", "td"}
TAGS = _BLOCKS | {"br", "strong", "em", "a", "data"}
ATTRIBUTES = {"a": {"href"}, "data": {"value"}, "ol": {"start"}}
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"https", "mailto"},
    url_relative="deny",
    link_rel="noopener nofollow ugc",
)
_WORDS_ONLY = nh3.Cleaner(tags=set())
_UNWANTED = ["code", "fence", "html_block", "html_inline", "image", "backticks"]


def story_html(story: FrozenStory) -> Markup:
    """The body of an edition, its figures as <data value="62.50">62,50</data>."""
    return body_html(story.body, story.figures)


def body_html(body: str, figures: Sequence[FrozenFigure]) -> Markup:
    """A token without a figure (only a draft has one) stays in its braces, as text."""
    known = {figure.token: figure for figure in figures}
    return Markup(CLEANER.clean(_parser().render(body, {"figures": known})))  # noqa: S704  (cleaned by an allow-list)


def plain_words(body: str) -> str:
    """What a reader of the page would read, one line for each block; ⟦%⟧ stands for a rate that is inserted, ⟦#⟧ for a
    number, ⟦a⟧ for a word: for the check that no number was typed where a figure belongs."""
    rendered = CLEANER.clean(_parser().render(body, {"figures": _STAND_IN}))
    return html.unescape(_WORDS_ONLY.clean(rendered))


class _StandIn(dict[str, FrozenFigure]):
    """Every token that has a known name is a figure of this kind."""

    def get(self, raw: str, default: Any = None) -> Any:
        name = read(raw).name
        if name not in NAMES:
            return default
        return FrozenFigure(raw, NAMES[name][0], stand_in(raw), None, "", "", 0)


_STAND_IN = _StandIn()


def stand_in(raw: str) -> str:
    name = read(raw).name
    return f"⟦{'%' if name in RATE_NAMES else 'a' if name == 'kelas' else '#'}⟧"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(_UNWANTED)
    parser.inline.ruler.before("escape", "figure", _figure)
    parser.core.ruler.push("heading_levels", _heading_levels)
    parser.add_render_rule("figure", _render_figure)
    return parser


def _figure(state: StateInline, silent: bool) -> bool:
    """{{…}} at this place, with a figure: an element of its own."""
    found = TOKEN.match(state.src, state.pos)
    if found is None or state.env["figures"].get(found[0]) is None:
        return False
    if not silent:
        state.push("figure", "data", 0).content = found[0]
    state.pos = found.end()
    return True


def _render_figure(
    _renderer: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, env: Mapping[str, Any]
) -> str:
    figure = env["figures"].get(tokens[index].content)
    value = figure.words if figure.value is None else figure.value
    return f'<data value="{escape(value)}">{escape(figure.words)}</data>'


def _heading_levels(state: StateCore) -> None:
    """The page has the h1: the highest heading of a text is h2, all below it h3, and the first one always h2."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    highest, seen = min((token.tag for token in headings), default="h1"), False
    for token in headings:
        if token.type == "heading_open":
            level = "h3" if seen and token.tag != highest else "h2"
            seen = True
        token.tag = level
