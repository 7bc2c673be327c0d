"""The pictures and texts of a kit: words fit, colours can be read, every figure is that of the edition."""

import io
import random
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import av
import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageChops

from reports.kit import alternatives, film, making, pages, pixels, press, sheet, work
from reports.kit.canvas import Canvas
from reports.kit.captions import X, captions, x_length
from reports.kit.colours import HOUSE, LARGE, TEXT, contrast, look_of
from reports.kit.preview import page_picture
from reports.kit.svg import svg
from reports.kit.templates import TEMPLATES
from reports.kit.values import Identity, Picture
from reports.kit.words import TREND, WORK
from stranas.publication.kit_values import kit_values
from stranas.publication.markdown import story_html
from stranas.publication.rules import StoryKind
from stranas.publication.story_forms import StoryForm
from tests.pages import parse
from tests.publication.stories import STORY, story, with_headline

NAMES = (
    "Kabupaten Temanggung",
    "Kabupaten Pangkajene dan Kepulauan",
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
)
FIGURES = {
    "0,00": {"achievement": Decimal("0.00"), "told": "sedang diperbaiki"},
    "62,50": {"achievement": Decimal("62.50"), "told": "kelas Cukup"},
    "100,00": {"achievement": Decimal("100.00")},
    "–": {"achievement": None, "told": "", "verified": 0, "first_accepted": 0, "first_pass": None},
}
LOGO = Image.new("RGBA", (8, 8), "#1d4f8c")


def values(frozen=STORY, *, identity=None, **changes):
    made = kit_values(frozen, base_url="https://capaian.example.go.id", body=story_html(frozen))
    return replace(made, **({"identity": identity} if identity else {}), **changes)


def activity(**changes):
    nothing = {"period": "", "period_key": "", "action": "", "action_key": "", "released_at": None}
    empty = {"headline": None, "trend": (), "figures": (), "body": "Tanpa angka."}
    return values(story(kind=StoryKind.ACTIVITY, **nothing, **empty), **changes)


def logo() -> bytes:
    out = io.BytesIO()
    LOGO.save(out, "PNG")
    return out.getvalue()


def a_picture() -> Picture:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "JPEG")
    return Picture(out.getvalue(), 256, 256, "Loket", "Loket pelayanan izin usaha", "Dinas Kominfo")


def all_pages(made, template):
    return [*pages.cards(made, template), *pages.others(made, template), pages.poster(made, template)]


def places(canvas):
    """Where words and images really are; of very large digits, without the empty room above them."""
    for text in canvas.texts:
        room = text.wide - text.fitted.width
        x = text.x + {"left": 0, "right": room, "center": room / 2}[text.align]
        top = text.line * (0.16 if text.fitted.size > 150 else 0.12)
        foot = text.high - text.line * (0.02 if text.fitted.size > 150 else 0.12)
        yield x, text.y + top, x + text.fitted.width, text.y + foot, " ".join(text.fitted.lines)
    for box in canvas.boxes:
        yield box.x, box.y, box.x + box.wide, box.y + box.high, "image"


def collisions(canvas):
    known = list(places(canvas))
    for x, y, right, foot, words in known:
        if x < 0 or y < 0 or right > canvas.wide or foot > canvas.high:
            yield f"outside: {words}"
    for one, other in combinations(known, 2):
        if one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1:
            yield f"{one[4]} on {other[4]}"


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", NAMES)
def test_no_words_leave_their_picture_or_lie_on_others(template, name):
    identity = Identity("#1d4f8c", "#f4b400", logo())
    made = [values(replace(with_headline(**one), agency=name), identity=identity) for one in FIGURES.values()]
    for one in (*made, activity(agency=name, identity=identity)):
        for page in all_pages(one, template):
            assert list(collisions(page.canvas)) == [], page.name


LONG = "Pelaku usaha tidak perlu lagi membawa surat keterangan domisili karena dinas memeriksa alamat usahanya. " * 4


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("make", [values, activity])
def test_the_longest_summary_and_title_stand_whole_with_and_without_a_photograph(template, make):
    units = ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "Dinas Kependudukan dan Pencatatan Sipil")
    long = {"title": f"Judul {LONG}"[:150], "summary": LONG[: work.SUMMARY_MOST], "units": units, "agency": NAMES[2]}
    for pictures in ((), (a_picture(),)):
        made = make(**long, pictures=pictures, identity=Identity("", "", logo()))
        for page in all_pages(made, template):
            said = {" ".join(text.fitted.lines): text.fitted for text in page.canvas.texts}
            assert not [words for words, fitted in said.items() if fitted.cut], page.name
            if page.heading == WORK:
                assert long["summary"].strip() in said
                assert any(box.alt == "Loket" for box in page.canvas.boxes) is bool(pictures)


