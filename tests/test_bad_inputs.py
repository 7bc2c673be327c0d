"""Bad input at every door: no page answers 5xx, whatever stands in an address, a question or a field.

Doors are taken from the map of routes; questions from what the views ask of their arguments; fields from the forms
of the pages themselves. A route or a field that somebody adds is tried without a change here.
"""

import io
import re
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from werkzeug.datastructures import MultiDict

from config import SettingsError
from stranas import create_app
from stranas.accounts.models import Role
from stranas.accounts.policy import POLICY
from stranas.catalogue.models import Programme
from stranas.commands.accounts import user
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db
from stranas.system.inputs import PATIENCE, CleanRequest, ReadToTheEnd, Words, pieces
from tests import factories
from tests.pages import faults, parse
from tests.test_access_walk import _address, world  # noqa: F401 (a fixture)
from tests.verification.people import MORNING

pytestmark = pytest.mark.usefixtures("unprinted")

# What a database itself may refuse is tried on both kinds; what is refused before it, on SQLite.
NUMBERS = {"sqlite": ["-1", "9" * 22, "9" * 5000], "postgres": ["-1", "2147483648", "9" * 22]}
SPOILT = ["a\x00b\x0b\x1f\ufffe", "1e999", "NaN", "x" * 30_000]
WORDS = {
    "postgres": [*NUMBERS["postgres"], *SPOILT],
    "sqlite": [
        *NUMBERS["sqlite"],
        *SPOILT,
        "",
        "' OR 1=1 --%_\\<script>\U0001f600\u202e",
        "\u0660\u00b2",
        "0000-00-00",
        "0001-01-01T00:00:00+14:00",
    ],
}
RAW = {"sqlite": ["%ff%ed%a0%80", "..%2f..%2f", "%0d%0a", "x" * 3000], "postgres": ["%00"]}
# One role for every part of the house; the first six see the rows of the world, the last what is everybody's.
ROLES = (
    Role.COORDINATOR,
    Role.CERTIFIER,
    Role.VERIFIER,
    Role.AGENCY_ADMIN,
    Role.UNIT,
    Role.PPID,
    Role.SECRETARIAT,
    Role.ADMIN,
)
BODIES = (
    ({"data": b"{", "content_type": "application/json"}, "broken JSON"),
    ({"data": b'{"a": "\\u0000\\ud800"}', "content_type": "application/json"}, "JSON"),
    ({"data": b"[1]", "content_type": "application/json"}, "a JSON list"),
    ({"data": b"\xff" * 100, "content_type": "application/x-www-form-urlencoded"}, "bytes"),
    ({"data": b"--x\r\n", "content_type": "multipart/form-data; boundary=x"}, "a broken multipart"),
    ({"data": b"x", "content_type": "multipart/form-data"}, "multipart without its boundary"),
    (
        {"data": b"x", "content_type": "application/offset+octet-stream", "headers": {"Upload-Offset": "0"}},
        "a part of an upload",
    ),
    ({"headers": {"Upload-Length": "9" * 400, "Upload-Metadata": "place \u00ff,filename AP8="}}, "an odd upload"),
    ({"headers": {"X-HTTP-Method-Override": "\u00ff", "Unggah-Tautan": "\x7f.\u00ff"}}, "odd ways"),
    ({"data": {f"f{number}": "1" for number in range(2000)}}, "too many fields"),
    ({"headers": {"Accept": "application/json"}}, "asking for JSON"),
    ({"headers": {"HX-Request": "true", "Cookie": "session=\x01;;=", "Accept-Language": "xx-\xff"}}, "odd headers"),
)


