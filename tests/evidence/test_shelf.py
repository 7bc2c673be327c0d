"""A sample of the shelf: every shape of file is judged as its label says, and every check has enough to be measured on.

The whole shelf is measured by `python -m tests.evidence.shelf`.
"""

import subprocess
import sys

import pytest
from PIL import ImageFile

import config
from stranas.evidence import runner
from stranas.evidence.checks.finding import Claim
from stranas.evidence.rules import Severity
from tests.evidence.shelf import again, measure, nasty, swelling


@pytest.mark.parametrize("section", measure.SECTIONS, ids=lambda section: section.__name__.rsplit(".", 1)[-1])
def test_files_are_judged_as_their_labels_say(section):
    wrong = [
        (row.case.label, row.case.name, sorted(row.case.expects), sorted(row.found))
        for row in measure.judged(measure.sample(section.cases(), every=9))
        if not row.is_right
    ]
    assert wrong == []


def test_half_a_picture_is_found_also_where_weasyprint_shares_the_process(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    halves = [case for case in nasty.cases() if case.label == "half a photo"]
    assert halves
    assert [row.case.name for row in measure.judged(halves) if not row.is_right] == []


def test_every_check_has_a_place_on_the_shelf():
    assert measure.undocumented() == set()
    cases = [*measure.all_cases(), *again.pairs()]
    for name, (codes, _types) in measure.CHECKS.items():
        assert sum(bool(case.expects & set(codes)) for case in cases) >= 20, name
    assert sum(not case.expects for case in cases) >= 300


def test_pairs_of_papers_are_judged_as_their_labels_say():
    rows = list(measure.judged_pairs(again.pairs()))
    score = measure.scores(rows)["reuse"]
    assert (score.positives, score.negatives) >= (120, 100)
    assert [(row.case.label, row.case.name, sorted(row.found)) for row in rows if not row.is_right] == []


SWELLING = [
    ("bom.zip", lambda: swelling.swollen(400), "archive_bomb"),
    ("tumpuk.zip", swelling.overlapping, "archive_bomb"),
    ("lapis.zip", lambda: swelling.nested(9), "nested_archive"),
    ("rekap.xlsx", lambda: next(swelling.cases()).build(), "xml_entities"),
    ("halaman.pdf", lambda: swelling.endless(40_000), "too_many_pages"),
    ("foto.png", lambda: swelling.giant(10_000, 10_000), "too_many_pixels"),
]


@pytest.mark.parametrize(("name", "build", "code"), SWELLING, ids=[code + name for name, _, code in SWELLING])
def test_what_swells_is_refused_within_bounded_memory(tmp_path, name, build, code):
    """How fast is measured in bench/evidence_checks.py."""
    path = tmp_path / "stored"
    path.write_bytes(build())
    outcome = runner.check(path, Claim(name), bounds=runner.Bounds(memory_mb=512))
    (finding,) = outcome.findings
    assert (finding.code, finding.severity) == (code, Severity.REFUSED)


def test_bent_files_end_no_process_and_pass_no_bound():
    """A small sample; `python -m tests.evidence.shelf.fuzz` bends ten thousand."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.evidence.shelf.fuzz"]
    options = ["--files", "120", "--seconds", "30", "--every", "9"]
    out = subprocess.run([*command, *options], capture_output=True, text=True, cwd=config.ROOT, check=False)
    assert out.returncode == 0, out.stdout + out.stderr
    assert "died: 0 []; hung: 0 []" in out.stdout
