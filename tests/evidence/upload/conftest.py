"""An office whose report takes uploads: `budi` is signed in, `place` is a requirement of it."""

import pytest

from stranas.evidence import finishing
from stranas.system import clock
from tests.evidence.upload.sender import NOW
from tests.requests.people import make_office


@pytest.fixture
def breaks():
    """A monkeypatch of its own: what it broke is mended in the middle of a test, and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


@pytest.fixture(autouse=True)
def _no_leftovers(app):
    """Rows are rolled back after a test, folders are not."""
    yield
    for upload_folder in finishing.uploads().root.glob("*/*"):
        for file in upload_folder.iterdir():
            file.unlink()
        upload_folder.rmdir()


@pytest.fixture
def budi(office, sign_in):
    sign_in(office.budi)
    return office.budi


@pytest.fixture
def place(office) -> str:
    return f"laporan/{office.obligation.id}/{office.obligation.target.requirements[0].id}"
