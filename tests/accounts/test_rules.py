"""Signature blocks as officials expect them, and the days on which a capacity holds."""

from datetime import date

import pytest

from stranas.accounts.rules import Signatory, Span, chain_of, heading_words, signature_block

BLOCKS = {
    "the holder": (
        Signatory(1, "Sri Lestari", "Inspektur", rank="Pembina Utama Muda", employee_number="19680214 199403 2 005"),
        """
Inspektur,



Sri Lestari
Pembina Utama Muda
NIP 19680214 199403 2 005""",
    ),
    "acting": (
        Signatory(1, "Sri Lestari", "Inspektur", prefix="Plt."),
        """
Plt. Inspektur,



Sri Lestari""",
    ),
    "on behalf of the head": (
        Signatory(1, "Hary Agung", "Sekretaris Daerah", prefix="Plh.", chain=("BUPATI TEMANGGUNG",), rank="Pembina"),
        """
a.n. BUPATI TEMANGGUNG
Plh. Sekretaris Daerah,



Hary Agung
Pembina""",
    ),
    "on behalf of the head, for the secretary": (
        Signatory(
            1,
            "Sri Lestari",
            "Inspektur",
            chain=("BUPATI TEMANGGUNG", "Sekretaris Daerah"),
            rank="Pembina Utama Muda",
            employee_number="19680214 199403 2 005",
        ),
        """
a.n. BUPATI TEMANGGUNG
Sekretaris Daerah
u.b.
Inspektur,



Sri Lestari
Pembina Utama Muda
NIP 19680214 199403 2 005""",
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_prints_as_officials_expect(name):
    signatory, expected = BLOCKS[name]
    assert "\n".join(signature_block(signatory)) == expected.removeprefix("\n")


def test_both_days_of_a_span_are_included():
    span = Span(date(2020, 7, 10), date(2020, 7, 13))
    assert [span.covers(date(2020, 7, day)) for day in (9, 10, 13, 14)] == [False, True, True, False]
    assert Span(date(2020, 7, 10)).covers(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Span(date(2020, 7, 13), date(2020, 7, 20)), True),
        (Span(date(2020, 7, 14), None), False),
        (Span(date(2020, 7, 1), date(2020, 7, 9)), False),
        (Span(date(2020, 7, 1), None), True),
    ],
)
def test_spans_overlap_when_they_share_a_day(other, overlaps):
    span = Span(date(2020, 7, 10), date(2020, 7, 13))
    assert span.overlaps(other) is overlaps
    assert other.overlaps(span) is overlaps


def test_a_typed_chain_loses_its_own_words_and_empty_lines():
    assert chain_of(["a.n. BUPATI TEMANGGUNG", " ", "Sekretaris Daerah "]) == ("BUPATI TEMANGGUNG", "Sekretaris Daerah")


def test_a_heading_fits_on_one_line():
    blocks = [heading_words(signature_block(signatory)) for signatory, _ in BLOCKS.values()]
    assert blocks == [
        "Inspektur",
        "Plt. Inspektur",
        "a.n. BUPATI TEMANGGUNG, Plh. Sekretaris Daerah",
        "a.n. BUPATI TEMANGGUNG, Sekretaris Daerah, u.b. Inspektur",
    ]
