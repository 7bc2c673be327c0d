"""A signed paper goes through the product untouched, and the checks say what happened to it before."""

import io
from datetime import UTC, datetime

import pytest

import config
from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.evidence import runner
from stranas.evidence.checks.finding import Claim
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.rules import Severity
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.evidence.shelf import paper, seal

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture
def upload(app, client, sign_in, tmp_path):
    """`upload(content)`: Budi sends a decree; back come the document and its findings. The test root is believed."""
    (tmp_path / "root.pem").write_bytes(seal.root().pem)
    app.config["SETTINGS"].trust = tmp_path
    agency, programme = factories.make_agency(), factories.make_programme()
    item, period = factories.make_item(programme), factories.make_period(programme)
    target = factories.make_target(item, period, kinds=(DocumentKind.DECREE,))
    obligation = factories.make_obligation(agency, target)
    sign_in(factories.make_person(Role.COORDINATOR, agency))

    def sent(content: bytes) -> tuple[Document, dict[str, Severity]]:
        with clock.at(MORNING):
            answer = client.post(
                f"/laporan/{obligation.id}/data-dukung/{target.requirements[0].id}",
                data={"berkas": (io.BytesIO(content), "keputusan.pdf")},
                content_type="multipart/form-data",
            )
        assert answer.status_code == 302
        run = db.session.scalars(db.select(CheckRun).order_by(CheckRun.id.desc())).first()
        return run.document, {finding.code: finding.severity for finding in run.findings}

    yield sent
    app.config["SETTINGS"].trust = None


def test_a_signed_paper_comes_out_byte_for_byte_and_is_told_intact(client, upload):
    signed = seal.signed(paper.decree(1), seal.regent(), seal.secretary())
    document, findings = upload(signed)
    assert client.get(f"/dokumen/{document.id}/unduh").data == signed
    assert findings == {"signature_intact": Severity.INFO}


def test_after_one_byte_is_changed_the_check_says_changed(client, upload):
    signed = bytearray(seal.signed(paper.decree(1, compress_streams=False), seal.regent()))
    signed[signed.index(b"persen")] ^= 0x20
    document, findings = upload(bytes(signed))
    assert client.get(f"/dokumen/{document.id}/unduh").data == signed
    assert findings == {"signature_changed": Severity.EXPLAIN}


def test_a_signature_before_an_incremental_update_does_not_cover_the_whole_file(upload):
    _, findings = upload(seal.with_page(seal.signed(paper.decree(1), seal.regent())))
    assert findings == {"signature_partial": Severity.EXPLAIN}


def check(tmp_path, content: bytes, trust=None) -> list:
    path = tmp_path / "stored"
    path.write_bytes(content)
    bounds = runner.Bounds(seconds=20, memory_mb=512)
    return list(runner.check(path, Claim("a.pdf", "surat"), bounds=bounds, trust=trust).findings)


def test_without_certificates_the_content_is_judged_and_the_issuer_is_not(tmp_path):
    (finding,) = check(tmp_path, seal.signed(paper.decree(1), seal.regent()))
    assert (finding.code, finding.severity) == ("signature_unjudged", Severity.INFO)
    assert finding.message == (
        "Tanda tangan elektronik (Bupati Contoh (Uji)): isi utuh; penerbit sertifikatnya tidak dapat dinilai di sini."
    )


def test_each_signature_is_spoken_of_by_itself(tmp_path):
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.crt").write_bytes(seal.root().pem)
    signed = seal.signed(paper.decree(1), seal.regent(), seal.stranger())
    findings = check(tmp_path, signed, trust=tmp_path / "trust")
    assert [(finding.code, finding.message.partition(":")[0]) for finding in findings] == [
        ("signature_untrusted", "Tanda tangan elektronik 2 (Orang Lain (Uji))"),
        ("signature_intact", "Tanda tangan elektronik 1 (Bupati Contoh (Uji))"),
    ]


@pytest.mark.parametrize("place", range(150, 3600, 230))
def test_any_changed_byte_of_the_signed_content_is_noticed(tmp_path, place):
    from stranas.evidence.checks.signing import Content, signatures

    signed = bytearray(seal.signed(paper.decree(1), seal.regent()))
    signed[place] ^= 1
    path = tmp_path / "stored"
    path.write_bytes(signed)
    assert [one.content for one in signatures(path, None)] == [Content.CHANGED]


def test_a_folder_that_is_not_there_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("STRANAS_TRUST", str(tmp_path / "tidak-ada"))
    with pytest.raises(config.SettingsError, match="STRANAS_TRUST: must be a folder of certificates that is there"):
        config.load()
