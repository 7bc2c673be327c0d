"""Tokens: what they mean in a story, what they print, and what is said when they mean nothing."""

from decimal import Decimal

import pytest

from stranas.publication.rules import Direction
from stranas.publication.tokens import Offer, Place, filled, find, problem, read, resolve, without

VALUES = {
    "achievement": Decimal("62.50"),
    "compliance": Decimal("100.00"),
    "punctuality": Decimal("75.00"),
    "first_pass": None,
    "expected": 1234,
    "received": 4,
    "on_time": 3,
    "verified": 4,
    "accepted": 2,
    "first_accepted": 2,
}


def offer(action: str, period: str, *, told: str = "Cukup", direction: Direction | None = None, **values) -> Offer:
    return Offer(
        action, f"Aksi {action}" if action else "", period, f"Triwulan ({period})", 1, VALUES | values, told, direction
    )


OFFERS = {
    ("9", "B12"): offer("9", "B12"),
    ("", "B12"): offer("", "B12", achievement=Decimal("70.00")),
    ("9", "B09"): offer("9", "B09", achievement=Decimal("50.00"), told="naik", direction=Direction.UP),
}
ABOUT = Place("9", "B12")


def printed(token: str) -> str:
    return filled(token, resolve([token], about=ABOUT, offers=OFFERS))


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("{{capaian}}", "62,50"),
        ("{{ Capaian }}", "62,50"),
        ("{{capaian:9}}", "62,50"),
        ("{{capaian:semua}}", "70,00"),
        ("{{capaian:SEMUA:b12}}", "70,00"),
        ("{{capaian:9:B09}}", "50,00"),
        ("{{capaian::B09}}", "50,00"),
        ("{{kepatuhan}}", "100,00"),
        ("{{ketepatan}}", "75,00"),
        ("{{lolos}}", "–"),
        ("{{wajib}}", "1.234"),
        ("{{diterima}}", "4"),
        ("{{tepat}}", "3"),
        ("{{terverifikasi}}", "2"),
        ("{{kelas}}", "Cukup"),
        ("{{kelas:9:B09}}", "naik"),
    ],
)
def test_a_token_prints_its_figure(token, words):
    assert printed(token) == words


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("{{nilai}}", "tidak dikenal"),
        ("{{}}", "tidak dikenal"),
        ("{{capaian:9:B12:x}}", "tidak dikenal"),
        ("{{capaian:9:B18}}", "belum ditetapkan"),
        ("{{capaian:3}}", "aksi yang tidak memuat"),
    ],
)
def test_a_token_that_means_nothing_says_the_repair(token, said):
    assert said in problem(read(token), ABOUT, OFFERS)
    assert printed(token) == token


def test_a_token_stands_once_among_the_figures():
    figures = resolve(["{{capaian}} {{capaian}}", "{{capaian}}"], about=ABOUT, offers=OFFERS)
    assert [(one.token, one.value, one.edition) for one in figures] == [("{{capaian}}", Decimal("62.50"), 1)]


def test_an_address_holds_no_figure():
    assert without("Capaian {{capaian}} persen").split() == ["Capaian", "persen"]


def test_offered_tokens_are_as_short_as_they_may_be():
    assert OFFERS["9", "B12"].tokens(about=ABOUT)[0] == ("{{capaian}}", "Capaian", "62,50")
    assert OFFERS["", "B12"].tokens(about=ABOUT)[0][0] == "{{capaian:semua}}"
    assert OFFERS["9", "B09"].tokens(about=ABOUT)[0][0] == "{{capaian:9:B09}}"


def test_every_offered_token_is_understood():
    for (action, period), one in OFFERS.items():
        for token, _, words in one.tokens(about=ABOUT):
            assert next(find(token)).place(ABOUT) == (action, period)
            assert printed(token) == words
