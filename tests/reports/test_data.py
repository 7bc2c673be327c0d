"""JSON and CSV: the figures as numbers, nothing that a spreadsheet would run."""

import csv
import io
import json

from reports.data import as_csv, as_json
from tests.reports.documents import NASTY, make_document


def test_json_carries_what_it_is_and_numbers_as_numbers():
    content = json.loads(as_json(make_document()))
    assert content["cutoff"] == "2020-07-13T01:58:00+00:00"
    assert (content["period"], content["provisional"], content["practice"]) == ("B15", True, True)
    agency = content["agencies"][0]
    assert (agency["expected"], agency["compliance"], agency["first_pass"]) == (4, 75.0, None)
    assert content["details"][0]["first_submitted_at"] is None


def test_csv_defuses_text_that_a_spreadsheet_would_run():
    rows = list(csv.DictReader(io.StringIO(as_csv(make_document()).decode("utf-8-sig"))))
    assert [row["agency"] for row in rows[:4]] == [f"'{name}" for name in NASTY[:4]]
    assert (rows[0]["achievement"], rows[0]["first_pass"]) == ("1234.56", "")
