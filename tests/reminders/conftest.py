import pytest

from stranas.accounts.models import Role
from tests import factories


@pytest.fixture
def ani(app):
    return factories.make_person(Role.ADMIN, name="Ani")


@pytest.fixture
def opened(client, sign_in, ani):
    """`opened("/kotak-surat")`: the page as Ani sees it."""
    sign_in(ani)
    return lambda address: client.get(address).get_data(as_text=True)


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def sri(temanggung):
    return factories.make_person(Role.CERTIFIER, temanggung, name="Sri")


@pytest.fixture
def rini(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung, name="Rini")
