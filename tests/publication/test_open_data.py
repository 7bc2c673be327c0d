"""Open data: CSV and JSON say the same, the catalogue is RDF that says what it must."""

import csv
import io
import json
from decimal import Decimal

import pytest
import rdflib

from stranas.compliance.formats import Format
from stranas.publication import open_data
from stranas.publication.models import PublishedFigure
from stranas.publication.queries import open_data as queries
from stranas.system.db import db
from tests.compliance.released import write_quickly
from tests.pages import faults
from tests.publication.public import publish

PAGES = ("/data", "/data/perubahan", "/capaian/angka-terdahulu")
FILES = ("angka.csv", "angka.json", "kamus.csv", "rujukan.csv", "perubahan.json", "katalog.jsonld")
DCAT = "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> "


@pytest.fixture
def period(app, monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    return publish()


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_csv_and_json_agree_value_by_value(client, period, monkeypatch):
    monkeypatch.setattr(queries, "PIECE", 7)
    told, said = rows_of(client.get("/data/angka.csv")), client.get("/data/angka.json").json["angka"]
    assert len(told) == len(said) == db.session.scalar(db.select(db.func.count(PublishedFigure.id)))
    for left, right in zip(told, said, strict=True):
        assert list(left) == list(right)
        for name, value in right.items():
            assert _same(left[name], value), (name, left[name], value)


def _same(text: str, value) -> bool:
    if value is None:
        return text == ""
    return Decimal(text) == Decimal(str(value)) if isinstance(value, int | float) else text == value


def test_filters_narrow_and_unknown_ones_are_refused_with_the_choices(client, period):
    found = rows_of(client.get(f"/data/angka.csv?triwulan={period.key}&lingkup=provinsi"))
    assert {(row["triwulan"], row["lingkup"]) for row in found} == {(period.key, "provinsi")}
    refused = client.get("/data/angka.csv?lingkup=desa")
    assert refused.status_code == 422
    assert "instansi" in refused.text


def test_the_dictionary_names_every_column_of_the_file(client, period):
    header = client.get("/data/angka.csv").text.splitlines()[0].split(",")
    assert [row["nama"] for row in rows_of(client.get("/data/kamus.csv"))] == header
    assert all(row["arti"] for row in open_data.dictionary())


def test_a_text_that_a_spreadsheet_would_run_is_kept_from_running():
    assert open_data.lines([{"nama": "=1+1"}]) == "'=1+1\r\n"
    assert open_data.lines([{"a": 62.5, "b": None}]) == "62.50,\r\n"


@pytest.mark.parametrize("name", FILES)
def test_files_are_for_programs_of_every_site(client, period, name):
    answer = client.get(f"/data/{name}")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    again = client.get(f"/data/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use of it
def test_the_catalogue_says_what_must_be_there(client, period):
    graph = rdflib.Graph().parse(data=client.get("/data/katalog.jsonld").text, format="json-ld")
    wanted = """SELECT ?set ?url ?type WHERE {
        ?c a dcat:Catalog ; dct:publisher ?p ; dct:license ?l ; dcat:dataset ?set .
        ?set dct:title ?t ; dct:publisher ?p ; dct:license ?l ; dct:spatial ?s ; dcat:distribution ?d .
        ?d dcat:downloadURL ?url ; dcat:accessURL ?a ; dcat:mediaType ?type }"""
    found = list(graph.query(DCAT + wanted))
    addresses = {str(row.url).removeprefix("http://127.0.0.1:5000") for row in found}
    assert {"/data/angka.csv", "/data/angka.json", f"/data/angka.csv?triwulan={period.key}"} <= addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address
    narrower = "ASK { ?one dcat:inSeries ?all ; dct:temporal [ dcat:startDate ?d ] . ?all a dcat:DatasetSeries }"
    assert graph.query(DCAT + narrower).askAnswer


def test_the_change_log_names_the_edition_with_its_checksum(client, period):
    (change,) = client.get("/data/perubahan.json").json["perubahan"]
    assert (change["triwulan"], change["edisi"], change["berlaku"]) == (period.key, 1, True)
    assert change["sidik_sha256"] in client.get("/data/perubahan").text


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_in_order(client, period, path):
    assert faults(client.get(path).text) == []


@pytest.mark.parametrize("path", [*PAGES, "/data/angka.csv", "/data/katalog.jsonld"])
def test_before_the_first_release_they_answer(client, path):
    assert client.get(path).status_code == 200


def test_search_engines_read_a_dataset(client, period):
    page = client.get("/data").text
    about = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert about["@type"] == "Dataset"
    assert about["license"].startswith("https://")
