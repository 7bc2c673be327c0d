import pytest

from stranas.system.page import NAVIGATION, section

COORDINATOR = ["reporting.home", "reporting.quarter", "requests.board", "release.own_result", "compliance.report"]
OFFICIAL = ["reporting.home", "reporting.approvals", "requests.board", "release.own_result", "accounts.officials"]
VERIFIER = ["reporting.home", "verification.queue", "release.clarifications", "evidence.library"]
SECRETARIAT = ["reporting.home", "verification.assignments", "release.periods", "reporting.letters"]
ADMIN = ["accounts.officials", "accounts.people"]


@pytest.mark.parametrize(
    ("endpoint", "held", "marked"),
    [
        ("reporting.receipt", COORDINATOR, "reporting.quarter"),
        ("reporting.receipt", OFFICIAL, "reporting.approvals"),
        ("reporting.receipt", VERIFIER, "verification.queue"),
        ("reporting.letter", SECRETARIAT, "reporting.letters"),
        ("verification.thread", COORDINATOR, "reporting.quarter"),
        ("verification.reasons", SECRETARIAT, "verification.assignments"),
        ("release.ask", COORDINATOR, "release.own_result"),
        ("release.minutes", VERIFIER, "release.clarifications"),
        ("release.period", SECRETARIAT, "release.periods"),
        ("accounts.person", ADMIN, "accounts.people"),
        ("accounts.name_official", ADMIN, "accounts.officials"),
        ("security.change_password", COORDINATOR, ""),
    ],
)
def test_a_page_marks_the_entry_that_leads_to_it(endpoint, held, marked):
    assert section(endpoint, held) == marked


@pytest.mark.parametrize("endpoint", [place for _, place, _ in NAVIGATION])
def test_an_entry_marks_itself(endpoint):
    assert section(endpoint, [place for _, place, _ in NAVIGATION]) == endpoint