def _all_doors(app):
    """(rule, method, permission), the sign-in's doors too; files of the libraries are no doors."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "filename" not in rule.arguments:
            for method in sorted(rule.methods & {"GET", "POST", "PATCH", "DELETE"}):
                yield rule, method, getattr(app.view_functions[rule.endpoint], "permission", None)


@pytest.fixture
def house(app, client, sign_in, world):  # noqa: F811
    """`house.send(...)` answers the status; the world has an obligation that nobody began, too."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    with clock.at(MORNING):
        sent = db.session.get_one(Obligation, world.own.obligation_id)
        target = factories.make_target(
            factories.make_item(db.session.get_one(Programme, sent.item.programme_id), "2-a"), sent.period
        )
        fresh = factories.make_obligation(sent.agency, target)
        yield House(app, client, sign_in, world, fresh.id)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = None


class Names(Words):
    """Arguments that remember what they were asked for."""

    def get(self, key, *args, **kwargs):
        Recorder.names.add(key)
        return super().get(key, *args, **kwargs)

    def getlist(self, key, *args, **kwargs):
        Recorder.names.add(key)
        return super().getlist(key, *args, **kwargs)


class Recorder(CleanRequest):
    names: set[str] = set()
    parameter_storage_class = Names


def _fields(form):
    for field in form.iter():
        if field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            yield field.get("name"), chosen[0].get("value", "") if chosen else ""
        elif field.tag == "textarea":
            yield field.get("name"), field.text or ""
        elif field.tag in {"input", "button"} and field.get("name"):
            yield field.get("name"), field.get("value", "")


class House:
    def __init__(self, app, client, sign_in, place, fresh_id: int) -> None:
        self.fresh_page = f"/laporan/{fresh_id}"
        self.app, self.client, self.sign_in, self.rows = app, client, sign_in, place.own
        self.keys = {role: SimpleNamespace(fs_uniquifier=p.fs_uniquifier) for role, p in place.people.items()}
        self.broken: list[str] = []
        self.sent = 0

    def enter(self, role: Role) -> None:
        self.sign_in(self.keys[role])

    def doors(self, role: Role):
        """(rule, method) that the role may open, the libraries' own doors among them."""
        for rule, method, permission in _all_doors(self.app):
            others = [POLICY[other].permissions for other in ROLES[: ROLES.index(role)]]
            if any(permission in permissions for permissions in others) or (permission is None and others):
                continue  # it was tried
            if permission is None or permission in POLICY[role].permissions:
                yield rule, method

    def address(self, rule) -> str:
        return _address(self.app, rule, self.rows)

    def told(self) -> str:
        return "\n".join([f"{len(self.broken)} of {self.sent}:", *self.broken[:60]])

    def asked(self, address: str) -> list[str]:
        """The names of the questions that the view behind an address looks for."""
        Recorder.names.clear()
        self.app.request_class = Recorder
        self.send(address)
        self.app.request_class = CleanRequest
        return sorted(Recorder.names)

    def forms(self, role: Role) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Every form of the role's pages: where it goes, and its fields as they stand."""
        found = {}
        pages = [self.address(rule) for rule, method in self.doors(role) if method == "GET"]
        for address in (*pages, self.fresh_page):
            page = self.send(address)
            if page.lstrip().lower().startswith("<!doctype html"):
                for form in parse(page).iter("form"):
                    goes = form.get("method", "get").upper(), form.get("action") or address
                    found[goes] = list(_fields(form))
        return found

    def fill(self, method: str, address: str, fields: list[tuple[str, str]], *, told: str) -> None:
        words = {"query_string" if method == "GET" else "data": MultiDict(fields)}
        self.send(address, method=method, told=told, **words)

    def send(self, address: str, *, told: str = "", method: str = "GET", **words) -> str:
        """Notes a 5xx; whatever the request changed is undone. Returns the page."""
        self.sent += 1
        # The doors of resumable upload look no further without the version; the others do not look at it.
        words["headers"] = {"Tus-Resumable": "1.0.0"} | words.get("headers", {})
        undo = db.engines[None].begin_nested()
        try:
            answer = self.client.open(address, method=method, **words)
            page = answer.text if answer.mimetype == "text/html" else ""
            if answer.status_code >= 500:
                self.broken.append(f"{method} {address[:90]} {told[:60]}: {answer.status_code}")
            answer.close()
            return page
        except Exception as error:
            self.broken.append(f"{method} {address[:90]} {told[:60]}: {error!r:.120}")
            return ""
        finally:
            db.session.rollback()
            undo.rollback()