def test_the_editor_takes_no_summary_that_pictures_would_cut(app):
    with app.test_request_context(method="POST", data={"summary": "a" * (work.SUMMARY_MOST + 1)}):
        form = StoryForm(meta={"csrf": False})
        assert not form.summary.validate(form)
        assert form.summary.errors == [f"Paling banyak {work.SUMMARY_MOST} huruf."]


def test_the_words_of_the_trend_are_drawn_in_the_pictures():
    page = next(page for page in pages.cards(values(), "lembar") if page.heading == TREND)
    (chart,) = (box for box in page.canvas.boxes if box.svg)
    alone = Canvas(page.canvas.size, page.canvas.look, boxes=[chart])
    mute = replace(chart, svg=re.sub("<text.*?</text>", "", chart.svg))
    without = Canvas(page.canvas.size, page.canvas.look, boxes=[mute])
    left = [pixels.image(svg(one)).crop((0, 0, 110, 1080)).getbbox() for one in (alone, without)]
    assert left[0] is not None
    assert left[0] != left[1]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("words", FIGURES)
def test_capaian_stands_only_beside_compliance_and_quality(template, words):
    made = values(with_headline(**FIGURES[words]))
    cover, *_ = pages.cards(made, template)
    for page in (cover, *pages.others(made, template), pages.poster(made, template)):
        said = [" ".join(text.fitted.lines) for text in page.canvas.texts]
        assert words in said
        assert {"laporan diterima", "lolos verifikasi pertama", "4 dari 4"} <= set(said)
        assert ("Belum ada nilai" in said) is (words == "–")


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_picture_says_its_source_and_that_it_is_practice(template):
    for page in all_pages(values(), template):
        said = [" ".join(text.fitted.lines) for text in page.canvas.texts]
        assert any(words.startswith("Sumber:") and words.endswith("CONTOH (mode latihan).") for words in said)


def test_an_activity_has_no_figure_anywhere():
    made = activity()
    assert [page.name for page in pages.cards(made, "lembar")] == ["kartu-1", "kartu-2", "kartu-3"]
    assert "Capaian" not in alternatives.of(made) + press.lead(made) + captions(made)[0].words


@pytest.mark.parametrize(
    "colour", ["#000000", "#1d4f8c", "#a3162a", "#f2c230", "#ffffff", "#7f8a80", "#00a0a0", "blau"]
)
def test_words_can_be_read_on_the_colours_of_any_agency(colour):
    look = look_of(Identity(colour, colour))
    assert min(contrast(look.on_ground, look.ground), contrast(look.on_ground_2, look.ground)) >= TEXT
    assert min(contrast(look.ornament, look.ground), contrast(look.figure, look.paper)) >= LARGE
    assert (look.ground != colour) is (colour in ("#7f8a80", "blau"))
    assert look.note  # an ornament in the colour of its ground is not seen


def test_without_colours_the_house_gives_its_own_and_says_nothing():
    assert (look_of(Identity()).ground, look_of(Identity()).note) == (HOUSE, "")


def test_the_poster_holds_the_figures_as_text():
    page = pages.poster(values(), "kawung")
    document = pypdfium2.PdfDocument(sheet.pdf("x", page.canvas))
    words = document[0].get_textpage().get_text_bounded()
    assert len(document) == 1
    document.close()
    for figure in ("81,25", "4 dari 4", "3 dari 4", "kelas Baik"):
        assert figure in words


def test_the_two_layers_of_a_card_are_the_card():
    page = pages.cards(values(), "kawung")[0]
    ((behind, front),) = making._layers([page])
    made = pixels.png(pixels.together(behind, front))
    assert Image.open(io.BytesIO(made)).size == (1080, 1080)
    assert len(made) < 300_000
    assert front.getpixel((2, 2))[3] == 0


