"""The library: the documents of an agency, where they are used, and what the checks say."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask_login import current_user
from sqlalchemy import ColumnElement, and_

from stranas.accounts.policy import holds
from stranas.agencies.models import Agency
from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import Document
from stranas.evidence.queries import DocumentView, worst_findings
from stranas.evidence.queries.library import DocumentPage, Marked, list_documents
from stranas.evidence.rules import Publicity
from stranas.evidence.views import blueprint, scope
from stranas.evidence.views.seeking import NO_KIND, Filter, read_filter
from stranas.reporting.places import by_series, is_placed, places_of
from stranas.reporting.queries import periods
from stranas.reporting.uses import letters_among, sent_as_letters
from stranas.requests.queries.asked import origins
from stranas.system.access import Permission, needs


@blueprint.get("/dokumen")
@needs(Permission.SEE_REPORTS)
def library():
    """Documents of the own agency; whoever reads several finds those of the others by naming them."""
    several, own = scope.reads_several(), bool(scope.own_agencies())
    writes = holds(current_user, Permission.WRITE_REPORTS)
    chosen = read_filter(several=several, only_own=own and not request.args.get("instansi"), removable=writes)
    only_own = own and not chosen.agency
    found = list_documents(
        chosen.sought,
        scope=scope.own() if only_own else _named(chosen.agency),
        more=uses_asked(chosen),
        told=None if only_own else scope.told(),
        page=request.args.get("halaman", 1, type=int),
    )
    return render_template(
        "evidence/library.html",
        found=found,
        chosen=chosen,
        several=several,
        foreign=not only_own,
        writes=writes,
        filters=filters(unused=not several or only_own),
        **beside(found),
    )


Options = list[tuple[str, str]]


def filters(*, unused: bool) -> list[tuple[str, str, str, Options]]:
    """(name in the address, label, words for all, options). `unused`: what others have sent is used, all of it."""
    quarters = [(period.key, f"{period.name} ({period.key})") for period in periods.periods()[::-1]]
    used = [("dipakai", "Dipakai pada laporan"), ("bebas", "Belum dipakai")]
    return [
        ("jenis", "Jenis", "Semua jenis", [(NO_KIND, "Belum diisi"), *((k.value, k.label) for k in DocumentKind)]),
        ("triwulan", "Dipakai pada triwulan", "Semua triwulan", quarters),
        *([("pakai", "Pemakaian", "Semua", used)] if unused else []),
        ("catatan", "Hasil pengecekan", "Semua", [(mark.value, mark.label) for mark in Marked]),
        ("kelas", "Klasifikasi", "Semua", [(one.value, one.label) for one in Publicity]),
    ]


def uses_asked(chosen: Filter) -> list[ColumnElement[bool]]:
    """The conditions of a list that ask where a document lies."""
    asked = []
    if chosen.period:
        asked.append(is_placed(scope.places(), period_id=chosen.period.id))
    if chosen.used:
        placed = is_placed(scope.places()) | Document.id.in_(sent_as_letters())
        asked.append(placed if chosen.used == "dipakai" else ~placed)
    return asked


def beside(found: DocumentPage) -> dict[str, Any]:
    """What a list says beside each of its rows: five questions, however many rows there are."""
    ids = [row.id for row in found.rows]
    return {
        "used": _used(found.rows),
        "findings": worst_findings(ids, scope.told()),
        "units": origins(ids),
    }


def _used(rows: Sequence[DocumentView]) -> dict[int, list[str]]:
    """Document id → where its revisions lie, each place once."""
    places = by_series(places_of({row.series for row in rows}, where=scope.places()))
    letters = letters_among([row.id for row in rows])
    return {
        row.id: list(
            dict.fromkeys(
                [
                    *(f"{place.period_key}, {place.item_key}" for place in places.get(row.series, ())),
                    *(f"{period_key}, surat pengantar" for period_key in letters.get(row.id, ())),
                ]
            )
        )
        for row in rows
    }


def _named(words: str) -> ColumnElement[bool]:
    return and_(scope.listable(), Agency.name.icontains(words, autoescape=True)) if words else scope.listable()
