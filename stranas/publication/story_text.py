"""The story's text as safe HTML, with its figures as they stood."""

import re

import nh3
from markdown_it import MarkdownIt

from stranas.publication.frozen import FrozenStory

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "br"}
TOKEN = re.compile(r"\{\{[^{}]*\}\}")


def story_html(story: FrozenStory) -> str:
    """Raises LookupError for a token that the edition does not hold: better no kit than one with a gap."""
    words = {figure.token: figure.words for figure in story.figures}
    body = TOKEN.sub(lambda found: words[found[0]], story.body)
    return nh3.clean(MarkdownIt("commonmark", {"html": False}).render(body), tags=TAGS, attributes={})