def test_a_photograph_keeps_its_colours_and_can_still_be_sent():
    sky = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])
    assert Image.open(io.BytesIO(pixels.png(sky, has_photo=True))).mode == "RGB"
    rough = Image.frombytes("RGB", (700, 700), random.Random(4).randbytes(700 * 700 * 3))
    assert len(pixels.png(rough, has_photo=True)) < pixels.HEAVY


def test_only_a_card_with_a_photograph_is_one_of_true_colours():
    cards = pages.cards(values(pictures=(a_picture(),), identity=Identity("", "", logo())), "sorot")
    assert [page.heading for page in cards if page.canvas.has_photo] == [WORK]


def test_a_page_of_the_portal_has_its_picture():
    figures = [("Kepatuhan", "92,31"), ("Lolos verifikasi pertama", "61,02")]
    made = page_picture(NAMES[3], "Triwulan IV", figures, "Sumber: hasil terverifikasi.", practice=True)
    assert Image.open(io.BytesIO(made)).size == (1200, 630)


def test_x_counts_a_link_as_23_and_an_emoji_as_two():
    assert x_length("Baca https://capaian.example.go.id/kabar/sangat-panjang-sekali-alamatnya") == 5 + 23
    assert x_length("“–” 🙂") == 4 + 2


def test_captions_keep_their_limits_and_no_figure_is_cut():
    made = values(title="Panjang " * 40, summary="Ringkasan panjang. " * 200)
    for one in captions(made):
        assert one.length <= one.limit
        assert "81,25" in one.words
        assert "4 dari 4 laporan diterima" in one.words
        assert "3 dari 4 lolos verifikasi pertama" in one.words
    assert captions(made)[1].limit == X


def test_alternatives_say_the_figures_and_the_trend():
    assert "Capaian 81,25 persen, kelas Baik. 4 dari 4 laporan diterima" in alternatives.of(values())
    trend = alternatives.of(values(), "Perkembangan capaian")
    assert "Capaian (persen): B06 50,00, B09 62,50, B12 81,25." in trend
    assert "Lolos verifikasi pertama (persen): B06 66,67" in trend


def test_the_press_release_opens_and_leaves_slots_for_what_is_not_known():
    made = press.press_release(values(story(quote="", quote_name="", quote_office="")))
    words = "\n".join(row.text for row in Document(io.BytesIO(made)).paragraphs)
    for part in (
        "Temanggung, 6 Juli 2020",
        "81,25 persen",
        "“[kutipan],”",
        "Narahubung: [belum diisi",
        "CONTOH",
        "Sumber:",
    ):
        assert part in words
    assert "{{" not in words
    assert made == press.press_release(values(story(quote="", quote_name="", quote_office="")))


def test_the_sites_html_is_valid_and_asks_for_nothing():
    page = next(file for file in making._letters(values()) if file.name == "situs.html").content.decode()
    links = [
        element.get("href") or element.get("src")
        for element in parse(page).iter()
        if "src" in element.attrib or "href" in element.attrib
    ]
    assert links == [values().address]
    assert "<script" not in page
    assert "<li>Satu berkas berkurang.</li>" in page


def test_the_archive_holds_every_file_the_font_and_its_licence_in_the_same_bytes():
    files = list(making._letters(values()))
    packed = making._zip(files, values())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = {name.split("/", 1)[1] for name in archive.namelist()}
    assert names == {file.name for file in files} | set(making.FONT)
    assert packed == making._zip(list(making._letters(values())), values())


def test_the_film_begins_and_ends_with_a_whole_card_and_is_as_long_as_it_says():
    looks = (("#093a40", "#ffffff"), ("#faf7f0", "#8a1c2b"))
    cards = [(Image.new("RGBA", (64, 64), ground), _words(colour)) for ground, colour in looks]
    with av.open(io.BytesIO(film.film(cards))) as played:
        frames = [frame.to_image() for frame in played.decode(video=0)]
    assert abs(len(frames) - film.SECONDS * film.RATE) <= len(cards)
    for frame, card in ((frames[0], cards[0]), (frames[-1], cards[1])):
        difference = ImageChops.difference(frame, pixels.together(*card))
        assert max(most for _, most in difference.getextrema()) < 24


def _words(colour: str):
    """A square on nothing."""
    image = Image.new("RGBA", (64, 64))
    image.paste(colour, (16, 16, 48, 48))
    return image
