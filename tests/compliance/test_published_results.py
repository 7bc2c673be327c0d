"""Figures that the national team published in 2019–2021, computed again. What they show: docs/published-results.md."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

import pytest

from stranas.compliance.document import document
from stranas.compliance.queries import snapshot
from stranas.compliance.rules import PERCENT, Event, Figures, Owed, figures, result, rounded
from stranas.reporting.models import Submission, SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories

FILED_AT = datetime(2020, 10, 5, 2, tzinfo=UTC)
DUE = datetime(2020, 10, 14, 17, tzinfo=UTC)
NOW = datetime(2020, 12, 16, 2, tzinfo=UTC)
MOST_OWED = 10  # what the largest agency of the seed owes in a period

# What was published; whether weights are renormalised; "weight: the scores of its obligations".
EQUAL = {
    "75.00": "1: 75",  # Bali, B18
    "62.50": "1: 75 50",  # Nusa Tenggara Timur, B18
    "66.67": "1: 75 75 50",  # DKI Jakarta, B18
    "71.88": "1: 100 100 100 75 50 50 50 50",  # Jawa Barat, Kepulauan Riau, B18
}
PARTS_OF_A_HUNDRED = {
    "83.35": "16.67: 100 100 100 100 100 0",  # Banggai, Hulu Sungai Selatan, Pringsewu, B21
    "70.85": "16.67: 100 100 100 100 25 0",  # Kemenko Polhukam, B18
    "82.31": "16.67: 100 100 100 100 0 | 4.1675: 100 100 100 75",  # Karawang, B21
    "81.26": "16.67: 100 100 100 100 0 | 8.33: 100 75",  # Bontang, Kuningan, Mukomuko, B21
    "80.85": "16.67: 100 100 100 100 0 | 3.334: 100 100 75 75 75",  # Singkawang, B21
    "80.22": "16.67: 100 100 100 100 0 | 4.1675: 100 75 75 75",  # Konawe Selatan, B21
    "83.95": "14.29: 100 100 100 100 100 0 | 7.145: 100 75",  # BIG, B18
    "93.74": "33.33: 100 100 | 8.3325: 100 75 75 75",  # BPJS Kesehatan, B18
}
WITHIN_ACTIONS = {"73.44": "4: 100 50 50 | 1: 100 100 100 75"}  # Kementerian PUPR, B18
TOLD_WHOLE = {  # Semester I 2019, told without decimals
    "0": "1: 0",
    "33": "1: 100 0 0",
    "42": "1: 50 50 25",
    "48": "1: 100 100 100 100 75 0 0 0 0 0",
    "49": "5: 100 0 0 | 1: 100 100 100 100 75",
    "50": "1: 50",
    "100": "1: 100",
}
NOT_EXPLAINED = "64.07"  # Sulawesi Tenggara, B21


@pytest.mark.parametrize(("published", "owed"), (EQUAL | WITHIN_ACTIONS).items())
def test_a_published_figure_is_a_mean_of_steps_of_25(published, owed):
    assert rounded(judged(owed, whole=None).achievement) == Decimal(published)


@pytest.mark.parametrize(("published", "owed"), PARTS_OF_A_HUNDRED.items())
def test_a_published_figure_has_weights_that_are_not_renormalised(published, owed):
    assert rounded(judged(owed, whole=PERCENT).achievement) == Decimal(published)
    assert rounded(judged(owed, whole=None).achievement) != Decimal(published)


@pytest.mark.parametrize(("published", "owed"), TOLD_WHOLE.items())
def test_a_whole_published_figure_is_a_mean_told_without_decimals(published, owed):
    exact = rounded(judged(owed, whole=None).achievement)
    assert exact.quantize(Decimal(1), ROUND_HALF_UP) == Decimal(published)


def test_sixteen_equal_targets_also_give_the_figure_of_a_ministry():
    scores = " ".join(["100"] * 4 + ["75"] * 8 + ["50"] * 3 + ["25"])
    assert rounded(judged(f"1: {scores}", whole=None).achievement) == Decimal("73.44")


def judged(owed: str, *, whole: Fraction | None) -> Figures:
    """The real arithmetic over obligations in words."""
    return figures((result(obligation, cutoff=NOW) for obligation in obligations(owed)), whole=whole)


def obligations(owed: str) -> Iterator[Owed]:
    for part in owed.split(" | "):
        weight, scores = part.split(": ")
        for score in scores.split():
            yield _scored(Decimal(weight), Decimal(score))


def _scored(weight: Decimal, score: Decimal) -> Owed:
    events = (
        Event(1, EventKind.FILED, FILED_AT, FILED_AT),
        Event(2, EventKind.VERIFIED, DUE, DUE, score=score),
    )
    return Owed(weight=weight, due_at=DUE, in_force_from=factories.JAN_2019, events=events)


# The search behind the table: every figure that equal actions can give, one of which may have up to five targets.


@cache
def simplest() -> dict[Decimal, tuple[str, int]]:
    """Each figure that MOST_OWED obligations can give: the first form that gives it, with the fewest obligations."""
    found: dict[Decimal, tuple[str, int]] = {}
    for form in ("equal", "parts", "within", "parts within", "parts within, rounded"):
        for count, value in sorted(values(form)):
            found.setdefault(rounded(value), (form, count))
    return found


def values(form: str) -> Iterator[tuple[int, Fraction]]:
    """(number of obligations, figure). `quarters` count the full scores of all actions but the last."""
    is_split = "within" in form
    for actions in range(1, MOST_OWED + 1):
        for targets in range(2 if is_split else 1, 6 if is_split else 2):
            count = actions - 1 + targets
            weight, part = weights(form, actions, targets)
            if count <= MOST_OWED:
                for quarters in range(4 * (actions - 1) + 1):
                    for more in range(4 * targets + 1):
                        yield count, (weight * quarters + part * more) / 4


def weights(form: str, actions: int, targets: int) -> tuple[Fraction, Fraction]:
    """In percent: of an action with one target, and of each target of the last action."""
    if not form.startswith("parts"):
        return Fraction(100, actions), Fraction(100, actions * targets)
    weight = rounded(Fraction(100, actions))
    if form.endswith("rounded"):
        return Fraction(weight), Fraction(rounded(Fraction(100, actions * targets)))
    return Fraction(weight), Fraction((weight / targets).quantize(Decimal("0.0001"), ROUND_HALF_UP))


@pytest.mark.parametrize(("published", "owed"), (EQUAL | PARTS_OF_A_HUNDRED | WITHIN_ACTIONS).items())
def test_no_simpler_reading_gives_the_same_figure(published, owed):
    form, count = simplest()[Decimal(published)]
    assert len(list(obligations(owed))) == count
    assert form.startswith("parts") is (published in PARTS_OF_A_HUNDRED)
    assert ("within" in form) is ("|" in owed)


def test_one_published_figure_stays_unexplained():
    assert Decimal(NOT_EXPLAINED) not in simplest()


def test_the_forms_reach_few_figures_so_that_reaching_the_published_ones_means_something():
    assert len(simplest()) / 10001 < 0.125


@pytest.mark.parametrize(("settings", "expected"), [({}, "83.33"), ({"weights_renormalised": False}, "83.35")])
def test_a_programme_says_whether_weights_are_renormalised(app, settings, expected):
    with clock.at(NOW):
        programme = factories.make_programme(**settings)
        period = factories.make_period(programme, key="B21", due_at=DUE)
        agency = factories.make_agency(code="72.01", name="Kabupaten Banggai")
        for number, score in enumerate([100, 100, 100, 100, 100, 0]):
            _verified(agency, programme, period, key=f"{number}-a", score=score)
        seen = snapshot(programme_key=programme.key, period_key="B21", agency_code="72.01")
        paper = document(seen, ranked=False)
    assert rounded(seen.agencies[0].figures.achievement) == Decimal(expected)
    words = dict(paper.definitions.rows)["Capaian"]
    assert ("tidak dinormalkan ulang" in words) is bool(settings)
    assert ("nilai / 100" in paper.agencies.note) is bool(settings)


def _verified(agency, programme, period, *, key: str, score: int) -> None:
    target = factories.make_target(factories.make_item(programme, key=key), period, weight=Decimal("16.67"))
    obligation = factories.make_obligation(agency, target)
    submission = Submission(obligation_id=obligation.id, status=Status.VERIFIED, kind=SubmissionKind.ACHIEVEMENT)
    db.session.add(submission)
    db.session.flush()
    for sequence, (kind, status, given) in enumerate(
        [(EventKind.FILED, Status.SENT, None), (EventKind.VERIFIED, Status.VERIFIED, Decimal(score))], 1
    ):
        db.session.add(
            SubmissionEvent(
                submission_id=submission.id,
                sequence=sequence,
                kind=kind,
                status=status,
                received_at=FILED_AT,
                recorded_at=FILED_AT,
                score=given,
                details={},
            )
        )
    db.session.flush()
