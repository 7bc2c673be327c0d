"""A story as HTML: figures are elements of their own, and nothing that somebody types becomes mark-up."""

import re
import time
from decimal import Decimal

import pytest

from stranas.publication.frozen import FrozenFigure
from stranas.publication.markdown import body_html, story_html
from tests.publication.stories import story

FIGURE = FrozenFigure("{{capaian}}", "achievement", "62,50", Decimal("62.50"), "1", "B12", 1)
DATA = '<data value="62.50">62,50</data>'


def test_a_token_becomes_its_frozen_figure():
    assert (
        story_html(story(body="Capaian {{capaian}} persen.", figures=(FIGURE,))) == f"<p>Capaian {DATA} persen.</p>\n"
    )


def test_figures_stand_in_every_kind_of_block():
    body = "## {{capaian}}\n\n- **{{capaian}}**\n\n> {{capaian}}\n\n|a|\n|-|\n|{{capaian}}|\n\n[lihat {{capaian}}](https://a.go.id)"
    assert str(body_html(body, (FIGURE,))).count(DATA) == 5


def test_a_missing_figure_prints_a_dash():
    figure = FrozenFigure("{{lolos}}", "first_pass", "–", None, "1", "B12", 1)
    assert body_html("{{lolos}}", (figure,)) == '<p><data value="–">–</data></p>\n'


def test_only_figures_of_the_edition_are_printed():
    assert body_html("{{kepatuhan}}", (FIGURE,)) == "<p>{{kepatuhan}}</p>\n"


def test_a_token_in_an_address_stays_out_of_the_page():
    shown = str(body_html("[a](https://a.go.id/{{capaian}})", (FIGURE,)))
    assert "<data" not in shown
    assert "62,50" not in shown


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<data value=99>99</data>",
        "&lt;data value=99&gt;99&lt;/data&gt;",
        "&#60;data value=99&#62;99&#60;/data&#62;",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "[a](http://a.go.id)",
        "[a](//a.go.id)",
        "[a](/keluar)",
        '[a](https://a.go.id "x" onclick=alert(1))',
        '[a](https://a.go.id"onmouseover="alert(1))',
        "![a](https://a.go.id/x.png)",
        "![a](data:image/svg+xml,<svg onload=alert(1)>)",
        "<https://a.go.id/<script>>",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "```\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "<!-- x --><style>p{display:none}</style>",
        "{{{{capaian}}}}",
        "{{<b>capaian</b>}}",
        '{{capaian"><script>alert(1)</script>}}',
        "\u202e<script>\u202d",
        "\ufeff{{capa\u200biian}}",
        "＜script＞alert(1)＜/script＞",
        "|a|\n|-|\n|<td onclick=alert(1)>|",
    ],
)
def test_nasty_input_is_words_or_nothing(body):
    shown = str(body_html(body, (FIGURE,)))
    tags = re.findall(r"<[^>]*>", shown)
    assert not [tag for tag in tags if re.match(r"</?(?:script|img|style|iframe|svg|object|form|input)", tag)]
    assert not re.search(r"<[^>]*\s(?:on\w+|style|title|src|class|id)=", shown)
    addresses = re.findall(r'href="([^"]*)"', shown)
    assert all(address.startswith(("https://", "mailto:")) for address in addresses)
    assert [tag for tag in tags if tag.startswith("<data")] in ([], ['<data value="62.50">'])


def test_a_frozen_figure_cannot_carry_markup():
    evil = FrozenFigure("{{capaian}}", "achievement", '"><script>x</script>', None, "1", "B12", 1)
    assert "<script" not in body_html("{{capaian}}", (evil,))


def test_links_are_marked_for_search_engines():
    shown = body_html("[a](https://a.go.id) [b](mailto:a@a.go.id)", ())
    assert shown.count('rel="noopener nofollow ugc"') == 2


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("# A\n\n## B\n\n### C", "233"),
        ("### A\n\n#### B", "23"),
        ("## A\n\n# B\n\n## C", "223"),
        ("A\n=\n\nB\n-", "23"),
    ],
)
def test_headings_begin_at_h2_and_skip_no_level(body, levels):
    assert "".join(re.findall(r"<h(\d)>", str(body_html(body, ())))) == levels


@pytest.mark.parametrize(
    "piece", ["a ", "{{capaian}} ", "{{", "*", "[", "> ", "- ", "|a", "`", "<", "&#60;", "[a](", "**a "]
)
def test_fifty_thousand_characters_are_rendered_in_bounded_time(piece):
    body = (piece * 50_000)[:50_000]
    began = time.perf_counter()
    body_html(body, (FIGURE,))
    assert time.perf_counter() - began < 8
