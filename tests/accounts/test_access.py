from stranas import create_app
from stranas.accounts.models import Role
from stranas.accounts.policy import holds
from stranas.system.access import Permission
from tests import factories


def test_nobody_but_admins_holds_manage_people(app):
    budi = factories.make_person(Role.COORDINATOR, factories.make_agency())
    ani = factories.make_person(Role.ADMIN, name="Ani")
    assert not holds(budi, Permission.MANAGE_PEOPLE)
    assert holds(ani, Permission.MANAGE_PEOPLE)


def test_sign_in_fixture_opens_a_page(app, client, sign_in):
    budi = factories.make_person(Role.COORDINATOR, factories.make_agency())
    sign_in(budi)
    answer = client.get("/ganti-sandi")
    assert answer.status_code == 200


def test_an_unmarked_route_is_closed_to_the_signed_out(client):
    assert client.get("/ganti-sandi").status_code == 302


def test_cookies_travel_over_https_only_where_the_address_does(tmp_path):
    for address, only in (("https://stranas.example.com", True), ("http://127.0.0.1:5000", False)):
        application = create_app(var=tmp_path, base_url=address, storage="memory:", queue="immediate:")
        assert application.config["SESSION_COOKIE_SECURE"] is only
