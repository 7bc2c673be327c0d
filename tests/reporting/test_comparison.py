"""Two texts side by side: what differs is marked, and nothing is lost."""

import pytest

from stranas.reporting import comparison
from stranas.reporting.comparison import compared, sorted_out

PAIRS = [
    ("", ""),
    ("satu dua tiga", "satu dua tiga"),
    ("satu dua tiga", "satu empat tiga"),
    ("satu", ""),
    ("", "baru sekali"),
    ("129 dari 200 permohonan\nselesai.", "150 dari 200 permohonan\n\nselesai."),
    ("a " * 3000, "a " * 2999 + "b"),
    ("x y " * 2000 + "z", "y x " * 2000),
]


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_both_sides_joined_are_the_texts_themselves(left, right):
    both = compared("Uraian", left, right)
    assert "".join(piece.words for piece in both.left) == left
    assert "".join(piece.words for piece in both.right) == right
    assert both.is_same == (left == right)


def test_only_the_words_that_differ_are_marked():
    both = compared("Uraian", "selesai 129 dari 200 izin", "selesai 150 dari 200 izin")
    assert [piece.words.strip() for piece in both.left if piece.only_here] == ["129"]
    assert [piece.words.strip() for piece in both.right if piece.only_here] == ["150"]


def test_a_text_too_long_to_compare_is_marked_as_a_whole(monkeypatch):
    monkeypatch.setattr(comparison, "MOST", 3)
    both = compared("Uraian", "a b c d e", "a x y z e")
    assert [(piece.words, piece.only_here) for piece in both.left] == [("a ", False), ("b c d ", True), ("e", False)]


def test_files_are_only_left_only_right_or_on_both_sides():
    assert sorted_out({1: "a", 2: "b"}, {2: "b", 3: "c"}) == (["a"], ["c"], ["b"])
