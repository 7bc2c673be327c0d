from decimal import Decimal

import pytest

from stranas.reporting.rules import EventKind, SubmissionKind
from stranas.verification.rules import Incomplete, Part, counterparts, judge, subjects

CODES = {"K01", "W03", "N01"}
SCORES = (0, 25, 50, 75, 100)
GOOD = [Part(1, True), Part(2, True)]
ONE_RETURNED = [Part(1, True), Part(2, False, "W03")]


def judged(parts, *, score=None, rejected=False, note="", kind=SubmissionKind.ACHIEVEMENT, expected=(1, 2)):
    return judge(
        kind=kind,
        expected=expected,
        parts=parts,
        score=None if score is None else Decimal(score),
        rejected=rejected,
        note=note,
        codes=CODES,
        scores=SCORES,
    )


def problems(parts, **said):
    with pytest.raises(Incomplete) as caught:
        judged(parts, **said)
    return [(problem.field, problem.requirement_id) for problem in caught.value.problems]


def test_all_fulfilled_with_a_score_is_verified():
    judgement = judged(GOOD, score=75)
    assert (judgement.outcome, judgement.score) == (EventKind.VERIFIED, 75)


def test_a_score_of_nought_is_a_score():
    assert judged(GOOD, score=0).outcome is EventKind.VERIFIED


def test_one_returned_requirement_returns_the_whole():
    judgement = judged(ONE_RETURNED)
    assert (judgement.outcome, judgement.score) == (EventKind.RETURNED, None)


def test_no_score_while_a_requirement_is_returned():
    assert problems(ONE_RETURNED, score=100) == [("score", None)]


def test_a_return_needs_a_coded_reason():
    assert problems([Part(1, True), Part(2, False)]) == [("reason", 2)]
    assert problems([Part(1, True), Part(2, False, "X99")]) == [("reason", 2)]


def test_every_requirement_needs_a_decision():
    assert problems([Part(1, True)], score=50) == [("part", 2)]
    assert problems([Part(1, None), Part(2, True)]) == [("part", 1)]


def test_all_fulfilled_needs_a_score_of_the_programme():
    assert problems(GOOD) == [("score", None)]
    assert problems(GOOD, score=60) == [("score", None)]


def test_a_requirement_of_another_target_is_refused():
    assert problems([*GOOD, Part(9, True)], score=50) == [("part", None)]


def test_rejecting_needs_a_note_and_gives_nought():
    assert problems([], rejected=True, note="  ") == [("note", None)]
    judgement = judged([], rejected=True, note="Kegiatan tidak dilaksanakan.")
    assert (judgement.outcome, judgement.score) == (EventKind.REJECTED, 0)


def test_rejecting_and_returning_exclude_each_other():
    assert problems(ONE_RETURNED, rejected=True, note="Tidak ada.") == [("part", None)]


@pytest.mark.parametrize("kind", [SubmissionKind.NIL, SubmissionKind.NOT_COMPETENT, SubmissionKind.WAITING])
def test_the_kinds_beside_the_main_line_get_consent_without_a_score(kind):
    assert subjects(kind, [1, 2]) == (None,)
    consent = judged([Part(None, True)], kind=kind, expected=(None,))
    assert (consent.outcome, consent.score) == (EventKind.VERIFIED, None)
    returned = judged([Part(None, False, "N01")], kind=kind, expected=(None,))
    assert returned.outcome is EventKind.RETURNED
    assert problems([Part(None, True)], kind=kind, expected=(None,), score=100) == [("score", None)]
    assert problems([], kind=kind, expected=(None,), rejected=True, note="Tidak.") == [("part", None)]


def test_a_target_without_requirements_is_decided_as_a_whole():
    assert subjects(SubmissionKind.ACHIEVEMENT, []) == (None,)


@pytest.mark.parametrize(
    ("title", "found"),
    [("2. Notulen: rapat tim", (3,)), ("1. Notulen: rapat lain", (3, 4)), ("1. Foto: papan", (1, 3, 4))],
)
def test_the_requirement_of_the_quarter_before_is_found_by_words_then_kind(title, found):
    earlier = {1: "1. Laporan: capaian", 3: "3. Notulen: rapat tim", 4: "4. Notulen: rapat pleno"}
    assert counterparts(title, earlier) == found
    assert counterparts(title, {}) == ()
