"""300 MB by a real tus client, the web server killed three times in between: nothing that was acknowledged is lost, and
the memory stays flat. On PostgreSQL a smaller file does: the bytes do not know which database waits for them."""

import pytest

from stranas.accounts.models import Role
from stranas.evidence import finishing
from stranas.evidence.models import Document
from stranas.reporting.models import Evidence
from stranas.system.db import db
from tests import factories, uploading
from tests.conftest import make_app
from tests.test_held_upload import _cookie, database_url  # noqa: F401 (a fixture)
from tests.uploading import MB, WebServer

pytestmark = pytest.mark.process
KILLS = {"sqlite": 3, "postgresql": 1}
SIZE = {"sqlite": 300 * MB, "postgresql": 100 * MB}


@pytest.fixture
def application(database_url, tmp_path):  # noqa: F811
    application = make_app(tmp_path, database_url, storage=f"folder:{tmp_path}/files", upload_limit_mb=400)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def server(application, database_url, tmp_path):  # noqa: F811
    settings = {
        "STRANAS_VAR": str(tmp_path),
        "STRANAS_DATABASE_URL": database_url,
        "STRANAS_STORAGE": f"folder:{tmp_path}/files",
        "STRANAS_UPLOAD_LIMIT_MB": "400",
    }
    server = WebServer(settings, tmp_path / "web.log")
    server.start()
    yield server
    server.kill()


def test_a_killed_server_loses_nothing_that_was_acknowledged(application, server, tmp_path):
    programme, agency = factories.make_programme(), factories.make_agency()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    obligation = factories.make_obligation(agency, target)
    cookie = _cookie(application, factories.make_person(Role.COORDINATOR, agency))
    place = f"laporan/{obligation.id}/{target.requirements[0].id}"
    db.session.rollback()
    kills, size = KILLS[db.engine.dialect.name], SIZE[db.engine.dialect.name]
    file = uploading.random_file(tmp_path / "pindaian.pdf", size)

    report = uploading.send_with_kills(server, file, place=place, cookie=cookie, kills=kills)

    assert len(report.survived) == kills
    assert all(there >= acknowledged > 0 for acknowledged, there in report.survived), report.survived
    assert report.growth <= 32 * MB
    (document,) = db.session.scalars(db.select(Document))
    assert (document.name, document.file.size) == ("pindaian.pdf", size)
    assert document.file.sha256 == uploading.sha256_of(file)
    assert uploading.sha256_of(tmp_path / "files" / document.file.storage_key) == document.file.sha256
    assert db.session.scalar(db.select(Evidence.document_id)) == document.id
    assert not finishing.uploads().of_owner(f"orang-{document.uploaded_by_id}")
