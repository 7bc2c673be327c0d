"""What a finding weighs: its check's word, the programme's setting, and softly before its quarter."""

import pytest

from stranas.evidence import weighing
from stranas.evidence.checks import WORDS
from stranas.evidence.checks.codes import CODES
from stranas.evidence.checks.finding import Finding
from stranas.evidence.rules import Severity
from stranas.evidence.weighing import Weight, weighed

ORDER = ("B15", "B18", "B21")


def finding(code: str, severity: Severity) -> Finding:
    return Finding(code, severity, "Ada sesuatu.", "Perbaiki.")


def weight(code, severity, own=None, period="B18") -> Severity:
    (one,) = weighed([finding(code, severity)], own=own or {}, period=period, order=ORDER)
    return one.severity


def test_without_a_setting_a_finding_weighs_what_its_check_says():
    assert weight("wrong_type", Severity.MUST_FIX) is Severity.MUST_FIX


def test_a_programme_sets_another_weight():
    own = {"wrong_type": Weight(severity=Severity.INFO)}
    assert weight("wrong_type", Severity.MUST_FIX, own) is Severity.INFO


@pytest.mark.parametrize(("period", "expected"), [("B15", "explain"), ("B18", "explain"), ("B21", "must_fix")])
def test_before_its_quarter_a_finding_only_asks_for_an_explanation(period, expected):
    own = {"wrong_type": Weight(since="B21")}
    assert weight("wrong_type", Severity.MUST_FIX, own, period) is Severity(expected)


def test_where_the_quarter_is_not_known_nothing_is_softened():
    own = {"wrong_type": Weight(since="B21")}
    assert weight("wrong_type", Severity.MUST_FIX, own, "") is Severity.MUST_FIX


def test_what_cannot_serve_or_endangers_a_reader_is_no_setting():
    own = {"macro_runs_itself": Weight(severity=Severity.INFO), "locked": Weight(since="B21")}
    assert weight("macro_runs_itself", Severity.MUST_FIX, own) is Severity.MUST_FIX
    assert weight("locked", Severity.REFUSED, own) is Severity.REFUSED
    with pytest.raises(ValueError, match="no weight can be set for locked, unheard"):
        weighing.weights({"locked": {"severity": "info"}, "unheard": {}})


def test_the_heaviest_stand_first():
    found = [finding("other_ending", Severity.INFO), finding("wrong_type", Severity.MUST_FIX)]
    assert [one.code for one in weighed(found, own={}, period="", order=())] == ["wrong_type", "other_ending"]


def test_every_code_names_a_check_that_has_words():
    assert {code.check for code in CODES.values()} <= set(WORDS)
    assert [code.key for code in CODES.values() if code.severity is Severity.REFUSED and not code.is_fixed] == []