@pytest.mark.parametrize("role", ROLES)
def test_odd_words_in_an_address(house, database, role):
    house.enter(role)
    for rule, method in house.doors(role):
        for name in sorted(rule.arguments):
            for odd in NUMBERS[database] + RAW[database]:
                house.send(_with_odd(house.address(rule), rule, name, odd), method=method)
    assert not house.broken, house.told()


def _with_odd(address: str, rule, name: str, odd: str) -> str:
    """The address with one argument replaced, not quoted: as a wicked client sends it."""
    pattern = re.sub(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", r"(?P<\1>[^/]+?)", str(rule).replace(".", "\\."))
    start, end = re.fullmatch(pattern, address).span(name)
    return address[:start] + odd + address[end:]


@pytest.mark.process  # a minute: not in the fast run
@pytest.mark.parametrize("role", ROLES)
def test_odd_questions(house, database, role):
    house.enter(role)
    for rule, method in house.doors(role):
        address = house.address(rule)
        for name in house.asked(address):
            for odd in WORDS[database]:
                house.send(address, method=method, query_string={name: odd}, told=f"{name}={odd!r}")
            house.send(f"{address}?{name}=%ff%00&{name}=%ed%a0%80&{name}", method=method, told=name)
    assert not house.broken, house.told()


@pytest.mark.parametrize("role", ROLES)
def test_odd_words_in_the_fields_of_every_form(house, database, role):
    house.enter(role)
    forms = house.forms(role)
    for (method, address), fields in forms.items():
        house.fill(method, address, fields * 3, told="all three times")
        if method == "GET":
            continue  # test_odd_questions asks what their views look for
        for name in sorted({name for name, _ in fields}):
            others = [pair for pair in fields if pair[0] != name]
            for odd in WORDS[database]:
                house.fill(method, address, [*others, (name, odd)], told=f"{name}={odd!r}")
            house.fill(method, address, others, told=f"without {name}")
    assert not house.broken, house.told()


@pytest.mark.process  # a minute: not in the fast run
@pytest.mark.parametrize("database", ["sqlite"])  # nothing of them reaches a database
@pytest.mark.parametrize("role", ROLES)
def test_odd_bodies_and_methods(house, role):
    house.enter(role)
    for rule, method in house.doors(role):
        address = house.address(rule)
        for words, told in BODIES:
            house.send(address, method=method, told=told, **words)
        for other in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST", "TRACE", "BREW"):
            house.send(address, method=other)
    assert not house.broken, house.told()


def test_the_walk_reaches_forms_and_questions(house):
    """Otherwise it would try nothing and be green."""
    house.enter(Role.COORDINATOR)
    forms = house.forms(Role.COORDINATOR)
    assert any("narrative" in {name for name, _ in fields} for fields in forms.values())
    assert {"triwulan", "keadaan", "halaman"} <= set(house.asked("/kepatuhan"))


def test_a_database_that_does_not_answer_is_a_sentence_and_keeps_the_words(tmp_path):
    app = create_app(var=tmp_path, database_url=f"sqlite:///{tmp_path}/none/none.db", queue="immediate:")
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert client.get("/healthz").status_code == 503
    with client.session_transaction() as session:
        session["_user_id"] = session["identity.id"] = "somebody"
    answer = client.post("/laporan/1", data={"narrative": "Uraian yang panjang " * 5})
    assert answer.status_code == 503
    assert "Layanan sedang tidak dapat dihubungi" in answer.text
    assert "Uraian yang panjang" in answer.text
    assert faults(answer.text) == []


def test_a_refused_body_is_read_to_its_end():
    """A browser that cannot send everything shows a broken line instead of the sentence."""
    stream = io.BytesIO(b"x" * 1_000_000)
    environ = {"wsgi.input": stream, "wsgi.input_terminated": True}
    assert ReadToTheEnd(lambda *_: [b"no"])(environ, None) == [b"no"]
    assert stream.read() == b""


class DeadLine:
    """A connection of which nothing more is heard: reading from it ends when patience does."""

    def __init__(self) -> None:
        self.patience = None
        self.left = [b"x" * 10]

    def settimeout(self, seconds: int) -> None:
        self.patience = seconds

    def read(self, _size: int = -1) -> bytes:
        if self.left:
            return self.left.pop()
        raise TimeoutError


def test_a_dead_line_keeps_what_came_and_is_not_waited_for_twice():
    line, got = DeadLine(), []
    environ = {"wsgi.input": line, "wsgi.input_terminated": True, "gunicorn.socket": line, "REQUEST_METHOD": "PATCH"}

    def take(environ, _start):
        got.extend(pieces(CleanRequest(environ), size=5000, most=90))
        line.left = [b"what is still read now was waited for"]
        return [b""]

    ReadToTheEnd(take)(environ, None)
    assert (got, line.patience) == ([b"x" * 10], PATIENCE)
    assert line.left


def test_characters_that_no_paper_can_carry_are_left_out():
    words = Words([("narrative", "satu\x00\x0bdua\tti\nga\ud800"), ("n", "2147483648"), ("n", "7")])
    assert words["narrative"] == "satudua\tti\nga"
    assert words.get("n", 1, type=int) == 1
    assert words.getlist("n", type=int) == [7]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL", "smtp://"),
        ("MAIL", "smtp://mail:99999"),
        ("STORAGE", "folder:"),
        ("STORAGE", "folder:/proc/none"),
        ("VAR", "/dev/null"),
        ("UPLOAD_LIMIT_MB", "0"),
        ("DATABASE_URL", "mysql://x"),
        ("UPLOD_LIMIT_MB", "5"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(monkeypatch, tmp_path, name, value):
    monkeypatch.setenv("STRANAS_VAR", str(tmp_path))
    monkeypatch.setenv(f"STRANAS_{name}", value)
    with pytest.raises(SettingsError, match=rf"\ASTRANAS_{name}: [^\n]+\Z"):
        create_app()


@pytest.mark.parametrize("words", [["bukan-surel"], [f"{'x' * 300}@example.com"]])
def test_user_create_refuses_what_is_no_address(words):
    answer = CliRunner().invoke(user, ["create", *words, "--name", "Ani", "--role", "admin"])
    assert answer.exit_code == 2
    assert "is not an e-mail address" in answer.output


def test_a_step_taken_twice_is_a_sentence(house):
    """The submission of the world was sent already: it cannot be opened again."""
    house.enter(Role.COORDINATOR)
    answer = house.client.post(f"/laporan/{house.rows.obligation_id}/buka")
    assert answer.status_code == 409
    assert "sekarang berstatus terkirim" in answer.text


def test_a_request_far_over_the_limit_is_a_sentence_also_where_words_are_rescued(house, monkeypatch):
    house.enter(Role.COORDINATOR)
    monkeypatch.setitem(house.app.config, "MAX_CONTENT_LENGTH", 1000)
    answer = house.client.post(house.fresh_page, data={"narrative": "x" * 5000})
    assert answer.status_code == 413
    assert "Satu berkas paling besar 100\u00a0MB" in answer.text
    sent = f"/laporan/{house.rows.obligation_id}/data-dukung/{house.rows.requirement_id}"
    assert house.client.post(sent, data={"narrative": "x" * 5000}).status_code == 409
    assert house.app.test_client().post(house.fresh_page, data={"narrative": "x" * 5000}).status_code == 401
