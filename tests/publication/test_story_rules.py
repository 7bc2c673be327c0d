"""Videos, addresses, masa pilkada, alternative texts: rules of a story without a database."""

import pytest

from stranas.publication.frozen import FrozenPicture
from stranas.publication.pictures import alt_problem
from stranas.publication.showing import shown
from stranas.publication.slugs import free_slug, slug_of
from stranas.publication.videos import BadVideo, video
from tests.publication.stories import STORY, story

YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("typed", "address", "words"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk&t=30s", YOUTUBE, "Tonton di YouTube"),
        ("youtu.be/abcdefghijk?si=x", YOUTUBE, "Tonton di YouTube"),
        ("https://youtube.com/shorts/abcdefghijk", YOUTUBE, "Tonton di YouTube"),
        ("https://m.youtube.com/live/abcdefghijk", YOUTUBE, "Tonton di YouTube"),
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789", "Tonton di Vimeo"),
        (
            "https://www.facebook.com/watch/?v=12345678",
            "https://www.facebook.com/watch/?v=12345678",
            "Tonton di Facebook",
        ),
        (
            "https://www.facebook.com/pemkab/videos/12345678/",
            "https://www.facebook.com/watch/?v=12345678",
            "Tonton di Facebook",
        ),
        (
            "http://www.temanggungkab.go.id/video/1",
            "https://www.temanggungkab.go.id/video/1",
            "Tonton di temanggungkab.go.id",
        ),
        ("https://tni.mil.id/v?id=2", "https://tni.mil.id/v?id=2", "Tonton di tni.mil.id"),
    ],
)
def test_a_video_of_an_official_host_gets_its_plain_address(typed, address, words):
    assert (video(typed).address, video(typed).words) == (address, words)


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.com/v/1",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/youtube.com/watch?v=abcdefghijk",
        "https://user@youtube.com/watch?v=abcdefghijk",
        "https://youtube.com:8080/watch?v=abcdefghijk",
        "https://go.id.example/1",
        "https://xgo.id/1",
        "https://www.go.id",
        "https://www.youtube.com/@pemkab",
        "https://www.youtube.com/watch?v=<script>",
        "javascript:alert(1)",
        "ftp://vimeo.com/123456",
        "https://[::1",
        "https://www.facebook.com/pemkab",
        "https://bupati.go.id/" + "a" * 300,
    ],
)
def test_other_addresses_are_refused_with_a_sentence(typed):
    with pytest.raises(BadVideo, match=r"\."):
        video(typed)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Temanggung mencabut syarat surat domisili usaha", "temanggung-mencabut-syarat-surat-domisili-usaha"),
        ("Café & “Pasar” №1", "cafe-pasar-no1"),
        ("日本", "kabar"),
        ("", "kabar"),
        ("../../etc/passwd?x=1#y", "etc-passwd-x-1-y"),
    ],
)
def test_an_address_is_readable(title, slug):
    assert slug_of(title) == slug


def test_an_address_ends_with_a_whole_word():
    slug = slug_of("Pemerintah Kabupaten Pangkajene dan Kepulauan " * 5)
    assert len(slug) <= 72
    assert slug.endswith(("kabupaten", "pangkajene", "dan", "kepulauan", "pemerintah"))


def test_an_address_that_is_taken_gets_a_number():
    assert free_slug("Izin mudah", taken={"izin-mudah", "izin-mudah-2"}) == "izin-mudah-3"


LEADER = FrozenPicture(1, 800, 600, "Bupati menyerahkan izin", "", "", True)
DESK = FrozenPicture(2, 800, 600, "Loket pelayanan", "", "", False)


def test_in_masa_pilkada_leaders_are_left_out_of_what_is_shown():
    told = shown(story(pictures=(LEADER, DESK)), without_leaders=True)
    assert (told.quote_name, told.quote_office, told.pictures) == ("", STORY.quote_office, (DESK,))


def test_at_other_times_everything_is_shown():
    told = story(pictures=(LEADER, DESK))
    assert shown(told, without_leaders=False) == told


@pytest.mark.parametrize(
    "alt", ["", "IMG_2039.jpg", "foto kegiatan.jpeg", "IMG 20200714 WA0003", "DSC_0001", "Foto", "Loket"]
)
def test_a_file_name_is_no_alternative_text(alt):
    assert alt_problem(alt).endswith(".")


def test_a_sentence_is_an_alternative_text():
    assert alt_problem("Warga mengurus izin usaha di loket pelayanan") == ""
