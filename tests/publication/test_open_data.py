"""Open data: CSV and JSON say the same, the catalogue is RDF that says what it must."""

import csv
import hashlib
import io
import json
from decimal import Decimal

import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, RDF

from stranas.agencies.models import Provenance
from stranas.catalogue.models import Item
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
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
PREFIXES = rdflib.Graph().namespace_manager
PREFIXES.bind("dct", DCTERMS)
# What DCAT-AP 3 demands or, of what we have, recommends.
MANDATORY = {
    DCAT.Catalog: "dct:title dct:description dct:publisher dct:license dct:language foaf:homepage dcat:dataset",
    DCAT.Dataset: "dct:title dct:description dct:publisher dct:identifier dct:spatial dcat:distribution",
    DCAT.Distribution: "dcat:accessURL dcat:downloadURL dcat:mediaType dct:format dct:license dct:title",
    DCTERMS.PeriodOfTime: "dcat:startDate dcat:endDate",
}
NAMES = """
    program triwulan mulai selesai lingkup kode nama tingkat kode_provinsi provinsi aksi nama_aksi tanda_nama_aksi
    jumlah_instansi kewajiban diterima tepat_waktu diverifikasi terverifikasi lolos_pertama
    kepatuhan_persen ketepatan_waktu_persen capaian_persen lolos_pertama_persen
    kepatuhan_gabungan_persen ketepatan_waktu_gabungan_persen capaian_gabungan_persen lolos_pertama_gabungan_persen
    kelas peringkat pertama_dikirim terakhir_dikirim edisi keadaan_angka ditetapkan sidik_sha256
"""


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


def test_the_file_is_a_csv_by_the_book(client, period):
    """RFC 4180: every line ends in CR LF, every row has as many fields; UTF-8 without a mark in front."""
    answer = client.get("/data/angka.csv")
    assert answer.content_type == "text/csv; charset=utf-8; header=present"
    assert not answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.data.endswith(b"\r\n")
    lines = answer.data.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert {len(row) for row in csv.reader(io.StringIO(answer.data.decode("utf-8"), newline=""))} == {
        len(NAMES.split())
    }


def test_columns_keep_their_names_and_places(client, period):
    """Programs of others read them by these names."""
    assert client.get("/data/angka.csv").text.split("\r\n")[0].split(",") == NAMES.split()


def test_a_name_that_nobody_attested_is_marked_in_the_file(client, period):
    item = db.session.scalars(db.select(Item).where(Item.depth == 1)).first()
    item.provenance = Provenance.RECALLED
    db.session.commit()
    rows = rows_of(client.get("/data/angka.csv"))
    marks = {row["aksi"]: row["tanda_nama_aksi"] for row in rows}
    assert marks[item.key] == Provenance.RECALLED.mark
    assert set(marks.values()) == {"", Provenance.RECALLED.mark}
    assert client.get("/data/angka.json").json["angka"][-1].keys() == rows[-1].keys()


def test_an_empty_filter_does_not_narrow(client, period):
    assert client.get("/data/angka.csv?triwulan=&lingkup=").data == client.get("/data/angka.csv").data


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
    for kind, properties in MANDATORY.items():
        things = list(graph.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            missing = [name for name in properties.split() if (thing, PREFIXES.expand_curie(name), None) not in graph]
            assert missing == [], thing
    (whole,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert set(graph.objects(whole, DCAT.dataset)) == set(graph.subjects(RDF.type, DCAT.Dataset))
    for agent in graph.objects(whole, DCTERMS.publisher):
        assert graph.value(agent, FOAF.name)
    identifiers = [
        str(name) for one in graph.subjects(RDF.type, DCAT.Dataset) for name in graph.objects(one, DCTERMS.identifier)
    ]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_every_file_of_the_catalogue_is_what_it_says(client, period):
    graph = rdflib.Graph().parse(data=client.get("/data/katalog.jsonld").text, format="json-ld")
    found = set()
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(one, DCAT.downloadURL)).removeprefix("http://127.0.0.1:5000")
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert str(graph.value(one, DCAT.mediaType)).endswith(f"/{answer.mimetype}"), address
        size, checksum = graph.value(one, DCAT.byteSize), graph.value(one, SPDX.checksum)
        if size is not None:
            assert int(size) == len(answer.data)
            assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(answer.data).hexdigest()
        found.add(address)
    assert {"/data/angka.csv", "/data/angka.json", f"/data/angka.csv?triwulan={period.key}"} <= found


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_figures_say_of_which_days_and_which_country(client, period):
    graph = rdflib.Graph().parse(data=client.get("/data/katalog.jsonld").text, format="json-ld")
    (one,) = graph.subjects(DCAT.inSeries)
    days = graph.value(one, DCTERMS.temporal)
    assert graph.value(days, DCAT.startDate).toPython() == period.starts_on
    assert graph.value(days, DCAT.endDate).toPython() == period.ends_on
    assert (graph.value(one, DCAT.inSeries), RDF.type, DCAT.DatasetSeries) in graph
    assert str(graph.value(one, DCTERMS.spatial)).endswith("/country/IDN")


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
