"""What the check of reuse says: pure, from facts about the neighbours."""

import pytest

from stranas.evidence.checks import Claim, Finding, Neighbours, Reading, compare
from stranas.evidence.checks.finding import Earlier, Likeness, Use
from stranas.evidence.likeness import SHORTEST_NARRATIVE, Text, around, same_share
from stranas.evidence.rules import Severity
from stranas.evidence.sketch import METHOD, sketch_of

B15 = Use("Triwulan V (B15), kewajiban 1-a", "2020-01-01")
B18 = Use("Triwulan VI (B18), kewajiban 2-b", "2020-04-01")
NOW = Claim("rekap.csv", "data", period_from="2020-04-01")


def said(*own: Earlier, claim: Claim = NOW, **others) -> list[Finding]:
    return list(compare(Reading(), claim, Neighbours(own=own, **others)))


def earlier(likeness: Likeness, *uses: Use, share: int = 100, document: int = 12) -> Earlier:
    return Earlier(document, "b.csv", likeness, share, uses)


def test_the_same_bytes_in_another_quarter_name_the_use_and_the_document():
    (finding,) = said(earlier(Likeness.BYTES, B15))
    assert (finding.code, finding.severity) == ("reused", Severity.EXPLAIN)
    assert finding.message == "Berkas yang sama sudah dipakai pada Triwulan V (B15), kewajiban 1-a."
    assert finding.hint == {"document": 12}


def test_nearly_the_same_words_are_told_with_their_share():
    (finding,) = said(earlier(Likeness.NEAR, B15, share=90))
    assert (finding.code, finding.severity) == ("near_words", Severity.EXPLAIN)
    assert finding.message == (
        "Sekitar 90 persen tulisannya sama dengan dokumen yang dipakai pada Triwulan V (B15), kewajiban 1-a."
    )


def test_one_document_may_serve_many_obligations_of_a_quarter():
    (finding,) = said(earlier(Likeness.BYTES, B18))
    assert (finding.code, finding.severity) == ("in_library", Severity.INFO)
    assert "Satu dokumen boleh membuktikan beberapa kewajiban" in finding.repair


def test_without_a_known_quarter_each_use_counts():
    (finding,) = said(earlier(Likeness.BYTES, B18), claim=Claim("rekap.csv", "data"))
    assert finding.code == "reused"


@pytest.mark.parametrize(
    ("likeness", "code"),
    [(Likeness.BYTES, "in_library"), (Likeness.WORDS, "same_words"), (Likeness.NEAR, "near_words")],
)
def test_an_unused_document_of_the_own_library_is_only_told(likeness, code):
    (finding,) = said(earlier(likeness, share=85))
    assert (finding.code, finding.severity) == (code, Severity.INFO)


def test_what_served_another_quarter_comes_before_what_is_closer():
    (finding,) = said(earlier(Likeness.BYTES), earlier(Likeness.WORDS, B15, document=7))
    assert (finding.code, finding.hint) == ("same_words", {"document": 7})


@pytest.mark.parametrize("likeness", list(Likeness))
def test_a_decree_in_force_may_serve_again(likeness):
    (finding,) = said(earlier(likeness, B15, share=90), claim=Claim("sk.pdf", "keputusan", period_from="2020-04-01"))
    assert finding.severity is Severity.INFO
    assert "selama dokumen ini masih berlaku" in finding.repair


@pytest.mark.parametrize(
    ("likeness", "code"),
    [
        (Likeness.BYTES, "same_elsewhere"),
        (Likeness.WORDS, "same_words_elsewhere"),
        (Likeness.NEAR, "near_words_elsewhere"),
    ],
)
def test_what_another_agency_has_is_said_without_its_name_and_its_words(likeness, code):
    (finding,) = said(elsewhere=likeness, agencies=1)
    assert (finding.code, finding.severity, finding.hint) == (code, Severity.EXPLAIN, {})
    assert "instansi lain" in finding.message
    assert "persen" not in finding.message


def test_what_three_agencies_hold_is_said_once_and_weighs_nothing():
    findings = said(earlier(Likeness.BYTES, B15), elsewhere=Likeness.BYTES, agencies=2)
    assert [(finding.code, finding.severity) for finding in findings] == [("commonly_used", Severity.INFO)]


def test_other_figures_make_another_text():
    frame = "Jumlah izin {} berkas, selesai {} berkas, ditolak {} berkas, dan ditunda {} berkas pada bulan {} ini. "
    old, new = (Text("".join(frame.format(*range(at, at + 5)) for at in range(start, 900, 50))) for start in (100, 133))
    assert new.is_enough
    assert same_share(new, old) is None
    assert same_share(new, Text(new.plain.replace(",", " , "))) == 1


@pytest.mark.parametrize(("words", "told"), [(24, False), (25, True)])
def test_a_short_narrative_is_never_compared(words, told):
    narrative = Text(" ".join(f"kata{at}" for at in range(words)), SHORTEST_NARRATIVE)
    assert (same_share(narrative, narrative) is not None) is told
    assert (sketch_of(narrative) is not None) is told


def test_shares_are_told_in_steps_of_five_and_never_rounded_up():
    assert [around(share) for share in (0.8, 0.849, 0.85, 0.999)] == [80, 80, 85, 95]


def test_a_print_is_the_same_on_every_machine():
    """What is stored must still fit what is made tomorrow: another method needs another name (sketch.METHOD)."""
    sketch = sketch_of(Text(" ".join(f"kata{number}" for number in range(300))))
    assert (METHOD, sketch.size) == ("rensa-2-5-128-1-2", 296)
    assert sketch.slots[:12].hex() == "3919c50b66b4a42499af7e3c"
    assert list(sketch.bands("file"))[:2] == [6245324917074269327, 5656539882831602560]
