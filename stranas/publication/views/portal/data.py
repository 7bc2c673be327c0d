"""Open data: files, dictionary, catalogue, change log."""

import json
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any

from flask import Flask, Response, current_app, make_response, request

from stranas.publication import dcat, open_data, reference, schema_org
from stranas.publication.queries.figures import PublicPeriod, public_periods
from stranas.publication.queries.open_data import Change, changes, pieces
from stranas.publication.rules import Scope
from stranas.publication.terms import Terms
from stranas.publication.views import public_blueprint as portal
from stranas.publication.views.portal.shell import page, public
from stranas.system import clock

SHOWN = 20  # differences of one edition on the page; all of them are in the file


def for_machines(view: Callable) -> Callable:
    """Programs of other sites may read it too: nothing here depends on who asks."""

    @wraps(view)
    def answered(**values: Any) -> Response:
        answer = make_response(view(**values))
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return answered


def terms() -> Terms:
    settings = current_app.config["SETTINGS"]
    return Terms(
        base_url=settings.base_url,
        publisher=settings.data_publisher,
        licence=settings.data_licence,
        licence_url=settings.data_licence_url,
        contact=settings.help_contact,
        assumed=settings.data_terms_assumed,
        practice=clock.is_practice(),
    )


@portal.get("/data")
@public
def data():
    periods = public_periods()
    return page(
        "data.html",
        periods=periods,
        terms=terms(),
        columns=open_data.COLUMNS,
        scopes=list(Scope),
        reference=reference,
        told=reference.by_period(),
        about=schema_org.dataset(terms(), _covered(periods)),
    )


@portal.get("/data/angka.csv")
@for_machines
@public
def figures_csv():
    return _figures("csv", "text/csv; charset=utf-8; header=present", _csv)


@portal.get("/data/angka.json")
@for_machines
@public
def figures_json():
    return _figures("json", "application/json", _json)


def _figures(ending: str, media_type: str, written: Callable[..., Iterator[str]]) -> Response:
    """The rows in pieces: no answer is ever in memory whole. 422 with a sentence for a filter that nothing has."""
    wanted, known = request.args.get("triwulan"), [period.key for period in public_periods()]
    scope, scopes = request.args.get("lingkup"), [one.value for one in Scope]
    for name, value, choices in (("triwulan", wanted, known), ("lingkup", scope, scopes)):
        if value and value not in choices:
            return _refused(name, choices)
    rows = pieces(period_keys=[wanted] if wanted else None, scopes=[Scope(scope)] if scope else None)
    records = _records(current_app._get_current_object(), rows)
    answer = Response(written(records, terms()), content_type=media_type)
    name = "-".join(part for part in ("angka", wanted, scope) if part)
    return _named(answer, f"{name}.{ending}")


def _records(app: Flask, rows: Iterator[list]) -> Iterator[list[dict]]:
    """The answer is sent after the request has ended: each piece is read in a context of its own, closed again."""
    while True:
        with app.app_context():
            piece = next(rows, None)
        if piece is None:
            return
        yield [open_data.record(row) for row in piece]


def _refused(name: str, choices: list[str]) -> Response:
    sentence = f"Nilai {name} tidak dikenal. Pilihan: {', '.join(choices) or 'belum ada'}.\n"
    return Response(sentence, status=422, content_type="text/plain; charset=utf-8")


def _csv(records: Iterator[list[dict]], _terms: Terms) -> Iterator[str]:
    yield open_data.header()
    for piece in records:
        yield open_data.lines(piece)


def _json(records: Iterator[list[dict]], on: Terms) -> Iterator[str]:
    """One object: on what terms, and the rows."""
    head = _dumped({"lisensi": on.licence_url, "penerbit": on.titled(on.publisher), "kamus": on.at(DICTIONARY)})
    yield f'{head.removesuffix("}")},"angka":['
    between = "\n"
    for piece in records:
        yield between + ",\n".join(map(_dumped, piece))
        between = ",\n"
    yield "\n]}\n"


def _dumped(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _named(answer: Response, name: str) -> Response:
    how = "attachment" if name.endswith(".csv") else "inline"
    answer.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer


DICTIONARY, REFERENCE = "/data/kamus.csv", "/data/rujukan.csv"


@cache
def _fixed(path: str) -> dcat.Fixed:
    records = open_data.dictionary() if path == DICTIONARY else reference.records()
    return dcat.Fixed(path, dcat.CSV, (open_data.header(records[0]) + open_data.lines(records)).encode())


def _file(path: str, name: str) -> Response:
    return _named(Response(_fixed(path).content, content_type="text/csv; charset=utf-8; header=present"), name)


@portal.get(DICTIONARY)
@for_machines
@public
def dictionary():
    return _file(DICTIONARY, "kamus.csv")


@portal.get(REFERENCE)
@for_machines
@public
def reference_csv():
    return _file(REFERENCE, "rujukan.csv")


@portal.get("/data/katalog.jsonld")
@for_machines
@public
def catalogue():
    content = dcat.catalogue(
        terms(), periods=_covered(public_periods()), reference=_fixed(REFERENCE), dictionary=_fixed(DICTIONARY)
    )
    answer = Response(_dumped(content), content_type="application/ld+json")
    return _named(answer, "katalog.jsonld")


@portal.get("/data/perubahan")
@public
def data_changes():
    return page("changes.html", changes=changes(), shown=SHOWN)


@portal.get("/data/perubahan.json")
@for_machines
@public
def data_changes_json():
    content = {"perubahan": [_change(one) for one in changes()]}
    return _named(Response(_dumped(content), content_type="application/json"), "perubahan.json")


@portal.get("/capaian/angka-terdahulu")
@public
def reference_series():
    return page("reference.html", told=reference.by_period(), sentence=reference.SENTENCE)


def _covered(periods: list[PublicPeriod]) -> list[dcat.Covered]:
    return [
        dcat.Covered(**{name: getattr(period, name) for name in dcat.Covered.__dataclass_fields__})
        for period in reversed(periods)
    ]


_CHANGE = {
    "programme_key": "program",
    "period_key": "triwulan",
    "number": "edisi",
    "reason": "alasan",
    "cutoff": "keadaan_angka",
    "released_at": "ditetapkan",
    "published_at": "menjadi_publik",
    "snapshot_sha256": "sidik_sha256",
    "is_current": "berlaku",
}
_DIFFERENCE = {"code": "kode", "name": "nama", "figure": "angka", "before": "sebelum", "after": "sesudah"}


def _change(one: Change) -> dict[str, Any]:
    values = {word: open_data.plain(getattr(one, name)) for name, word in _CHANGE.items()}
    changed = [{word: getattr(d, name) for name, word in _DIFFERENCE.items()} for d in one.differences]
    return values | {"yang_berubah": changed}
